# The records, on SQLite, and every statement on PostgreSQL. ETABLI_KILLS=200 kills longer.
check_PROGRAMS += tests/store/records_test
TESTS += tests/store/records_test tests/store/postgresql.sh
tests_store_records_test_SOURCES = tests/store/records_test.c
tests_store_records_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_store_records_test_SOURCES = tests/none.cc
dist_check_SCRIPTS += tests/store/postgresql.sh
