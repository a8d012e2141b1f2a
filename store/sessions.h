/* Records of sessions. Reading fills plain structs of exchange/model in the caller's
 * arena; writing happens inside a writer's job and notes its change. */
#ifndef STORE_SESSIONS_H
#define STORE_SESSIONS_H

#include "exchange/model/session.h"
#include "store/driver.h"

/* ERR_NOT_FOUND when there is none with that id. */
MUST_USE err_code sessions_get(struct db *db, struct arena *arena, int64_t id,
                               struct session *out, struct err *err);

/* In order of id, those after `after_id`, at most `most`; *count 0 at the end. Complete
 * with their lists, in a fixed number of statements however many rows. */
MUST_USE err_code sessions_next(struct db *db, struct arena *arena, int64_t after_id,
                                size_t most, struct session **out, size_t *count,
                                struct err *err);
MUST_USE err_code sessions_count(struct db *db, int64_t *count, struct err *err);

/* Saves the whole session with its lists. id 0 makes a new one and sets id, created_at
 * and version; otherwise version must be the one read (ERR_CONFLICT when it changed
 * meanwhile). */
MUST_USE err_code sessions_save(struct db *db, struct session *session, int64_t now,
                                struct err *err);
MUST_USE err_code sessions_erase(struct db *db, int64_t id, int64_t now, struct err *err);

/* The id of what an import called it, 0 when there is none. */
MUST_USE err_code sessions_find_external(struct db *db, const char *external_id,
                                         int64_t *id, struct err *err);

/* Proposed and confirmed sessions with a date after `now`, soonest first; at most one of
 * skill, pole, structure and person (as trainer) is set. *total counts all. */
struct sessions_filter {
    int64_t skill_id, pole_id, structure_id, person_id;
    size_t offset, most;
};
MUST_USE err_code sessions_list(struct db *db, struct arena *arena, int64_t now,
                                const struct sessions_filter *filter,
                                struct session **out, size_t *count, int64_t *total,
                                struct err *err);

/* What lists are narrowed by: a date of a coming session that may still be the one. */
struct session_coming {
    int64_t id, pole_id; /* pole 0: none */
    int64_t starts_at;
    const char *commune; /* NULL when unsaid */
};
/* All of them, by session and date. */
MUST_USE err_code sessions_coming(struct db *db, struct arena *arena, int64_t now,
                                  struct session_coming **out, size_t *count,
                                  struct err *err);
/* Those sessions, in that order; those that are gone are left out. */
MUST_USE err_code sessions_of(struct db *db, struct arena *arena, const int64_t *ids,
                              size_t id_count, struct session **out, size_t *count,
                              struct err *err);

/* For calendars and feeds: those with a date that ends after `since`, in any state,
 * soonest first, at most `most`: all, those of a pole or a skill, or those a person
 * gives, has a seat in or waits for. offset is not used. */
MUST_USE err_code sessions_feed(struct db *db, struct arena *arena, int64_t since,
                                const struct sessions_filter *filter,
                                struct session **out, size_t *count, struct err *err);

#endif
