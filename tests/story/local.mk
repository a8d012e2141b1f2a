# files of tests/story/
