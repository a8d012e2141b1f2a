/* The text of a mail from its HTML. */
#include "web/mail/plain.h"

#include <stdlib.h>
#include <string.h>

enum { ADDRESS_BYTES_MOST = 2048 };

static const struct {
    const char *name, *text;
} entities[] = {{"&amp;", "&"}, {"&lt;", "<"},   {"&gt;", ">"},         {"&quot;", "\""},
                {"&#39;", "'"}, {"&#x27;", "'"}, {"&nbsp;", "\xc2\xa0"}};

/* Adds what stands at `at`, an entity or a byte; returns how many bytes that was. */
static size_t add_one(const char *at, struct text *out)
{
    for (size_t i = 0; *at == '&' && i < sizeof entities / sizeof entities[0]; i++) {
        size_t length = strlen(entities[i].name);
        if (strncmp(at, entities[i].name, length) == 0) {
            text_add(out, entities[i].text);
            return length;
        }
    }
    text_add_char(out, *at);
    return 1;
}

static void add_words(const char *from, const char *to, struct text *out)
{
    while (from < to)
        from += add_one(from, out);
}

static bool is_tag(const char *at, const char *name)
{
    size_t length = strlen(name);

    return strncmp(at, name, length) == 0 && strchr(" >\n", at[length]);
}

static bool is_block(const char *at)
{
    return is_tag(at, "p") || is_tag(at, "h1") || is_tag(at, "h2") || is_tag(at, "li") ||
           is_tag(at, "br") || is_tag(at, "/p") || is_tag(at, "/h1") ||
           is_tag(at, "/h2") || is_tag(at, "/ul") || is_tag(at, "/li");
}

/* What is being read. */
struct plain {
    struct text *out;
    struct text address; /* of the link that is open */
    bool is_at_start;    /* of a line */
};

static void end_line(struct plain *plain)
{
    size_t length = plain->out->length;

    if (plain->is_at_start && length)
        return;
    if (length)
        text_add(plain->out, "\n\n");
    plain->is_at_start = true;
}

static void read_tag(struct plain *plain, const char *tag, const char *end)
{
    const char *href;

    if (is_block(tag)) {
        end_line(plain);
    } else if (is_tag(tag, "a")) {
        href = strstr(tag, "href=\"");
        text_clear(&plain->address);
        if (href && href < end) {
            href += strlen("href=\"");
            add_words(href, href + strcspn(href, "\""), &plain->address);
        }
    } else if (is_tag(tag, "/a") && plain->address.length) {
        text_add_char(plain->out, '\n');
        text_add(plain->out, plain->address.bytes);
        text_clear(&plain->address);
    }
}

/* Blanks of the source are one blank, and none at the start of a line. */
static size_t read_blank(struct plain *plain, const char *at)
{
    size_t length = strspn(at, " \n\t");

    if (!plain->is_at_start && at[length] && at[length] != '<')
        text_add_char(plain->out, ' ');
    else if (!plain->is_at_start && at[length] == '<' && at[length + 1] != '/' &&
             !is_block(at + length + 1))
        text_add_char(plain->out, ' ');
    return length;
}

void plain_text(const char *html, struct text *out)
{
    const char *at = strstr(html, "<body");
    struct plain plain = {.out = out, .is_at_start = true};

    text_init(&plain.address, ADDRESS_BYTES_MOST);
    at = at ? strchr(at, '>') : NULL;
    at = at ? at + 1 : html;
    while (*at) {
        const char *end = *at == '<' ? strchr(at, '>') : NULL;
        if (end) {
            if (strncmp(at, "</body", 6) == 0)
                break;
            read_tag(&plain, at + 1, end);
            at = end + 1;
        } else if (strchr(" \n\t", *at)) {
            at += read_blank(&plain, at);
        } else {
            at += add_one(at, out);
            plain.is_at_start = false;
        }
    }
    while (out->length && strchr(" \n", out->bytes[out->length - 1]))
        out->bytes[--out->length] = '\0';
    text_add_char(out, '\n');
    text_done(&plain.address);
}

void plain_title(const char *html, struct text *out)
{
    const char *from = strstr(html, "<title>");
    const char *to = from ? strstr(from, "</title>") : NULL;

    if (to)
        add_words(from + strlen("<title>"), to, out);
    for (size_t i = 0; i < out->length; i++) /* what people typed may hold line ends */
        if ((unsigned char)out->bytes[i] < ' ')
            out->bytes[i] = ' ';
}
