# Unit tests of the toolbox and the rules: one program a room.
check_PROGRAMS += tests/unit/base_test
TESTS += tests/unit/base_test
tests_unit_base_test_SOURCES = tests/unit/base_test.c
tests_unit_base_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_unit_base_test_SOURCES = tests/none.cc
