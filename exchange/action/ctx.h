/* What an action works with. */
#ifndef EXCHANGE_ACTION_CTX_H
#define EXCHANGE_ACTION_CTX_H

#include "base/arena.h"
#include "config/config.h"
#include "indexer/search.h"
#include "store/driver.h"
#include "store/writer.h"

struct actor;
struct miss_box;

struct ctx {
    struct arena *arena;     /* results live here */
    struct db *db;           /* reading */
    struct writer *writer;   /* writing; NULL where nothing is written */
    struct search *search;   /* NULL while the index is being mended */
    struct miss_box *misses; /* searches in vain; NULL where they are not noted */
    const struct config *config;
    int64_t now;
    const struct actor *actor; /* who acts; NULL where nobody does (jobs, commands) */
    const char *lang;          /* "fr" or "en" */
    int64_t link_id; /* of the link that lets act: link_do uses it up; 0: none */
};

#endif
