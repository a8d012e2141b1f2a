/* Introductions: a first contact is relayed, limited, answered without cost, and shows
 * addresses only when both agree.
 *
 * A contact is asked for by someone herself (from a card) or by the site for a need, in
 * waves. The resource person gets a mail with a link that answers without coming in.
 * Quotas are counted over all structures: every card that bears her address counts as
 * her. */
#ifndef EXCHANGE_ACTION_INTRODUCTION_H
#define EXCHANGE_ACTION_INTRODUCTION_H

#include "exchange/action/ctx.h"
#include "store/introductions.h"

enum {
    INTRODUCTION_ASKS_DAY = 5,      /* a sender, in 24 hours */
    INTRODUCTION_MESSAGES_DAY = 5,  /* a sender in one contact, in 24 hours */
    INTRODUCTION_WORDS_MOST = 2000, /* code points */
    INTRODUCTION_SUGGESTED_MOST = 200,
    INTRODUCTION_LINK_S = 90 * 24 * 3600, /* links that answer are good this long */
    INTRODUCTION_REST_S =
        30 * 24 * 3600 /* no wave after "not now" or silence, this long */
};

/* What stands in the way of asking someone. */
enum askable {
    ASKABLE,
    ASKABLE_PAUSING,     /* she takes a break */
    ASKABLE_OVER_QUOTA,  /* as many contacts this month as she takes */
    ASKABLE_UNREACHABLE, /* no address, or her card is not shown */
    ASKABLE_HERSELF
};

/* When the month of `now` began, on the clocks of the place: quotas count from then. */
int64_t introduction_month_start(const struct config *config, int64_t now);

/* Whether `person` may be asked at ctx->now by who acts (ctx->actor may be NULL). */
MUST_USE err_code introduction_askable(struct ctx *ctx, const struct person *person,
                                       enum askable *out, struct err *err);
/* The contacts a month she takes: her own number, else the site's; and how many she had
 * this month. Reads with `db`, also inside a writer's job. */
MUST_USE err_code introduction_quota(struct db *db, const struct config *config,
                                     const struct person *person, int64_t now,
                                     int64_t *quota, int64_t *used, struct err *err);

struct introduction_ask {
    int64_t resource_id;
    int64_t need_id;   /* 0: none; hers otherwise */
    const char *words; /* 3 to INTRODUCTION_WORDS_MOST code points */
    const char *name;  /* of the asker, when she has no card yet */
    bool shows;        /* her address may be shown once accepted */
};
/* As ctx->actor. ERR_INVALID on "words" or "name"; ERR_LIMIT on "words" past 5 a day;
 * ERR_CONFLICT when the two are in contact already, ERR_LIMIT on "person" when she can
 * take no more (a pause, her quota, taken meanwhile by someone else). */
MUST_USE err_code introduction_ask(struct ctx *ctx, const struct introduction_ask *ask,
                                   int64_t *id, struct err *err);

struct introduction_answer {
    bool is_yes;
    enum decline_reason reason; /* otherwise */
    const char *words;          /* relayed; NULL or "" when none */
    const char *suggested;      /* with DECLINE_SOMEONE_ELSE */
    bool shows;                 /* with is_yes: her address may be shown */
    int64_t
        for_pole_id; /* ctx->actor, of that pole, answers for her: noted; 0: herself */
};
/* As the resource person. A refusal of what came with a wave asks the next one by itself.
 * ERR_CONFLICT when it is answered or withdrawn already; ERR_INVALID on "words" or
 * "suggested". */
MUST_USE err_code introduction_answer(struct ctx *ctx, int64_t id,
                                      const struct introduction_answer *answer,
                                      struct err *err);

/* A message from one of the two (`from_id`) to the other, of an accepted one; or only a
 * change of `shows` when `words` is empty. ERR_FORBIDDEN for anyone else, ERR_LIMIT past
 * 5 a day. */
MUST_USE err_code introduction_write(struct ctx *ctx, int64_t id, int64_t from_id,
                                     const char *words, bool shows, struct err *err);
/* What the two wrote to each other, oldest first, at most so many. Who may read it is for
 * the caller. */
enum { INTRODUCTION_THREAD_MOST = 100 };
MUST_USE err_code introduction_thread(struct ctx *ctx, int64_t id, struct relay **out,
                                      size_t *count, struct err *err);
/* By the asker, before there was an answer. */
MUST_USE err_code introduction_withdraw(struct ctx *ctx, int64_t id, struct err *err);

#endif
