/* Records of introductions. Writing runs inside a writer's job and notes no
 * change by itself: the need or the mail that goes with it does. */
#ifndef STORE_INTRODUCTIONS_H
#define STORE_INTRODUCTIONS_H

#include "exchange/model/introduction.h"
#include "store/driver.h"

/* ERR_NOT_FOUND when there is none with that id. */
MUST_USE err_code introductions_get(struct db *db, struct arena *arena, int64_t id,
                                    struct introduction *out, struct err *err);

enum introductions_of {
    INTRODUCTIONS_OF_NEED,     /* oldest first */
    INTRODUCTIONS_OF_RESOURCE, /* what she was asked, latest first */
    INTRODUCTIONS_OF_ASKER, /* what she asked for herself, or was accepted; latest first
                             */
    INTRODUCTIONS_DUE       /* asked, and past their time at `id` */
};
MUST_USE err_code introductions_list(struct db *db, struct arena *arena,
                                     enum introductions_of of, int64_t id, size_t most,
                                     struct introduction **out, size_t *count,
                                     struct err *err);

/* Sets id. */
MUST_USE err_code introductions_add(struct db *db, struct introduction *introduction,
                                    struct err *err);
/* State, answer, reason, suggested, who shows, answered_at. ERR_CONFLICT unless it is
 * still in state `was`. */
MUST_USE err_code introductions_change(struct db *db,
                                       const struct introduction *introduction,
                                       enum introduction_state was, struct err *err);
/* What was asked for that need and has no answer is withdrawn. */
MUST_USE err_code introductions_withdraw(struct db *db, int64_t need_id, struct err *err);

/* Contacts of the human of that card (all cards with her address) since `since`, refusals
 * and withdrawn ones apart. */
MUST_USE err_code introductions_count_resource(struct db *db, int64_t resource_id,
                                               int64_t since, int64_t *count,
                                               struct err *err);
/* How many that person asked for by herself since `since`. */
MUST_USE err_code introductions_count_asker(struct db *db, int64_t asker_id,
                                            int64_t since, int64_t *count,
                                            struct err *err);
/* How many of the two are asked or accepted. */
MUST_USE err_code introductions_between(struct db *db, int64_t asker_id,
                                        int64_t resource_id, int64_t *count,
                                        struct err *err);
/* How often she said "not now" or nothing since `since`. */
MUST_USE err_code introductions_count_refused(struct db *db, int64_t resource_id,
                                              int64_t since, int64_t *count,
                                              struct err *err);
/* Whether the human of that card was asked for that need before. */
MUST_USE err_code introductions_was_asked(struct db *db, int64_t need_id,
                                          int64_t resource_id, bool *was,
                                          struct err *err);
MUST_USE err_code introductions_last_wave(struct db *db, int64_t need_id, int *wave,
                                          struct err *err);

#endif
