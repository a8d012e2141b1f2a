# files of tests/relevance/
