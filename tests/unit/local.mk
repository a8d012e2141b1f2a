# Unit tests of the toolbox, the analysis and the templates.
unit_tests = tests/unit/analysis_test tests/unit/base_test tests/unit/csv_test tests/unit/french_test \
	tests/unit/http_test tests/unit/mustache_test tests/unit/view_test
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
tests_unit_analysis_test_SOURCES = tests/unit/analysis_test.c
tests_unit_analysis_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_unit_analysis_test_SOURCES = tests/none.cc
tests_unit_base_test_SOURCES = tests/unit/base_test.c
tests_unit_base_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_unit_base_test_SOURCES = tests/none.cc
tests_unit_french_test_SOURCES = tests/unit/french_test.c
tests_unit_french_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_unit_french_test_SOURCES = tests/none.cc
tests_unit_mustache_test_SOURCES = tests/unit/mustache_test.c
tests_unit_mustache_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_unit_mustache_test_SOURCES = tests/none.cc
tests_unit_view_test_SOURCES = tests/unit/view_test.c
tests_unit_view_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_unit_view_test_SOURCES = tests/none.cc
dist_check_SCRIPTS += tests/unit/config_wrong.py
TESTS += tests/unit/config_wrong.py
tests_unit_http_test_SOURCES = tests/unit/http_test.c
tests_unit_http_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_unit_http_test_SOURCES = tests/none.cc
tests_unit_csv_test_SOURCES = tests/unit/csv_test.c
tests_unit_csv_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_unit_csv_test_SOURCES = tests/none.cc
