/* Markdown of a help page: nothing but plain tags and harmless addresses come out. */
#include "base/unicode.h"
#include "tests/fuzz/fuzz.h"
#include "web/view/markdown.h"

#include <strings.h>

static const char *const tags[] = {"p",  "h2",   "h3",  "h4",  "h5",     "h6",
                                   "ul", "ol",   "li",  "a",   "em",     "br",
                                   "hr", "code", "pre", "img", "strong", "blockquote"};

static bool is_tag(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        if (strlen(tags[i]) == length && strncmp(name, tags[i], length) == 0)
            return true;
    return false;
}

static void check_address(const char *value)
{
    static const char *const refused[] = {
        "javascript:", "vbscript:", "file:", "data:text"};

    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        must(strncasecmp(value, refused[i], strlen(refused[i])) != 0,
             "no address is code");
}

/* Steps over a tag; attributes are name="value". */
static const char *check_tag(const char *at)
{
    size_t length;

    at += *at == '/';
    length = strcspn(at, " />");
    must(is_tag(at, length), "only plain tags come out");
    for (at += length; *at && *at != '>';) {
        if (*at == ' ' || *at == '/') {
            at++;
            continue;
        }
        length = strcspn(at, "=");
        must(at[length] == '=' && at[length + 1] == '"', "attributes are quoted");
        must(strncasecmp(at, "on", 2) != 0 && strncasecmp(at, "style", 5) != 0,
             "no attribute is code");
        if (strncmp(at, "href", 4) == 0 || strncmp(at, "src", 3) == 0)
            check_address(at + length + 2);
        at += length + 2;
        at += strcspn(at, "\"");
        must(*at == '"', "and closed");
        at++;
    }
    must(*at == '>', "a tag ends");
    return at;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct arena *arena = arena_new(4 << 20);
    char *source = unicode_clean(arena, (const char *)bytes, length);
    struct text out, title;
    struct err err = {0};

    text_init(&out, 1 << 20);
    text_init(&title, 1 << 16);
    if (source && markdown_to_html(source, &out, &title, &err) == ERR_NONE) {
        must(unicode_is_valid(out.bytes, out.length), "the page is UTF-8");
        must(unicode_is_valid(title.bytes, title.length), "the title is UTF-8");
        for (const char *at = out.bytes; (at = strchr(at, '<'));)
            at = strncmp(at, "<!--", 4) == 0 ? at + 4 : check_tag(at + 1);
    }
    text_done(&out);
    text_done(&title);
    arena_free(arena);
    return 0;
}
