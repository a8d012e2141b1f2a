/* Records of people: writing. */
#include "store/people.h"

#include "base/email.h"
#include "base/unicode.h"
#include "store/gap_marks.h"
#include "store/rows.h"
#include "store/skill_names.h"

#include <inttypes.h>

enum { FOLD_ARENA_MAX = 1 << 16, LINKS_A_STEP = 500, LINK_ARENA_MAX = 8 << 20 };

static err_code write_row(struct db *db, struct arena *arena, const struct person *person,
                          bool is_new, int64_t now, struct err *err)
{
    const char *name = unicode_fold(arena, person->name);
    const char *email = person->email ? email_plain(arena, person->email) : NULL;
    struct stmt *stmt;
    int64_t changed;
    err_code code;

    if (!name || (person->email && !email))
        return err_set(err, ERR_MEMORY, "no room for a name");
    code = db_query(db, is_new ? QUERY_PERSON_ADD : QUERY_PERSON_CHANGE, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, person->id);
    stmt_id(stmt, 2, person->structure_id);
    stmt_text(stmt, 3, person->external_id);
    stmt_text(stmt, 4, person->name);
    stmt_text(stmt, 5, name);
    stmt_text(stmt, 6, person->email);
    stmt_text(stmt, 7, email);
    stmt_text(stmt, 8, person->phone);
    stmt_text(stmt, 9, person->commune);
    stmt_text(stmt, 10, person->headline);
    stmt_text(stmt, 11, person->about);
    stmt_text(stmt, 12, person->languages);
    stmt_text(stmt, 13, person->access);
    stmt_int(stmt, 14, person->formats);
    stmt_int(stmt, 15, person->quota_month);
    stmt_id(stmt, 16, person->pause_until);
    stmt_int(stmt, 17, person->state);
    stmt_id(stmt, 18, person->confirmed_at);
    stmt_int(stmt, 19, is_new ? person->created_at : now);
    stmt_int(stmt, 20, is_new ? now : person->version);
    stmt_int(stmt, 21, person->visibility);
    stmt_int(stmt, 22, person->is_indexable);
    stmt_id(stmt, 23, person->invited_at);
    stmt_id(stmt, 24, person->declined_at);
    code = stmt_run(stmt, &changed, err);
    return code == ERR_NONE ? rows_changed_one(changed, "person", person->id, err) : code;
}

static err_code drop_lists(struct db *db, int64_t id, struct err *err)
{
    static const enum query drops[] = {QUERY_PERSON_SKILL_DROP, QUERY_PERSON_POLE_DROP,
                                       QUERY_AVAILABILITY_DROP};
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < sizeof drops / sizeof drops[0]; i++)
        code = rows_run(db, drops[i], &id, 1, err);
    return code;
}

static err_code write_skills(struct db *db, const struct person *person, struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < person->skill_count; i++) {
        const struct person_skill *skill = &person->skills[i];
        struct stmt *stmt;
        code = db_query(db, QUERY_PERSON_SKILL_ADD, &stmt, err);
        if (code != ERR_NONE)
            return code;
        stmt_int(stmt, 1, person->id);
        stmt_int(stmt, 2, (int64_t)i);
        stmt_id(stmt, 3, skill->skill_id);
        stmt_text(stmt, 4, skill->label);
        stmt_int(stmt, 5, skill->level);
        stmt_int(stmt, 6, skill->is_shared);
        stmt_int(stmt, 7, skill->formats);
        code = stmt_run(stmt, NULL, err);
    }
    return code;
}

static err_code write_windows(struct db *db, const struct person *person, struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < person->window_count; i++) {
        const struct weekly_window *window = &person->windows[i];
        const int64_t parameters[] = {person->id, (int64_t)i, window->weekday,
                                      window->start_min, window->end_min};
        code = rows_run(db, QUERY_AVAILABILITY_ADD, parameters, 5, err);
    }
    return code;
}

err_code people_save(struct db *db, struct person *person, int64_t now, struct err *err)
{
    struct arena *arena = arena_new(FOLD_ARENA_MAX);
    struct person saved = *person;
    bool is_new = person->id == 0;
    err_code code = ERR_NONE;

    if (!arena)
        return err_set(err, ERR_MEMORY, "no memory for a person");
    if (is_new) {
        code = rows_next_id(db, "person", &saved.id, err);
        saved.created_at = saved.created_at ? saved.created_at : now;
    }
    if (code == ERR_NONE && !is_new)
        code = gap_mark(db, THING_PERSON, saved.id, err);
    if (code == ERR_NONE)
        code = write_row(db, arena, &saved, is_new, now, err);
    if (code == ERR_NONE && !is_new)
        code = drop_lists(db, saved.id, err);
    if (code == ERR_NONE)
        code = write_skills(db, &saved, err);
    if (code == ERR_NONE)
        code = rows_add_ids(db, QUERY_PERSON_POLE_ADD, saved.id, saved.pole_ids,
                            saved.pole_count, err);
    if (code == ERR_NONE)
        code = write_windows(db, &saved, err);
    if (code == ERR_NONE)
        code = change_note(db, THING_PERSON, saved.id, now, err);
    arena_free(arena);
    if (code != ERR_NONE)
        return code;
    person->id = saved.id;
    person->created_at = saved.created_at;
    person->updated_at = now;
    person->version = is_new ? 1 : person->version + 1;
    return ERR_NONE;
}

