/* Problems as JSON files. */
#include "cli/plan_read.h"

#include "base/file.h"

#include <stdio.h>
#include <string.h>

enum { NAMES_BYTES_MOST = 64 << 20 };

/* Seconds since 1970. */
static err_code read_second(struct reading *reading, const struct tree *object,
                            const char *key, int64_t *out)
{
    const struct tree *value = tree_get(object, key);

    if (!tree_is_number(value) || tree_real(value) != (double)tree_int(value))
        return WRONG(reading, "%s: whole seconds since 1970 are wanted", key);
    *out = tree_int(value);
    return ERR_NONE;
}

static err_code read_times(struct reading *reading, const struct tree *root)
{
    struct plan_problem *problem = &reading->file->problem;
    struct things things = {.key = "dates",
                            .kind = NAME_DATE,
                            .most = PLAN_DATES_MOST,
                            .size = sizeof(struct plan_date),
                            .keys = "id starts_at ends_at"};
    err_code code = plan_begin_things(reading, root, &things);
    struct plan_date *dates = things.items;
    const struct tree *list = things.list;

    problem->date_count = things.count;
    reading->file->dates = things.names;
    for (size_t i = 0; code == ERR_NONE && i < problem->date_count; i++) {
        plan_at(reading, "dates", i);
        code = read_second(reading, tree_at(list, i), "starts_at", &dates[i].starts_at);
        if (code == ERR_NONE)
            code = read_second(reading, tree_at(list, i), "ends_at", &dates[i].ends_at);
        if (code == ERR_NONE && dates[i].ends_at <= dates[i].starts_at)
            code = WRONG(reading, "ends_at: after starts_at is wanted");
    }
    problem->dates = dates;
    return code;
}

static err_code read_ways(struct reading *reading, const struct tree *root)
{
    struct plan_problem *problem = &reading->file->problem;
    const char **names;
    const struct tree *list, *rows;
    size_t row_count = 0;
    float *ways;
    err_code code = plan_read_list(reading, root, "communes", PLAN_DATES_MOST, &list,
                                   &problem->commune_count);

    if (code == ERR_NONE)
        code = plan_names_of(reading, list, problem->commune_count, "communes",
                             NAME_COMMUNE, &names);
    if (code == ERR_NONE)
        code = plan_read_list(reading, root, "travel_min", problem->commune_count, &rows,
                              &row_count);
    if (code != ERR_NONE)
        return code;
    ways = arena_array(reading->arena,
                       problem->commune_count * problem->commune_count + 1, sizeof *ways);
    if (!ways)
        return plan_no_room(reading);
    for (size_t i = 0; i < problem->commune_count; i++)
        for (size_t j = 0; j < problem->commune_count; j++) {
            const struct tree *way = tree_at(tree_at(rows, i), j);
            plan_at(reading, "travel_min", i);
            if (row_count != problem->commune_count ||
                tree_size(tree_at(rows, i)) != problem->commune_count ||
                !tree_is_number(way) || tree_real(way) < 0)
                return WRONG(reading, "%zu times %zu minutes, 0 or more, are wanted",
                             problem->commune_count, problem->commune_count);
            ways[i * problem->commune_count + j] = (float)tree_real(way);
        }
    problem->travel_min = ways;
    return ERR_NONE;
}

static err_code read_skill(struct reading *reading, const struct tree *entry, size_t i,
                           struct plan_skill *out)
{
    const struct tree *near = NULL;
    size_t count = 0;
    struct plan_near *list;
    void *room = NULL;
    err_code code;

    plan_at(reading, "skills", i);
    code = plan_read_objects(reading, entry, "near", sizeof *list, &near, &count, &room);
    list = room;
    if (code == ERR_NONE)
        code =
            plan_read_bits(reading, entry, "equipment", NAME_EQUIPMENT, &out->equipment);
    for (size_t n = 0; code == ERR_NONE && n < count; n++) {
        code = plan_read_name(reading, tree_get(tree_at(near, n), "skill"), "near",
                              NAME_SKILL, false, &list[n].skill);
        if (code == ERR_NONE)
            code = plan_read_number(reading, tree_at(near, n), "closeness", 0.001, 1, 0.5,
                                    &list[n].closeness);
    }
    out->near = list;
    out->near_count = count;
    return code;
}

