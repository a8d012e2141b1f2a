/* Reading records with the lists below them. */
#include "store/records.h"

#include "exchange/model/person.h"
#include "store/rows.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* What is asked for: a range of ids, or some. */
struct wanted {
    int64_t after, up_to;
    size_t most;
    const int64_t *ids; /* ascending; NULL: the range */
    size_t id_count;    /* at most RECORDS_AT_ONCE */
};

struct span {
    size_t start, count;
};

void record_read_id(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(int64_t *)item = row_int(stmt, 1);
}

void record_read_window(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct weekly_window *)item = (struct weekly_window){
        .weekday = (int)row_int(stmt, 1),
        .start_min = (int)row_int(stmt, 2),
        .end_min = (int)row_int(stmt, 3),
    };
}

static int64_t id_of(const struct record_kind *kind, const void *records, size_t i)
{
    int64_t id;

    memcpy(&id, (const char *)records + i * kind->size, sizeof id);
    return id;
}

/* Every parameter is bound: the last id again where there are fewer. */
static void bind_ids(struct stmt *stmt, const int64_t *ids, size_t count)
{
    for (size_t i = 0; i < RECORDS_AT_ONCE; i++)
        stmt_int(stmt, (int)i + 1, ids[i < count ? i : count - 1]);
}

/* Reads the items of one list of all records: spans[i] says which are those of record i.
 */
static err_code read_items(struct db *db, struct arena *arena,
                           const struct record_kind *kind, const struct record_list *list,
                           const struct wanted *wanted, const void *records, size_t count,
                           struct span *spans, char **items, struct err *err)
{
    struct stmt *stmt;
    size_t used = 0, capacity = 0, at = 0;
    bool has_row;
    err_code code = db_query(db, wanted->ids ? list->of : list->range, &stmt, err);

    *items = NULL;
    if (code != ERR_NONE)
        return code;
    if (wanted->ids) {
        bind_ids(stmt, wanted->ids, wanted->id_count);
    } else {
        stmt_int(stmt, 1, id_of(kind, records, 0));
        stmt_int(stmt, 2, id_of(kind, records, count - 1));
    }
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        int64_t parent = row_int(stmt, 0);
        while (at < count && id_of(kind, records, at) < parent)
            at++;
        if (at == count || id_of(kind, records, at) != parent)
            continue; /* a row whose parent is not among them */
        *items = arena_grow(arena, *items, used, &capacity, list->item_size);
        if (!*items) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for %s", kind->many);
        }
        if (spans[at].count++ == 0)
            spans[at].start = used;
        list->read(stmt, arena, *items + used++ * list->item_size);
    }
    return code;
}

static err_code read_lists(struct db *db, struct arena *arena,
                           const struct record_kind *kind, const struct wanted *wanted,
                           void *records, size_t count, struct err *err)
{
    for (size_t i = 0; i < RECORD_LISTS_MOST && kind->lists[i].item_size; i++) {
        const struct record_list *list = &kind->lists[i];
        struct span *spans = arena_array(arena, count, sizeof *spans);
        char *items = NULL;
        err_code code = spans ? read_items(db, arena, kind, list, wanted, records, count,
                                           spans, &items, err)
                              : err_set(err, ERR_MEMORY, "no room for %s", kind->many);
        if (code != ERR_NONE)
            return code;
        for (size_t j = 0; j < count; j++) {
            char *record = (char *)records + j * kind->size;
            void *first =
                spans[j].count ? items + spans[j].start * list->item_size : NULL;
            memcpy(record + list->items_at, &first, sizeof first);
            memcpy(record + list->count_at, &spans[j].count, sizeof spans[j].count);
        }
    }
    return ERR_NONE;
}

static err_code read_records(struct db *db, struct arena *arena,
                             const struct record_kind *kind, const struct wanted *wanted,
                             char **out, size_t *count, struct err *err)
{
    struct stmt *stmt;
    char *records = NULL;
    size_t used = 0, capacity = 0;
    bool has_row;
    err_code code = db_query(db, wanted->ids ? kind->of : kind->range, &stmt, err);

    if (code != ERR_NONE)
        return code;
    if (wanted->ids) {
        bind_ids(stmt, wanted->ids, wanted->id_count);
    } else {
        stmt_int(stmt, 1, wanted->after);
        stmt_int(stmt, 2, wanted->up_to);
        stmt_int(stmt, 3, (int64_t)wanted->most);
    }
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        records = arena_grow(arena, records, used, &capacity, kind->size);
        if (!records) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for %s", kind->many);
        }
        kind->read(stmt, arena, records + used++ * kind->size);
    }
    if (code == ERR_NONE && used)
        code = read_lists(db, arena, kind, wanted, records, used, err);
    if (code == ERR_NONE && arena_failed(arena))
        code = err_set(err, ERR_MEMORY, "no room for %s", kind->many);
    if (code != ERR_NONE)
        return code;
    *out = records;
    *count = used;
    return ERR_NONE;
}

