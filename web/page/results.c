/* Searching: people, sessions and similar needs, each with its reasons. */
#include "exchange/action/search_missed.h"
#include "web/http/route.h"
#include "web/page/filters.h"
#include "web/page/routes.h"

#include <string.h>

enum { ASIDE_MOST = 5, DROPPED_BYTES_MOST = 4096 };

static const char *publish_url(struct page *page, const char *text)
{
    return page_query_url(page, "need_new", "texte", text);
}

/* How many there are that are not far. */
static int64_t set_total(struct page *page, const char *total_key, const char *has_key,
                         const struct query_answer *answer)
{
    if (answer->is_total_least)
        tree_set_bool(page->root, "is_total_least", true);
    tree_set_int(page->root, total_key, answer->near_total);
    tree_set_bool(page->root, has_key, answer->near_total > 0);
    return answer->near_total;
}

/* Nobody near with these filters: how many without them, when there are any. */
static err_code look_unfiltered(struct page *page, const struct query_request *asked)
{
    struct query_request wanted = {.kind = KIND_PERSON,
                                   .text = asked->text,
                                   .lang = asked->lang,
                                   .now = asked->now,
                                   .limit = 1,
                                   .is_member = asked->is_member,
                                   .wants_facets = true};
    struct query_answer answer;
    err_code code = search_query(page->ctx.search, page->request->arena, &wanted, &answer,
                                 &page->err);

    if (code == ERR_NONE && answer.near_total > 0)
        tree_set_int(page->root, "unfiltered_total", answer.near_total);
    return code;
}

/* Values of one kind fit any of them: beside one that is chosen, the others are counted
 * as if it were not: each tells what there is with it. NULL in `out`: as found. */
static err_code count_chosen(struct page *page, const struct narrowing *filters,
                             const struct query_request *asked,
                             const struct facet *out[NARROW_COUNTED])
{
    for (size_t i = 0; i < filters->count; i++) {
        enum narrow_kind kind = filters->chosen[i].kind;
        struct query_request wanted = *asked;
        struct query_answer answer;
        err_code code;

        if (kind >= NARROW_COUNTED || out[kind])
            continue;
        wanted.pole_count = kind == NARROW_POLE ? 0 : asked->pole_count;
        wanted.structure_count = kind == NARROW_STRUCTURE ? 0 : asked->structure_count;
        wanted.commune_count = kind == NARROW_COMMUNE ? 0 : asked->commune_count;
        wanted.offset = 0;
        wanted.limit = 1;
        wanted.wants_correction = false;
        code = search_query(page->ctx.search, page->request->arena, &wanted, &answer,
                            &page->err);
        if (code != ERR_NONE)
            return code;
        out[kind] = filters_facet(&answer, kind);
    }
    return ERR_NONE;
}

/* Sessions and similar needs: the first of each, of the same places. */
static err_code look_aside(struct page *page, const struct query_request *people,
                           int64_t *total)
{
    struct query_request wanted = *people;
    struct query_answer sessions, needs;
    err_code code;

    wanted.offset = 0;
    wanted.limit = ASIDE_MOST;
    wanted.is_near_only = true;
    wanted.wants_facets = wanted.wants_correction = false;
    narrow_aside(KIND_SESSION, &wanted);
    code = entry_hits(page, &wanted, "sessions", &sessions);
    narrow_aside(KIND_NEED, &wanted);
    if (code == ERR_NONE)
        code = entry_hits(page, &wanted, "needs", &needs);
    if (code != ERR_NONE)
        return code;
    *total = set_total(page, "session_total", "_has_sessions", &sessions) +
             set_total(page, "need_total", "_has_needs", &needs);
    tree_set_bool(page->root, "_has_aside", *total > 0);
    return ERR_NONE;
}

