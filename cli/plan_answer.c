/* Plans as JSON files. */
#include "cli/plan_file.h"

#include "base/file.h"
#include "base/json.h"
#include "base/lookup.h"
#include "web/view/tree.h"

#include <math.h>
#include <string.h>

enum { NAMES_BYTES_MOST = 64 << 20 };
static const double BOUND_SLACK = 1e-6;

static int find(const char *const *names, size_t count, const char *name)
{
    for (size_t i = 0; name && i < count; i++)
        if (strcmp(names[i], name) == 0)
            return (int)i;
    return -1;
}

static err_code wrong(size_t i, const char *key, struct err *err)
{
    return err_set(err, ERR_INVALID, "sessions[%zu].%s names nothing of the problem", i,
                   key);
}

static err_code read_needs(struct arena *arena, const struct plan_file *file,
                           const struct lookup *needs, const struct tree *entry, size_t i,
                           struct plan_session *out, struct err *err)
{
    const struct tree *list = tree_get(entry, "needs");

    (void)file;
    if (list && !tree_is_array(list))
        return err_set(err, ERR_INVALID, "sessions[%zu].needs: a list is wanted", i);
    out->need_count = list ? tree_size(list) : 0;
    out->needs = arena_array(arena, out->need_count + 1, sizeof *out->needs);
    if (!out->needs)
        return err_set(err, ERR_MEMORY, "no room for a plan");
    for (size_t n = 0; n < out->need_count; n++) {
        const char *name = tree_text(tree_at(list, n));
        const int64_t *found = name ? lookup_find(needs, name) : NULL;
        if (!found)
            return wrong(i, "needs", err);
        out->needs[n] = (int)*found;
    }
    return ERR_NONE;
}

static err_code read_session(struct arena *arena, const struct plan_file *file,
                             const struct lookup *needs, const struct tree *entry,
                             size_t i, struct plan_session *out, struct err *err)
{
    const struct plan_problem *problem = &file->problem;
    const struct tree *trainers = tree_get(entry, "trainers");
    double level = tree_real(tree_get(entry, "level"));

    out->skill =
        find(file->skills, problem->skill_count, tree_text(tree_get(entry, "skill")));
    out->date =
        find(file->dates, problem->date_count, tree_text(tree_get(entry, "date")));
    out->room =
        find(file->rooms, problem->room_count, tree_text(tree_get(entry, "room")));
    out->level =
        level >= 1 && level <= PLAN_LEVELS && level == (int)level ? (int)level : 0;
    out->trainers[0] = out->trainers[1] = -1;
    if (!out->level)
        return err_set(err, ERR_INVALID,
                       "sessions[%zu].level: a whole number from 1 to %d is wanted", i,
                       PLAN_LEVELS);
    if (out->skill < 0)
        return wrong(i, "skill", err);
    if (out->date < 0)
        return wrong(i, "date", err);
    if (out->room < 0)
        return wrong(i, "room", err);
    if (trainers && !tree_is_array(trainers))
        return err_set(err, ERR_INVALID, "sessions[%zu].trainers: a list is wanted", i);
    if (trainers && tree_size(trainers) > PLAN_TRAINERS_MOST)
        return err_set(err, ERR_INVALID, "sessions[%zu].trainers: two at most", i);
    for (size_t k = 0; trainers && k < tree_size(trainers); k++) {
        out->trainers[k] =
            find(file->people, problem->person_count, tree_text(tree_at(trainers, k)));
        if (out->trainers[k] < 0)
            return wrong(i, "trainers", err);
    }
    return read_needs(arena, file, needs, entry, i, out, err);
}

static err_code read_sessions(struct arena *arena, const struct plan_file *file,
                              const struct lookup *needs, const struct tree *root,
                              struct plan *out, struct err *err)
{
    const struct tree *list = tree_get(root, "sessions");
    struct plan plan = {.value = tree_real(tree_get(root, "value"))};
    err_code code = ERR_NONE;

    if (!list || !tree_is_array(list) || !tree_is_number(tree_get(root, "value")))
        return err_set(err, ERR_INVALID, "a plan holds \"value\" and \"sessions\"");
    plan.sessions = arena_array(arena, tree_size(list) + 1, sizeof *plan.sessions);
    if (!plan.sessions)
        return err_set(err, ERR_MEMORY, "no room for a plan");
    for (size_t i = 0; code == ERR_NONE && i < tree_size(list); i++)
        code = read_session(arena, file, needs, tree_at(list, i), i,
                            &plan.sessions[plan.session_count++], err);
    if (code == ERR_NONE)
        *out = plan;
    return code;
}

