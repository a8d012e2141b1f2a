# Unit tests of the toolbox, the analysis and the templates.
unit_tests = tests/unit/analysis_test tests/unit/base_test tests/unit/csv_test tests/unit/french_test \
	tests/unit/http_test tests/unit/mail_test tests/unit/mustache_test tests/unit/need_test tests/unit/view_test
check_PROGRAMS += $(unit_tests)
TESTS += $(unit_tests)
tests_unit_need_test_SOURCES = tests/unit/need_test.c
tests_unit_need_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_unit_need_test_SOURCES = tests/none.cc
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
tests_unit_mail_test_SOURCES = tests/unit/mail_test.c
tests_unit_mail_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_unit_mail_test_SOURCES = tests/none.cc
check_PROGRAMS += tests/unit/seats_test
TESTS += tests/unit/seats_test
tests_unit_seats_test_SOURCES = tests/unit/seats_test.c
tests_unit_seats_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_unit_seats_test_SOURCES = tests/none.cc
check_PROGRAMS += tests/unit/ical_test
TESTS += tests/unit/ical_test
tests_unit_ical_test_SOURCES = tests/unit/ical_test.c
tests_unit_ical_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_unit_ical_test_SOURCES = tests/none.cc
check_PROGRAMS += tests/unit/when_test
TESTS += tests/unit/when_test
tests_unit_when_test_SOURCES = tests/unit/when_test.c
tests_unit_when_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_unit_when_test_SOURCES = tests/none.cc
check_PROGRAMS += tests/unit/plan_test
if !IS_SANITIZED # plan_alone_test does, in a fraction of the time
TESTS += tests/unit/plan_test
endif
tests_unit_plan_test_SOURCES = tests/unit/plan_test.c
tests_unit_plan_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_unit_plan_test_SOURCES = tests/none.cc
check_PROGRAMS += tests/unit/plan_alone_test
TESTS += tests/unit/plan_alone_test
tests_unit_plan_alone_test_SOURCES = tests/unit/plan_test.c tests/unit/plan_alone.c
tests_unit_plan_alone_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_unit_plan_alone_test_SOURCES = tests/none.cc
dist_check_SCRIPTS += tests/unit/plan_trouble.py
TESTS += tests/unit/plan_trouble.py
dist_check_SCRIPTS += tests/unit/plan_file.py
if !IS_SANITIZED
TESTS += tests/unit/plan_file.py
endif

check_PROGRAMS += tests/unit/dates_test
TESTS += tests/unit/dates_test
tests_unit_dates_test_SOURCES = tests/unit/dates_test.c
tests_unit_dates_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_unit_dates_test_SOURCES = tests/none.cc
# Public pages kept in memory.
check_PROGRAMS += tests/unit/kept_pages_test
TESTS += tests/unit/kept_pages_test
tests_unit_kept_pages_test_SOURCES = tests/unit/kept_pages_test.c
tests_unit_kept_pages_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_unit_kept_pages_test_SOURCES = tests/none.cc
