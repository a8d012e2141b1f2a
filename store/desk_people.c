/* The people of one structure as its manager sees them. */
#include "store/desk_people.h"

#include "base/unicode.h"
#include "store/rows.h"

#include <string.h>

/* "%typed%", folded, what LIKE takes for more than itself told as itself. NULL without
 * room. */
static const char *pattern_of(struct arena *arena, const char *typed)
{
    const char *folded = unicode_fold(arena, typed ? typed : "");
    char *pattern = folded ? arena_array(arena, 2 * strlen(folded) + 3, 1) : NULL, *to;

    if (!pattern)
        return NULL;
    to = pattern;
    *to++ = '%';
    for (; *folded; folded++) {
        if (strchr("%_!", *folded))
            *to++ = '!';
        *to++ = *folded;
    }
    *to = '%';
    return pattern;
}

err_code desk_people(struct db *db, struct arena *arena, const struct desk_filter *filter,
                     struct desk_person **out, size_t *count, struct err *err)
{
    const char *pattern = pattern_of(arena, filter->typed);
    struct desk_person *list = NULL;
    size_t capacity = 0;
    struct stmt *stmt;
    bool has_row;
    err_code code = pattern ? db_query(db, QUERY_DESK_PEOPLE, &stmt, err)
                            : err_set(err, ERR_MEMORY, "no room for a search");

    *count = 0;
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, filter->structure_id);
    stmt_int(stmt, 2, filter->state);
    stmt_text(stmt, 3, pattern);
    stmt_int(stmt, 4, filter->stale_since);
    stmt_int(stmt, 5, (int64_t)filter->most);
    stmt_int(stmt, 6, (int64_t)filter->offset);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        list = arena_grow(arena, list, *count, &capacity, sizeof *list);
        if (!list) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for people");
        }
        list[(*count)++] =
            (struct desk_person){.id = row_int(stmt, 0),
                                 .name = row_text(stmt, 1, arena),
                                 .email = row_text(stmt, 2, arena),
                                 .state = (enum desk_state)row_int(stmt, 3),
                                 .invited_at = row_int(stmt, 5),
                                 .confirmed_at = row_int(stmt, 6),
                                 .declined_at = row_int(stmt, 7),
                                 .created_at = row_int(stmt, 8)};
    }
    *out = list;
    return code;
}

err_code desk_counts(struct db *db, struct arena *arena, const struct desk_filter *filter,
                     int64_t counts[DESK_STATE_COUNT], struct err *err)
{
    const char *pattern = pattern_of(arena, filter->typed);
    struct stmt *stmt;
    bool has_row;
    err_code code = pattern ? db_query(db, QUERY_DESK_COUNTS, &stmt, err)
                            : err_set(err, ERR_MEMORY, "no room for a search");

    memset(counts, 0, DESK_STATE_COUNT * sizeof *counts);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, filter->structure_id);
    stmt_text(stmt, 2, pattern);
    stmt_int(stmt, 3, filter->stale_since);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row)
        counts[row_int(stmt, 0)] = row_int(stmt, 1);
    return code;
}

err_code desk_drafts(struct db *db, struct arena *arena, int64_t structure_id,
                     size_t most, int64_t **ids, size_t *count, struct err *err)
{
    const int64_t parameters[] = {structure_id, (int64_t)most};

    return rows_ids(db, arena, QUERY_DESK_DRAFTS, parameters, 2, ids, count, err);
}
