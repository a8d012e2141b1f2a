# The rules of the house that a program can check.
lints = tests/lint/docs.py tests/lint/house.py tests/lint/sentences.py tests/lint/verbs.py
dist_check_SCRIPTS += $(lints)
if !IS_SANITIZED
TESTS += $(lints)
endif
