/* Acting for someone without e-mail. */
#include "exchange/action/act_for.h"

#include "web/page/desk.h"
#include "web/page/routes.h"

#include "store/needs.h"
#include "store/sessions.h"

#include <inttypes.h>
#include <string.h>

enum { CHOICES_MOST = 100 };

static void set_structures(struct page *page, int64_t chosen)
{
    struct tree *list = tree_set(page->root, "_structures", tree_array());

    for (size_t i = 0; i < page->names->structure_count; i++) {
        const struct structure *structure = &page->names->structures[i];
        struct tree *entry = tree_add(list, tree_object());
        tree_set_int(entry, "id", structure->id);
        tree_set_text(entry, "name", structure->name);
        tree_set_bool(entry, "is_chosen", structure->id == chosen);
    }
}

static err_code set_needs(struct page *page, const struct pole *pole, int64_t chosen)
{
    const struct needs_filter filter = {.pole_id = pole->id, .most = CHOICES_MOST};
    struct tree *list = tree_set(page->root, "_needs", tree_array());
    struct need *needs = NULL;
    size_t count = 0;
    int64_t total = 0;
    err_code code = needs_list(page->ctx.db, page->request->arena, page->ctx.now, &filter,
                               &needs, &count, &total, &page->err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct tree *entry = tree_add(list, tree_object());
        tree_set_int(entry, "id", needs[i].id);
        tree_set_text(entry, "text", needs[i].text);
        tree_set_bool(entry, "is_chosen", needs[i].id == chosen);
    }
    return code;
}

static err_code set_sessions(struct page *page, const struct pole *pole, int64_t chosen)
{
    const struct sessions_filter filter = {.pole_id = pole->id, .most = CHOICES_MOST};
    struct tree *list = tree_set(page->root, "_sessions", tree_array());
    struct session *sessions = NULL;
    size_t count = 0;
    int64_t total = 0;
    err_code code = sessions_list(page->ctx.db, page->request->arena, page->ctx.now,
                                  &filter, &sessions, &count, &total, &page->err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        struct tree *entry = tree_add(list, tree_object());
        tree_set_int(entry, "id", sessions[i].id);
        tree_set_text(entry, "title", sessions[i].title);
        if (sessions[i].date_count)
            tree_set_int(entry, "at", session_first_at(&sessions[i]));
        tree_set_bool(entry, "is_chosen", sessions[i].id == chosen);
    }
    tree_set_bool(page->root, "_has_sessions", count > 0);
    return code;
}

/* The page with what was typed. */
static err_code show(struct page *page, const struct pole *pole)
{
    static const char *const fields[][2] = {
        {"nom", "_name"}, {"courriel", "_email"}, {"texte", "_text"}, {"mots", "_own"}};
    const struct request *request = page->request;
    const char *need = request_query(request, "besoin");
    int64_t chosen = form_int(request, "besoin", 1, INT64_MAX, 0);
    err_code code;

    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
        const char *value = request_form(request, fields[i][0]);
        tree_set_text(page->root, fields[i][1], value ? value : "");
    }
    for (size_t i = 0;
         need && i < strlen(need) && i < 18 && need[i] >= '0' && need[i] <= '9'; i++)
        chosen = chosen * 10 + (need[i] - '0');
    tree_set_bool(page->root, "_supports", chosen != 0);
    set_structures(page, form_int(request, "structure", 1, INT64_MAX, 0));
    tree_set_bool(page->root, "_is_done", request_query(request, "fait") != NULL);
    code = set_needs(page, pole, chosen);
    return code == ERR_NONE
               ? set_sessions(page, pole, form_int(request, "seance", 1, INT64_MAX, 0))
               : code;
}

void page_act_for(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    const struct pole *pole = NULL;

    if (page_open(&page, hall, request, response))
        pole = desk_pole(&page);
    if (pole)
        page.code = show(&page, pole);
    page_close(&page, "act_for");
}

void page_act_answer(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    const struct pole *pole = NULL;

    if (page_open(&page, hall, request, response))
        pole = desk_pole(&page);
    if (pole) {
        page.code =
            act_answer(&page.ctx, pole->id, form_int(request, "contact", 1, INT64_MAX, 0),
                       form_int(request, "oui", 0, 1, 0) == 1, &page.err);
        if (page.code == ERR_NONE)
            form_done(&page, desk_url(&page, pole->key, "?fait=1"));
        else if (form_failed(&page))
            page.code = show(&page, pole);
    }
    page_close(&page, "act_for");
}

void page_act_for_post(void *hall, const struct request *request,
                       struct response *response)
{
    struct page page;
    const struct pole *pole = NULL;

    if (page_open(&page, hall, request, response))
        pole = desk_pole(&page);
    if (pole) {
        struct act_person person = {.name = request_form(request, "nom"),
                                    .structure_id =
                                        form_int(request, "structure", 1, INT64_MAX, 0),
                                    .pole_id = pole->id};
        const char *step = request_form(request, "geste");
        int64_t id = 0;
        if (step && strcmp(step, "soutenir") == 0)
            page.code = act_support_need(&page.ctx, &person,
                                         form_int(request, "besoin", 1, INT64_MAX, 0),
                                         request_form(request, "mots"), &page.err);
        else if (step && strcmp(step, "inscrire") == 0)
            page.code =
                act_register(&page.ctx, &person,
                             form_int(request, "seance", 1, INT64_MAX, 0), &page.err);
        else
            page.code = act_state_need(&page.ctx, &person, request_form(request, "texte"),
                                       &id, &page.err);
        if (page.code == ERR_NONE)
            form_done(&page, arena_printf(request->arena, "%s?fait=1",
                                          desk_url(&page, pole->key, "/pour")));
        else if (form_failed(&page))
            page.code = show(&page, pole);
    }
    page_close(&page, "act_for");
}
