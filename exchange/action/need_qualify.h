/* What a facilitator does with a need: say what it is about, merge look-alikes and split them
 * again, mark it private, hand it over, give it up with a reason. Each is noted in the audit with
 * its pole. Whether it is hers is checked on the need as it is when it is written. */
#ifndef EXCHANGE_ACTION_NEED_QUALIFY_H
#define EXCHANGE_ACTION_NEED_QUALIFY_H

#include "exchange/action/ctx.h"
#include "exchange/action/need_alike.h"

enum { SUGGESTIONS_MOST = 3, NEED_REASON_MOST = 500 };

/* A skill that may be what a need is about. */
struct skill_guess {
    int64_t id;
    const char *name;
};

/* The skills of the thesaurus that answer these words best, best first, none that is far; *count 0
 * when the index is not there. */
MUST_USE err_code need_guess_skills(struct ctx *ctx, const char *words,
                                    struct skill_guess out[SUGGESTIONS_MOST],
                                    size_t *count, struct err *err);

struct qualifying {
    const char *pole;   /* its key; must be one */
    int64_t skill_id;   /* chosen among the guesses; 0: see `words` */
    const char *words;  /* the name of a skill; "" or NULL: no skill is near */
    bool is_private;    /* sensitive */
};
/* ERR_INVALID on "pole" or "words"; ERR_FORBIDDEN; ERR_CONFLICT when the need is closed. Another
 * pole than before hands it over. */
MUST_USE err_code need_qualify(struct ctx *ctx, int64_t id, const struct qualifying *form,
                               struct err *err);

/* `id` becomes part of `into`; the other way round when `id` holds others and `into` none.
 * ERR_CONFLICT when one is closed, private or already part of another, or both hold others;
 * *head (may be NULL) is the one that stands. */
MUST_USE err_code need_merge(struct ctx *ctx, int64_t id, int64_t into, int64_t *head,
                             struct err *err);
/* ERR_CONFLICT when it is part of none. */
MUST_USE err_code need_split(struct ctx *ctx, int64_t id, struct err *err);

MUST_USE err_code need_set_private(struct ctx *ctx, int64_t id, bool is_private,
                                   struct err *err);

/* Closes it; its author is told by mail, with `words` when there are some. ERR_INVALID on
 * "raison" when `reason` is none of need_reasons. */
MUST_USE err_code need_give_up(struct ctx *ctx, int64_t id, const char *reason,
                               const char *words, struct err *err);
/* Why a facilitator gives a need up: stable words and sentences (N_()), ended by a NULL word. */
struct need_reason {
    const char *word, *sentence;
};
extern const struct need_reason need_reasons[];

#endif
