/* Searching: people, sessions and similar needs, each with its reasons; completion. */
#include "web/http/route.h"
#include "web/page/page.h"
#include "web/page/routes.h"

#include <string.h>

enum { ASIDE_MOST = 5, COMPLETIONS_MOST = 8, FILTER_VALUES_MOST = 10, FACET_SHOWN = 12 };

static const char *encoded(struct page *page, const char *value)
{
    struct text out;
    const char *copy;

    text_init(&out, URL_BYTES_MOST);
    url_encode(&out, value);
    copy = arena_strdup(page->request->arena, out.bytes);
    text_done(&out);
    return copy ? copy : "";
}

static const char *search_url(struct page *page, const char *text)
{
    return arena_printf(page->request->arena, "%s?q=%s", page_url(page, "results", NULL),
                        encoded(page, text));
}

static size_t read_filter(const struct request *request, const char *name,
                          const char *values[FILTER_VALUES_MOST])
{
    size_t count = 0, n = 0;
    const char *value;

    while (count < FILTER_VALUES_MOST && (value = request_query_nth(request, name, n++)))
        if (*value)
            values[count++] = value;
    return count;
}

static err_code look(struct page *page, struct query_request *wanted, const char *array,
                     struct query_answer *answer)
{
    struct tree *entries = tree_set(page->root, array, tree_array());
    err_code code =
        search_query(page->ctx.search, page->request->arena, wanted, answer, &page->err);

    for (size_t i = 0; code == ERR_NONE && i < answer->count; i++)
        entry_hit(page, entries, &answer->hits[i]);
    return code;
}

static bool is_chosen(const char *const *chosen, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(chosen[i], key) == 0)
            return true;
    return false;
}

static void set_facets(struct page *page, const struct query_answer *answer,
                       const struct query_request *wanted)
{
    struct tree *facets = tree_set(page->root, "facets", tree_array());
    const char *titles[] = {N_("Pole"), N_("Structure"), N_("Commune"), NULL};
    const char *const parameters[] = {"pole", "structure", "commune"};
    const char *const *chosen[] = {wanted->poles, wanted->structures, wanted->communes};
    const size_t counts[] = {wanted->pole_count, wanted->structure_count,
                             wanted->commune_count};

    for (size_t i = 0; i < answer->facet_count && titles[i]; i++) {
        const struct facet *facet = &answer->facets[i];
        struct tree *entry, *values;
        if (facet->count < 2 && counts[i] == 0)
            continue;
        entry = tree_add(facets, tree_object());
        tree_set_text(entry, "name", parameters[i]);
        tree_set_text(entry, "title",
                      tr(hall_catalogue(page->hall, page->request->lang), titles[i]));
        values = tree_set(entry, "values", tree_array());
        for (size_t j = 0; j < facet->count && j < FACET_SHOWN; j++) {
            struct tree *value = tree_add(values, tree_object());
            tree_set_text(value, "key", facet->values[j].key);
            tree_set_text(value, "label", facet->values[j].label);
            tree_set_int(value, "count", facet->values[j].count);
            tree_set_bool(value, "is_chosen",
                          is_chosen(chosen[i], counts[i], facet->values[j].key));
        }
    }
    tree_set_bool(page->root, "_has_facets", tree_size(facets) > 0);
}

static void set_outcome(struct page *page, const struct query_answer *people,
                        const char *text, size_t aside)
{
    struct arena *arena = page->request->arena;

    tree_set_text(page->root, "query", text);
    if (people->correction) {
        tree_set_text(page->root, "correction", people->correction);
        tree_set_url(page->root, "correction_url", search_url(page, people->correction));
    }
    tree_set_bool(page->root, "is_cut", people->is_cut);
    tree_set_url(page->root, "publish_url",
                 arena_printf(arena, "%s?texte=%s", page_url(page, "need_new", NULL),
                              encoded(page, text)));
    tree_set_bool(page->root, "_is_nothing", people->count == 0 && aside == 0);
    tree_set_bool(page->root, "_has_people", people->count > 0);
}

static err_code find_all(struct page *page, const char *text)
{
    const struct request *request = page->request;
    const char *poles[FILTER_VALUES_MOST], *structures[FILTER_VALUES_MOST],
        *communes[FILTER_VALUES_MOST];
    size_t size = (size_t)page->ctx.config->page_size, number = page_number(page), aside;
    struct query_request wanted = {
        .kind = KIND_PERSON,
        .text = text,
        .lang = request->lang,
        .poles = poles,
        .pole_count = read_filter(request, "pole", poles),
        .structures = structures,
        .structure_count = read_filter(request, "structure", structures),
        .communes = communes,
        .commune_count = read_filter(request, "commune", communes),
        .offset = (number - 1) * size,
        .limit = size,
        .now = page->ctx.now,
        .wants_facets = true,
        .wants_correction = true};
    struct query_answer people, sessions, needs;
    err_code code = look(page, &wanted, "people", &people);
    struct query_request others = {
        .text = text, .lang = request->lang, .limit = ASIDE_MOST, .now = page->ctx.now};

    if (code != ERR_NONE)
        return code;
    set_facets(page, &people, &wanted);
    others.kind = KIND_SESSION;
    code = look(page, &others, "sessions", &sessions);
    others.kind = KIND_NEED;
    if (code == ERR_NONE)
        code = look(page, &others, "needs", &needs);
    if (code != ERR_NONE)
        return code;
    aside = sessions.count + needs.count;
    tree_set_bool(page->root, "_has_sessions", sessions.count > 0);
    tree_set_bool(page->root, "_has_needs", needs.count > 0);
    set_outcome(page, &people, text, aside);
    page_pages(page, search_url(page, text), people.total, number, size);
    return ERR_NONE;
}

void page_results(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    const char *text = request_query(request, "q");

    if (page_open(&page, hall, request, response)) {
        if (!text || !*text) {
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

void page_complete(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    const char *text = request_query(request, "q");
    struct completion *found = NULL;
    size_t count = 0;
    struct request json = *request;

    json.wants_json = true;
    if (page_open(&page, hall, &json, response)) {
        struct tree *entries = tree_set(page.root, "completions", tree_array());
        if (text && page.ctx.search)
            page.code =
                search_complete(page.ctx.search, request->arena, text, request->lang,
                                COMPLETIONS_MOST, &found, &count, &page.err);
        for (size_t i = 0; i < count; i++) {
            struct tree *entry = tree_add(entries, tree_object());
            tree_set_text(entry, "kind", found[i].kind);
            tree_set_text(entry, "label", found[i].label);
        }
    }
    page_close(&page, "results");
}
