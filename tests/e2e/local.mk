# The browser stories.
dist_check_SCRIPTS += tests/e2e/run.sh
TESTS += tests/e2e/run.sh
EXTRA_DIST += tests/e2e/complete.mjs tests/e2e/hands.mjs tests/e2e/main.mjs tests/e2e/package.json \
	tests/e2e/package-lock.json tests/e2e/pages.mjs tests/e2e/site.mjs tests/e2e/story.mjs \
	tests/e2e/tap.mjs tests/e2e/watch.mjs