static err_code read_skills(struct reading *reading, const struct tree *root)
{
    struct plan_problem *problem = &reading->file->problem;
    struct things things = {.key = "skills",
                            .kind = NAME_SKILL,
                            .most = PLAN_SKILLS_MOST,
                            .size = sizeof(struct plan_skill),
                            .keys = "id equipment near"};
    err_code code = plan_begin_things(reading, root, &things);
    struct plan_skill *skills = things.items;
    const struct tree *list = things.list;

    problem->skill_count = things.count;
    reading->file->skills = things.names;
    for (size_t i = 0; code == ERR_NONE && i < problem->skill_count; i++)
        code = read_skill(reading, tree_at(list, i), i, &skills[i]);
    problem->skills = skills;
    return code;
}

static err_code read_shares(struct reading *reading, const struct tree *entry,
                            struct plan_person *out)
{
    const struct tree *list = NULL;
    size_t count = 0;
    void *room = NULL;
    err_code code = plan_read_objects(reading, entry, "shares", sizeof(struct plan_share),
                                      &list, &count, &room);
    struct plan_share *shares = room;

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        code = plan_read_name(reading, tree_get(tree_at(list, i), "skill"), "shares",
                              NAME_SKILL, false, &shares[i].skill);
        if (code == ERR_NONE)
            code = plan_read_whole(reading, tree_at(list, i), "level", 1, PLAN_LEVELS, 3,
                                   &shares[i].level);
    }
    out->shares = shares;
    out->share_count = count;
    return code;
}

static err_code read_given(struct reading *reading, const struct tree *entry,
                           struct plan_person *out)
{
    const struct tree *list = NULL;
    size_t count = 0;
    void *room = NULL;
    err_code code = plan_read_objects(reading, entry, "given", sizeof(struct plan_given),
                                      &list, &count, &room);
    struct plan_given *given = room;

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        code = plan_read_name(reading, tree_get(tree_at(list, i), "skill"), "given",
                              NAME_SKILL, false, &given[i].skill);
        if (code == ERR_NONE)
            code = plan_read_name(reading, tree_get(tree_at(list, i), "date"), "given",
                                  NAME_DATE, false, &given[i].date);
    }
    out->given = given;
    out->given_count = count;
    return code;
}

static err_code read_person(struct reading *reading, const struct tree *entry,
                            const uint64_t *all, struct plan_person *out)
{
    err_code code = plan_read_name(reading, tree_get(entry, "commune"), "commune",
                                   NAME_COMMUNE, true, &out->commune);

    if (code == ERR_NONE)
        code =
            plan_read_bits(reading, entry, "languages", NAME_LANGUAGE, &out->languages);
    if (!out->languages)
        out->languages = 1; /* unsaid: the first language of the file */
    if (code == ERR_NONE)
        code = plan_read_dates(reading, entry, all, &out->dates);
    if (code == ERR_NONE)
        code = plan_read_whole(reading, entry, "quota", 0, 1000, 0, &out->quota);
    if (code == ERR_NONE)
        code = plan_read_whole(reading, entry, "load", 0, 1000, 0, &out->load);
    if (code == ERR_NONE)
        code = plan_read_truth(reading, entry, "needs_step_free", &out->needs_step_free);
    if (code == ERR_NONE)
        code = read_given(reading, entry, out);
    return code == ERR_NONE ? read_shares(reading, entry, out) : code;
}

static err_code read_people(struct reading *reading, const struct tree *root,
                            const uint64_t *all)
{
    struct plan_problem *problem = &reading->file->problem;
    struct things things = {
        .key = "people",
        .kind = NAME_PERSON,
        .most = PLAN_PEOPLE_MOST,
        .size = sizeof(struct plan_person),
        .keys = "id commune languages dates quota load needs_step_free given shares"};
    err_code code = plan_begin_things(reading, root, &things);
    struct plan_person *people = things.items;
    const struct tree *list = things.list;

    problem->person_count = things.count;
    reading->file->people = things.names;
    for (size_t i = 0; code == ERR_NONE && i < problem->person_count; i++) {
        plan_at(reading, "people", i);
        code = read_person(reading, tree_at(list, i), all, &people[i]);
    }
    problem->people = people;
    return code;
}

