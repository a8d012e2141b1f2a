/* Marking in a text what matched a query, and cutting the passage around it. */
#ifndef INDEXER_MARK_H
#define INDEXER_MARK_H

#include "indexer/search.h"

enum { MARK_STARTS = 256 };

struct mark_query {
    const char *const *families;
    const uint8_t
        *words; /* the query's word each stands for, below 32; NULL: its place */
    const char *const *said; /* what she said for each that is not her own word, else
                                NULL; NULL: all are */
    size_t count, own_count; /* from own_count on they are called for (meaning.h) */
    const char *lang;
    uint64_t starts[MARK_STARTS / 64]; /* how families begin: mark_start */
};
/* Notes how each begins, so that most words of a text need not be compared: before the
 * first use. */
void mark_start(struct mark_query *query);

/* Pieces of `string`, those whose family is in the query marked. Sets bit i of *seen (may
 * be NULL) for each word i of hers that was met itself. */
MUST_USE err_code mark_text(struct arena *arena, const char *string,
                            const struct mark_query *query, struct marked_text *out,
                            uint32_t *seen, struct err *err);

/* As mark_text on the passage of about `length_most` bytes with the most different
 * matches; out->count 0 when nothing matches. */
MUST_USE err_code mark_passage(struct arena *arena, const char *string,
                               size_t length_most, const struct mark_query *query,
                               struct marked_text *out, uint32_t *seen, struct err *err);

#endif
