# Stories told from the outside.
# Those that take longest come first: nothing waits for them at the end.
stories = tests/story/word_groups.py tests/story/cards.py tests/story/digest.py tests/story/privacy.py tests/story/last_seat_http.py tests/story/retention.py tests/story/api.py tests/story/hostile_search.py \
	tests/story/pages.py tests/story/sign_in.py tests/story/results.py tests/story/site.py
stories += tests/story/saved_searches.py tests/story/english_search.py \
	tests/story/odd_queries.py tests/story/odd_forms.py tests/story/suggestions.py
stories += tests/story/policy.py tests/story/roles.py tests/story/structure_desk.py
stories += tests/story/demo_roles.py
stories += tests/story/desk.py tests/story/kept_pages.py tests/story/busy_index.py
stories += tests/story/needs.py tests/story/introductions.py
dist_check_SCRIPTS += $(stories)
TESTS += $(stories)
# Of what is found and made, not of memory; each starts the program hundreds of times.
many_starts = tests/story/installed.py tests/story/nobody.py tests/story/near.py tests/story/demo_honest.py tests/story/demo_made.py tests/story/why_true.py
dist_check_SCRIPTS += $(many_starts)
if !IS_SANITIZED
TESTS += $(many_starts)
endif
EXTRA_DIST += tests/story/policy.tsv
EXTRA_DIST += tests/story/hostile.def tests/story/serving.py
story_shared = tests/story/client.c tests/story/client.h tests/story/small_site.c \
	tests/story/small_site.h
story_tests = tests/story/answers_test tests/story/http_test
check_PROGRAMS += $(story_tests)
TESTS += $(story_tests)
tests_story_answers_test_SOURCES = tests/story/answers_test.c $(story_shared)
tests_story_answers_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_story_answers_test_SOURCES = tests/none.cc
tests_story_http_test_SOURCES = tests/story/http_test.c $(story_shared)
tests_story_http_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_story_http_test_SOURCES = tests/none.cc
dist_check_SCRIPTS += tests/story/sessions.py
TESTS += tests/story/sessions.py
EXTRA_DIST += tests/story/sessions_shared.py
dist_check_SCRIPTS += tests/story/feeds.py
TESTS += tests/story/feeds.py
EXTRA_DIST += tests/story/ical_other.py
check_PROGRAMS += tests/story/ical_made
tests_story_ical_made_SOURCES = tests/story/ical_made.c
tests_story_ical_made_LDADD = libetabli.a $(libraries)
nodist_EXTRA_tests_story_ical_made_SOURCES = tests/none.cc
if HAVE_ICAL
check_PROGRAMS += tests/story/ical_reader
endif
tests_story_ical_reader_SOURCES = tests/story/ical_reader.c
tests_story_ical_reader_CFLAGS = $(AM_CFLAGS) $(ICAL_CFLAGS)
tests_story_ical_reader_LDADD = libetabli.a $(libraries) $(ICAL_LIBS)
nodist_EXTRA_tests_story_ical_reader_SOURCES = tests/none.cc
dist_check_SCRIPTS += tests/story/sessions_propose.py
TESTS += tests/story/sessions_propose.py
dist_check_SCRIPTS += tests/story/sessions_life.py
TESTS += tests/story/sessions_life.py
check_PROGRAMS += tests/story/feed_private
tests_story_feed_private_SOURCES = tests/story/feed_private.c
tests_story_feed_private_LDADD = libetabli.a $(libraries)
nodist_EXTRA_tests_story_feed_private_SOURCES = tests/none.cc
dist_check_SCRIPTS += tests/story/learn.py
TESTS += tests/story/learn.py
check_PROGRAMS += tests/story/last_seat_test
TESTS += tests/story/last_seat_test
tests_story_last_seat_test_SOURCES = tests/story/last_seat_test.c tests/store/place.c tests/store/place.h
tests_story_last_seat_test_LDADD = $(test_libraries)
nodist_EXTRA_tests_story_last_seat_test_SOURCES = tests/none.cc
dist_check_SCRIPTS += tests/story/kills.py
TESTS += tests/story/kills.py
dist_check_SCRIPTS += tests/story/planner.py
TESTS += tests/story/planner.py
dist_check_SCRIPTS += tests/story/planner_week.py
TESTS += tests/story/planner_week.py
dist_check_SCRIPTS += tests/story/gaps.py tests/story/funding.py tests/story/report.py
TESTS += tests/story/gaps.py tests/story/funding.py tests/story/report.py
dist_check_SCRIPTS += tests/story/outsider.py
TESTS += tests/story/outsider.py
dist_check_SCRIPTS += tests/story/sessions_change.py
TESTS += tests/story/sessions_change.py
dist_check_SCRIPTS += tests/story/trespass.py
TESTS += tests/story/trespass.py
dist_check_SCRIPTS += tests/story/sessions_hand.py
TESTS += tests/story/sessions_hand.py
dist_check_SCRIPTS += tests/story/sessions_dst.py
TESTS += tests/story/sessions_dst.py
