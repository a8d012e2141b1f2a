/* The last plan of each pole, and that a new one is asked for. Writing functions run
 * inside a writer's job. */
#ifndef STORE_PLAN_KEEP_H
#define STORE_PLAN_KEEP_H

#include "store/driver.h"

struct kept_session {
    int position; /* by which needs name it; ascending, with gaps where somebody is gone
                   */
    int64_t skill_id; /* below 0: minus a group of needs in free words */
    int64_t starts_at, ends_at;
    int64_t room_id, trainer_id, second_id; /* 0: none */
    int64_t session_id; /* of a session that serves one of its needs by now; 0: none */
    int level, seats, trainer_level, times_left;
    const char *commune; /* NULL: unknown */
};

struct kept_need {
    int64_t need_id, person_id; /* person 0: nobody we know */
    int64_t skill_id;           /* as of a session */
    int position;               /* of its session; -1: not served */
    int reason;                 /* why not, enum unserved_reason */
    const char *name;           /* of who asks; NULL when none; read only */
};

struct kept_plan {
    int64_t pole_id, weeks;
    int64_t asked, answered;   /* how often it was asked for, and what it answers */
    int64_t asked_at, made_at; /* made_at 0: never */
    bool is_weekly;            /* nobody asked for it */
    bool is_failed;            /* the last one asked for could not be made */
    int64_t worth, bound;      /* in millionths of a need */
    int64_t kept, unqualified, trainers, dates;
    struct kept_session *sessions;
    size_t session_count;
    struct kept_need *needs;
    size_t need_count;
};

/* out->asked is 0 when none was ever asked for. */
MUST_USE err_code plan_keep_get(struct db *db, struct arena *arena, int64_t pole_id,
                                struct kept_plan *out, struct err *err);
MUST_USE err_code plan_keep_ask(struct db *db, int64_t pole_id, int64_t weeks,
                                int64_t now, struct err *err);
/* Poles that somebody keeps and that nobody asked a plan for since `due_at`. */
MUST_USE err_code plan_keep_due(struct db *db, int64_t due_at, int64_t *count,
                                struct err *err);
/* Asks for all of these, in nobody's name. */
MUST_USE err_code plan_keep_ask_weekly(struct db *db, int64_t due_at, int64_t weeks,
                                       int64_t now, struct err *err);
/* What was asked for first and is not made yet: pole, weeks and asked; pole_id 0: none.
 */
MUST_USE err_code plan_keep_next(struct db *db, struct kept_plan *out, struct err *err);
/* In place of the one before; answers `plan->asked`. */
MUST_USE err_code plan_keep_put(struct db *db, const struct kept_plan *plan, int64_t now,
                                struct err *err);
/* It could not be made: the one before stays. */
MUST_USE err_code plan_keep_fail(struct db *db, const struct kept_plan *plan, int64_t now,
                                 struct err *err);

/* Planned sessions to come that no session serves yet. */
MUST_USE err_code plan_keep_waiting(struct db *db, int64_t pole_id, int64_t now,
                                    int64_t *count, struct err *err);

struct kept_news {
    int64_t waiting;        /* sessions */
    const char *key, *name; /* of the pole */
};
/* Weekly plans made after `since` for poles that a person keeps, with sessions to come
 * that no session serves yet. */
MUST_USE err_code plan_keep_news(struct db *db, struct arena *arena, int64_t person_id,
                                 int64_t since, int64_t now, struct kept_news **out,
                                 size_t *count, struct err *err);

#endif
