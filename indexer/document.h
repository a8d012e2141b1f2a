/* From a document to the terms, the card and the forward item that stand for it in the
 * index. */
#ifndef INDEXER_DOCUMENT_H
#define INDEXER_DOCUMENT_H

#include "indexer/engine.h"
#include "indexer/forward.h"
#include "indexer/search.h"
#include "indexer/shared.h"

/* "Q" + letter + id. */
const char *document_unique(struct arena *arena, enum kind kind, int64_t id);
/* "XD" + letter. */
const char *document_later(struct arena *arena, enum kind kind);
char kind_letter(enum kind kind);

/* *out and what it points to live in `arena`; *place is that of the item it adds to
 * `forward`. */
MUST_USE err_code document_make(struct shared *shared, struct forward_writer *forward,
                                const struct model *model, struct arena *arena,
                                const struct document *document,
                                struct engine_document *out, uint64_t *place,
                                struct err *err);

#endif
