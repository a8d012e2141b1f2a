/* Putting rows of the records into an index: all of them, or one thing. */
#ifndef EXCHANGE_ACTION_INDEX_FILL_H
#define EXCHANGE_ACTION_INDEX_FILL_H

#include "base/progress.h"
#include "exchange/action/names.h"
#include "indexer/search.h"
#include "store/change.h"

struct index_fill {
    struct db *db;
    struct search_writer *writer;
    const struct config *config;
    struct names names;
    struct arena *arena; /* for `names`; lives as long as the filling */
    int64_t now;
    int64_t put_count;   /* things put or removed so far */
};

/* Puts everything. The thesaurus is read into names first. Progress may be NULL. */
MUST_USE err_code index_fill_all(struct index_fill *fill, struct progress *progress,
                                 struct err *err);

/* Brings one thing up to date: put when it is there and may be shown, removed otherwise. A
 * skill brings the people who have it along. */
MUST_USE err_code index_fill_one(struct index_fill *fill, enum thing thing, int64_t id,
                                 struct err *err);

#endif
