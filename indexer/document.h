/* From a document to the terms, values and card that stand for it in the index. */
#ifndef INDEXER_DOCUMENT_H
#define INDEXER_DOCUMENT_H

#include "indexer/engine.h"
#include "indexer/search.h"

/* "Q" + letter + id. */
const char *document_unique(struct arena *arena, enum kind kind, int64_t id);
char kind_letter(enum kind kind);

/* Everything lives in `arena`. */
MUST_USE err_code document_make(struct arena *arena, const struct document *document,
                                struct engine_document *out, struct err *err);

/* Four letters at a time of a word, with ^ and $ at its ends ("^plâ" … "tre$"), each once; words
 * with a digit or fewer than four letters have none. Returns how many. */
size_t word_grams(struct arena *arena, const char *word, const char **out, size_t most);

#endif
