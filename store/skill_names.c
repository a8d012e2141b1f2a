/* Which skill a name means: the one place that decides. */
#include "store/skill_names.h"

#include "base/lookup.h"
#include "base/unicode.h"

#include <stdlib.h>
#include <string.h>

enum { FOLD_ARENA_MAX = 1 << 20, NAMES_BYTES_MOST = 1 << 29 };

struct skill_names {
    struct db *db;
    struct arena *fold_arena;
    struct lookup *known;
};

char *skill_label_fold(struct arena *arena, const char *label)
{
    char *folded = unicode_fold(arena, label), *to = folded;

    for (const char *from = folded; from && *from; from++)
        if ((*from != ' ' && *from != '\n') || (to > folded && to[-1] != ' '))
            *to++ = *from == '\n' ? ' ' : *from;
    if (folded) {
        to -= to > folded && to[-1] == ' ';
        *to = '\0';
    }
    return folded;
}

/* The id of a statement with the texts $1 and $2; 0 when there is no row. */
static err_code find_by_two(struct db *db, enum query query, const char *first,
                            const char *second, int64_t *id, struct err *err)
{
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(db, query, &stmt, err);

    if (code != ERR_NONE)
        return code;
    stmt_text(stmt, 1, first);
    stmt_text(stmt, 2, second);
    code = stmt_next(stmt, &has_row, err);
    if (code != ERR_NONE)
        return code;
    *id = has_row ? row_int(stmt, 0) : 0;
    stmt_end(stmt);
    return ERR_NONE;
}

static err_code find_name(struct db *db, struct arena *arena, const char *name,
                          int64_t *id, struct err *err)
{
    const char *colon = strchr(name, ':');
    const char *folded = skill_label_fold(arena, name);
    int64_t found = 0;
    err_code code = ERR_NONE;

    if (!folded)
        return err_set(err, ERR_MEMORY, "no room for the name of a skill");
    if (colon) {
        const char *source = arena_strndup(arena, name, (size_t)(colon - name));
        if (!source)
            return err_set(err, ERR_MEMORY, "no room for the name of a skill");
        code = find_by_two(db, QUERY_SKILL_FIND_CODE, source, colon + 1, &found, err);
    }
    if (code == ERR_NONE && !found && *name)
        code = find_by_two(db, QUERY_SKILL_FIND_NAME, name, folded, &found, err);
    if (code == ERR_NONE)
        *id = found;
    return code;
}

err_code skill_named(struct db *db, const char *name, int64_t *id, struct err *err)
{
    struct arena *arena = arena_new(FOLD_ARENA_MAX);
    err_code code = arena ? find_name(db, arena, name, id, err)
                          : err_set(err, ERR_MEMORY, "no room for the name of a skill");

    arena_free(arena);
    return code;
}

err_code skill_names_new(struct skill_names **out, struct db *db, struct err *err)
{
    struct skill_names *names = calloc(1, sizeof *names);

    if (names) {
        names->db = db;
        names->fold_arena = arena_new(FOLD_ARENA_MAX);
        names->known = lookup_new(NAMES_BYTES_MOST);
    }
    if (!names || !names->fold_arena || !names->known) {
        skill_names_free(names);
        return err_set(err, ERR_MEMORY, "no memory for the names of skills");
    }
    *out = names;
    return ERR_NONE;
}

void skill_names_free(struct skill_names *names)
{
    if (!names)
        return;
    arena_free(names->fold_arena);
    lookup_free(names->known);
    free(names);
}

err_code skill_names_find(struct skill_names *names, const char *name, int64_t *id,
                          struct err *err)
{
    const int64_t *known = lookup_find(names->known, name);
    int64_t found = 0;
    err_code code;

    if (known) {
        *id = *known;
        return ERR_NONE;
    }
    arena_reset(names->fold_arena);
    code = find_name(names->db, names->fold_arena, name, &found, err);
    if (code != ERR_NONE)
        return code;
    if (!lookup_put(names->known, name, found))
        return err_set(err, ERR_MEMORY, "no room for the names of skills");
    *id = found;
    return ERR_NONE;
}
