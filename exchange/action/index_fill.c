/* Putting rows of the records into an index: all of them, or one thing. */
#include "exchange/action/index_fill.h"

#include "exchange/action/index_document.h"
#include "store/needs.h"
#include "store/people.h"
#include "store/sessions.h"
#include "store/skills.h"

enum { ROWS_A_STEP = 500, STEP_ARENA_MAX = 256 << 20 };

/* One step of a walk over a whole table: reads the next rows after *after_id and puts
 * them. */
typedef err_code (*fill_step)(struct index_fill *fill, struct arena *arena,
                              int64_t *after_id, size_t *count, struct err *err);

static bool is_shown(const struct index_fill *fill, const struct person *person)
{
    return person->state == CARD_PUBLISHED && person->visibility != VISIBLE_STRUCTURE &&
           person_freshness(person, fill->now, (int)fill->config->to_confirm_months,
                            (int)fill->config->sinks_months,
                            (int)fill->config->hidden_months) != EXPIRED;
}

static err_code put_person(struct index_fill *fill, struct arena *arena,
                           const struct person *person, struct err *err)
{
    struct document document;
    err_code code;

    fill->put_count++;
    if (!is_shown(fill, person))
        return search_remove(fill->writer, KIND_PERSON, person->id, err);
    code = document_person(fill->db, arena, &fill->names, person, &document, err);
    return code == ERR_NONE ? search_put(fill->writer, &document, err) : code;
}

static err_code put_need(struct index_fill *fill, struct arena *arena,
                         const struct need *need, struct err *err)
{
    struct document document;
    err_code code;

    fill->put_count++;
    if (!need_is_open(need->state) || need->expires_at <= fill->now || need->is_private ||
        need->merged_into)
        return search_remove(fill->writer, KIND_NEED, need->id, err);
    code = document_need(fill->db, arena, &fill->names, need, &document, err);
    return code == ERR_NONE ? search_put(fill->writer, &document, err) : code;
}

static bool is_coming(const struct session *session, int64_t now)
{
    if (session->state != SESSION_PROPOSED && session->state != SESSION_CONFIRMED)
        return false;
    for (size_t i = 0; i < session->date_count; i++)
        if (session->dates[i].ends_at > now)
            return true;
    return session->date_count == 0;
}

static err_code put_session(struct index_fill *fill, struct arena *arena,
                            const struct session *session, struct err *err)
{
    struct document document;
    err_code code;

    fill->put_count++;
    if (!is_coming(session, fill->now))
        return search_remove(fill->writer, KIND_SESSION, session->id, err);
    code = document_session(fill->db, arena, &fill->names, session, &document, err);
    return code == ERR_NONE ? search_put(fill->writer, &document, err) : code;
}

static err_code put_skill(struct index_fill *fill, const struct skill *skill,
                          struct err *err)
{
    struct document document;

    fill->put_count++;
    document_skill(skill, &document);
    return search_put(fill->writer, &document, err);
}

static err_code step_people(struct index_fill *fill, struct arena *arena,
                            int64_t *after_id, size_t *count, struct err *err)
{
    struct person *people;
    err_code code =
        people_next(fill->db, arena, *after_id, ROWS_A_STEP, &people, count, err);

    for (size_t i = 0; code == ERR_NONE && i < *count; i++) {
        code = put_person(fill, arena, &people[i], err);
        *after_id = people[i].id;
    }
    return code;
}

static err_code step_needs(struct index_fill *fill, struct arena *arena,
                           int64_t *after_id, size_t *count, struct err *err)
{
    struct need *needs;
    err_code code =
        needs_next(fill->db, arena, *after_id, ROWS_A_STEP, &needs, count, err);

    for (size_t i = 0; code == ERR_NONE && i < *count; i++) {
        code = put_need(fill, arena, &needs[i], err);
        *after_id = needs[i].id;
    }
    return code;
}

static err_code step_sessions(struct index_fill *fill, struct arena *arena,
                              int64_t *after_id, size_t *count, struct err *err)
{
    struct session *sessions;
    err_code code =
        sessions_next(fill->db, arena, *after_id, ROWS_A_STEP, &sessions, count, err);

    for (size_t i = 0; code == ERR_NONE && i < *count; i++) {
        code = put_session(fill, arena, &sessions[i], err);
        *after_id = sessions[i].id;
    }
    return code;
}

static err_code walk(struct index_fill *fill, fill_step step, struct progress *progress,
                     struct err *err)
{
    struct arena *arena = arena_new(STEP_ARENA_MAX);
    int64_t after_id = 0;
    size_t count = 1;
    err_code code = ERR_NONE;

