/* XML for other programs. */
#include "web/view/xml.h"

#include "base/calendar.h"

#include <string.h>

static const char *escape_of(unsigned char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return NULL;
    }
}

/* How many bytes stand here that XML 1.0 has no place for. */
static size_t forbidden(const char *at)
{
    unsigned char c = (unsigned char)*at;

    if ((c < ' ' && !strchr("\t\n\r", c)) || c == 0x7f)
        return 1;
    return strncmp(at, "\xef\xbf\xbe", 3) == 0 || strncmp(at, "\xef\xbf\xbf", 3) == 0 ? 3
                                                                                      : 0;
}

void xml_add(struct text *out, const char *value)
{
    while (*value) {
        size_t skipped = forbidden(value);
        const char *escape = escape_of((unsigned char)*value);
        if (!skipped && escape)
            text_add(out, escape);
        else if (!skipped)
            text_add_char(out, *value);
        value += skipped ? skipped : 1;
    }
}

void xml_element(struct text *out, const char *name, const char *value)
{
    if (!value)
        return;
    text_printf(out, "<%s>", name);
    xml_add(out, value);
    text_printf(out, "</%s>\n", name);
}

static void add_link(struct text *out, const char *rel, const char *type,
                     const char *address)
{
    text_printf(out, "<link rel=\"%s\" type=\"%s\" href=\"", rel, type);
    xml_add(out, address);
    text_add(out, "\"/>\n");
}

static void add_time(struct text *out, const char *name, int64_t at)
{
    char written[CALENDAR_TEXT_MAX];

    calendar_iso(at, written);
    xml_element(out, name, written);
}

static void add_entry(const struct atom_entry *entry, struct text *out)
{
    text_add(out, "<entry>\n");
    xml_element(out, "id", entry->id);
    xml_element(out, "title", entry->title);
    add_link(out, "alternate", "text/html", entry->url);
    add_time(out, "published", entry->published_at);
    add_time(out, "updated", entry->updated_at);
    if (entry->category) {
        text_add(out, "<category term=\"");
        xml_add(out, entry->category);
        text_add(out, "\"/>\n");
    }
    xml_element(out, "summary", entry->summary);
    text_add(out, "</entry>\n");
}

err_code atom_write(const struct atom_feed *feed, struct text *out, struct err *err)
{
    int64_t updated_at = 0;

    for (size_t i = 0; i < feed->entry_count; i++)
        if (feed->entries[i].updated_at > updated_at)
            updated_at = feed->entries[i].updated_at;
    text_add(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
                  "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"");
    xml_add(out, feed->lang);
    text_add(out, "\">\n");
    xml_element(out, "id", feed->id);
    xml_element(out, "title", feed->title);
    add_time(out, "updated", updated_at);
    add_link(out, "self", "application/atom+xml", feed->id);
    add_link(out, "alternate", "text/html", feed->url);
    text_add(out, "<author>\n");
    xml_element(out, "name", feed->author);
    xml_element(out, "uri", feed->author_url);
    text_add(out, "</author>\n");
    for (size_t i = 0; i < feed->entry_count; i++)
        add_entry(&feed->entries[i], out);
    text_add(out, "</feed>\n");
    return text_failed(out)
               ? err_set(err, ERR_LIMIT, "a feed is longer than %zu bytes", out->limit)
               : ERR_NONE;
}
