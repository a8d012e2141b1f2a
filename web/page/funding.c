/* Paying together for a training: the files of a pole, and one file with its promises. */
#include "base/calendar.h"
#include "exchange/action/funding.h"
#include "exchange/action/subject.h"
#include "web/page/desk.h"
#include "web/page/routes.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static const char *url_of(struct page *page, int64_t id)
{
    return page_url(page, "funding", arena_printf(page->request->arena, "%" PRId64, id));
}

/* What it is and what the promises come to. */
static void set_funding(struct page *page, struct tree *entry,
                        const struct funding *funding,
                        const struct funding_pledge *pledges, size_t count)
{
    struct funding_sum sum = funding_sum_of(funding, pledges, count);
    const struct pole *pole = names_pole(page->names, funding->pole_id);

    tree_set_text(entry, "title", funding->title);
    tree_set_text(entry, "pole", pole ? pole->name : "");
    tree_set_int(entry, "cost", funding->cost);
    tree_set_int(entry, "least", funding->least);
    tree_set_int(entry, "hours", funding->hours);
    tree_set_int(entry, "deadline_at", funding->deadline_at);
    tree_set_text(entry, "state", funding_state_word(funding->state));
    tree_set_int(entry, "pledged", sum.pledged);
    tree_set_int(entry, "people", sum.people);
    tree_set_int(entry, "left", sum.left);
    tree_set_int(entry, "a_head", sum.a_head);
    tree_set_int(entry, "_percent",
                 sum.pledged >= funding->cost ? 100 : sum.pledged * 100 / funding->cost);
    tree_set_bool(entry, "_is_open", funding->state == FUNDING_OPEN);
    tree_set_bool(entry, "_is_reached", funding->state == FUNDING_REACHED);
    tree_set_bool(entry, "_is_fallen", funding->state == FUNDING_FELL);
    tree_set_url(entry, "url", url_of(page, funding->id));
}

static err_code add_of(struct page *page, struct tree *list, int64_t id)
{
    struct funding funding;
    struct funding_pledge *pledges = NULL;
    size_t count = 0;
    struct arena *arena = page->request->arena;
    err_code code = fundings_get(page->ctx.db, arena, id, &funding, &page->err);

    if (code == ERR_NONE)
        code = fundings_pledges(page->ctx.db, arena, id, &pledges, &count, &page->err);
    if (code == ERR_NONE)
        set_funding(page, tree_add(list, tree_object()), &funding, pledges, count);
    return code;
}

