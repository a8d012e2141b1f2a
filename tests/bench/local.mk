# files of tests/bench/
# Grouped writes: `make tests/bench/store && tests/bench/store`; not part of the tests.
EXTRA_PROGRAMS += tests/bench/store
CLEANFILES += tests/bench/store
tests_bench_store_SOURCES = tests/bench/store.c
tests_bench_store_LDADD = libetabli.a $(libraries)
nodist_EXTRA_tests_bench_store_SOURCES = tests/none.cc
# People, ROME and ESCO: `tests/bench/import DATA`; needs python3 and the sqlite3 shell.
EXTRA_DIST += tests/bench/import
# Pages a second: `make tests/bench/client && tests/bench/load`; not part of the tests.
EXTRA_PROGRAMS += tests/bench/client
CLEANFILES += tests/bench/client
EXTRA_DIST += tests/bench/load
tests_bench_client_SOURCES = tests/bench/client.c
# Searches beside FTS5: `make tests/bench/search && tests/bench/search DATA_FOLDER QUERIES`.
EXTRA_PROGRAMS += tests/bench/search
CLEANFILES += tests/bench/search
tests_bench_search_SOURCES = tests/bench/search.c
tests_bench_search_LDADD = libetabli.a $(libraries)
nodist_EXTRA_tests_bench_search_SOURCES = tests/none.cc
EXTRA_DIST += tests/bench/run
# Problems for the planner, and CBC and GLPK beside it: `tests/bench/plan` says how; needs python3.
EXTRA_DIST += tests/bench/plan tests/bench/plan_make.py tests/bench/plan_model.py
