/* « Publier mon besoin »: someone states a training need in her own words. */
#ifndef EXCHANGE_ACTION_NEED_POST_H
#define EXCHANGE_ACTION_NEED_POST_H

#include "exchange/action/ctx.h"

enum {
    NEED_TEXT_LEAST = 3, /* code points */
    NEED_TEXT_MOST = 2000,
    NEED_PASS_ON_MOST = 300,
    NEED_COMMUNE_MOST = 80,
    NEED_MISTAKES_MOST = 8
};

struct need_form {
    const char *text;          /* what she typed; NULL counts as empty */
    const char *email;         /* NULL or "" when she gives none */
    const char *could_pass_on; /* NULL or "" when unsaid */
    const char *commune;
    const char *level;   /* "", "1" to "4" */
    const char *pole;    /* a pole's key, or "" */
    unsigned day_parts;  /* as in struct query_request; 0: unsaid */
    const char *address; /* of the network it came from; NULL: not told */
};

/* Every mistake of the form at once; empty when it may be posted. */
struct need_mistakes {
    struct err items[NEED_MISTAKES_MOST]; /* field and message_id are set */
    size_t count;
};

/* Writes the need as "stated". ERR_INVALID with at least one mistake listed (nothing is
 * written); ERR_LIMIT when she has come in and has her number of open needs already, or
 * too many links were asked for from a visitor's network; store errors. A visitor's
 * answer never depends on the address she gives. *need_id is the new need's. */
MUST_USE err_code need_post(struct ctx *ctx, const struct need_form *form,
                            struct need_mistakes *mistakes, int64_t *need_id,
                            struct err *err);

/* Inside a writer's job: ERR_LIMIT on `field` when that address has its number of open
 * needs that are confirmed. */
MUST_USE err_code need_may_open(struct db *db, const struct config *config,
                                const char *email, int64_t now, const char *field,
                                struct err *err);

/* What the form says, checked, into `need` (its author and life apart): for stating one
 * and for amending it. ERR_INVALID with at least one mistake listed. */
MUST_USE err_code need_form_read(struct ctx *ctx, const struct need_form *form,
                                 struct need *need, struct need_mistakes *mistakes,
                                 struct err *err);

#endif
