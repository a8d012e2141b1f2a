/* From a row of the records to what the index is told about it. */
#include "exchange/action/index_document.h"

#include "store/skills.h"

/* The thesaurus entry, or *out NULL when there is none. */
static err_code find_skill(struct db *db, struct arena *arena, const struct names *names,
                           int64_t id, const struct skill **out, struct err *err)
{
    struct skill *skill;
    struct err missing = {0};
    err_code code;

    *out = NULL;
    if (!id)
        return ERR_NONE;
    if (names->skills) {
        *out = names_skill(names, id);
        return ERR_NONE;
    }
    skill = arena_alloc(arena, sizeof *skill);
    if (!skill)
        return err_set(err, ERR_MEMORY, "no room for a skill");
    code = skills_get(db, arena, id, skill, &missing);
    if (code == ERR_NOT_FOUND)
        return ERR_NONE;
    if (code != ERR_NONE)
        return err_set(err, code, "%s", missing.text);
    *out = skill;
    return ERR_NONE;
}

static void set_structure(const struct names *names, int64_t id, struct document *out)
{
    const struct structure *structure = names_structure(names, id);

    if (structure) {
        out->structure_key = structure->key;
        out->structure_name = structure->name;
    }
}

static err_code set_poles(struct arena *arena, const struct names *names,
                          const int64_t *ids, size_t count, struct document *out,
                          struct err *err)
{
    const char **keys = arena_array(arena, count, sizeof *keys);
    const char **titles = arena_array(arena, count, sizeof *titles);

    if (!keys || !titles)
        return err_set(err, ERR_MEMORY, "no room for %zu poles", count);
    for (size_t i = 0; i < count; i++) {
        const struct pole *pole = names_pole(names, ids[i]);
        if (!pole)
            continue;
        keys[out->pole_count] = pole->key;
        titles[out->pole_count++] = pole->name;
    }
    out->pole_keys = keys;
    out->pole_names = titles;
    return ERR_NONE;
}

err_code document_person(struct db *db, struct arena *arena, const struct names *names,
                         const struct person *person, struct document *out,
                         struct err *err)
{
    struct document document = {.kind = KIND_PERSON, .person = person};
    const struct skill **skills;
    err_code code;

    set_structure(names, person->structure_id, &document);
    code = set_poles(arena, names, person->pole_ids, person->pole_count, &document, err);
    if (code != ERR_NONE)
        return code;
    skills = arena_array(arena, person->skill_count, sizeof *skills);
    if (!skills)
        return err_set(err, ERR_MEMORY, "no room for %zu skills", person->skill_count);
    for (size_t i = 0; i < person->skill_count; i++) {
        code = find_skill(db, arena, names, person->skills[i].skill_id, &skills[i], err);
        if (code != ERR_NONE)
            return code;
    }
    document.skills = skills;
    document.skill_count = person->skill_count;
    *out = document;
    return ERR_NONE;
}

void document_skill(const struct skill *skill, struct document *out)
{
    *out = (struct document){.kind = KIND_SKILL, .skill = skill};
}

/* What needs and sessions have alike: one pole, one structure, one skill. */
static err_code set_common(struct db *db, struct arena *arena, const struct names *names,
                           const int64_t ids[3], struct document *document,
                           struct err *err)
{
    const struct skill **skills = arena_array(arena, 1, sizeof *skills);
    err_code code;

    if (!skills)
        return err_set(err, ERR_MEMORY, "no room for a skill");
    set_structure(names, ids[0], document);
    code = set_poles(arena, names, &ids[1], 1, document, err);
    if (code == ERR_NONE)
        code = find_skill(db, arena, names, ids[2], &skills[0], err);
    document->skills = skills;
    document->skill_count = skills[0] ? 1 : 0;
    return code;
}

err_code document_need(struct db *db, struct arena *arena, const struct names *names,
                       const struct need *need, struct document *out, struct err *err)
{
    struct document document = {.kind = KIND_NEED, .need = need};
    const int64_t ids[3] = {need->structure_id, need->pole_id, need->skill_id};
    err_code code = set_common(db, arena, names, ids, &document, err);

    if (code == ERR_NONE)
        *out = document;
    return code;
}

err_code document_session(struct db *db, struct arena *arena, const struct names *names,
                          const struct session *session, struct document *out,
                          struct err *err)
{
    struct document document = {.kind = KIND_SESSION, .session = session};
    const int64_t ids[3] = {session->structure_id, session->pole_id, session->skill_id};
    err_code code = set_common(db, arena, names, ids, &document, err);

    if (code == ERR_NONE)
        *out = document;
    return code;
}
