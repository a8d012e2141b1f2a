/* All coming sessions and all open needs, twenty a page, narrowed by their address. */
#include "store/needs.h"
#include "store/sessions.h"
#include "web/page/head.h"
#include "web/page/lists_tree.h"
#include "web/page/routes.h"

#include <stdlib.h>
#include <string.h>

enum { LIST_MOST = 20, COMMUNE_BYTES_MOST = 100, FIRST_YEAR = 2000 };

/* What the sessions of an address are narrowed to. */
struct narrowed {
    struct list_choice choice;
    int64_t pole_id;
    int64_t from, to; /* of the month */
};

/* Months are numbered: year * 12 + month - 1. */
static int64_t month_start(int number, struct zone zone)
{
    const struct civil first = {.year = number / 12, .month = number % 12 + 1, .day = 1};
    int64_t at = 0;

    return calendar_instant(first, zone, &at) ? at : 0;
}

static int month_of(int64_t at, struct zone zone)
{
    struct civil civil = calendar_civil(at, zone);

    return civil.year * 12 + civil.month - 1;
}

static const char *month_label(struct page *page, int number)
{
    struct zone zone = page->ctx.config->zone;
    struct text out;
    const char *label;

    text_init(&out, 64);
    say_month_year(page_catalogue(page), month_start(number, zone), zone, &out);
    label = arena_strdup(page->request->arena, out.bytes);
    text_done(&out);
    return label ? label : "";
}

static const char *month_key(struct page *page, int number)
{
    return arena_printf(page->request->arena, "%04d-%02d", number / 12, number % 12 + 1);
}

/* "2026-12"; -1 when it is none. */
static int month_read(const char *text)
{
    int year, month;

    if (!text || strlen(text) != 7 || text[4] != '-' || strspn(text, "0123456789") != 4 ||
        strspn(text + 5, "0123456789") != 2)
        return -1;
    year = (int)strtol(text, NULL, 10);
    month = (int)strtol(text + 5, NULL, 10);
    return year >= FIRST_YEAR && month >= 1 && month <= 12 ? year * 12 + month - 1 : -1;
}

/* What nobody knows is left out in silence: old addresses live. */
static void choose_pole(struct page *page, struct narrowed *out)
{
    const char *key = request_query(page->request, list_name(LIST_POLE));
    const struct pole *pole = key ? names_pole_key(page->names, key) : NULL;

    if (!pole)
        return;
    out->choice.key[LIST_POLE] = pole->key;
    out->choice.label[LIST_POLE] = pole->name;
    out->pole_id = pole->id;
}

static void choose(struct page *page, struct narrowed *out)
{
    const char *commune = request_query(page->request, list_name(LIST_COMMUNE));
    int month = month_read(request_query(page->request, list_name(LIST_MONTH)));

    *out = (struct narrowed){.pole_id = 0};
    choose_pole(page, out);
    if (commune && *commune && strlen(commune) <= COMMUNE_BYTES_MOST)
        out->choice.key[LIST_COMMUNE] = out->choice.label[LIST_COMMUNE] = commune;
    if (month >= 0) {
        out->choice.key[LIST_MONTH] = month_key(page, month);
        out->choice.label[LIST_MONTH] = month_label(page, month);
        out->from = month_start(month, page->ctx.config->zone);
        out->to = month_start(month + 1, page->ctx.config->zone);
    }
}

/* Whether a date is of what is chosen, of whatever kind but `but`. */
static bool fits(const struct narrowed *narrowed, const struct session_coming *date,
                 enum list_kind but)
{
    const char *commune = narrowed->choice.key[LIST_COMMUNE];

    return (but == LIST_POLE || !narrowed->pole_id ||
            date->pole_id == narrowed->pole_id) &&
           (but == LIST_COMMUNE || !commune ||
            (date->commune && strcmp(date->commune, commune) == 0)) &&
           (but == LIST_MONTH || !narrowed->to ||
            (date->starts_at >= narrowed->from && date->starts_at < narrowed->to));
}

