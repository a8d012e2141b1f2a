/* What the facilitator's Monday page reads. */
#include "store/desk.h"

#include "store/change.h"
#include "store/rows.h"

enum { DESK_NOTE_TWICE_S = 600 }; /* the same note within: the form was sent twice */

static const enum query baskets[] = {
    [BASKET_TO_QUALIFY] = QUERY_DESK_TO_QUALIFY,
    [BASKET_NO_REPLY] = QUERY_DESK_NO_REPLY,
    [BASKET_AT_RISK] = QUERY_DESK_AT_RISK,
    [BASKET_UNDER_THRESHOLD] = QUERY_DESK_UNDER_THRESHOLD,
    [BASKET_SILENT] = QUERY_DESK_SILENT,
    [BASKET_UNANSWERED] = QUERY_DESK_UNANSWERED,
};

err_code desk_basket(struct db *db, struct arena *arena,
                     const struct basket_wanted *wanted, struct basket_row **out,
                     size_t *count, int64_t *total, int64_t *seen, struct err *err)
{
    const int64_t parameters[] = {wanted->pole_id, wanted->now,  wanted->before,
                                  wanted->after,   wanted->week, (int64_t)wanted->most};
    struct basket_row *list = NULL;
    size_t capacity = 0;
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, baskets[wanted->basket], &stmt, err);

    *count = 0;
    *total = *seen = 0;
    if (code != ERR_NONE)
        return code;
    for (int i = 0; i < 6; i++)
        stmt_int(stmt, i + 1, parameters[i]);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        list = arena_grow(arena, list, *count, &capacity, sizeof *list);
        if (!list) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for a basket");
        }
        list[(*count)++] = (struct basket_row){.id = row_int(stmt, 0),
                                               .title = row_text(stmt, 1, arena),
                                               .other = row_text(stmt, 2, arena),
                                               .at = row_int(stmt, 3),
                                               .number = row_int(stmt, 4),
                                               .most = row_int(stmt, 5),
                                               .link_id = row_int(stmt, 6),
                                               .seen_at = row_int(stmt, 7)};
        *total = row_int(stmt, 8);
        *seen = row_int(stmt, 9);
    }
    *out = list;
    return code;
}

err_code desk_seen(struct db *db, struct arena *arena, int64_t pole_id,
                   enum basket basket, int64_t week, int64_t **ids, size_t *count,
                   struct err *err)
{
    const int64_t parameters[] = {pole_id, basket, week};

    return rows_ids(db, arena, QUERY_DESK_SEEN, parameters, 3, ids, count, err);
}

err_code desk_tick(struct db *db, int64_t pole_id, enum basket basket, int64_t subject_id,
                   bool is_seen, int64_t now, struct err *err)
{
    const int64_t parameters[] = {pole_id, basket, subject_id, now};
    err_code code = is_seen ? rows_run(db, QUERY_DESK_TICK, parameters, 4, err)
                            : rows_run(db, QUERY_DESK_UNTICK, parameters, 3, err);

    return code == ERR_NONE ? change_note(db, THING_ACCOUNT, 0, now, err) : code;
}

/* The middle one of the waits of needs stated from `from` to before `to`, and how many
 * there are.
 */
static err_code median_wait(struct db *db, int64_t pole_id, int64_t from, int64_t to,
                            int64_t *count, int64_t *median, struct err *err)
{
    const int64_t parameters[] = {pole_id, from, to};
    struct arena *arena = arena_new(8 << 20);
    int64_t *waits = NULL;
    size_t found = 0;
    err_code code =
        arena ? rows_ids(db, arena, QUERY_DESK_WAITS, parameters, 3, &waits, &found, err)
              : err_set(err, ERR_MEMORY, "no room for waits");

    if (code == ERR_NONE) {
        *count = (int64_t)found;
        *median = found ? (waits[(found - 1) / 2] + waits[found / 2]) / 2 : 0;
    }
    arena_free(arena);
    return code;
}

/* `last_action` of the pole is 0 when there is none. */
static err_code quiet_since(struct db *db, int64_t pole_id, int64_t last_action,
                            int64_t *out, struct err *err)
{
    *out = last_action;
    return last_action
               ? ERR_NONE
               : rows_number(db, QUERY_DESK_FIRST_CHANGE, &pole_id, 1, 0, out, err);
}

err_code desk_quiet_since(struct db *db, int64_t pole_id, int64_t *out, struct err *err)
{
    int64_t last_action;
    err_code code =
        rows_number(db, QUERY_DESK_LAST_ACTION, &pole_id, 1, 0, &last_action, err);

    return code == ERR_NONE ? quiet_since(db, pole_id, last_action, out, err) : code;
}

err_code desk_state(struct db *db, int64_t pole_id, int64_t now, int64_t since,
                    int64_t confirmed_since, struct pole_state *out, struct err *err)
{
    const int64_t parameters[] = {pole_id, now, confirmed_since};
    struct pole_state state = {0};
    err_code code =
        rows_number(db, QUERY_DESK_OPEN_NEEDS, parameters, 2, 0, &state.open_needs, err);

    if (code == ERR_NONE)
        code = median_wait(db, pole_id, since, now + 1, &state.answered,
                           &state.median_wait_s, err);
    if (code == ERR_NONE)
        code = rows_number(db, QUERY_DESK_LIVE_PEOPLE, parameters, 3, 0,
                           &state.live_people, err);
    if (code == ERR_NONE)
        code = rows_number(db, QUERY_DESK_LAST_ACTION, parameters, 1, 0,
                           &state.last_action, err);
    if (code == ERR_NONE)
        code = quiet_since(db, pole_id, state.last_action, &state.quiet_since, err);
    if (code == ERR_NONE)
        *out = state;
    return code;
}