static err_code read_need(struct reading *reading, const struct tree *entry,
                          struct plan_need *out)
{
    const struct plan_problem *problem = &reading->file->problem;
    err_code code = plan_read_name(reading, tree_get(entry, "person"), "person",
                                   NAME_PERSON, false, &out->person);

    if (code == ERR_NONE)
        code = plan_read_name(reading, tree_get(entry, "skill"), "skill", NAME_SKILL,
                              false, &out->skill);
    if (code == ERR_NONE)
        code = plan_read_whole(reading, entry, "level", 1, PLAN_LEVELS, 2, &out->level);
    if (code == ERR_NONE)
        code = plan_read_number(reading, entry, "value", 1e-6, 1e6, 1, &out->value);
    if (code == ERR_NONE)
        code = plan_read_name(reading, tree_get(entry, "kept"), "kept", NAME_DATE, true,
                              &out->kept);
    out->kept++;
    if (code == ERR_NONE)
        code = plan_read_truth(reading, entry, "second", &out->is_second);
    return code == ERR_NONE
               ? plan_read_dates(reading, entry, problem->people[out->person].dates,
                                 &out->dates)
               : code;
}

static err_code read_needs(struct reading *reading, const struct tree *root)
{
    struct plan_problem *problem = &reading->file->problem;
    struct things things = {.key = "needs",
                            .kind = NAME_NEED,
                            .most = PLAN_NEEDS_MOST,
                            .size = sizeof(struct plan_need),
                            .keys = "id person skill level value kept second dates"};
    err_code code = plan_begin_things(reading, root, &things);
    struct plan_need *needs = things.items;
    const struct tree *list = things.list;

    problem->need_count = things.count;
    reading->file->needs = things.names;
    for (size_t i = 0; code == ERR_NONE && i < problem->need_count; i++) {
        plan_at(reading, "needs", i);
        code = read_need(reading, tree_at(list, i), &needs[i]);
        for (size_t k = 0; code == ERR_NONE && needs[i].is_second && k < i; k++)
            if (needs[k].is_second && needs[k].skill == needs[i].skill)
                code = WRONG(reading, "second: one of a skill at most");
    }
    problem->needs = needs;
    return code;
}

static err_code read_rooms(struct reading *reading, const struct tree *root,
                           const uint64_t *all)
{
    struct plan_problem *problem = &reading->file->problem;
    struct things things = {.key = "rooms",
                            .kind = NAME_ROOM,
                            .most = PLAN_ROOMS_MOST,
                            .size = sizeof(struct plan_room),
                            .keys = "id commune capacity equipment dates is_step_free"};
    err_code code = plan_begin_things(reading, root, &things);
    struct plan_room *rooms = things.items;
    const struct tree *list = things.list;

    problem->room_count = things.count;
    reading->file->rooms = things.names;
    for (size_t i = 0; code == ERR_NONE && i < problem->room_count; i++) {
        const struct tree *entry = tree_at(list, i);
        plan_at(reading, "rooms", i);
        code = plan_read_name(reading, tree_get(entry, "commune"), "commune",
                              NAME_COMMUNE, true, &rooms[i].commune);
        if (code == ERR_NONE)
            code = plan_read_whole(reading, entry, "capacity", 1, 1000, 10,
                                   &rooms[i].capacity);
        if (code == ERR_NONE)
            code = plan_read_bits(reading, entry, "equipment", NAME_EQUIPMENT,
                                  &rooms[i].equipment);
        if (code == ERR_NONE)
            code = plan_read_dates(reading, entry, all, &rooms[i].dates);
        if (code == ERR_NONE)
            code =
                plan_read_truth(reading, entry, "is_step_free", &rooms[i].is_step_free);
    }
    problem->rooms = rooms;
    return code;
}

