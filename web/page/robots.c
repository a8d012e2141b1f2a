/* What programs ask of every site: what they may read, what there is, how to search it,
 * whom to tell of a weakness. */
#include "base/unicode.h"
#include "store/sitemap.h"
#include "web/page/head.h"
#include "web/page/routes.h"
#include "web/view/xml.h"

#include <string.h>

enum {
    ADDRESSES_MOST = 50000, /* sitemaps.org */
    ADDRESS_ROOM = 4096,    /* an answer ends this far from its limit */
    SESSIONS_SINCE_DAYS = 30,
    SHORT_NAME_MOST = 16,
    SECURITY_DAYS = 180 /* RFC 9116: less than a year */
};

static const char xml_head[] = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

void page_robots(void *hall, const struct request *request, struct response *response)
{
    static const char *const routes_apart[] = {"complete", "sign_in", "me"};
    const char *const languages[] = {"fr", "en"};
    struct page page;
    struct text *body = &response->body;

    if (page_open(&page, hall, request, response)) {
        text_add(body, "User-agent: *\n");
        for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
            for (size_t j = 0; j < sizeof routes_apart / sizeof routes_apart[0]; j++) {
                struct request other = *request;
                other.lang = languages[i];
                page.request = &other;
                text_printf(body, "Disallow: %s\n",
                            page_url(&page, routes_apart[j], NULL));
                page.request = request;
            }
        text_printf(body, "\nSitemap: %s/sitemap.xml\n", page.ctx.config->base_url);
        response->content_type = "text/plain; charset=utf-8";
    }
    page_close(&page, NULL);
}

struct sitemap {
    struct page *page;
    size_t count;
};

static void add_path(struct sitemap *map, const char *path)
{
    struct text *body = &map->page->response->body;

    if (map->count >= ADDRESSES_MOST || body->length + ADDRESS_ROOM > RESPONSE_BODY_MAX)
        return;
    map->count++;
    text_add(body, "<url><loc>");
    xml_add(body, map->page->ctx.config->base_url);
    xml_add(body, path);
    text_add(body, "</loc></url>\n");
}

static void add_kind(struct sitemap *map, enum sitemap_kind kind, const char *route,
                     int64_t since)
{
    struct page *page = map->page;
    struct sitemap_item *items;
    size_t count = 0;

    if (page->code != ERR_NONE || map->count >= ADDRESSES_MOST)
        return;
    page->code = sitemap_list(page->ctx.db, page->request->arena, kind, since,
                              ADDRESSES_MOST - map->count, &items, &count, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++)
        add_path(map, page_url(page, route, page_slug(page, items[i].id, items[i].name)));
}

static void add_all(struct sitemap *map)
{
    static const char *const lists[] = {"home",       "sessions", "needs", "poles",
                                        "structures", "skills",   "help"};
    struct page *page = map->page;
    int64_t now = page->ctx.now;
    int64_t cards = person_shown_since(now, (int)page->ctx.config->hidden_months);

    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        add_path(map, page_url(page, lists[i], NULL));
    for (size_t i = 0; i < page->names->pole_count; i++)
        add_path(map, page_url(page, "pole", page->names->poles[i].key));
    for (size_t i = 0; i < page->names->structure_count; i++)
        add_path(map, page_url(page, "structure", page->names->structures[i].key));
    add_kind(map, SITEMAP_SESSION, "session", now - (int64_t)SESSIONS_SINCE_DAYS * DAY_S);
    add_kind(map, SITEMAP_NEED, "need", now);
    add_kind(map, SITEMAP_SKILL, "skill", cards);
    add_kind(map, SITEMAP_PERSON, "person", cards);
}

void page_sitemap(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response)) {
        struct sitemap map = {.page = &page};
        text_add(&response->body, xml_head);
        text_add(&response->body,
                 "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
        add_all(&map);
        text_add(&response->body, "</urlset>\n");
        response->content_type = "application/xml; charset=utf-8";
        if (page.code != ERR_NONE)
            text_clear(&response->body);
    }
    page_close(&page, NULL);
}

/* OpenSearch 1.1 has room for sixteen characters. */
static const char *short_name(struct page *page)
{
    const char *name = page->ctx.config->site_name, *at = name;
    int length = 0;

    for (int i = 0; *at && i < SHORT_NAME_MOST; i++) {
        (void)unicode_at(at, &length);
        at += length;
    }
    return arena_strndup(page->request->arena, name, (size_t)(at - name));
}

void page_opensearch(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct text *body = &response->body;

    if (page_open(&page, hall, request, response)) {
        const char *tagline = page.ctx.config->site_tagline;
        text_add(body, xml_head);
        text_add(
            body,
            "<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n");
        xml_element(body, "ShortName", short_name(&page));
        xml_element(body, "Description",
                    *tagline ? tagline
                             : tr(page_catalogue(&page),
                                  N_("Near you, someone knows how and can show you.")));
        xml_element(body, "InputEncoding", "UTF-8");
        xml_element(body, "Language", request->lang);
        text_add(body, "<Url type=\"text/html\" template=\"");
        xml_add(body, page_absolute(&page, page_url(&page, "results", NULL)));
        text_add(
            body,
            "?q={searchTerms}\"/>\n<Url type=\"application/opensearchdescription+xml\" "
            "rel=\"self\" template=\"");
        xml_add(body, page_absolute(&page, page_url(&page, "opensearch", NULL)));
        text_add(body, "\"/>\n</OpenSearchDescription>\n");
        response->content_type = "application/opensearchdescription+xml; charset=utf-8";
    }
    page_close(&page, NULL);
}

/* The day it is good until, so that the answer changes once a day. */
static void add_expiry(struct text *body, int64_t now)
{
    char written[CALENDAR_TEXT_MAX];

    calendar_iso((now / DAY_S + SECURITY_DAYS) * DAY_S, written);
    text_printf(body, "Expires: %s\n", written);
}

void page_security(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct text *body = &response->body;

    if (page_open(&page, hall, request, response)) {
        const char *contact = page.ctx.config->site_contact;
        bool is_mail = strchr(contact, '@') && strncmp(contact, "http", 4) != 0;
        if (!*contact)
            page.code = err_set(&page.err, ERR_NOT_FOUND, "the site has no contact");
        text_printf(body, "Contact: %s%s\n", is_mail ? "mailto:" : "", contact);
        add_expiry(body, page.ctx.now);
        text_add(body, "Preferred-Languages: ");
        for (size_t i = 0; i < page.ctx.config->language_count; i++)
            text_printf(body, "%s%s", i ? ", " : "", page.ctx.config->languages[i]);
        text_add_char(body, '\n');
        text_printf(body, "Canonical: %s/.well-known/security.txt\n",
                    page.ctx.config->base_url);
        response->content_type = "text/plain; charset=utf-8";
        if (page.code != ERR_NONE) {
            text_clear(body);
            response->content_type = "text/html; charset=utf-8";
        }
    }
    page_close(&page, NULL);
}
