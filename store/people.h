/* Records of people. Reading fills plain structs of exchange/model in the caller's arena;
 * writing happens inside a writer's job and notes its change. */
#ifndef STORE_PEOPLE_H
#define STORE_PEOPLE_H

#include "exchange/model/person.h"
#include "store/driver.h"

/* ERR_NOT_FOUND when there is none with that id. */
MUST_USE err_code people_get(struct db *db, struct arena *arena, int64_t id,
                             struct person *out, struct err *err);

/* In order of id, those after `after_id`, at most `most`; *count 0 at the end. Complete
 * with their lists, in a fixed number of statements however many rows. */
MUST_USE err_code people_next(struct db *db, struct arena *arena, int64_t after_id,
                              size_t most, struct person **out, size_t *count,
                              struct err *err);
MUST_USE err_code people_count(struct db *db, int64_t *count, struct err *err);

/* Saves the whole person with its lists. id 0 makes a new one and sets id, created_at and
 * version; otherwise version must be the one read (ERR_CONFLICT when it changed
 * meanwhile). */
MUST_USE err_code people_save(struct db *db, struct person *person, int64_t now,
                              struct err *err);
MUST_USE err_code people_erase(struct db *db, int64_t id, int64_t now, struct err *err);

/* The id of what an import called it, 0 when there is none. */
MUST_USE err_code people_find_external(struct db *db, const char *external_id,
                                       int64_t *id, struct err *err);

/* Several may bear the same external id, one a structure: the one of that structure
 * (0: of those without one), else 0. */
MUST_USE err_code people_find_in_structure(struct db *db, int64_t structure_id,
                                           const char *external_id, int64_t *id,
                                           struct err *err);
/* By e-mail (email_plain), a card of hers before a draft; 0 when nobody has it. */
MUST_USE err_code people_find_email(struct db *db, const char *email, int64_t *id,
                                    struct err *err);
/* The same among the people of a structure. */
MUST_USE err_code people_find_email_in(struct db *db, const char *email,
                                       int64_t structure_id, int64_t *id,
                                       struct err *err);
/* Whose address that is (email_plain): her cards, two at most. Drafts that structures
 * made, and cards she declined, count only where there is nothing else: then the first of
 * them. */
MUST_USE err_code people_of_email(struct db *db, struct arena *arena, const char *email,
                                  int64_t **ids, size_t *count, struct err *err);
/* By folded name within a structure (0: without one); 0 when none, ERR_CONFLICT when
 * several. */
MUST_USE err_code people_find_name(struct db *db, int64_t structure_id, const char *name,
                                   int64_t *id, struct err *err);

/* Who looks at a list: sees cards of a visibility up to `most`, and who has come in also
 * her own, those of her structure, of structures she manages and of poles she keeps; an
 * admin all. All zero: anyone. */
struct people_viewer {
    enum visibility most;
    int64_t account_id;   /* 0: has not come in */
    int64_t person_id;    /* 0 when she has no card */
    int64_t structure_id; /* of her card; 0 when none */
};
/* A page of published people: of a skill (those who share it first, then by level), of a
 * pole, of a structure (both by name), or all by name. At most one of the three is set.
 * Only cards confirmed (or made, when never confirmed) after shown_since: see
 * person_shown_since(). *total counts all of them. */
struct people_filter {
    struct people_viewer viewer;
    int64_t skill_id, pole_id, structure_id;
    int64_t shown_since; /* 0: whatever their age */
    size_t offset, most;
};
MUST_USE err_code people_list(struct db *db, struct arena *arena,
                              const struct people_filter *filter, struct person **out,
                              size_t *count, int64_t *total, struct err *err);

/* After the thesaurus changed: each skill of people whose words now mean another entry
 * than the one linked (store/skill_names.h) gets that link; words that mean none keep
 * theirs. *linked (may be NULL) is how many. Notes one change of all people when there
 * were any. */
MUST_USE err_code people_link_skills(struct db *db, int64_t now, int64_t *linked,
                                     struct err *err);

#endif