err_code record_get(struct db *db, struct arena *arena, const struct record_kind *kind,
                    int64_t id, void *out, struct err *err)
{
    const struct wanted wanted = {.after = id - 1, .up_to = id, .most = 1};
    char *found;
    size_t count;
    err_code code = read_records(db, arena, kind, &wanted, &found, &count, err);

    if (code != ERR_NONE)
        return code;
    if (count == 0)
        return err_set(err, ERR_NOT_FOUND, "there is no %s %" PRId64, kind->one, id);
    memcpy(out, found, kind->size);
    return ERR_NONE;
}

err_code records_next(struct db *db, struct arena *arena, const struct record_kind *kind,
                      int64_t after_id, size_t most, void **out, size_t *count,
                      struct err *err)
{
    const struct wanted wanted = {.after = after_id, .up_to = INT64_MAX, .most = most};
    char *found;
    err_code code = read_records(db, arena, kind, &wanted, &found, count, err);

    if (code == ERR_NONE)
        *out = found;
    return code;
}

static int by_id(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;

    return (*x > *y) - (*x < *y);
}

/* Puts what was found where it stands among `ids`. */
static size_t put_in_order(const struct record_kind *kind, const char *found,
                           size_t found_count, const int64_t *ids, size_t id_count,
                           char *out)
{
    size_t used = 0;

    for (size_t i = 0; i < id_count; i++) /* the id stands first in a record */
        for (size_t j = 0; j < found_count; j++)
            if (id_of(kind, found, j) == ids[i])
                memcpy(out + used++ * kind->size, found + j * kind->size, kind->size);
    return used;
}

err_code records_of(struct db *db, struct arena *arena, const struct record_kind *kind,
                    const int64_t *ids, size_t id_count, void **out, size_t *count,
                    struct err *err)
{
    char *records = arena_array(arena, id_count, kind->size);
    size_t used = 0;

    if (!records)
        return err_set(err, ERR_MEMORY, "no room for %s", kind->many);
    for (size_t done = 0; done < id_count; done += RECORDS_AT_ONCE) {
        int64_t sorted[RECORDS_AT_ONCE];
        struct wanted wanted = {.ids = sorted, .id_count = id_count - done};
        char *found;
        size_t found_count;
        err_code code;
        if (wanted.id_count > RECORDS_AT_ONCE)
            wanted.id_count = RECORDS_AT_ONCE;
        memcpy(sorted, ids + done, wanted.id_count * sizeof *ids);
        qsort(sorted, wanted.id_count, sizeof *sorted, by_id);
        code = read_records(db, arena, kind, &wanted, &found, &found_count, err);
        if (code != ERR_NONE)
            return code;
        used += put_in_order(kind, found, found_count, ids + done, wanted.id_count,
                             records + used * kind->size);
    }
    *out = records;
    *count = used;
    return ERR_NONE;
}

err_code records_page(struct db *db, struct arena *arena, const struct record_kind *kind,
                      const struct record_page *page, void **out, size_t *count,
                      int64_t *total, struct err *err)
{
    const struct record_choice *choice = page->choices;
    const struct record_choice *last = page->choices + page->choice_count - 1;
    int64_t parameters[4 + RECORD_MORE_MOST] = {(int64_t)page->most,
                                                (int64_t)page->offset, page->since};
    int given = 3;
    int64_t *ids;
    size_t id_count;
    err_code code;

    while (choice < last && !choice->of)
        choice++;
    if (choice->of)
        parameters[given++] = choice->of;
    for (int i = 0; i < page->more_count; i++)
        parameters[given++] = page->more[i];
    code = rows_ids(db, arena, choice->query, parameters, given, &ids, &id_count, err);
    if (code == ERR_NONE)
        code =
            rows_number(db, choice->counting, parameters + 2, given - 2, 0, total, err);
    if (code != ERR_NONE)
        return code;
    return records_of(db, arena, kind, ids, id_count, out, count, err);
}