    if (!arena)
        return err_set(err, ERR_MEMORY, "no memory for indexing");
    while (code == ERR_NONE && count > 0) {
        arena_reset(arena);
        code = step(fill, arena, &after_id, &count, err);
        if (progress)
            progress_show(progress, (uint64_t)fill->put_count);
    }
    arena_free(arena);
    return code;
}

static err_code count_all(struct index_fill *fill, uint64_t *total, struct err *err)
{
    int64_t people = 0, needs = 0, sessions = 0;
    err_code code = people_count(fill->db, &people, err);

    if (code == ERR_NONE)
        code = needs_count(fill->db, &needs, err);
    if (code == ERR_NONE)
        code = sessions_count(fill->db, &sessions, err);
    *total = (uint64_t)(people + needs + sessions) + fill->names.skill_count;
    return code;
}

err_code index_fill_all(struct index_fill *fill, struct progress *progress,
                        struct err *err)
{
    static const fill_step steps[] = {step_people, step_needs, step_sessions};
    uint64_t total;
    err_code code = names_load_skills(fill->db, fill->arena, &fill->names, err);

    if (code == ERR_NONE)
        code = count_all(fill, &total, err);
    if (code != ERR_NONE)
        return code;
    if (progress)
        progress_start(progress, "index", total);
    for (size_t i = 0; code == ERR_NONE && i < fill->names.skill_count; i++)
        code = put_skill(fill, &fill->names.skills[i], err);
    for (size_t i = 0; code == ERR_NONE && i < sizeof steps / sizeof steps[0]; i++)
        code = walk(fill, steps[i], progress, err);
    if (progress)
        progress_end(progress);
    return code;
}

static err_code refill_people_of_skill(struct index_fill *fill, struct arena *arena,
                                       int64_t skill_id, struct err *err)
{
    struct people_filter filter = {
        .skill_id = skill_id, .most = ROWS_A_STEP, .viewer = {.most = VISIBLE_STRUCTURE}};
    struct person *people;
    size_t count = 0;
    int64_t total;
    err_code code;

    do {
        code = people_list(fill->db, arena, &filter, &people, &count, &total, err);
        for (size_t i = 0; code == ERR_NONE && i < count; i++)
            code = put_person(fill, arena, &people[i], err);
        filter.offset += count;
    } while (code == ERR_NONE && count > 0 && (int64_t)filter.offset < total);
    return code;
}

static err_code fill_found(struct index_fill *fill, struct arena *arena, enum thing thing,
                           int64_t id, struct err *err)
{
    struct person person;
    struct need need;
    struct session session;
    struct skill skill;
    err_code code;

    switch (thing) {
    case THING_PERSON:
        code = people_get(fill->db, arena, id, &person, err);
        return code == ERR_NONE ? put_person(fill, arena, &person, err) : code;
    case THING_NEED:
        code = needs_get(fill->db, arena, id, &need, err);
        return code == ERR_NONE ? put_need(fill, arena, &need, err) : code;
    case THING_SESSION:
        code = sessions_get(fill->db, arena, id, &session, err);
        return code == ERR_NONE ? put_session(fill, arena, &session, err) : code;
    case THING_SKILL:
        code = skills_get(fill->db, arena, id, &skill, err);
        if (code == ERR_NONE)
            code = put_skill(fill, &skill, err);
        return code == ERR_NONE ? refill_people_of_skill(fill, arena, id, err) : code;
    case THING_POLE:
    case THING_STRUCTURE:
    case THING_ACCOUNT:
    case THING_MAIL:
        return ERR_NONE; /* their names are in many documents: the caller rebuilds */
    }
    return ERR_NONE;
}

err_code index_fill_one(struct index_fill *fill, enum thing thing, int64_t id,
                        struct err *err)
{
    static const enum kind kinds[] = {[THING_PERSON] = KIND_PERSON,
                                      [THING_SKILL] = KIND_SKILL,
                                      [THING_NEED] = KIND_NEED,
                                      [THING_SESSION] = KIND_SESSION};
    struct arena *arena = arena_new(STEP_ARENA_MAX);
    struct err found = {0};
    err_code code;

    if (!arena)
        return err_set(err, ERR_MEMORY, "no memory for indexing");
    code = fill_found(fill, arena, thing, id, &found);
    arena_free(arena);
    if (code == ERR_NOT_FOUND) {
        fill->put_count++;
        return search_remove(fill->writer, kinds[thing], id, err);
    }
    return code == ERR_NONE ? ERR_NONE : err_set(err, code, "%s", found.text);
}