/* The coming dates of all sessions, by session. */
struct coming {
    struct session_coming *dates;
    size_t count;
};

static int by_count(const void *a, const void *b)
{
    const struct list_value *x = a, *y = b;

    if (x->count != y->count)
        return x->count < y->count ? 1 : -1;
    return strcmp(x->label, y->label);
}

static int by_key(const void *a, const void *b)
{
    const struct list_value *x = a, *y = b;

    return strcmp(x->key, y->key);
}

/* Adds one to the value of that key. */
static void count_value(struct list_value *values, size_t *used, const char *key,
                        const char *label)
{
    size_t i = 0;

    while (i < *used && strcmp(values[i].key, key) != 0)
        i++;
    if (i == *used)
        values[(*used)++] = (struct list_value){.key = key, .label = label};
    values[i].count++;
}

/* Each session once for each pole, commune or month: dates of one stand together. */
static void show_facet(struct page *page, const struct narrowed *narrowed,
                       const struct coming *coming, enum list_kind kind)
{
    struct zone zone = page->ctx.config->zone;
    struct list_value *values =
        arena_array(page->request->arena, coming->count + 1, sizeof *values);
    size_t used = 0;
    int64_t last_id = 0;
    int last_month = -1;

    for (size_t i = 0; values && i < coming->count; i++) {
        const struct session_coming *date = &coming->dates[i];
        const struct pole *pole = names_pole(page->names, date->pole_id);
        int month = kind == LIST_MONTH ? month_of(date->starts_at, zone) : 0;
        if (!fits(narrowed, date, kind) ||
            (date->id == last_id && (kind != LIST_MONTH || month == last_month)))
            continue;
        last_id = date->id;
        last_month = month;
        if (kind == LIST_POLE && pole)
            count_value(values, &used, pole->key, pole->name);
        else if (kind == LIST_COMMUNE && date->commune)
            count_value(values, &used, date->commune, date->commune);
        else if (kind == LIST_MONTH)
            count_value(values, &used, month_key(page, month), month_label(page, month));
    }
    if (values)
        qsort(values, used, sizeof *values, kind == LIST_MONTH ? by_key : by_count);
    list_facet(page, &narrowed->choice, kind, values, used);
}

static int by_first(const void *a, const void *b)
{
    const struct session_coming *x = a, *y = b;

    if (x->starts_at != y->starts_at)
        return x->starts_at < y->starts_at ? -1 : 1;
    return (x->id > y->id) - (x->id < y->id);
}

/* The sessions that fit, soonest first, each once by its first date that does. */
static size_t first_dates(const struct narrowed *narrowed, const struct coming *coming,
                          struct session_coming *out)
{
    size_t used = 0;

    for (size_t i = 0; i < coming->count; i++)
        if (fits(narrowed, &coming->dates[i], LIST_KINDS) &&
            (!used || out[used - 1].id != coming->dates[i].id))
            out[used++] = coming->dates[i];
    qsort(out, used, sizeof *out, by_first);
    return used;
}

/* The page of them that is asked for. */
static void list_sessions(struct page *page, const struct narrowed *narrowed,
                          const struct coming *coming)
{
    struct arena *arena = page->request->arena;
    struct tree *entries = tree_set(page->root, "sessions", tree_array());
    struct session_coming *fitting =
        arena_array(arena, coming->count + 1, sizeof *fitting);
    int64_t ids[LIST_MOST];
    struct session *sessions = NULL;
    size_t at = (page_number(page) - 1) * LIST_MOST, total, wanted = 0, count = 0;

    if (!fitting) {
        page->code = err_set(&page->err, ERR_MEMORY, "no room for sessions");
        return;
    }
    total = first_dates(narrowed, coming, fitting);
    for (; at < total && wanted < LIST_MOST; at++)
        ids[wanted++] = fitting[at].id;
    page->code =
        sessions_of(page->ctx.db, arena, ids, wanted, &sessions, &count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++)
        tree_add(entries, entry_session(page, &sessions[i]));
    tree_set_int(page->root, "session_total", (int64_t)total);
    tree_set_bool(page->root, "_is_empty", total == 0);
}