static err_code set_list(struct page *page, const struct pole *pole)
{
    struct tree *list = tree_set(page->root, "fundings", tree_array());
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code = fundings_of(page->ctx.db, page->request->arena, pole->id, &ids,
                                &count, &page->err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = add_of(page, list, ids[i]);
    tree_set_bool(page->root, "_has_fundings", count > 0);
    tree_set_url(page->root, "_here_url", desk_url(page, pole->key, "/financements"));
    return code;
}

static void set_form(struct page *page, const struct funding_form *form)
{
    const char *values[][2] = {{"title", form->title},
                               {"cost", form->cost},
                               {"least", form->least},
                               {"hours", form->hours}};
    const char *day[][2] = {{"day", form->deadline.day},
                            {"month", form->deadline.month},
                            {"year", form->deadline.year}};
    struct tree *entry = tree_set(page->root, "form", tree_object());
    struct tree *deadline = tree_set(entry, "_deadline", tree_object());
    const struct tree *wrong = tree_get(page->root, "_wrong_deadline");

    tree_set_text(deadline, "id", "deadline");
    tree_set_int(deadline, "n", 0);
    tree_set_text(deadline, "wrong", wrong ? tree_text(wrong) : NULL);
    for (size_t i = 0; i < sizeof day / sizeof day[0]; i++)
        tree_set_text(deadline, day[i][0], day[i][1] ? day[i][1] : "");
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        tree_set_text(entry, values[i][0], values[i][1] ? values[i][1] : "");
    tree_set_text(entry, "skill_id",
                  arena_printf(page->request->arena, "%" PRId64, form->skill_id));
}

/* What the gap that leads here says: what is asked for, and a day that leaves time. */
static void prefill(struct page *page, struct funding_form *form)
{
    enum { USUAL_DAYS = 60 };
    struct arena *arena = page->request->arena;
    const char *typed = request_query(page->request, "competence");
    int64_t id = typed ? strtoll(typed, NULL, 10) : 0;
    struct civil day = calendar_civil(page->ctx.now + USUAL_DAYS * (int64_t)DAY_S,
                                      page->ctx.config->zone);
    struct err missing = {0};

    if (id && subject_name(&page->ctx, id, &form->title, &missing) == ERR_NONE)
        form->skill_id = id;
    form->deadline = (struct when_typed){.day = arena_printf(arena, "%d", day.day),
                                         .month = arena_printf(arena, "%d", day.month),
                                         .year = arena_printf(arena, "%d", day.year)};
}

void page_desk_fundings(void *hall, const struct request *request,
                        struct response *response)
{
    struct page page;
    const struct pole *pole;

    if (page_open(&page, hall, request, response) && (pole = desk_pole(&page)) != NULL) {
        struct funding_form form = {.least = request_query(request, "personnes")};
        prefill(&page, &form);
        set_form(&page, &form);
        page.code = set_list(&page, pole);
    }
    page_close(&page, "fundings");
}

void page_desk_funding_start(void *hall, const struct request *request,
                             struct response *response)
{
    struct page page;
    const struct pole *pole;
    int64_t id = 0;
    const struct funding_form form = {
        .title = request_form(request, "titre"),
        .cost = request_form(request, "cout"),
        .least = request_form(request, "personnes"),
        .hours = request_form(request, "heures"),
        .deadline = {.day = request_form(request, "jour0"),
                     .month = request_form(request, "mois0"),
                     .year = request_form(request, "annee0")},
        .skill_id = form_int(request, "competence", -INT64_MAX, INT64_MAX, 0)};

    if (page_open(&page, hall, request, response) && (pole = desk_pole(&page)) != NULL) {
        page.code = funding_start(&page.ctx, pole->id, &form, &id, &page.err);
        if (page.code == ERR_NONE) {
            form_done(&page, url_of(&page, id));
        } else if (form_failed(&page)) {
            set_form(&page, &form);
            page.code = set_list(&page, pole);
        }
    }
    page_close(&page, "fundings");
}

/* What is left for one who comes, by who pays for her. */
static void set_funders(struct page *page, const struct funding *funding,
                        const struct funding_pledge *pledges, size_t count)
{
    const struct config *config = page->ctx.config;
    struct tree *list = tree_set(page->root, "funders", tree_array());
    int64_t a_head = funding_sum_of(funding, pledges, count).a_head;

    for (size_t i = 0; i < config->funder_count; i++) {
        const struct config_funder *funder = &config->funders[i];
        struct tree *entry = tree_add(list, tree_object());
        int64_t pays = funder_pays(funder, a_head, funding->hours);
        tree_set_text(entry, "name", funder->name);
        tree_set_text(entry, "what", funder->pays);
        tree_set_text(entry, "conditions", funder->conditions);
        tree_set_url(entry, "url", funder->url);
        tree_set_bool(entry, "is_told", pays >= 0);
        tree_set_int(entry, "pays", pays < 0 ? 0 : pays);
        tree_set_int(entry, "left", pays < 0 ? a_head : a_head - pays);
        tree_set_text(entry, "checked_by", funder->checked_by);
        tree_set_int(entry, "checked_at", funder->checked_day * DAY_S + DAY_S / 2);
        tree_set_bool(entry, "is_old",
                      page->ctx.now - funder->checked_day * DAY_S >
                          FUNDER_GOOD_DAYS * (int64_t)DAY_S);
    }
    tree_set_bool(page->root, "_has_funders",
                  funding->state == FUNDING_OPEN && a_head > 0 &&
                      config->funder_count > 0);
}

/* What she promised so far, and the structures she may promise for. */
static void set_hers(struct page *page, const struct funding_pledge *pledges,
                     size_t count)
{
    const struct actor *actor = &page->visitor.actor;
    struct tree *list = tree_set(page->root, "_structures", tree_array());
    struct tree *hers = tree_set(page->root, "_mine", tree_object());

    tree_set_text(hers, "amount", "");
    tree_set_bool(hers, "comes", false);
    for (size_t i = 0; i < count; i++)
        if (actor->person_id && pledges[i].person_id == actor->person_id &&
            !pledges[i].structure_id) {
            tree_set_text(
                hers, "amount",
                arena_printf(page->request->arena, "%" PRId64, pledges[i].amount));
            tree_set_bool(hers, "comes", pledges[i].comes);
        }
    for (size_t i = 0; i < actor->structure_count; i++) {
        const struct structure *structure =
            names_structure(page->names, actor->structure_ids[i]);
        struct tree *entry = structure ? tree_add(list, tree_object()) : NULL;
        if (!entry)
            continue;
        tree_set_text(entry, "name", structure->name);
        tree_set_text(entry, "key", structure->key);
    }
    tree_set_bool(page->root, "_has_structures", tree_size(list) > 0);
    tree_set_url(page->root, "_sign_in_url", page_url(page, "sign_in", NULL));
    tree_set_bool(page->root, "_may_promise", actor->account_id != 0);
}

static err_code show(struct page *page, int64_t id)
{
    struct tree *list = tree_set(page->root, "structures", tree_array());
    struct arena *arena = page->request->arena;
    struct funding funding;
    struct funding_pledge *pledges = NULL;
    size_t count = 0;
    err_code code = fundings_get(page->ctx.db, arena, id, &funding, &page->err);

    if (code == ERR_NONE)
        code = fundings_pledges(page->ctx.db, arena, id, &pledges, &count, &page->err);
    if (code != ERR_NONE)
        return code;
    set_funding(page, tree_set(page->root, "funding", tree_object()), &funding, pledges,
                count);
    set_funders(page, &funding, pledges, count);
    for (size_t i = 0; i < count; i++) { /* people are counted, structures named */
        const struct structure *structure =
            names_structure(page->names, pledges[i].structure_id);
        struct tree *entry = structure ? tree_add(list, tree_object()) : NULL;
        if (!entry)
            continue;
        tree_set_text(entry, "name", structure->name);
        tree_set_int(entry, "amount", pledges[i].amount);
    }
    tree_set_bool(page->root, "_has_givers", tree_size(list) > 0);
    set_hers(page, pledges, count);
    return ERR_NONE;
}

void page_funding(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        page.response->is_personal = page.visitor.actor.account_id != 0;
        page.code = show(&page, strtoll(request->parts[0], NULL, 10));
    }
    page_close(&page, "funding");
}

void page_funding_promise(void *hall, const struct request *request,
                          struct response *response)
{
    const char *key = request_form(request, "structure");
    int64_t id = strtoll(request->parts[0], NULL, 10), structure_id = 0;
    struct page page;

    if (page_open(&page, hall, request, response)) {
        for (size_t i = 0; key && i < page.names->structure_count; i++)
            if (strcmp(page.names->structures[i].key, key) == 0)
                structure_id = page.names->structures[i].id;
        page.code =
            key && *key && !structure_id
                ? err_set(&page.err, ERR_NOT_FOUND, "there is no such structure")
                : funding_promise(&page.ctx, id, structure_id,
                                  request_form(request, "montant"),
                                  request_form(request, "viens") != NULL, &page.err);
        if (page.code == ERR_NONE)
            form_done(&page, url_of(&page, id));
        else if (form_failed(&page))
            page.code = show(&page, id);
    }
    page_close(&page, "funding");
}
