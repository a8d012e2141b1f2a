/* Groups of needs in free words that ask for about the same thing. Writing runs inside a
 * writer's job; it marks what the gaps must count anew. */
#ifndef STORE_WORD_GROUPS_H
#define STORE_WORD_GROUPS_H

#include "store/driver.h"

struct word_group {
    int64_t id, pole_id;
    const char *name;
    int64_t named_at;    /* 0: the program made its name */
    int64_t skill_id;    /* its needs were given this one; 0: none */
    int64_t merged_into; /* counts there; 0: by itself */
};
/* A need as groups look at it. */
struct word_need {
    int64_t id;
    int64_t of; /* its group; of a loose one: its pole */
    int64_t people, skill_id;
    const char *text;
};
/* A group whose needs are others than those its name was made from. */
struct word_change {
    int64_t id, pole_id, members;
};

/* ERR_NOT_FOUND when there is none. */
MUST_USE err_code word_groups_get(struct db *db, struct arena *arena, int64_t id,
                                  struct word_group *out, struct err *err);
/* Those of the pole that hold open needs and are part of no other, but `other_than`. */
MUST_USE err_code word_groups_of(struct db *db, struct arena *arena, int64_t pole_id,
                                 int64_t now, int64_t other_than, struct word_group **out,
                                 size_t *count, struct err *err);
MUST_USE err_code word_groups_parts(struct db *db, struct arena *arena, int64_t id,
                                    struct word_group **out, size_t *count,
                                    struct err *err);
/* Skills of about its meaning and that of those merged into it. */
MUST_USE err_code word_groups_near(struct db *db, struct arena *arena, int64_t id,
                                   int64_t **ids, size_t *count, struct err *err);
/* Open needs without a skill that are in no group, oldest first. */
MUST_USE err_code word_needs_loose(struct db *db, struct arena *arena, int64_t now,
                                   int64_t most, struct word_need **out, size_t *count,
                                   struct err *err);
/* Open needs in groups of the pole, the latest first. */
MUST_USE err_code word_needs_grouped(struct db *db, struct arena *arena, int64_t pole_id,
                                     int64_t now, int64_t most, struct word_need **out,
                                     size_t *count, struct err *err);
/* Open needs that count in a group, with those that were given its skill. */
MUST_USE err_code word_needs_of(struct db *db, struct arena *arena, int64_t id,
                                int64_t now, struct word_need **out, size_t *count,
                                struct err *err);
MUST_USE err_code word_groups_changed(struct db *db, struct arena *arena, int64_t now,
                                      int64_t most, struct word_change **out,
                                      size_t *count, struct err *err);

/* Sets id. `named_at` 0: the program made its name. */
MUST_USE err_code word_groups_add(struct db *db, struct word_group *group, int64_t now,
                                  struct err *err);
/* Nothing happens when the need names a skill meanwhile. */
MUST_USE err_code word_groups_put(struct db *db, int64_t need_id, int64_t group_id,
                                  struct err *err);
/* A name made from `members`; one that a facilitator gave stays. */
MUST_USE err_code word_groups_tell(struct db *db, const struct word_change *change,
                                   const char *name, const int64_t *skill_ids,
                                   size_t skill_count, struct err *err);
/* `named_at` 0: the program makes a name again. */
MUST_USE err_code word_groups_name(struct db *db, int64_t id, const char *name,
                                   int64_t named_at, struct err *err);
/* `into` 0: it stands by itself. */
MUST_USE err_code word_groups_merge(struct db *db, int64_t id, int64_t into,
                                    struct err *err);
MUST_USE err_code word_groups_be_skill(struct db *db, int64_t id, int64_t skill_id,
                                       struct err *err);
/* The group is no more; its needs are loose. */
MUST_USE err_code word_groups_drop(struct db *db, int64_t id, struct err *err);

#endif