/* Who looks at the sessions of a pole may want to hear of these only. */
static void feeds_of(struct page *page, const char *pole)
{
    page_feeds(
        page,
        pole ? page_url(page, "pole_calendar", pole) : page_url(page, "calendar", NULL),
        pole ? page_url(page, "pole_news", pole) : page_url(page, "sessions_news", NULL));
}

void page_sessions(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct coming coming = {0};
    struct narrowed narrowed;

    if (page_open(&page, hall, request, response))
        page.code = sessions_coming(page.ctx.db, request->arena, page.ctx.now,
                                    &coming.dates, &coming.count, &page.err);
    if (page.code == ERR_NONE) {
        const char *path = page_url(&page, "sessions", NULL);
        choose(&page, &narrowed);
        list_show(&page, path, &narrowed.choice);
        for (int kind = 0; kind < LIST_KINDS; kind++)
            show_facet(&page, &narrowed, &coming, (enum list_kind)kind);
        list_sessions(&page, &narrowed, &coming);
        if (page.code == ERR_NONE)
            page_pages(&page, list_url(&page, path, &narrowed.choice, LIST_KINDS),
                       tree_int(tree_get(page.root, "session_total")), page_number(&page),
                       LIST_MOST);
        feeds_of(&page, narrowed.choice.key[LIST_POLE]);
    }
    page_close(&page, "sessions");
}

static void list_needs(struct page *page, const struct narrowed *narrowed)
{
    struct tree *entries = tree_set(page->root, "needs", tree_array());
    const struct needs_filter filter = {.pole_id = narrowed->pole_id,
                                        .most = LIST_MOST,
                                        .offset = (page_number(page) - 1) * LIST_MOST};
    struct need *needs = NULL;
    size_t count = 0;
    int64_t total = 0;

    page->code = needs_list(page->ctx.db, page->request->arena, page->ctx.now, &filter,
                            &needs, &count, &total, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++)
        tree_add(entries, entry_need(page, &needs[i]));
    tree_set_int(page->root, "need_total", total);
    tree_set_bool(page->root, "_is_empty", total == 0);
}

static void show_needs_facet(struct page *page, const struct narrowed *narrowed)
{
    struct needs_in_pole *found = NULL;
    struct list_value *values;
    size_t count = 0, used = 0;

    page->code = needs_by_pole(page->ctx.db, page->request->arena, page->ctx.now, &found,
                               &count, &page->err);
    values = arena_array(page->request->arena, count + 1, sizeof *values);
    for (size_t i = 0; page->code == ERR_NONE && values && i < count; i++) {
        const struct pole *pole = names_pole(page->names, found[i].pole_id);
        if (pole)
            values[used++] = (struct list_value){pole->key, pole->name, found[i].count};
    }
    if (values)
        qsort(values, used, sizeof *values, by_count);
    list_facet(page, &narrowed->choice, LIST_POLE, values, used);
}

void page_needs(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct narrowed narrowed = {.pole_id = 0};

    if (page_open(&page, hall, request, response)) {
        const char *path = page_url(&page, "needs", NULL);
        choose_pole(&page, &narrowed);
        list_show(&page, path, &narrowed.choice);
        show_needs_facet(&page, &narrowed);
        if (page.code == ERR_NONE)
            list_needs(&page, &narrowed);
        if (page.code == ERR_NONE)
            page_pages(&page, list_url(&page, path, &narrowed.choice, LIST_KINDS),
                       tree_int(tree_get(page.root, "need_total")), page_number(&page),
                       LIST_MOST);
        page_feeds(&page, NULL, page_url(&page, "needs_news", NULL));
    }
    page_close(&page, "needs");
}
