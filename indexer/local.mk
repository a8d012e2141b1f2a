# Understanding a need and finding who answers it.
libetabli_a_SOURCES += \
	indexer/analysis.c indexer/analysis.h \
	indexer/card.c indexer/card.h \
	indexer/complete.c \
	indexer/document.c indexer/document.h \
	indexer/engine.cc indexer/engine.h \
	indexer/folder.c indexer/folder.h \
	indexer/hit.c indexer/hit.h \
	indexer/mark.c indexer/mark.h \
	indexer/rank.c indexer/rank.h indexer/reader.h \
	indexer/search.h indexer/search_read.c indexer/search_write.c \
	indexer/stem.c indexer/stem.h \
	indexer/terms.def indexer/words.def