/* What it says of itself beside its sessions, where it does. */
static err_code check_claims(struct arena *arena, const struct plan_file *file,
                             const struct lookup *needs, const struct tree *root,
                             const struct plan *plan, struct err *err)
{
    const struct tree *bound = tree_get(root, "bound");
    const struct tree *unserved = tree_get(root, "unserved");
    bool *is_served = arena_array(arena, file->problem.need_count + 1, sizeof *is_served);

    if (!is_served)
        return err_set(err, ERR_MEMORY, "no room for a plan");
    if (bound && (!tree_is_number(bound) ||
                  tree_real(bound) < plan->value - BOUND_SLACK * (1 + fabs(plan->value))))
        return err_set(err, ERR_INVALID,
                       "bound: a number that is not below the value is wanted");
    if (unserved && !tree_is_array(unserved))
        return err_set(err, ERR_INVALID, "unserved: a list is wanted");
    for (size_t i = 0; i < plan->session_count; i++)
        for (size_t n = 0; n < plan->sessions[i].need_count; n++)
            is_served[plan->sessions[i].needs[n]] = true;
    for (size_t i = 0; unserved && i < tree_size(unserved); i++) {
        const char *name = tree_text(tree_get(tree_at(unserved, i), "need"));
        const int64_t *found = name ? lookup_find(needs, name) : NULL;
        if (!found)
            return err_set(err, ERR_INVALID,
                           "unserved[%zu].need names nothing of the problem", i);
        if (is_served[*found])
            return err_set(err, ERR_INVALID,
                           "unserved[%zu].need: \"%s\" is served or stands twice", i,
                           name);
        is_served[*found] = true;
    }
    return ERR_NONE;
}

err_code plan_answer_verify(struct arena *arena, const char *path,
                            const struct plan_file *file, struct plan *out,
                            struct err *err)
{
    struct lookup *needs = lookup_new(NAMES_BYTES_MOST);
    struct tree *root = NULL;
    struct text bytes;
    err_code code;

    text_init(&bytes, PLAN_FILE_BYTES_MOST);
    code = file_read(path, &bytes, err);
    for (size_t n = 0; needs && n < file->problem.need_count; n++)
        if (!lookup_put(needs, file->needs[n], (int64_t)n)) {
            lookup_free(needs);
            needs = NULL;
        }
    if (code == ERR_NONE && !needs)
        code = err_set(err, ERR_MEMORY, "no room for a plan");
    if (code == ERR_NONE)
        code = plan_tree(&bytes, &root, err);
    if (code == ERR_NONE)
        code = read_sessions(arena, file, needs, root, out, err);
    if (code == ERR_NONE)
        code = plan_check(&file->problem, out, err);
    if (code == ERR_NONE)
        code = check_claims(arena, file, needs, root, out, err);
    if (code != ERR_NONE)
        err_context(err, "%s", path);
    tree_free(root);
    text_done(&bytes);
    lookup_free(needs);
    return code;
}

/* The fewest digits that tell it from its neighbours enough for a check. */
static void add_real(struct text *out, const char *key, double value)
{
    json_int(out, key, 0);
    out->length--; /* the 0 */
    text_printf(out, "%.9f", value);
}

static void add_session(const struct plan_file *file, const struct plan_session *session,
                        struct text *out)
{
    json_open(out, NULL, '{');
    json_text(out, "skill", file->skills[session->skill]);
    json_int(out, "level", session->level);
    json_text(out, "date", file->dates[session->date]);
    json_text(out, "room", file->rooms[session->room]);
    json_open(out, "trainers", '[');
    for (int k = 0; k < PLAN_TRAINERS_MOST && session->trainers[k] >= 0; k++)
        json_text(out, NULL, file->people[session->trainers[k]]);
    json_close(out, ']');
    json_open(out, "needs", '[');
    for (size_t n = 0; n < session->need_count; n++)
        json_text(out, NULL, file->needs[session->needs[n]]);
    json_close(out, ']');
    json_close(out, '}');
}

void plan_answer_write(const struct plan_file *file, const struct solution *solution,
                       struct text *out)
{
    const struct plan *plan = &solution->plan;
    double gap = plan->value > 0 ? solution->bound / plan->value - 1 : 0;

    json_open(out, NULL, '{');
    add_real(out, "value", plan->value);
    add_real(out, "bound", solution->bound);
    add_real(out, "gap", gap);
    json_open(out, "sessions", '[');
    for (size_t i = 0; i < plan->session_count; i++)
        add_session(file, &plan->sessions[i], out);
    json_close(out, ']');
    json_open(out, "unserved", '[');
    for (size_t n = 0; n < file->problem.need_count; n++) {
        if (solution->reasons[n] == UNSERVED_NOT)
            continue;
        json_open(out, NULL, '{');
        json_text(out, "need", file->needs[n]);
        json_text(out, "reason", unserved_word(solution->reasons[n]));
        json_close(out, '}');
    }
    json_close(out, ']');
    json_close(out, '}');
    text_add(out, "\n");
}
