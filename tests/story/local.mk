# Stories told from the outside.
dist_check_SCRIPTS += tests/story/site.py
TESTS += tests/story/site.py
