/* Structures, poles and thesaurus entries by id, read once for a batch of work. */
#include "exchange/action/names.h"

#include "store/change.h"
#include "store/skills.h"
#include "store/structures.h"

#include <stdlib.h>
#include <string.h>

enum { SKILLS_A_STEP = 1000, KEPT_BYTES_MOST = 64 << 20 };

err_code names_load(struct db *db, struct arena *arena, struct names *out,
                    struct err *err)
{
    struct names names = {0};
    err_code code;

    code = structures_all(db, arena, &names.structures, &names.structure_count, err);
    if (code == ERR_NONE)
        code = poles_all(db, arena, &names.poles, &names.pole_count, err);
    if (code == ERR_NONE)
        *out = names;
    return code;
}

err_code names_refresh(struct db *db, struct names_kept *kept, struct err *err)
{
    int64_t last = 0;
    /* the number first: what changes in between is seen the next time */
    err_code code = change_last(db, &last, err);

    if (code != ERR_NONE || (kept->arena && last == kept->change))
        return code;
    if (kept->arena)
        arena_reset(kept->arena);
    else
        kept->arena = arena_new(KEPT_BYTES_MOST);
    kept->change = -1;
    if (!kept->arena)
        return err_set(err, ERR_MEMORY, "no room for poles and structures");
    code = names_load(db, kept->arena, &kept->names, err);
    if (code == ERR_NONE)
        kept->change = last;
    return code;
}

void names_drop(struct names_kept *kept)
{
    arena_free(kept->arena);
    *kept = (struct names_kept){0};
}

err_code names_load_skills(struct db *db, struct arena *arena, struct names *names,
                           struct err *err)
{
    struct skill *step, *all = NULL;
    size_t count = 0, capacity = 0, got;
    int64_t after_id = 0;

    do {
        err_code code = skills_next(db, arena, after_id, SKILLS_A_STEP, &step, &got, err);
        if (code != ERR_NONE)
            return code;
        for (size_t i = 0; i < got; i++) {
            all = arena_grow(arena, all, count, &capacity, sizeof *all);
            if (!all)
                return err_set(err, ERR_MEMORY, "the thesaurus does not fit in memory");
            all[count++] = step[i];
            after_id = step[i].id;
        }
    } while (got > 0);
    names->skills = all;
    names->skill_count = count;
    return ERR_NONE;
}

const struct structure *names_structure(const struct names *names, int64_t id)
{
    for (size_t i = 0; i < names->structure_count; i++)
        if (names->structures[i].id == id)
            return &names->structures[i];
    return NULL;
}

const struct pole *names_pole(const struct names *names, int64_t id)
{
    for (size_t i = 0; i < names->pole_count; i++)
        if (names->poles[i].id == id)
            return &names->poles[i];
    return NULL;
}

const struct pole *names_pole_key(const struct names *names, const char *key)
{
    for (size_t i = 0; key && i < names->pole_count; i++)
        if (strcmp(names->poles[i].key, key) == 0)
            return &names->poles[i];
    return NULL;
}

static int by_id(const void *key, const void *item)
{
    int64_t id = *(const int64_t *)key;
    const struct skill *skill = item;

    return id < skill->id ? -1 : id > skill->id;
}

const struct skill *names_skill(const struct names *names, int64_t id)
{
    if (!names->skill_count || !id)
        return NULL;
    return bsearch(&id, names->skills, names->skill_count, sizeof *names->skills, by_id);
}
