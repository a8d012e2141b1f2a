/* Adding up, over all documents of a kind in the index as it was made, what a query's
 * words count in each: the best of them, how many there are, and what they have in
 * common. None is passed over that could be one of the best (maxscore.h), so nothing is
 * lost by being quick. */
#ifndef INDEXER_SWEEP_H
#define INDEXER_SWEEP_H

#include "indexer/facets.h"
#include "indexer/lists.h"

struct sweep;
/* *out is NULL when the index has no lists: then Xapian finds all. `engine` reads
 * the index in `folder`. */
MUST_USE err_code sweep_open(struct sweep **out, const char *folder,
                             struct engine *engine, struct err *err);
void sweep_close(struct sweep *sweep); /* accepts NULL */
/* Learns of `engine`, which reads something newer, what was put or removed since the
 * index was made: it is passed over. */
MUST_USE err_code sweep_refresh(struct sweep *sweep, struct engine *engine,
                                struct err *err);
/* How many documents the index was made of; 0 for NULL. */
size_t sweep_size(const struct sweep *sweep);
/* Whether some of a kind were put since: engine_find() finds them by document_later(). */
bool sweep_has_later(const struct sweep *sweep, enum kind kind);

struct sweep_query {
    const struct engine_query *find;     /* its words, deadline and how many are wanted */
    const struct query_request *request; /* its filters, and who asks */
    const struct config *config;
};
/* The best, as engine_find(), with scores on the same scale; they are not counted. */
MUST_USE err_code sweep_find(struct sweep *sweep, struct engine *engine,
                             struct arena *arena, const struct sweep_query *query,
                             struct engine_result *out, struct err *err);

/* When more than *count have words of the query whose weights, taken as they are, make up
 * `least` at least: how many, and what they have in common; else both stay as they are.
 * Of the index as it was made: who was put since is not counted. Fewer when time was up.
 */
MUST_USE err_code sweep_count(struct sweep *sweep, struct arena *arena,
                              const struct sweep_query *query, double least,
                              struct facets *facets, int64_t *count, struct err *err);

#endif
