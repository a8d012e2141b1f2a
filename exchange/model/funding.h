/* Paying together for a training: promises, what is left to pay, all or nothing. Pure. */
#ifndef EXCHANGE_MODEL_FUNDING_H
#define EXCHANGE_MODEL_FUNDING_H

#include "config/config.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum funding_state { FUNDING_OPEN, FUNDING_REACHED, FUNDING_FELL };

struct funding {
    int64_t id, pole_id;
    int64_t skill_id; /* 0: none; below 0: minus a group of needs in free words */
    const char *title;
    int64_t cost, least; /* euros of it all; people it needs */
    int64_t hours;       /* of training for each; 0: unsaid */
    int64_t deadline_at;
    enum funding_state state;
};

struct funding_pledge {
    int64_t person_id;    /* 0: she is erased, and promised for the structure */
    int64_t structure_id; /* 0: for herself */
    int64_t amount;       /* euros */
    bool comes;
    const char *name, *email; /* of the person; email NULL when she has none */
    const char *lang;         /* she reads; NULL: unsaid */
};

struct funding_sum {
    int64_t pledged, people; /* euros promised, people who come */
    int64_t left;            /* euros not promised yet */
    int64_t a_head; /* of these, for each who comes, or of the least number; rounded up */
    bool is_reached; /* enough people, and nothing left to pay */
};
struct funding_sum funding_sum_of(const struct funding *funding,
                                  const struct funding_pledge *pledges, size_t count);
enum { FUNDER_GOOD_DAYS = 365 }; /* after its check a rule is to be looked at again */
/* What the funder pays of a share of `a_head` euros, at most all of it; -1 when it pays
 * by the hour alone and nobody said how many. */
int64_t funder_pays(const struct config_funder *funder, int64_t a_head, int64_t hours);
const char *funding_state_word(enum funding_state state); /* "open", "reached", "fell" */

#endif