err_code people_erase(struct db *db, int64_t id, int64_t now, struct err *err)
{
    static const enum query drops[] = {
        QUERY_PERSON_FACILITATOR_DROP, QUERY_PERSON_NEED_UNLINK,
        QUERY_PERSON_SUPPORT_DROP, QUERY_PERSON_REGISTRATION_DROP,
        QUERY_PERSON_TRAINER_DROP};
    struct stmt *stmt;
    int64_t changed = 0;
    err_code code = gap_mark(db, THING_PERSON, id, err);

    if (code == ERR_NONE)
        code = drop_lists(db, id, err);
    for (size_t i = 0; code == ERR_NONE && i < sizeof drops / sizeof drops[0]; i++)
        code = rows_run(db, drops[i], &id, 1, err);
    if (code == ERR_NONE)
        code = db_query(db, QUERY_PERSON_DROP, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, id);
    code = stmt_run(stmt, &changed, err);
    if (code == ERR_NONE && changed == 0)
        code = err_set(err, ERR_NOT_FOUND, "there is no person %" PRId64, id);
    return code == ERR_NONE ? change_note(db, THING_PERSON, id, now, err) : code;
}

/* A skill of someone's, and what its label means now. */
struct link {
    int64_t person_id, position, skill_id;
    const char *label;
};

static err_code read_links(struct db *db, struct arena *arena, const struct link *after,
                           struct link **out, size_t *count, struct err *err)
{
    struct link *rows = arena_array(arena, LINKS_A_STEP, sizeof *rows);
    struct stmt *stmt;
    size_t used = 0;
    bool has_row;
    err_code code;

    if (!rows)
        return err_set(err, ERR_MEMORY, "no room for skills");
    code = db_query(db, QUERY_PERSON_SKILL_AFTER, &stmt, err);
    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, after->person_id);
    stmt_int(stmt, 2, after->position);
    stmt_int(stmt, 3, LINKS_A_STEP);
    while ((code = stmt_next(stmt, &has_row, err)) == ERR_NONE && has_row) {
        rows[used] = (struct link){.person_id = row_int(stmt, 0),
                                   .position = row_int(stmt, 1),
                                   .skill_id = row_int(stmt, 2),
                                   .label = row_text(stmt, 3, arena)};
        if (!rows[used++].label) {
            stmt_end(stmt);
            return err_set(err, ERR_MEMORY, "no room for skills");
        }
    }
    *out = rows;
    *count = used;
    return code;
}

static err_code set_link(struct db *db, struct skill_names *names, const struct link *row,
                         int64_t *linked, struct err *err)
{
    int64_t id = 0;
    err_code code = skill_names_find(names, row->label, &id, err);

    if (code == ERR_NONE && id && id != row->skill_id) {
        const int64_t parameters[] = {row->person_id, row->position, id};
        code = rows_run(db, QUERY_PERSON_SKILL_LINK, parameters, 3, err);
        (*linked)++;
    }
    return code;
}

err_code people_link_skills(struct db *db, int64_t now, int64_t *linked, struct err *err)
{
    struct arena *arena = arena_new(LINK_ARENA_MAX);
    struct skill_names *names = NULL;
    struct link *rows, last = {.position = -1};
    size_t count = 0;
    int64_t done = 0;
    err_code code = arena ? skill_names_new(&names, db, err)
                          : err_set(err, ERR_MEMORY, "no memory for linking skills");

    while (code == ERR_NONE) {
        arena_reset(arena);
        code = read_links(db, arena, &last, &rows, &count, err);
        for (size_t i = 0; code == ERR_NONE && i < count; i++)
            code = set_link(db, names, &rows[i], &done, err);
        if (code != ERR_NONE || count < LINKS_A_STEP)
            break;
        last = rows[count - 1];
    }
    skill_names_free(names);
    arena_free(arena);
    if (code == ERR_NONE && done)
        code = change_note(db, THING_PERSON, 0, now, err);
    if (code == ERR_NONE && linked)
        *linked = done;
    return code;
}
