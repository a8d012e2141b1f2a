/* Who is shown in a search: its filters, over the columns of lists.h. */
#ifndef INDEXER_SIEVE_H
#define INDEXER_SIEVE_H

#include "base/arena.h"
#include "config/config.h"
#include "indexer/lists.h"
#include "indexer/search.h"

struct sieve {
    const struct lists *lists;
    struct arena *arena;
    int64_t shown_since; /* who is older is not shown */
    unsigned level_least, day_parts;
    bool is_member, has_filters;
    const uint8_t *allowed[VALUE_COUNT]; /* by number, of poles by that of their set;
                                            NULL: all */
};

/* Reads them; lists and arena are set. False without room. */
bool sieve_read(struct sieve *sieve, const struct query_request *request,
                const struct config *config);

/* Where has_filters: whether the document `what` stands for in its column passes them. */
static inline bool sieve_passes(const struct sieve *sieve, uint32_t docid, uint64_t what)
{
    uint32_t day_parts = sieve->lists->day_parts[docid];

    if (sieve->day_parts && day_parts && !(day_parts & sieve->day_parts))
        return false;
    for (int which = 0; which < VALUE_COUNT; which++)
        if (sieve->allowed[which] &&
            !sieve->allowed[which][lists_number(what, (enum lists_value)which)])
            return false;
    return (what >> LISTS_LEVEL_AT & LISTS_LEVEL_MOST) >= sieve->level_least;
}

#endif
