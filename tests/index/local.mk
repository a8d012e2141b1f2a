# files of tests/index/
