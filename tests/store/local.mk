# files of tests/store/
