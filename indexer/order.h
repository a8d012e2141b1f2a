/* Who comes first of those that answer a need, when it is not to be who answers it best.
 */
#ifndef INDEXER_ORDER_H
#define INDEXER_ORDER_H

#include "base/calendar.h"
#include "indexer/entry.h"
#include "indexer/forward.h"
#include "indexer/search.h"

/* Where a document stands by request->order: who has less comes first, equals by how well
 * they fit. 0 of all by ORDER_FIT, and of what is not a person. */
int order_place(struct arena *arena, const struct query_request *request,
                const struct forward *forward, const struct config *config,
                const struct entry_head *head);

/* How far from request->near_commune, in kilometres as the crow flies; -1 when nobody
 * said where either is. */
double order_km(struct arena *arena, const struct query_request *request,
                const struct forward *forward, const struct config *config,
                const struct entry_head *head);

#endif