/* The words of a long sentence that were left out, "a, b, c" for the page. */
static void set_dropped(struct page *page, const struct query_answer *people)
{
    struct tree *dropped = tree_set(page->root, "dropped", tree_array());
    struct text list;

    text_init(&list, DROPPED_BYTES_MOST);
    for (size_t i = 0; i < people->dropped_count; i++) {
        tree_add_text(dropped, people->dropped[i]);
        text_printf(&list, "%s%s", i ? ", " : "", people->dropped[i]);
    }
    if (people->dropped_count)
        tree_set_text(page->root, "_dropped", list.bytes);
    text_done(&list);
}

static void set_outcome(struct page *page, const struct query_answer *people,
                        const char *text, const struct narrowing *filters, int64_t aside)
{
    tree_set_text(page->root, "query", text);
    if (people->correction) {
        tree_set_text(page->root, "correction", people->correction);
        tree_set_url(page->root, "correction_url",
                     filters_url(page, people->correction, filters, NARROW_MOST));
    }
    tree_set_bool(page->root, "is_cut", people->is_cut);
    set_dropped(page, people);
    tree_set_url(page->root, "publish_url", publish_url(page, text));
    if (page->visitor.signed_in)
        tree_set_url(page->root, "_keep_url", page_url(page, "search_keep", NULL));
    tree_set_int(page->root, "result_total", people->near_total + aside);
    (void)set_total(page, "person_total", "_has_near", people);
    tree_set_bool(page->root, "_has_people", people->count > 0);
    tree_set_bool(page->root, "_is_near_none", people->near_total + aside == 0);
    tree_set_bool(page->root, "_is_nothing", people->total + aside == 0);
    tree_set_bool(page->root, "_is_nobody", people->total == 0);
}

static err_code find_all(struct page *page, const char *text)
{
    const struct request *request = page->request;
    size_t size = (size_t)page->ctx.config->page_size, number = page_number(page);
    struct query_request wanted = {.kind = KIND_PERSON,
                                   .text = text,
                                   .lang = request->lang,
                                   .offset = (number - 1) * size,
                                   .limit = size,
                                   .now = page->ctx.now,
                                   .is_member = page->visitor.signed_in != 0,
                                   .wants_facets = true,
                                   .wants_correction = true};
    struct query_answer people;
    struct narrowing filters;
    const struct facet *counted[NARROW_COUNTED] = {NULL};
    int64_t aside = 0;
    err_code code;

    filters_read(request, request_query_nth, &filters);
    tree_set_bool(page->root, "is_total_least", false);
    code = narrow_apply(&page->ctx, &filters, page->visitor.actor.person_id, &wanted,
                        &page->err);
    if (code == ERR_NONE)
        code = entry_hits(page, &wanted, "people", &people);
    if (code == ERR_NONE)
        code = look_aside(page, &wanted, &aside);
    if (code == ERR_NONE)
        code = count_chosen(page, &filters, &wanted, counted);
    if (code == ERR_NONE && people.near_total == 0 && filters.count)
        code = look_unfiltered(page, &wanted);
    if (code != ERR_NONE)
        return code;
    set_outcome(page, &people, text, &filters, aside);
    if (people.near_total + aside == 0 && !filters.count && number == 1)
        search_missed(&page->ctx, text);
    page->response->has_effect = people.near_total + aside == 0 || people.is_cut;
    filters_show(page, text, &filters, &people, counted);
    page_pages(page, filters_url(page, text, &filters, NARROW_MOST), people.total, number,
               size);
    return ERR_NONE;
}

void page_results(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    const char *text = request_query(request, "q");

    if (page_open(&page, hall, request, response)) {
        if (!text || !text[strspn(text, " \t\n")]) {
            tree_set_text(page.root, "query", "");
            tree_set_bool(page.root, "_is_empty", true);
            tree_set(page.root, "people", tree_array());
            tree_set(page.root, "sessions", tree_array());
            tree_set(page.root, "needs", tree_array());
        } else if (!page.ctx.search) {
            page.code = err_set(&page.err, ERR_BUSY, "the index is being made");
        } else {
            page.code = find_all(&page, text);
        }
    }
    page_close(&page, "results");
}
