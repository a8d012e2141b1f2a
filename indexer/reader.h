/* An open index, for the files that read it. */
#ifndef INDEXER_READER_H
#define INDEXER_READER_H

#include "indexer/align.h"
#include "indexer/engine.h"
#include "indexer/forward.h"
#include "indexer/near.h"
#include "indexer/search.h"
#include "indexer/situation.h"
#include "indexer/sweep.h"
#include "indexer/vocabulary.h"

#include <limits.h>

struct search {
    const struct config *config;
    struct engine *engine;
    struct forward *forward;
    struct sweep *sweep; /* NULL: the index was not made, but opened empty */
    struct vocabulary *vocabularies[KIND_COUNT]; /* NULL until needed */
    struct model *model;                         /* NULL: nothing was learnt */
    struct situations *situations;               /* NULL until needed */
    struct near_labels *near;                    /* NULL until needed */
    struct align *align;                         /* NULL until needed */
    int generation;
    char folder[PATH_MAX];
};

enum { READ_AGAIN_MOST = 12 }; /* times, when writers are quicker than a search */

/* The vocabulary of a kind, read when it is not there or too old. */
MUST_USE err_code search_vocabulary(struct search *search, enum kind kind,
                                    struct vocabulary **out, struct err *err);

#endif
