/* What the life of a session needs beyond its record. */
#include "store/session_life.h"

#include "base/unicode.h"
#include "store/rows.h"

enum { LIST_ROOM = 16 };

err_code session_need_of(struct db *db, int64_t session_id, int64_t person_id,
                         int64_t *need_id, struct err *err)
{
    const int64_t parameters[] = {session_id, person_id};

    return rows_number(db, QUERY_SESSION_NEED_OF_PERSON, parameters, 2, 0, need_id, err);
}

err_code session_noted(struct db *db, struct arena *arena, int64_t session_id,
                       int64_t **ids, size_t *count, struct err *err)
{
    return rows_ids(db, arena, QUERY_SESSION_NOTED, &session_id, 1, ids, count, err);
}

/* Reads every row of a statement about one session into an array of `size` items. */
static err_code read_all(struct db *db, struct arena *arena, enum query query,
                         int64_t session_id, size_t size,
                         void (*read)(struct stmt *stmt, struct arena *arena, void *item),
                         void **out, size_t *count, struct err *err)
{
    size_t capacity = LIST_ROOM, found = 0;
    char *items = arena_array(arena, capacity, size);
    bool has_row = true;
    struct stmt *stmt;
    err_code code = db_query(db, query, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, session_id);
    while (items && (code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        items = arena_grow(arena, items, found, &capacity, size);
        if (items)
            read(stmt, arena, items + found++ * size);
    }
    if (!items) {
        stmt_end(stmt);
        return err_set(err, ERR_MEMORY, "no room for a list of session %lld",
                       (long long)session_id);
    }
    if (code == ERR_NONE) {
        *out = items;
        *count = found;
    }
    return code;
}

static void read_choice(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct session_choice *)item =
        (struct session_choice){row_int(stmt, 0), row_int(stmt, 1)};
}

err_code session_choices(struct db *db, struct arena *arena, int64_t session_id,
                         struct session_choice **out, size_t *count, struct err *err)
{
    void *found = NULL;
    err_code code = read_all(db, arena, QUERY_SESSION_CHOICE_LIST, session_id,
                             sizeof **out, read_choice, &found, count, err);

    if (code == ERR_NONE)
        *out = found;
    return code;
}

err_code session_choose(struct db *db, int64_t session_id, int64_t person_id,
                        const int64_t *dates, size_t count, int64_t now, struct err *err)
{
    const int64_t whose[] = {session_id, person_id};
    err_code code = rows_run(db, QUERY_SESSION_CHOICE_DROP, whose, 2, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        const int64_t parameters[] = {session_id, dates[i], person_id, now};
        code = rows_run(db, QUERY_SESSION_CHOICE_ADD, parameters, 4, err);
    }
    return code;
}

err_code sessions_due(struct db *db, struct arena *arena, enum session_due due,
                      int64_t now, int64_t **ids, size_t *count, struct err *err)
{
    static const enum query queries[] = {
        QUERY_SESSION_DUE_SEATS, QUERY_SESSION_DUE_DECISION, QUERY_SESSION_DUE_QUESTIONS,
        QUERY_SESSION_DUE_TICK, QUERY_SESSION_DUE_PRESUME};

    return rows_ids(db, arena, queries[due], &now, 1, ids, count, err);
}

err_code sessions_to_remind(struct db *db, struct arena *arena, int64_t from,
                            int64_t before, int64_t window_s, enum reminder bit,
                            int64_t **ids, size_t *count, struct err *err)
{
    const int64_t parameters[] = {from, before, bit, window_s};

    return rows_ids(db, arena, QUERY_SESSION_DUE_REMINDER, parameters, 4, ids, count,
                    err);
}

err_code sessions_of_registered(struct db *db, struct arena *arena, int64_t person_id,
                                size_t most, int64_t **ids, size_t *count,
                                struct err *err)
{
    const int64_t parameters[] = {person_id, (int64_t)most};

    return rows_ids(db, arena, QUERY_SESSION_OF_REGISTERED, parameters, 2, ids, count,
                    err);
}

err_code sessions_of_giver(struct db *db, struct arena *arena, int64_t person_id,
                           size_t most, int64_t **ids, size_t *count, struct err *err)
{
    const int64_t parameters[] = {person_id, (int64_t)most};

    return rows_ids(db, arena, QUERY_SESSION_OF_GIVER, parameters, 2, ids, count, err);
}

err_code session_asked(struct db *db, struct arena *arena, int64_t session_id,
                       int64_t now, int64_t **ids, size_t *count, struct err *err)
{
    const int64_t parameters[] = {session_id, now};

    return rows_ids(db, arena, QUERY_SESSION_ASKED, parameters, 2, ids, count, err);
}

