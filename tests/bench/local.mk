# files of tests/bench/
# Grouped writes: `make tests/bench/store && tests/bench/store`; not part of the tests.
EXTRA_PROGRAMS += tests/bench/store
CLEANFILES += tests/bench/store
tests_bench_store_SOURCES = tests/bench/store.c
tests_bench_store_LDADD = libetabli.a $(libraries)
nodist_EXTRA_tests_bench_store_SOURCES = tests/none.cc
# Beside PostgreSQL: `tests/bench/store_run BUILD`.
EXTRA_DIST += tests/bench/store_run
# People, ROME and ESCO: `tests/bench/import DATA`; needs python3 and the sqlite3 shell.
EXTRA_DIST += tests/bench/import
# Pages a second: `make tests/bench/client && tests/bench/load`; not part of the tests.
EXTRA_PROGRAMS += tests/bench/client
CLEANFILES += tests/bench/client
EXTRA_DIST += tests/bench/load
# How soon a change is found: `tests/bench/findable`; needs python3.
EXTRA_DIST += tests/bench/findable
# What a weekly digest costs: `tests/bench/digest`; needs python3.
EXTRA_DIST += tests/bench/digest
tests_bench_client_SOURCES = tests/bench/client.c
# Searches beside FTS5, Xapian and Lucene: `tests/bench/search_run DATA_FOLDER QUERIES`.
EXTRA_PROGRAMS += tests/bench/search
CLEANFILES += tests/bench/search
EXTRA_DIST += tests/bench/search_run tests/bench/Lucene.java
tests_bench_search_SOURCES = tests/bench/search.c tests/bench/plain.cc tests/bench/plain.h
tests_bench_search_LDADD = libetabli.a $(libraries)
EXTRA_DIST += tests/bench/run
# The gaps of a large directory, and a recount beside them: `tests/bench/gaps`; needs python3.
EXTRA_DIST += tests/bench/gaps
# Problems for the planner, and CBC and GLPK beside it: `tests/bench/plan` says how; needs python3.
EXTRA_DIST += tests/bench/plan tests/bench/plan_make.py tests/bench/plan_model.py
