/* What the facilitator's Monday page reads: baskets, where her pole stands, its notebook,
 * its figures. Writing functions run inside a writer's job. */
#ifndef STORE_DESK_H
#define STORE_DESK_H

#include "exchange/model/basket.h"
#include "store/driver.h"

struct basket_row {
    int64_t id;        /* of the need, session, person or introduction */
    const char *title; /* words of the need, title of the session, name of the person */
    const char *other; /* structure of a person, name of who was asked; NULL when none */
    int64_t at;        /* stated, to be decided, silent or asked since */
    int64_t
        number;   /* people who need it; seats taken; 1 when invited and not confirmed */
    int64_t most; /* contacts asked so far; threshold; when it expires */
    int64_t link_id; /* pole of a need (0: none), need of a contact */
    int64_t seen_at; /* ticked; 0: not this week */
};

struct basket_wanted {
    enum basket basket; /* any but BASKET_ALIKE */
    int64_t pole_id, now;
    int64_t before; /* only what dates from before (not of BASKET_UNDER_THRESHOLD) */
    int64_t after;  /* BASKET_NO_REPLY: and from after */
    int64_t week;   /* ticks from this time on count */
    size_t most;
};
/* One query. Not ticked ones first, then the most urgent; *total and *seen count all of
 * them. */
MUST_USE err_code desk_basket(struct db *db, struct arena *arena,
                              const struct basket_wanted *wanted, struct basket_row **out,
                              size_t *count, int64_t *total, int64_t *seen,
                              struct err *err);
/* Ids ticked since `week` in a basket of the pole. */
MUST_USE err_code desk_seen(struct db *db, struct arena *arena, int64_t pole_id,
                            enum basket basket, int64_t week, int64_t **ids,
                            size_t *count, struct err *err);
MUST_USE err_code desk_tick(struct db *db, int64_t pole_id, enum basket basket,
                            int64_t subject_id, bool is_seen, int64_t now,
                            struct err *err);

struct pole_state {
    int64_t open_needs;
    int64_t answered, median_wait_s; /* of needs answered since `since`; 0 when none */
    int64_t live_people; /* published, confirmed since `confirmed_since`, not pausing */
    int64_t last_action; /* of a facilitator; 0: none yet */
    int64_t quiet_since; /* that, or when the pole was first there */
};
/* When somebody last acted in the pole; when it was first there, if nobody has. */
MUST_USE err_code desk_quiet_since(struct db *db, int64_t pole_id, int64_t *out,
                                   struct err *err);
MUST_USE err_code desk_state(struct db *db, int64_t pole_id, int64_t now, int64_t since,
                             int64_t confirmed_since, struct pole_state *out,
                             struct err *err);

struct pole_note {
    int64_t id, at;
    const char *author; /* NULL when she is gone */
    const char *text;
};
MUST_USE err_code desk_notes(struct db *db, struct arena *arena, int64_t pole_id,
                             size_t most, struct pole_note **out, size_t *count,
                             struct err *err);
MUST_USE err_code desk_note_add(struct db *db, int64_t pole_id, int64_t author_id,
                                const char *text, int64_t now, struct err *err);

/* Figures of a span of time: no names. */
struct pole_figures {
    int64_t needs;              /* stated */
    int64_t people;             /* distinct, who stated or supported them */
    int64_t answered;           /* of these needs, so far */
    int64_t median_wait_s;      /* of the answered ones; 0 when none */
    int64_t met, given_up;      /* of these needs, so far */
    int64_t sessions;           /* that took place in the span */
    int64_t attended;           /* people who came to them */
    int64_t contacts, accepted; /* asked in the span, and what became of them */
};
MUST_USE err_code desk_figures(struct db *db, int64_t pole_id, int64_t from, int64_t to,
                               struct pole_figures *out, struct err *err);

/* She agreed, aloud, before who noted it (`actor`). */
MUST_USE err_code desk_consent(struct db *db, int64_t person_id, const char *kind,
                               const char *actor, int64_t now, struct err *err);
/* When `verb` was last noted for that person with that detail; 0: never. */
MUST_USE err_code desk_noted(struct db *db, int64_t person_id, const char *verb,
                             const char *detail, int64_t *at, struct err *err);

/* Who is told when a pole is quiet: addresses of who keeps it and stands in. */
MUST_USE err_code desk_keepers(struct db *db, struct arena *arena, int64_t pole_id,
                               const char ***emails, size_t *count, struct err *err);
MUST_USE err_code desk_admins(struct db *db, struct arena *arena, const char ***emails,
                              size_t *count, struct err *err);

/* The first need of hers that is open at `now` and has those words; 0 when there is none.
 */
MUST_USE err_code desk_need_same(struct db *db, int64_t person_id, const char *words,
                                 int64_t now, int64_t *id, struct err *err);

#endif
