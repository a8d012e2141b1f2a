# files of indexer/
