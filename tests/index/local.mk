# The index by itself: what it finds, why, and what it forgets.
check_PROGRAMS += tests/index/search_test
TESTS += tests/index/search_test tests/index/follow.py
dist_check_SCRIPTS += tests/index/follow.py
tests_index_search_test_SOURCES = tests/index/search_test.c
tests_index_search_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_index_search_test_SOURCES = tests/none.cc
check_PROGRAMS += tests/index/rebuild_test
TESTS += tests/index/rebuild_test
tests_index_rebuild_test_SOURCES = tests/index/rebuild_test.c
tests_index_rebuild_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_index_rebuild_test_SOURCES = tests/none.cc
check_PROGRAMS += tests/index/maxscore_test
TESTS += tests/index/maxscore_test
tests_index_maxscore_test_SOURCES = tests/index/maxscore_test.c
tests_index_maxscore_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_index_maxscore_test_SOURCES = tests/none.cc

check_PROGRAMS += tests/index/sweep_test
TESTS += tests/index/sweep_test
tests_index_sweep_test_SOURCES = tests/index/sweep_test.c
tests_index_sweep_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_index_sweep_test_SOURCES = tests/none.cc
check_PROGRAMS += tests/index/engine_test
TESTS += tests/index/engine_test
tests_index_engine_test_SOURCES = tests/index/engine_test.c
tests_index_engine_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_index_engine_test_SOURCES = tests/none.cc
