/* An open index, for the files that read it. */
#ifndef INDEXER_READER_H
#define INDEXER_READER_H

#include "indexer/engine.h"
#include "indexer/search.h"

#include <limits.h>

struct search {
    const struct config *config;
    struct engine *engine;
    int generation;
    char folder[PATH_MAX];
};

#endif
