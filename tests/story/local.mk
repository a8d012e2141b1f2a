# Stories told from the outside.
stories = tests/story/api.py tests/story/demo_honest.py tests/story/demo_made.py tests/story/hostile_search.py \
	tests/story/pages.py tests/story/results.py tests/story/site.py
dist_check_SCRIPTS += $(stories)
TESTS += $(stories)
EXTRA_DIST += tests/story/hostile.def tests/story/serving.py
check_PROGRAMS += tests/story/http_test
TESTS += tests/story/http_test
tests_story_http_test_SOURCES = tests/story/http_test.c
tests_story_http_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_story_http_test_SOURCES = tests/none.cc
