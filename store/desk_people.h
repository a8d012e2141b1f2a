/* The people of one structure as its manager sees them: every card, drafts included, by what has
 * become of it. */
#ifndef STORE_DESK_PEOPLE_H
#define STORE_DESK_PEOPLE_H

#include "exchange/model/person.h"
#include "store/driver.h"

enum desk_state {
    DESK_DRAFT,     /* pre-filled; nobody was asked yet */
    DESK_INVITED,   /* asked, has not answered */
    DESK_CONFIRMED, /* in the directory, checked not long ago */
    DESK_STALE,     /* in the directory, never checked or long ago */
    DESK_DECLINED,  /* wants no card */
    DESK_HIDDEN     /* withdrawn */
};
enum { DESK_STATE_COUNT = 6 };

struct desk_person {
    int64_t id;
    const char *name, *email; /* email NULL when none */
    enum desk_state state;
    int64_t invited_at, confirmed_at, declined_at, created_at; /* 0: never */
};

struct desk_filter {
    int64_t structure_id;
    int state;          /* enum desk_state; below 0: any */
    const char *typed;  /* within the name or address; NULL or "": any */
    int64_t stale_since; /* confirmed then or before: stale */
    size_t offset, most;
};

/* By name. */
MUST_USE err_code desk_people(struct db *db, struct arena *arena,
                              const struct desk_filter *filter, struct desk_person **out,
                              size_t *count, struct err *err);
/* How many in each state, whatever filter->state. */
MUST_USE err_code desk_counts(struct db *db, struct arena *arena,
                              const struct desk_filter *filter,
                              int64_t counts[DESK_STATE_COUNT], struct err *err);
/* Drafts with an address that were not invited yet, at most `most`. */
MUST_USE err_code desk_drafts(struct db *db, struct arena *arena, int64_t structure_id,
                              size_t most, int64_t **ids, size_t *count, struct err *err);

#endif
