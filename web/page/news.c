/* Atom feeds: sessions, needs, and what is new in a pole. */
#include "store/needs.h"
#include "store/sessions.h"
#include "store/structures.h"
#include "web/page/feed.h"
#include "web/page/head.h"
#include "web/page/routes.h"
#include "web/view/xml.h"

#include <inttypes.h>
#include <stdlib.h>

enum { NEWS_MOST = 50, SUMMARY_BYTES_MOST = 8 * 1024 };

struct news {
    struct atom_entry *entries;
    size_t count, room;
};

/* What the title may become, its address without words never does: that is its id. */
static const char *id_of(struct page *page, const char *route, int64_t id)
{
    const char *number = arena_printf(page->request->arena, "%" PRId64, id);

    return number ? page_absolute(page, page_url(page, route, number)) : "";
}

static const char *copy_done(struct page *page, struct text *text)
{
    const char *copy = arena_strdup(page->request->arena, text->bytes);

    text_done(text);
    return copy;
}

/* When and where, then what it is about. */
static const char *session_summary(struct page *page, const struct session *session,
                                   const char *note)
{
    const struct catalogue *catalogue = page_catalogue(page);
    const char *const lines[] = {session->place, session->commune, note, session->about};
    size_t positions[ICAL_DATES_MOST];
    size_t count = ical_dates(session, positions, ICAL_DATES_MOST);
    struct text text;

    text_init(&text, SUMMARY_BYTES_MOST);
    for (size_t i = 0; i < count && i < ICAL_DATES_MOST; i++) {
        say_date_time(catalogue, session->dates[positions[i]].starts_at,
                      page->ctx.config->zone, &text);
        text_add_char(&text, '\n');
    }
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        if (lines[i] && text_add(&text, lines[i]))
            text_add_char(&text, '\n');
    return copy_done(page, &text);
}

static struct atom_entry *next(struct news *news)
{
    return news->count < news->room ? &news->entries[news->count++] : NULL;
}

static void add_sessions(struct page *page, struct sessions_filter filter,
                         struct news *news)
{
    int64_t since = page->ctx.now - (int64_t)FEED_PAST_DAYS * DAY_S;
    struct session *sessions;
    size_t count = 0;

    if (page->code != ERR_NONE)
        return;
    filter.most = FEED_SESSIONS_MOST;
    page->code = sessions_feed(page->ctx.db, page->request->arena, since, &filter,
                               &sessions, &count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++) {
        const struct session *session = &sessions[i];
        const struct ical_entry told = feed_entry(page, session);
        struct atom_entry *entry = next(news);
        if (entry)
            *entry = (struct atom_entry){
                .id = id_of(page, "session", session->id),
                .url = told.url,
                .title = session->title,
                .summary = session_summary(page, session, told.note),
                .category = told.skill ? told.skill : told.pole,
                .published_at = session->created_at,
                .updated_at = session->updated_at,
            };
    }
}

static const char *need_summary(struct page *page, const struct need *need)
{
    return arena_printf(page->request->arena, "%s %" PRId64,
                        tr(page_catalogue(page), N_("People who need it:")), need->people);
}

static void add_needs(struct page *page, struct needs_filter filter, struct news *news)
{
    struct need *needs;
    size_t count = 0;
    int64_t total;

    if (page->code != ERR_NONE)
        return;
    filter.most = NEWS_MOST;
    page->code = needs_list(page->ctx.db, page->request->arena, page->ctx.now, &filter,
                            &needs, &count, &total, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++) {
        const struct need *need = &needs[i];
        const struct pole *pole = names_pole(page->names, need->pole_id);
        const char *slug = page_slug(page, need->id, need->text);
        struct atom_entry *entry =
            need->is_private || need->merged_into ? NULL : next(news);
        if (entry)
            *entry = (struct atom_entry){
                .id = id_of(page, "need", need->id),
                .url = page_absolute(page, page_url(page, "need", slug)),
                .title = need->text,
                .summary = need_summary(page, need),
                .category = pole ? pole->name : NULL,
                .published_at = need->created_at,
                .updated_at = need->updated_at,
            };
    }
}

static int newest_first(const void *a, const void *b)
{
    const struct atom_entry *x = a, *y = b;

    return (x->published_at < y->published_at) - (x->published_at > y->published_at);
}

static bool news_begin(struct page *page, struct news *news)
{
    if (page->code != ERR_NONE)
        return false;
    news->room = FEED_SESSIONS_MOST + NEWS_MOST;
    news->count = 0;
    news->entries = arena_array(page->request->arena, news->room, sizeof *news->entries);
    if (!news->entries)
        page->code = err_set(&page->err, ERR_MEMORY, "no room for a feed");
    return news->entries != NULL;
}

/* The feed at `path`, of the page at `url`. */
static void news_write(struct page *page, struct news *news, const char *title,
                       const char *path, const char *url)
{
    const char *site = page->ctx.config->site_name;
    const struct atom_feed feed = {
        .id = page_absolute(page, path),
        .url = page_absolute(page, url),
        .title = arena_printf(page->request->arena, "%s – %s", title, site),
        .author = site,
        .author_url = page->ctx.config->base_url,
        .lang = page->request->lang,
        .entries = news->entries,
        .entry_count = news->count < NEWS_MOST ? news->count : NEWS_MOST,
    };

    if (page->code == ERR_NONE && !feed.title)
        page->code = err_set(&page->err, ERR_MEMORY, "no room for a feed");
    if (page->code != ERR_NONE)
        return;
    qsort(news->entries, news->count, sizeof *news->entries, newest_first);
    page->code = atom_write(&feed, &page->response->body, &page->err);
    page->response->content_type = "application/atom+xml; charset=utf-8";
}

void page_sessions_news(void *hall, const struct request *request,
                        struct response *response)
{
    struct page page;
    struct news news;

    if (page_open(&page, hall, request, response) && news_begin(&page, &news)) {
        add_sessions(&page, (struct sessions_filter){0}, &news);
        news_write(&page, &news, tr(page_catalogue(&page), N_("Sessions")),
                   page_url(&page, "sessions_news", NULL),
                   page_url(&page, "sessions", NULL));
    }
    page_close(&page, NULL);
}

void page_needs_news(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct news news;

    if (page_open(&page, hall, request, response) && news_begin(&page, &news)) {
        add_needs(&page, (struct needs_filter){0}, &news);
        news_write(&page, &news, tr(page_catalogue(&page), N_("Needs")),
                   page_url(&page, "needs_news", NULL), page_url(&page, "needs", NULL));
    }
    page_close(&page, NULL);
}

void page_pole_news(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct news news;
    const struct pole *pole = NULL;
    int64_t id = 0;

    if (page_open(&page, hall, request, response))
        page.code = poles_find(page.ctx.db, request->parts[0], &id, &page.err);
    if (page.code == ERR_NONE && !(pole = names_pole(page.names, id)))
        page.code = err_set(&page.err, ERR_NOT_FOUND, "no such pole");
    if (pole && news_begin(&page, &news)) {
        add_sessions(&page, (struct sessions_filter){.pole_id = id}, &news);
        add_needs(&page, (struct needs_filter){.pole_id = id}, &news);
        news_write(&page, &news, pole->name, page_url(&page, "pole_news", pole->key),
                   page_url(&page, "pole", pole->key));
    }
    page_close(&page, NULL);
}
