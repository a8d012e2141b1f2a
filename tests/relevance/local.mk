# Measures, run by hand: see docs/search.md.
EXTRA_DIST += tests/relevance/run
