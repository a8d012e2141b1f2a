# files of tests/fuzz/
