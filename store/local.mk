# files of store/
