# Understanding a need and finding who answers it.
libetabli_a_SOURCES += \
	indexer/align.c indexer/align.h \
	indexer/analysis.c indexer/analysis.h \
	indexer/best.c indexer/best.h \
	indexer/card.c indexer/card.h \
	indexer/carrier.c indexer/carrier.h \
	indexer/clause.c indexer/clause.h \
	indexer/complete.c \
	indexer/dictionary.c indexer/dictionary.h \
	indexer/document.c indexer/document.h \
	indexer/engine.cc indexer/engine.h indexer/engine_build.h \
	indexer/entry.c indexer/entry.h \
	indexer/facets.c indexer/facets.h \
	indexer/family.c indexer/family.h \
	indexer/find.c indexer/find.h \
	indexer/fit.c indexer/fit.h \
	indexer/focus.c indexer/focus.h \
	indexer/folder.c indexer/folder.h \
	indexer/forward.c indexer/forward.h \
	indexer/hit.c indexer/hit.h \
	indexer/language.c indexer/language.h \
	indexer/lexicon.c indexer/lexicon.h \
	indexer/likeness.c indexer/likeness.h \
	indexer/idiom.c indexer/idiom.h indexer/idioms.def \
	indexer/learn/everyday.def indexer/learn/learn.h indexer/learn/learner.h \
	indexer/learn/kin.c indexer/learn/lines.c indexer/learn/pairs.c \
	indexer/learn/situations.c indexer/learn/synonyms.c \
	indexer/learn/translate.c indexer/learn/translate.h \
	indexer/learn/vectors.c indexer/learn/write.c \
	indexer/lists.c indexer/lists.h indexer/lists_write.c \
	indexer/mark.c indexer/mark.h \
	indexer/meaning.c indexer/meaning.h \
	indexer/mend.c indexer/mend.h \
	indexer/model.c indexer/model.h \
	indexer/order.c indexer/order.h \
	indexer/rank.c indexer/rank.h indexer/reader.h \
	indexer/rerank.c indexer/rerank.h \
	indexer/search.h indexer/search_read.c indexer/search_write.c \
	indexer/shared.c indexer/shared.h \
	indexer/sieve.c indexer/sieve.h \
	indexer/situation.c indexer/situation.h \
	indexer/sound.c indexer/sound.h \
	indexer/spelling.c indexer/spelling.h \
	indexer/stem.c indexer/stem.h \
	indexer/sweep.c indexer/sweep.h \
	indexer/maxscore.c indexer/maxscore.h \
	indexer/terms.c indexer/terms.h indexer/terms.def \
	indexer/vocabulary.c indexer/vocabulary.h \
	indexer/near.c indexer/near.h \
	indexer/relate.c indexer/relate.h \
	indexer/widen.c indexer/widen.h \
	indexer/words.def