static err_code read_rules(struct reading *reading, const struct tree *root)
{
    struct plan_problem *problem = &reading->file->problem;
    const struct tree *weights = tree_get(root, "weights");
    const struct {
        const char *key;
        double most, initial, *out;
    } rows[] = {{"travel_hour", 1e6, 0.3, &problem->weights.travel_hour},
                {"session", 1e6, 1, &problem->weights.session},
                {"empty_seat", 1e6, 0.3, &problem->weights.empty_seat},
                {"load", 1e6, 0.3, &problem->weights.load},
                {"circle", 1, 0.6, &problem->weights.circle},
                {"level_off", 1, 0.8, &problem->weights.level_off},
                {"stay", 1e6, 0, &problem->weights.stay}};
    err_code code;

    snprintf(reading->where, sizeof reading->where, "the problem");
    if (!tree_is_object(root))
        return WRONG(reading, "an object is wanted");
    code = plan_read_keys(reading, root,
                          "dates communes travel_min skills people needs rooms threshold "
                          "seats_most comfortable travel_most_min weights");
    if (code == ERR_NONE && weights && !tree_is_object(weights))
        code = WRONG(reading, "weights: an object is wanted");
    if (code == ERR_NONE)
        code = plan_read_whole(reading, root, "threshold", 1, 64, 4, &problem->threshold);
    if (code == ERR_NONE)
        code = plan_read_whole(reading, root, "seats_most", problem->threshold, 64, 12,
                               &problem->seats_most);
    if (code == ERR_NONE)
        code = plan_read_whole(reading, root, "comfortable", 0, 64,
                               problem->threshold + 2, &problem->comfortable);
    if (code == ERR_NONE)
        code = plan_read_number(reading, root, "travel_most_min", 0, 1e6, 60,
                                &problem->travel_most_min);
    snprintf(reading->where, sizeof reading->where, "weights");
    if (code == ERR_NONE && weights)
        code =
            plan_read_keys(reading, weights,
                           "travel_hour session empty_seat load circle level_off stay");
    for (size_t i = 0; code == ERR_NONE && i < sizeof rows / sizeof rows[0]; i++)
        code = plan_read_number(reading, weights, rows[i].key, 0, rows[i].most,
                                rows[i].initial, rows[i].out);
    return code;
}

static err_code read_problem(struct reading *reading, const struct tree *root)
{
    uint64_t *all;
    err_code code = read_rules(reading, root);

    if (code == ERR_NONE)
        code = read_times(reading, root);
    if (code == ERR_NONE)
        code = read_ways(reading, root);
    if (code != ERR_NONE)
        return code;
    all = arena_array(reading->arena, reading->file->problem.date_count / 64 + 2,
                      sizeof *all);
    if (!all)
        return plan_no_room(reading);
    for (size_t d = 0; d < reading->file->problem.date_count; d++)
        all[d / 64] |= (uint64_t)1 << (d % 64);
    code = read_skills(reading, root);
    if (code == ERR_NONE)
        code = read_people(reading, root, all);
    if (code == ERR_NONE)
        code = read_needs(reading, root);
    return code == ERR_NONE ? read_rooms(reading, root, all) : code;
}

err_code plan_tree(const struct text *bytes, struct tree **out, struct err *err)
{
    if (strlen(bytes->bytes) != bytes->length)
        return err_set(err, ERR_INVALID,
                       "a NUL byte after %zu bytes; JSON text is wanted",
                       strlen(bytes->bytes));
    return tree_from_json(bytes->bytes, out, err);
}

static err_code read_tree(const char *path, struct tree **out, struct err *err)
{
    struct text bytes;
    err_code code;

    text_init(&bytes, PLAN_FILE_BYTES_MOST);
    code = file_read(path, &bytes, err);
    if (code == ERR_NONE)
        code = plan_tree(&bytes, out, err);
    text_done(&bytes);
    if (code != ERR_NONE)
        err_context(err, "%s", path);
    return code;
}

static err_code open_names(struct reading *reading)
{
    for (int i = 0; i < NAME_KINDS; i++) {
        reading->names[i] = lookup_new(NAMES_BYTES_MOST);
        if (!reading->names[i])
            return plan_no_room(reading);
    }
    return ERR_NONE;
}

err_code plan_file_read(struct arena *arena, const char *path, struct plan_file *out,
                        struct err *err)
{
    struct reading reading = {.arena = arena, .file = out, .err = err};
    struct tree *root = NULL;
    err_code code;

    *out = (struct plan_file){.dates = NULL};
    code = read_tree(path, &root, err);
    if (code == ERR_NONE)
        code = open_names(&reading);
    if (code == ERR_NONE) {
        code = read_problem(&reading, root);
        if (code != ERR_NONE)
            err_context(err, "%s", path);
    }
    for (int i = 0; i < NAME_KINDS; i++)
        lookup_free(reading.names[i]);
    tree_free(root);
    return code;
}
