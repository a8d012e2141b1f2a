/* « Proposer une séance »: from needs, from a skill or from nothing. */
#ifndef EXCHANGE_ACTION_SESSION_PROPOSE_H
#define EXCHANGE_ACTION_SESSION_PROPOSE_H

#include "exchange/action/ctx.h"
#include "exchange/model/session.h"
#include "exchange/model/when.h"

enum {
    PROPOSE_DATES = 3,
    PROPOSE_NEEDS_MOST = 20,
    PROPOSE_TRAINERS_MOST = 5,
    PROPOSE_MISTAKES_MOST = 24,
    PROPOSE_TITLE_MOST = 120, /* code points */
    PROPOSE_ABOUT_MOST = 2000,
    PROPOSE_PLACE_MOST = 200
};

/* As typed; NULL is empty. */
struct session_form {
    const char *name; /* of who gave none yet */
    const char *title, *about, *skill, *level, *pole;
    const char *format;   /* "atelier", "visite", "appel", "cercle" */
    const char *trainers; /* names or addresses, with commas or lines between */
    bool is_for_others; /* those named give it, and are asked first; facilitators only */
    struct when_typed dates[PROPOSE_DATES];
    const char *where; /* "salle", "ailleurs", "en-ligne" */
    const char *room, *place, *commune, *access, *online_url;
    const char *seats, *threshold;
    struct when_typed decide; /* its hour is 18h */
    int64_t need_ids[PROPOSE_NEEDS_MOST];
    size_t need_count;
    /* of a session that is changed */
    const char *stamp;                      /* what the form showed (session_merge.h) */
    int64_t without[PROPOSE_TRAINERS_MOST]; /* who gives it no more */
    size_t without_count;
};

/* Each with its field, whose id in the form it is: "title", "date1", "room", …; `booked`
 * is the session that has the room at that time, when one has. */
struct session_mistakes {
    struct err items[PROPOSE_MISTAKES_MOST];
    size_t count;
    int64_t booked_id, booked_at;
};

/* Proposes it in the name of ctx->actor, who gives it unless it is a circle; tells those
 * who asked; asks the co-trainers. With is_for_others she gives no part of it: those who
 * asked are told once somebody named said yes; it is called off when all said no.
 * ERR_INVALID or ERR_CONFLICT with `mistakes`. */
MUST_USE err_code session_propose(struct ctx *ctx, const struct session_form *form,
                                  struct session_mistakes *mistakes, int64_t *session_id,
                                  struct err *err);

/* A co-trainer answers by her link; the first time only. */
MUST_USE err_code session_join_trainers(struct ctx *ctx, const char *token,
                                        const char *name, bool is_yes,
                                        int64_t *session_id, struct err *err);

#endif
