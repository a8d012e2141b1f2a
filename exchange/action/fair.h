/* Fast entry for a « bourse aux besoins »: what is said aloud, one line a person, understood as it
 * will be written, then saved all or nothing.
 *
 * A line is "name ; what she seeks ; what she can show ; address ; structure" (a tab or | will do).
 * Who is new becomes a hidden person of the pole, who agreed aloud. What someone whose card is
 * published can show is not written on it: that is hers; it goes to the notebook. */
#ifndef EXCHANGE_ACTION_FAIR_H
#define EXCHANGE_ACTION_FAIR_H

#include "exchange/action/ctx.h"

enum { FAIR_LINES_MOST = 200, FAIR_OFFERS_MOST = 10, FAIR_PART_MOST = 500 };

struct fair_offer {
    const char *label;
    int64_t skill_id; /* 0 when the thesaurus has none of that name */
};

struct fair_line {
    int number; /* of the line typed, from 1 */
    const char *name, *need, *offer, *email, *structure; /* as typed; "" when left out */
    int64_t person_id;      /* 0: made new */
    const char *known_name; /* of the card found; NULL when new */
    int same_as;            /* new, and the one of this earlier line; 0 otherwise */
    bool is_published;      /* her card is: offers go to the notebook */
    int64_t structure_id;
    int64_t skill_id;       /* the one the need's words name; 0: to qualify later */
    bool is_repeat;         /* she has that need open already: it is not written again */
    struct fair_offer offers[FAIR_OFFERS_MOST];
    size_t offer_count;
    const char *wrong;      /* what keeps it from being saved (N_()); NULL when nothing */
};

struct fair {
    struct fair_line *lines;
    size_t count;
    size_t needs, offers, people_new, wrong; /* what will be written; lines with mistakes */
};

/* How every line is understood; writes nothing. ERR_LIMIT on "lignes" past FAIR_LINES_MOST,
 * ERR_INVALID on it when there is none. */
MUST_USE err_code fair_read(struct ctx *ctx, int64_t pole_id, const char *text,
                            struct fair *out, struct err *err);
/* Reads it again and writes all of it, or nothing: ERR_INVALID on "lignes" when a line is wrong
 * (then *out says which). */
MUST_USE err_code fair_save(struct ctx *ctx, int64_t pole_id, const char *text,
                            struct fair *out, struct err *err);

#endif
