# Measures on judged collections; run by hand, not part of the tests.
EXTRA_DIST += tests/relevance/run tests/relevance/ablation tests/relevance/engines.py tests/relevance/judged.py tests/relevance/scoring.py tests/relevance/knowledge.py tests/relevance/framed tests/relevance/framings.tsv \
	tests/relevance/people/README.md \
	tests/relevance/people/judged-a.tsv tests/relevance/people/judged-b.tsv \
	tests/relevance/people/needs.tsv tests/relevance/people/run \
	tests/relevance/people/named tests/relevance/people/named.tsv
