/* What gaps are counted from: who asks, who agreed to pass on what, and where each
 * stands. Reading only; every list lives in the arena. */
#ifndef STORE_GAPS_H
#define STORE_GAPS_H

#include "exchange/model/gap.h"
#include "exchange/model/gap_trend.h"
#include "store/driver.h"

/* Someone asks: a row for each need she stated or supports. */
struct gap_ask {
    int64_t need_id;  /* the need that stands, whatever is merged into it */
    int64_t skill_id; /* 0: not qualified yet */
    bool is_open;
    int64_t pole_id;      /* 0: none yet */
    int64_t structure_id; /* of who asks; 0: none known */
    int64_t person_id; /* negative: somebody without a card, counted as one of her own */
    int64_t at;
    int64_t stated_at, expires_at; /* of the need that stands */
    enum gap_coming coming;        /* how far a session for it is */
    bool is_private;               /* seen in its pole only */
};
/* Open needs of the pole (0: of all), and closed ones stated since `since`. */
MUST_USE err_code gaps_asks(struct db *db, struct arena *arena, int64_t pole_id,
                            int64_t now, int64_t since, struct gap_ask **out,
                            size_t *count, struct err *err);

/* The same of these skills, in all poles. */
MUST_USE err_code gaps_asks_of(struct db *db, struct arena *arena,
                               const int64_t *skill_ids, size_t id_count, int64_t now,
                               int64_t since, struct gap_ask **out, size_t *count,
                               struct err *err);

/* Who asked in the pole (0: anywhere) with needs stated since `since`. */
MUST_USE err_code gaps_events(struct db *db, struct arena *arena, int64_t pole_id,
                              int64_t since, struct gap_event **out, size_t *count,
                              struct err *err);

/* `other_id` is as good as `skill_id`: it has a label alike, or is narrower. */
struct gap_kin {
    int64_t skill_id, other_id;
};
MUST_USE err_code gaps_kin(struct db *db, struct arena *arena, const int64_t *skill_ids,
                           size_t id_count, struct gap_kin **out, size_t *count,
                           struct err *err);

/* `other_id` has the same name in that language; each skill is its own twin too. */
MUST_USE err_code gaps_twins(struct db *db, struct arena *arena, const char *lang,
                             const int64_t *skill_ids, size_t id_count,
                             struct gap_kin **out, size_t *count, struct err *err);
/* What is told of `skill_id` may count in `other_id`: gaps_kin seen from the other end.
 */
MUST_USE err_code gaps_touched(struct db *db, struct arena *arena,
                               const int64_t *skill_ids, size_t id_count,
                               struct gap_kin **out, size_t *count, struct err *err);

/* Someone agreed to pass a skill on. Of `who`: used, was_silent, is_here and parts are
 * not read. */
struct gap_knows {
    int64_t skill_id;
    uint64_t human; /* the same for all cards of one address */
    struct gap_knower who;
};
MUST_USE err_code gaps_knowers(struct db *db, struct arena *arena,
                               const int64_t *skill_ids, size_t id_count,
                               struct gap_knows **out, size_t *count, struct err *err);

/* A number for a record. */
struct gap_number {
    int64_t id, number;
};
/* Contacts since `since` of people who had some, all cards of an address together. */
MUST_USE err_code gaps_used(struct db *db, struct arena *arena, int64_t since,
                            struct gap_number **out, size_t *count, struct err *err);
/* Half-days (exchange/model/week.h) of those of these needs that say any. */
MUST_USE err_code gaps_need_parts(struct db *db, struct arena *arena,
                                  const int64_t *need_ids, size_t id_count,
                                  struct gap_number **out, size_t *count,
                                  struct err *err);
/* Half-days of those of these people who say any. */
MUST_USE err_code gaps_person_parts(struct db *db, struct arena *arena,
                                    const int64_t *person_ids, size_t id_count,
                                    struct gap_number **out, size_t *count,
                                    struct err *err);
/* People whose last contact, asked since `since`, ended in silence. */
MUST_USE err_code gaps_silent(struct db *db, struct arena *arena, int64_t since,
                              int64_t **ids, size_t *count, struct err *err);
/* Poles of these people: id is the person, number a pole; a row for each. */
MUST_USE err_code gaps_poles(struct db *db, struct arena *arena,
                             const int64_t *person_ids, size_t id_count,
                             struct gap_number **out, size_t *count, struct err *err);
MUST_USE err_code gaps_members(struct db *db, struct arena *arena, int64_t pole_id,
                               int64_t **ids, size_t *count, struct err *err);

#endif
