# The rules of the house that a program can check.
dist_check_SCRIPTS += tests/lint/house.py
TESTS += tests/lint/house.py
