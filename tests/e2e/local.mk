# The browser stories.
dist_check_SCRIPTS += tests/e2e/run.sh
if !IS_SANITIZED
TESTS += tests/e2e/run.sh
endif
EXTRA_DIST += tests/e2e/complete.mjs tests/e2e/creator.mjs tests/e2e/exchange.mjs \
	tests/e2e/facilitator.mjs tests/e2e/hands.mjs tests/e2e/lighthouse.mjs \
	tests/e2e/mailbox.mjs tests/e2e/main.mjs tests/e2e/package.json \
	tests/e2e/package-lock.json tests/e2e/pages.mjs tests/e2e/person.mjs tests/e2e/site.mjs \
	tests/e2e/smtp.py tests/e2e/story.mjs tests/e2e/structure.mjs tests/e2e/tap.mjs tests/e2e/trainer.mjs \
	tests/e2e/watch.mjs tests/e2e/gaps.mjs tests/e2e/witness.mjs tests/e2e/signed_in.mjs
