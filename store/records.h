/* Reading records with the lists below them: one statement for the records and one for each of
 * their lists, however many rows. A subject file describes its kind of record once. */
#ifndef STORE_RECORDS_H
#define STORE_RECORDS_H

#include "store/driver.h"

enum { RECORDS_AT_ONCE = 32 }; /* how many ids `@ids` in a statement stands for */

/* A list below records: rows of (parent id, columns from 1 on), in order of parent. */
struct record_list {
    enum query range; /* $1 first and $2 last parent id */
    enum query of;    /* the parents @ids */
    size_t item_size;
    /* Fills one item from the row; text goes into the arena. */
    void (*read)(struct stmt *stmt, struct arena *arena, void *item);
    size_t items_at, count_at; /* where pointer and size_t stand in the record */
};

enum { RECORD_LISTS_MOST = 4 };

struct record_kind {
    const char *one, *many; /* for what is said: "person", "people" */
    enum query range; /* after $1, up to $2, at most $3, in order of id */
    enum query of;    /* those of @ids, in order of id */
    size_t size;      /* of the struct; its int64_t id stands first */
    void (*read)(struct stmt *stmt, struct arena *arena, void *record);
    struct record_list lists[RECORD_LISTS_MOST]; /* up to one with item_size 0 */
};

/* ERR_NOT_FOUND when there is none with that id. */
MUST_USE err_code record_get(struct db *db, struct arena *arena,
                             const struct record_kind *kind, int64_t id, void *out,
                             struct err *err);
/* In order of id, those after `after_id`, at most `most`. */
MUST_USE err_code records_next(struct db *db, struct arena *arena,
                               const struct record_kind *kind, int64_t after_id,
                               size_t most, void **out, size_t *count, struct err *err);
/* Those with these ids (no two alike), in that order; one that is gone is left out. */
MUST_USE err_code records_of(struct db *db, struct arena *arena,
                             const struct record_kind *kind, const int64_t *ids,
                             size_t id_count, void **out, size_t *count, struct err *err);

/* A page of a list. The statement of the first choice whose `of` is not 0, else of the last one,
 * gives ids: it gets $1 how many at most, $2 after how many, $3 `since`, $4 `of`; the one that
 * counts gets $1 `since`, $2 `of` (without the last of them for all). `more` numbers follow in
 * both. */
struct record_choice {
    int64_t of;
    enum query query, counting;
};
enum { RECORD_MORE_MOST = 4 };
struct record_page {
    const struct record_choice *choices;
    size_t choice_count;
    int64_t since;
    const int64_t *more; /* at most RECORD_MORE_MOST */
    int more_count;
    size_t offset, most;
};
MUST_USE err_code records_page(struct db *db, struct arena *arena,
                               const struct record_kind *kind,
                               const struct record_page *page, void **out, size_t *count,
                               int64_t *total, struct err *err);

/* Items of lists that several kinds have: plain ids (int64_t), struct weekly_window. */
void record_read_id(struct stmt *stmt, struct arena *arena, void *item);
void record_read_window(struct stmt *stmt, struct arena *arena, void *item);

#endif
