/* Brings the poles and structures of the configuration file into the records. */
#include "exchange/action/config_apply.h"
#include "exchange/action/same.h"

#include "store/people.h"
#include "store/skill_names.h"
#include "store/structures.h"

#include <string.h>

enum { APPLY_ARENA_MAX = 16 << 20 };

struct job {
    const struct config *config;
    struct arena *arena;
    int64_t now;
};

/* What the file does not say stays as the records have it. */
static const char *said(const char *wanted, const char *there)
{
    return wanted ? wanted : there;
}

static err_code apply_structure(struct db *db, struct job *job,
                                const struct config_structure *wanted, struct err *err)
{
    struct structure structure = {0}, next;
    err_code code = structures_find(db, wanted->key, &structure.id, err);

    if (code == ERR_NONE && structure.id)
        code = structures_get(db, job->arena, structure.id, &structure, err);
    if (code != ERR_NONE)
        return code;
    next = structure;
    next.key = wanted->key;
    next.name = wanted->name;
    next.kind = said(wanted->kind, structure.kind);
    next.commune = said(wanted->commune, structure.commune);
    next.about = said(wanted->about, structure.about);
    next.url = said(wanted->url, structure.url);
    if (structure.id && same_text(structure.name, next.name) &&
        same_text(structure.kind, next.kind) &&
        same_text(structure.commune, next.commune) &&
        same_text(structure.about, next.about) && same_text(structure.url, next.url))
        return ERR_NONE;
    return structures_save(db, &next, job->now, err);
}

/* How many ids there are with the one behind the last, when it is one and new. */
static size_t count_new(const int64_t *ids, size_t count)
{
    return count + (ids[count] != 0 && !is_among(ids, count, ids[count]));
}

/* The ids of what a pole names, without those that are not there. */
static err_code find_scope(struct db *db, struct job *job,
                           const struct config_pole *wanted, struct pole *found,
                           struct err *err)
{
    int64_t *skills = arena_array(job->arena, wanted->skill_count, sizeof *skills);
    int64_t *people = arena_array(job->arena, wanted->facilitator_count, sizeof *people);
    err_code code = ERR_NONE;

    if (!skills || !people)
        return err_set(err, ERR_MEMORY, "no room for the pole %s", wanted->key);
    for (size_t i = 0; code == ERR_NONE && i < wanted->skill_count; i++) {
        code = skill_named(db, wanted->skills[i], &skills[found->skill_count], err);
        if (code == ERR_NONE)
            found->skill_count = count_new(skills, found->skill_count);
    }
    for (size_t i = 0; code == ERR_NONE && i < wanted->facilitator_count; i++) {
        code = people_find_email(db, wanted->facilitators[i],
                                 &people[found->facilitator_count], err);
        if (code == ERR_NONE)
            found->facilitator_count = count_new(people, found->facilitator_count);
    }
    found->skill_ids = skills;
    found->facilitator_ids = people;
    return code;
}

static err_code apply_pole(struct db *db, struct job *job,
                           const struct config_pole *wanted, struct err *err)
{
    struct pole pole = {0}, scope = {0};
    err_code code = poles_find(db, wanted->key, &pole.id, err);

    if (code == ERR_NONE && pole.id)
        code = poles_get(db, job->arena, pole.id, &pole, err);
    if (code == ERR_NONE)
        code = find_scope(db, job, wanted, &scope, err);
    if (code != ERR_NONE)
        return code;
    if (!wanted->skill_count) {
        scope.skill_ids = pole.skill_ids; /* the file leaves the scope to the records */
        scope.skill_count = pole.skill_count;
    }
    if (!wanted->facilitator_count) {
        scope.facilitator_ids = pole.facilitator_ids;
        scope.facilitator_count = pole.facilitator_count;
    }
    if (pole.id && same_text(pole.name, wanted->name) &&
        same_text(pole.kind, wanted->kind) &&
        same_text(pole.about, said(wanted->about, pole.about)) &&
        same_ids(pole.skill_ids, pole.skill_count, scope.skill_ids, scope.skill_count) &&
        same_ids(pole.facilitator_ids, pole.facilitator_count, scope.facilitator_ids,
                 scope.facilitator_count))
        return ERR_NONE;
    pole.key = wanted->key;
    pole.name = wanted->name;
    pole.kind = wanted->kind;
    pole.about = said(wanted->about, pole.about);
    pole.skill_ids = scope.skill_ids;
    pole.skill_count = scope.skill_count;
    pole.facilitator_ids = scope.facilitator_ids;
    pole.facilitator_count = scope.facilitator_count;
    return poles_save(db, &pole, job->now, err);
}

static err_code apply_all(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < job->config->structure_count; i++)
        code = apply_structure(db, job, &job->config->structures[i], err);
    for (size_t i = 0; code == ERR_NONE && i < job->config->pole_count; i++)
        code = apply_pole(db, job, &job->config->poles[i], err);
    return code;
}

err_code config_apply(const struct config *config, struct writer *writer, int64_t now,
                      struct err *err)
{
    struct job job = {.config = config, .arena = arena_new(APPLY_ARENA_MAX), .now = now};
    err_code code;

    if (!job.arena)
        return err_set(err, ERR_MEMORY, "no memory for the poles and structures");
    code = writer_do(writer, apply_all, &job, err);
    arena_free(job.arena);
    return code;
}
