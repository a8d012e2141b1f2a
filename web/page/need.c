/* A need: its page, and stating a new one. */
#include "web/page/card.h"
#include "web/page/desk.h"
#include "web/page/follow.h"
#include "web/page/head.h"
#include "web/page/routes.h"

#include "exchange/action/need_post.h"
#include "store/needs.h"

#include <stdlib.h>
#include <string.h>

enum { PEOPLE_MOST = 3 };

/* The name of the skill it is about when that is known, else her sentence: what to
 * search. */
static const char *words_of(struct page *page, const struct tree *entry,
                            const struct need *need)
{
    const char *skill = tree_text(tree_get(tree_get(entry, "skill"), "name"));
    const char *copy = skill ? arena_strdup(page->request->arena, skill) : NULL;

    return copy ? copy : need->text;
}

/* The first of those who know how. */
static err_code find_people(struct page *page, const char *text)
{
    const struct query_request wanted = {.kind = KIND_PERSON,
                                         .text = text,
                                         .lang = page->request->lang,
                                         .limit = PEOPLE_MOST,
                                         .is_near_only = true,
                                         .now = page->ctx.now};
    struct query_answer found = {.count = 0};
    err_code code = entry_hits(page, &wanted, "people", &found);

    tree_set_bool(page->root, "_has_people", code == ERR_NONE && found.count > 0);
    return code;
}

void page_need(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct need need;

    if (page_open(&page, hall, request, response))
        page.code =
            needs_get(page.ctx.db, request->arena, page_id(&page), &need, &page.err);
    if (page.code == ERR_NONE) {
        const char *words;
        int64_t next_at;
        struct tree *entry = tree_set(page.root, "need", entry_need(&page, &need));
        if (!desk_need_part(&page, entry, &need)) {
            page_close(&page, "need");
            return;
        }
        tree_set_text(entry, "could_pass_on", need.could_pass_on);
        entry_skill_link(&page, entry, need.skill_id);
        page_canonical(&page, tree_text(tree_get(entry, "url")));
        tree_set_bool(entry, "_is_open",
                      need_is_open(need.state) && need.expires_at > page.ctx.now);
        next_at = need_next_step(page.ctx.config, &need, page.ctx.now).at;
        if (next_at)
            tree_set_int(entry, "next_step_at", next_at);
        follow_need_part(&page, entry, &need);
        words = words_of(&page, entry, &need);
        tree_set_url(entry, "search_url", page_query_url(&page, "results", "q", words));
        tree_set_url(entry, "propose_url",
                     page_query_url(&page, "session_new", "besoin",
                                    page_slug(&page, need.id, NULL)));
        tree_set_bool(page.root, "_is_new", request_query(request, "publie") != NULL);
        if (page.ctx.search)
            page.code = find_people(&page, words);
    }
    page_close(&page, "need");
}

/* The form with what was typed so far. */
void need_form_show(struct page *page, const struct need_form *form)
{
    static const char *const levels[] = {N_("a first idea"), N_("to do it with help"),
                                         N_("to do it alone"), N_("to master it")};
    static const char *const parts[] = {N_("morning"), N_("afternoon"), N_("evening")};
    static const char *const days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};
    const struct catalogue *catalogue = page_catalogue(page);
    struct arena *arena = page->request->arena;
    struct tree *entry = tree_set(page->root, "form", tree_object()), *choices;

    tree_set_text(entry, "text", form->text ? form->text : "");
    tree_set_text(entry, "email", form->email ? form->email : "");
    tree_set_text(entry, "could_pass_on", form->could_pass_on ? form->could_pass_on : "");
    tree_set_text(entry, "commune", form->commune ? form->commune : "");
    choices = tree_set(entry, "_levels", tree_array());
    for (int i = 0; i < 4; i++) {
        struct tree *choice = tree_add(choices, tree_object());
        tree_set_text(choice, "value", arena_printf(arena, "%d", i + 1));
        tree_set_text(choice, "label", tr(catalogue, levels[i]));
        tree_set_bool(choice, "is_chosen", form->level && form->level[0] == '1' + i);
    }
    choices = tree_set(entry, "_parts", tree_array());
    for (int part = 0; part < 3; part++)
        tree_add_text(choices, tr(catalogue, parts[part]));
    choices = tree_set(entry, "_days", tree_array());
    for (int day = 0; day < 7; day++) {
        struct tree *row = tree_add(choices, tree_object());
        struct tree *cells = tree_set(row, "parts", tree_array());
        tree_set_text(row, "day", tr(catalogue, days[day]));
        for (int part = 0; part < 3; part++) {
            struct tree *cell = tree_add(cells, tree_object());
            tree_set_text(cell, "value", arena_printf(arena, "%d", day * 3 + part));
            tree_set_text(cell, "label", tr(catalogue, parts[part]));
            tree_set_bool(cell, "is_chosen", form->day_parts & (1u << (day * 3 + part)));
        }
    }
    tree_set_url(entry, "_action_url", page_url(page, "need_post", NULL));
}

void page_need_new(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        struct need_form form = {.text = request_query(request, "texte")};
        need_form_show(&page, &form);
    }
    page_close(&page, "need_new");
}

void need_form_mistakes(struct page *page, const struct need_mistakes *mistakes)
{
    const struct catalogue *catalogue = page_catalogue(page);
    struct tree *list = tree_set(page->root, "mistakes", tree_array());

    for (size_t i = 0; i < mistakes->count; i++) {
        struct tree *mistake = tree_add(list, tree_object());
        const char *key =
            arena_printf(page->request->arena, "_wrong_%s", mistakes->items[i].field);
        const char *text = tr(catalogue, mistakes->items[i].message_id);
        tree_set_text(mistake, "field", mistakes->items[i].field);
        tree_set_url(mistake, "_url",
                     arena_printf(page->request->arena, "#%s", mistakes->items[i].field));
        tree_set_text(mistake, "text", text);
        if (key)
            tree_set_text(page->root, key, text);
    }
    tree_set_bool(page->root, "_has_mistakes", mistakes->count > 0);
}

struct need_form need_form_of(const struct request *request)
{
    return (struct need_form){.text = request_form(request, "texte"),
                              .email = request_form(request, "email"),
                              .could_pass_on = request_form(request, "transmettre"),
                              .commune = request_form(request, "commune"),
                              .level = request_form(request, "niveau"),
                              .pole = request_form(request, "pole"),
                              .address = request->address,
                              .day_parts = week_read(request)};
}

void page_need_post(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    const struct need_form form = need_form_of(request);
    struct need_mistakes mistakes = {.count = 0};
    int64_t id = 0;

    if (page_open(&page, hall, request, response))
        page.code = need_post(&page.ctx, &form, &mistakes, &id, &page.err);
    if (page.code == ERR_NONE) {
        response->status = 303;
        response->location =
            arena_printf(request->arena, "%s?publie=1",
                         page_url(&page, "need", page_slug(&page, id, form.text)));
        tree_set_int(page.root, "id", id);
        tree_set_url(page.root, "url", response->location);
    } else if (mistakes.count) {
        page.code = ERR_NONE;
        response->status = 422;
        need_form_show(&page, &form);
        need_form_mistakes(&page, &mistakes);
    }
    page_close(&page, "need_new");
}
