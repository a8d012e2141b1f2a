/* Sessions proposed for a pole: the planner's answer, each session to propose, adjust or
 * refuse. A refusal stands in the address and the plan is made anew without what was
 * refused. */
#include "exchange/action/plan_pole.h"
#include "web/page/desk.h"
#include "web/page/form.h"
#include "web/page/labels.h"
#include "web/page/plan_tree.h"
#include "web/page/routes.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* A page waits so long for a plan; etabli plan takes longer and finds better ones. */
enum { PLAN_TIME_MS = 1500 };

static const char *const reasons[] = {
    [UNSERVED_NO_TEACHER] = N_("nobody live shares it at a level that would do"),
    [UNSERVED_NO_COMMON_TIME] = N_("nobody who knows it is free when they are"),
    [UNSERVED_BELOW_THRESHOLD] = N_("too few could come together"),
    [UNSERVED_NO_ROOM] = N_("no room would do"),
    [UNSERVED_QUOTA] = N_("those who know it give as much as they can"),
    [UNSERVED_WORTH_LESS] = N_("the dates and people serve others better")};

static void read_ids(const struct request *request, const char *name, int64_t *ids,
                     size_t *count)
{
    const char *text;

    while (*count < PLAN_WITHOUT_MOST &&
           (text = request_query_nth(request, name, *count)) != NULL)
        ids[(*count)++] = strtoll(text, NULL, 10);
}

static void add_ids(struct text *out, const char *name, const int64_t *ids, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_printf(out, "&%s=%" PRId64, name, ids[i]);
}

struct planning {
    struct page *page;
    const struct pole *pole;
    struct plan_wish wish;
    const struct pole_plan *plan;
};

/* The address of this plan, with one more refusal. */
static const char *without_url(const struct planning *planning, const char *name,
                               int64_t id)
{
    struct arena *arena = planning->page->request->arena;
    const struct plan_without *without = &planning->wish.without;
    struct text out;
    const char *url;

    text_init(&out, 8192);
    text_printf(&out, "%s?semaines=%d",
                desk_url(planning->page, planning->pole->key, "/planifier"),
                planning->wish.weeks);
    add_ids(&out, "sans_savoir", without->skill_ids, without->skill_count);
    add_ids(&out, "sans_personne", without->person_ids, without->person_count);
    add_ids(&out, "sans_jour", without->days, without->day_count);
    if (name)
        add_ids(&out, name, &id, 1);
    url = arena_strdup(arena, out.bytes);
    text_done(&out);
    return url ? url : "";
}

/* The form of a session, filled in with what was planned. */
static const char *propose_url(const struct planning *planning,
                               const struct planned_session *session)
{
    struct page *page = planning->page;
    struct text out;
    const char *url;
    int64_t last = 0;

    text_init(&out, 8192);
    text_printf(
        &out, "%s&debut=%" PRId64 "&fin=%" PRId64,
        page_query_url(page, "session_new", "competence",
                       arena_printf(page->request->arena, "%" PRId64, session->skill_id)),
        session->starts_at, session->ends_at);
    for (size_t i = 0; i < session->need_count; i++) {
        int64_t need_id = planning->plan->needs[session->needs[i]].need_id;
        if (need_id != last)
            text_printf(&out, "&besoin=%" PRId64, need_id);
        last = need_id;
    }
    if (session->trainer_id)
        text_printf(&out, "&autre=1&formateur=%" PRId64, session->trainer_id);
    else
        text_add(&out, "&format=cercle");
    if (session->room_id)
        text_printf(&out, "&ou=salle&salle=%" PRId64, session->room_id);
    else
        text_add(&out, "&ou=ailleurs");
    url = arena_strdup(page->request->arena, out.bytes);
    text_done(&out);
    return url ? url : "";
}

