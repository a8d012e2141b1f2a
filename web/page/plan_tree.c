/* A plan as a result tree. */
#include "web/page/plan_tree.h"

#include "exchange/action/subject.h"
#include "exchange/model/person.h"

static void set_subject(struct tree *entry, int64_t id)
{
    tree_set_int(entry, "skill_id", subject_group(id) ? 0 : id);
    tree_set_int(entry, "group_id", subject_group(id));
}

static void set_session(struct tree *entry, const struct pole_plan *plan,
                        const struct planned_session *session)
{
    struct tree *people = tree_set(entry, "serves", tree_array());

    set_subject(entry, session->skill_id);
    tree_set_text(entry, "skill", session->skill);
    tree_set_text(entry, "level", level_word((enum skill_level)session->level));
    tree_set_int(entry, "starts_at", session->starts_at);
    tree_set_int(entry, "ends_at", session->ends_at);
    if (session->room_id)
        tree_set_int(entry, "room_id", session->room_id);
    tree_set_text(entry, "room", session->room);
    tree_set_text(entry, "commune", session->commune);
    tree_set_bool(entry, "is_circle", session->trainer_id == 0);
    if (session->trainer_id) {
        tree_set_int(entry, "trainer_id", session->trainer_id);
        tree_set_text(entry, "trainer", session->trainer);
        tree_set_text(entry, "trainer_level",
                      level_word((enum skill_level)session->trainer_level));
        tree_set_int(entry, "trainer_left", session->trainer_left);
    }
    if (session->second_id) {
        tree_set_int(entry, "second_id", session->second_id);
        tree_set_text(entry, "second", session->second);
    }
    tree_set_int(entry, "people", (int64_t)session->need_count);
    tree_set_int(entry, "times_left", session->times_left);
    for (size_t i = 0; i < session->need_count; i++) {
        const struct planned_need *need = &plan->needs[session->needs[i]];
        struct tree *each = tree_add(people, tree_object());
        tree_set_int(each, "need_id", need->need_id);
        if (need->person_id > 0)
            tree_set_int(each, "person_id", need->person_id);
        tree_set_text(each, "name", need->name);
    }
}

/* How many want that skill in vain for that reason; false when it was told before. */
static bool count_unserved(const struct pole_plan *plan, size_t at, int64_t *people)
{
    const struct planned_need *need = &plan->needs[at];

    *people = 0;
    for (size_t i = 0; i < plan->need_count; i++) {
        if (plan->needs[i].skill_id != need->skill_id ||
            plan->needs[i].reason != need->reason)
            continue;
        if (i < at)
            return false;
        (*people)++;
    }
    return true;
}

static void set_unserved(struct tree *root, const struct pole_plan *plan)
{
    struct tree *list = tree_set(root, "unserved", tree_array());

    for (size_t i = 0; i < plan->need_count; i++) {
        int64_t people;
        struct tree *entry;
        if (plan->needs[i].reason == UNSERVED_NOT || !count_unserved(plan, i, &people))
            continue;
        entry = tree_add(list, tree_object());
        set_subject(entry, plan->needs[i].skill_id);
        tree_set_text(entry, "skill", plan->needs[i].skill);
        tree_set_text(entry, "reason", unserved_word(plan->needs[i].reason));
        tree_set_int(entry, "people", people);
    }
}

void plan_tree_set(struct tree *root, const struct pole_plan *plan,
                   const struct plan_more *more)
{
    struct tree *sessions = tree_set(root, "sessions", tree_array());
    double gap = plan->value > 0 ? 100 * (plan->bound / plan->value - 1) : 0;

    for (size_t i = 0; i < plan->session_count; i++) {
        struct tree *entry = tree_add(sessions, tree_object());
        set_session(entry, plan, &plan->sessions[i]);
        if (more)
            more->add(more->of, entry, &plan->sessions[i]);
    }
    set_unserved(root, plan);
    tree_set_int(root, "session_total", (int64_t)plan->session_count);
    tree_set_int(root, "asked", (int64_t)plan->need_count);
    tree_set_int(root, "served", (int64_t)plan->served);
    tree_set_int(root, "unqualified", plan->unqualified);
    tree_set_int(root, "trainers", (int64_t)plan->trainer_count);
    tree_set_int(root, "dates", (int64_t)plan->date_count);
    /* In tenths of a percent: what a better plan could be worth more, at most. */
    tree_set_int(root, "gap_permille", (int64_t)(gap * 10 + 0.999));
    /* What the plan is worth by the settings plan.*, in thousandths of a need. */
    tree_set_int(root, "worth_permille", (int64_t)(plan->value * 1000 + 0.5));
    tree_set_int(root, "kept", plan->kept);
}