err_code desk_notes(struct db *db, struct arena *arena, int64_t pole_id, size_t most,
                    struct pole_note **out, size_t *count, struct err *err)
{
    struct pole_note *list = arena_array(arena, most, sizeof *list);
    struct stmt *stmt;
    bool has_row;
    err_code code = list ? db_query(db, QUERY_DESK_NOTES, &stmt, err)
                         : err_set(err, ERR_MEMORY, "no room for the notebook");

    *count = 0;
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, pole_id);
    stmt_int(stmt, 2, (int64_t)most);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row)
        list[(*count)++] = (struct pole_note){.id = row_int(stmt, 0),
                                              .at = row_int(stmt, 1),
                                              .author = row_text(stmt, 2, arena),
                                              .text = row_text(stmt, 3, arena)};
    *out = list;
    return code;
}

err_code desk_note_add(struct db *db, int64_t pole_id, int64_t author_id,
                       const char *text, int64_t now, struct err *err)
{
    struct stmt *stmt;
    int64_t id;
    err_code code = rows_next_id(db, "pole_note", &id, err);

    if (code == ERR_NONE)
        code = db_query(db, QUERY_DESK_NOTE_ADD, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_int(stmt, 2, pole_id);
    stmt_id(stmt, 3, author_id);
    stmt_text(stmt, 4, text);
    stmt_int(stmt, 5, now);
    stmt_int(stmt, 6, now - DESK_NOTE_TWICE_S);
    code = stmt_run(stmt, NULL, err);
    return code == ERR_NONE ? change_note(db, THING_ACCOUNT, 0, now, err) : code;
}

err_code desk_figures(struct db *db, int64_t pole_id, int64_t from, int64_t to,
                      struct pole_figures *out, struct err *err)
{
    struct pole_figures figures = {0};
    struct stmt *stmt;
    int64_t count = 0;
    bool has_row;
    err_code code = db_query(db, QUERY_DESK_FIGURES, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, pole_id);
    stmt_int(stmt, 2, from);
    stmt_int(stmt, 3, to);
    code = stmt_next(stmt, &has_row, err);
    if (code != ERR_NONE)
        return code;
    figures = (struct pole_figures){.needs = row_int(stmt, 0),
                                    .answered = row_int(stmt, 1),
                                    .met = row_int(stmt, 2),
                                    .given_up = row_int(stmt, 3),
                                    .people = row_int(stmt, 4),
                                    .sessions = row_int(stmt, 5),
                                    .attended = row_int(stmt, 6),
                                    .contacts = row_int(stmt, 7),
                                    .accepted = row_int(stmt, 8)};
    stmt_end(stmt);
    code = median_wait(db, pole_id, from, to, &count, &figures.median_wait_s, err);
    if (code == ERR_NONE)
        *out = figures;
    return code;
}

err_code desk_consent(struct db *db, int64_t person_id, const char *kind,
                      const char *actor, int64_t now, struct err *err)
{
    struct stmt *stmt;
    int64_t id;
    err_code code = rows_next_id(db, "consent", &id, err);

    if (code == ERR_NONE)
        code = db_query(db, QUERY_DESK_CONSENT_ADD, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    stmt_int(stmt, 2, person_id);
    stmt_text(stmt, 3, kind);
    stmt_text(stmt, 4, actor);
    stmt_int(stmt, 5, now);
    code = stmt_run(stmt, NULL, err);
    return code == ERR_NONE ? change_note(db, THING_PERSON, person_id, now, err) : code;
}

err_code desk_noted(struct db *db, int64_t person_id, const char *verb,
                    const char *detail, int64_t *at, struct err *err)
{
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, QUERY_DESK_NOTED, &stmt, err);

    *at = 0;
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, person_id);
    stmt_text(stmt, 2, verb);
    stmt_text(stmt, 3, detail);
    code = stmt_next(stmt, &has_row, err);
    if (code == ERR_NONE && has_row) {
        *at = row_int(stmt, 0);
        stmt_end(stmt);
    }
    return code;
}

static err_code read_texts(struct stmt *stmt, struct arena *arena, const char ***out,
                           size_t *count, struct err *err)
{
    const char **list = NULL;
    size_t capacity = 0;
    bool has_row;
    err_code code;

    *count = 0;
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        list = arena_grow(arena, list, *count, &capacity, sizeof *list);
        if (!list) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for addresses");
        }
        list[(*count)++] = row_text(stmt, 0, arena);
    }
    *out = list;
    return code;
}

err_code desk_keepers(struct db *db, struct arena *arena, int64_t pole_id,
                      const char ***emails, size_t *count, struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_DESK_KEEPERS, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, pole_id);
    return read_texts(stmt, arena, emails, count, err);
}

err_code desk_admins(struct db *db, struct arena *arena, const char ***emails,
                     size_t *count, struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_DESK_ADMINS, &stmt, err);

    return code == ERR_NONE ? read_texts(stmt, arena, emails, count, err) : code;
}

err_code desk_need_same(struct db *db, int64_t person_id, const char *words, int64_t now,
                        int64_t *id, struct err *err)
{
    struct stmt *stmt;
    bool has_row = false;
    err_code code = db_query(db, QUERY_DESK_NEED_SAME, &stmt, err);

    *id = 0;
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, person_id);
    stmt_text(stmt, 2, words);
    stmt_int(stmt, 3, now);
    code = stmt_next(stmt, &has_row, err);
    if (code == ERR_NONE && has_row) {
        *id = row_int(stmt, 0);
        stmt_end(stmt);
    }
    return code;
}