static void add_deeds(void *of, struct tree *entry, const struct planned_session *session)
{
    const struct planning *planning = of;
    struct page *page = planning->page;
    struct civil day = calendar_civil(session->starts_at, page->ctx.config->zone);
    const char *slug = page_slug(page, session->skill_id, session->skill);

    tree_set_url(entry, "skill_url", page_url(page, "skill", slug));
    if (session->trainer_id) {
        const char *id =
            arena_printf(page->request->arena, "%" PRId64, session->trainer_id);
        tree_set_text(
            entry, "level_name",
            label_level(page_catalogue(page), (enum skill_level)session->trainer_level));
        tree_set_url(entry, "trainer_url", page_url(page, "person", id));
        tree_set_url(entry, "_not_person_url",
                     without_url(planning, "sans_personne", session->trainer_id));
    }
    tree_set_url(entry, "propose_url", propose_url(planning, session));
    tree_set_url(entry, "_not_skill_url",
                 without_url(planning, "sans_savoir", session->skill_id));
    tree_set_url(
        entry, "_not_day_url",
        without_url(planning, "sans_jour", day.year * 10000 + day.month * 100 + day.day));
    tree_set_bool(entry, "_has_times_left", session->times_left > 0);
    tree_set_bool(entry, "_has_trainer_left", session->trainer_left > 0);
}

static void name_reasons(struct page *page, const struct pole_plan *plan)
{
    struct tree *words = tree_set(page->root, "reasons", tree_array());

    for (size_t i = UNSERVED_NO_TEACHER; i < sizeof reasons / sizeof reasons[0]; i++) {
        struct tree *entry, *skills = NULL;
        int64_t people = 0;
        for (size_t j = 0; j < plan->need_count; j++) {
            bool is_new = plan->needs[j].reason == (enum unserved_reason)i;
            people += is_new;
            for (size_t k = 0; is_new && k < j; k++)
                is_new = plan->needs[k].reason != (enum unserved_reason)i ||
                         plan->needs[k].skill_id != plan->needs[j].skill_id;
            if (!is_new)
                continue;
            if (!skills) {
                entry = tree_add(words, tree_object());
                tree_set_text(entry, "why", tr(page_catalogue(page), reasons[i]));
                skills = tree_set(entry, "skills", tree_array());
            }
            tree_add_text(skills, plan->needs[j].skill);
        }
        if (skills)
            tree_set_int(entry, "people", people);
    }
}

static void show_plan(struct planning *planning)
{
    struct page *page = planning->page;
    const struct plan_without *without = &planning->wish.without;
    const struct plan_more more = {.add = add_deeds, .of = planning};
    struct pole_plan plan;

    page->code = plan_pole(&page->ctx, &planning->wish, &plan, &page->err);
    if (page->code != ERR_NONE)
        return;
    planning->plan = &plan;
    plan_tree_set(page->root, &plan, &more);
    name_reasons(page, &plan);
    tree_set_bool(page->root, "_is_planned", true);
    tree_set_bool(page->root, "_has_sessions", plan.session_count > 0);
    tree_set_bool(page->root, "_has_unserved", plan.served < plan.need_count);
    tree_set_int(page->root, "_unserved", (int64_t)(plan.need_count - plan.served));
    tree_set_bool(page->root, "_has_unqualified", plan.unqualified > 0);
    tree_set_bool(page->root, "_is_best", plan.bound <= plan.value * 1.0005 + 1e-9);
    tree_set_int(page->root, "_gap_percent",
                 plan.value > 0 ? (int64_t)(100 * (plan.bound / plan.value - 1) + 0.999)
                                : 0);
    if (without->skill_count + without->person_count + without->day_count) {
        struct planning fresh = *planning;
        fresh.wish.without = (struct plan_without){.skill_count = 0};
        tree_set_url(page->root, "_again_url", without_url(&fresh, NULL, 0));
    }
}

void page_desk_plan(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct planning planning = {
        .page = &page, .wish = {.weeks = PLAN_WEEKS, .time_ms = PLAN_TIME_MS, .seed = 1}};

    if (page_open(&page, hall, request, response))
        planning.pole = desk_pole(&page);
    if (planning.pole) {
        const char *weeks = request_query(request, "semaines");
        struct plan_without *without = &planning.wish.without;
        long number = weeks ? strtol(weeks, NULL, 10) : PLAN_WEEKS;
        planning.wish.pole_id = planning.pole->id;
        planning.wish.weeks = number < 1                 ? 1
                              : number > PLAN_WEEKS_MOST ? PLAN_WEEKS_MOST
                                                         : (int)number;
        read_ids(request, "sans_savoir", without->skill_ids, &without->skill_count);
        read_ids(request, "sans_personne", without->person_ids, &without->person_count);
        read_ids(request, "sans_jour", without->days, &without->day_count);
        tree_set_int(page.root, "weeks", planning.wish.weeks);
        tree_set_int(page.root, "_weeks_most", PLAN_WEEKS_MOST);
        if (weeks)
            show_plan(&planning);
    }
    page_close(&page, "desk_plan");
}