err_code need_askers(struct db *db, struct arena *arena, int64_t need_id, int64_t **ids,
                     size_t *count, struct err *err)
{
    return rows_ids(db, arena, QUERY_NEED_ASKER_LIST, &need_id, 1, ids, count, err);
}

/* The first text a statement about one id gives; `fallback` when no row. */
static err_code one_text(struct db *db, struct arena *arena, enum query query, int64_t id,
                         const char *fallback, const char **out, struct err *err)
{
    bool has_row = false;
    struct stmt *stmt;
    err_code code = db_query(db, query, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    code = stmt_next(stmt, &has_row, err);
    if (code != ERR_NONE)
        return code;
    *out = has_row ? row_text(stmt, 0, arena) : fallback;
    if (has_row)
        stmt_end(stmt);
    return ERR_NONE;
}

err_code need_unconfirmed_email(struct db *db, struct arena *arena, int64_t need_id,
                                const char **email, struct err *err)
{
    return one_text(db, arena, QUERY_NEED_UNCONFIRMED_EMAIL, need_id, NULL, email, err);
}

err_code person_lang(struct db *db, struct arena *arena, int64_t person_id,
                     const char **lang, struct err *err)
{
    return one_text(db, arena, QUERY_LINK_LANG_OF_PERSON, person_id, "fr", lang, err);
}

err_code people_named(struct db *db, struct arena *arena, const char *name, int64_t **ids,
                      size_t *count, struct err *err)
{
    int64_t *found = arena_array(arena, 2, sizeof *found);
    const char *folded = unicode_fold(arena, name);
    size_t used = 0;
    bool has_row = true;
    struct stmt *stmt;
    err_code code;

    if (!found || !folded)
        return err_set(err, ERR_MEMORY, "no room for a name");
    code = db_query(db, QUERY_PERSON_NAMED, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, folded);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row && used < 2)
        found[used++] = row_int(stmt, 0);
    stmt_end(stmt);
    *ids = found;
    *count = used;
    return code;
}

err_code session_feedback_put(struct db *db, int64_t session_id,
                              const struct session_feedback *feedback, int64_t now,
                              struct err *err)
{
    struct stmt *stmt;
    err_code code = db_query(db, QUERY_SESSION_FEEDBACK_PUT, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, session_id);
    stmt_int(stmt, 2, feedback->person_id);
    stmt_int(stmt, 3, feedback->useful);
    stmt_int(stmt, 4, feedback->could_show);
    stmt_text(stmt, 5, feedback->words);
    stmt_int(stmt, 6, now);
    return stmt_run(stmt, NULL, err);
}

static void read_feedback(struct stmt *stmt, struct arena *arena, void *item)
{
    *(struct session_feedback *)item =
        (struct session_feedback){.person_id = row_int(stmt, 0),
                                  .useful = (int)row_int(stmt, 1),
                                  .could_show = row_int(stmt, 2) != 0,
                                  .words = row_text(stmt, 3, arena)};
}

err_code session_feedbacks(struct db *db, struct arena *arena, int64_t session_id,
                           struct session_feedback **out, size_t *count, struct err *err)
{
    void *found = NULL;
    err_code code = read_all(db, arena, QUERY_SESSION_FEEDBACK_LIST, session_id,
                             sizeof **out, read_feedback, &found, count, err);

    if (code == ERR_NONE)
        *out = found;
    return code;
}

err_code session_messages_since(struct db *db, int64_t session_id, int64_t since,
                                int64_t *count, struct err *err)
{
    const int64_t parameters[] = {session_id, since};

    return rows_number(db, QUERY_SESSION_MESSAGE_COUNT, parameters, 2, 0, count, err);
}

err_code session_same(struct db *db, const struct session *session, int64_t person_id,
                      int64_t since, int64_t *id, struct err *err)
{
    struct stmt *stmt;
    bool has_row = false;
    err_code code;

    *id = 0;
    if (!session->date_count)
        return ERR_NONE;
    code = db_query(db, QUERY_SESSION_SAME, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, session->title);
    stmt_int(stmt, 2, person_id);
    stmt_int(stmt, 3, since);
    stmt_int(stmt, 4, session->dates[0].starts_at);
    code = stmt_next(stmt, &has_row, err);
    if (code == ERR_NONE && has_row) {
        *id = row_int(stmt, 0);
        stmt_end(stmt);
    }
    return code;
}
