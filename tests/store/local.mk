# The records, on SQLite, and every statement on PostgreSQL. ETABLI_KILLS=200 kills longer.
store_tests = tests/store/lists_test tests/store/memory_test tests/store/names_test \
	tests/store/records_test tests/store/roundtrip_test tests/store/skill_names_test \
	tests/store/writer_test
check_PROGRAMS += $(store_tests)
TESTS += $(store_tests) tests/store/postgresql.sh
tests_store_names_test_SOURCES = tests/store/names_test.c tests/store/place.c \
	tests/store/place.h
tests_store_names_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_store_names_test_SOURCES = tests/none.cc
tests_store_lists_test_SOURCES = tests/store/lists_test.c tests/store/place.c \
	tests/store/place.h
tests_store_lists_test_LDADD = $(test_libraries)
tests_store_lists_test_LDFLAGS = $(AM_LDFLAGS) -Wl,--wrap=db_query
nodist_EXTRA_tests_store_lists_test_SOURCES = tests/none.cc
tests_store_memory_test_SOURCES = tests/store/memory_test.c tests/store/place.c \
	tests/store/place.h
tests_store_memory_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_store_memory_test_SOURCES = tests/none.cc
tests_store_records_test_SOURCES = tests/store/records_test.c tests/store/place.c \
	tests/store/place.h
tests_store_records_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_store_records_test_SOURCES = tests/none.cc
tests_store_roundtrip_test_SOURCES = tests/store/roundtrip_test.c tests/store/place.c \
	tests/store/place.h
tests_store_roundtrip_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_store_roundtrip_test_SOURCES = tests/none.cc
tests_store_skill_names_test_SOURCES = tests/store/skill_names_test.c tests/store/place.c \
	tests/store/place.h
tests_store_skill_names_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_store_skill_names_test_SOURCES = tests/none.cc
tests_store_writer_test_SOURCES = tests/store/writer_test.c tests/store/place.c \
	tests/store/place.h
tests_store_writer_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_store_writer_test_SOURCES = tests/none.cc
dist_check_SCRIPTS += tests/store/postgresql.sh
dist_check_SCRIPTS += tests/store/import.sh
TESTS += tests/store/import.sh
dist_check_SCRIPTS += tests/store/sheets.py
TESTS += tests/store/sheets.py
dist_check_SCRIPTS += tests/store/check.py
TESTS += tests/store/check.py
check_PROGRAMS += tests/store/gaps_test
TESTS += tests/store/gaps_test
tests_store_gaps_test_SOURCES = tests/store/gaps_test.c tests/store/place.c tests/store/place.h
tests_store_gaps_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_store_gaps_test_SOURCES = tests/none.cc
