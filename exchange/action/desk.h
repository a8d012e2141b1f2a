/* The facilitator's Monday page: baskets of what waits for her, where her pole stands,
 * ticks, the hand-over notebook. */
#ifndef EXCHANGE_ACTION_DESK_H
#define EXCHANGE_ACTION_DESK_H

#include "exchange/action/need_alike.h"
#include "store/desk.h"

enum { BASKET_ROWS_MOST = 50, NOTES_MOST = 200, NOTE_TEXT_MOST = 4000 };

struct basket_view {
    struct basket_row *rows; /* of every basket but BASKET_ALIKE */
    struct need_pair *pairs; /* of BASKET_ALIKE */
    size_t count;            /* rows or pairs here */
    int64_t total, seen;     /* in all, and those ticked this week */
};

struct desk {
    struct pole_state state;
    bool is_quiet; /* no action for exchange.pole_alert days */
    int64_t quiet_days;
    int64_t planned; /* sessions of the kept plan that wait for her word */
    struct basket_view baskets[BASKET_COUNT];
};

/* ERR_FORBIDDEN unless she keeps or stands in for the pole, or is admin. */
MUST_USE err_code desk_may(const struct ctx *ctx, int64_t pole_id, struct err *err);
/* One query a basket. */
MUST_USE err_code desk_read(struct ctx *ctx, int64_t pole_id, struct desk *out,
                            struct err *err);
/* Days since the last action in the pole, or since it is there. Needs no actor. */
MUST_USE err_code desk_quiet_days(struct ctx *ctx, int64_t pole_id, int64_t *days,
                                  struct err *err);
/* Whether she ticked it this week (weeks begin on Monday, local time). */
MUST_USE err_code desk_set_seen(struct ctx *ctx, int64_t pole_id, enum basket basket,
                                int64_t subject_id, bool is_seen, struct err *err);
/* The Monday 00:00 local at or before `now`. */
int64_t desk_week(const struct config *config, int64_t now);

/* ERR_INVALID on "texte". Words stay in the pole: the audit tells that there is a note.
 */
MUST_USE err_code desk_note(struct ctx *ctx, int64_t pole_id, const char *text,
                            struct err *err);

/* Figures of the pole from `from` to before `to`, no names. */
MUST_USE err_code desk_month(struct ctx *ctx, int64_t pole_id, int64_t from, int64_t to,
                             struct pole_figures *out, struct err *err);

/* The next wave for a need of hers, noted; see wave_send. */
MUST_USE err_code desk_wave(struct ctx *ctx, int64_t need_id, int *asked,
                            struct err *err);

#endif
