/* Compiling Mustache. */
#include "web/view/mustache.h"

#include "base/text.h"
#include "web/view/place.h"

#include <string.h>

enum { MARK_MOST = 16 };

struct compiling {
    struct arena *arena;
    const char *source, *at, *tag; /* read up to `at`; `tag` is the one in hand */
    char open[MARK_MOST], close[MARK_MOST];
    bool is_page;
    struct place place; /* where in the page `at` stands */
    struct err *err;
};

static int line_of(const struct compiling *c, const char *at)
{
    int line = 1;

    for (const char *from = c->source; from < at; from++)
        line += *from == '\n';
    return line;
}

static err_code wrong(struct compiling *c, const char *at, const char *what)
{
    return err_set(c->err, ERR_INVALID, "line %d: %s", line_of(c, at), what);
}

static struct node *add_node(struct compiling *c, struct node ***link,
                             enum node_kind kind, const char *text)
{
    struct node *node = arena_alloc(c->arena, sizeof *node);

    if (!node || !text) {
        err_set(c->err, ERR_MEMORY, "no room for a template");
        return NULL;
    }
    node->kind = kind;
    node->text = text;
    node->line = line_of(c, c->tag);
    **link = node;
    *link = &node->next;
    return node;
}

static err_code add_literal(struct compiling *c, struct node ***link, const char *from,
                            const char *to)
{
    struct node *node;

    if (to <= from)
        return ERR_NONE;
    if (c->is_page)
        place_walk(&c->place, from, (size_t)(to - from));
    node = add_node(c, link, NODE_LITERAL,
                    arena_strndup(c->arena, from, (size_t)(to - from)));
    if (!node)
        return ERR_MEMORY;
    node->length = (size_t)(to - from);
    return ERR_NONE;
}

static const char *trimmed(struct compiling *c, const char *from, const char *to)
{
    while (from < to && strchr(" \t\r\n", *from))
        from++;
    while (to > from && strchr(" \t\r\n", to[-1]))
        to--;
    return arena_strndup(c->arena, from, (size_t)(to - from));
}

/* Whether the tag stands alone on its line: then the line's blanks and end go with it. */
static bool is_alone(const struct compiling *c, const char *tag, const char *end,
                     const char **line, const char **after)
{
    const char *before = tag;

    while (before > c->source && (before[-1] == ' ' || before[-1] == '\t'))
        before--;
    if (before > c->source && before[-1] != '\n')
        return false;
    while (*end == ' ' || *end == '\t')
        end++;
    if (*end == '\r' && end[1] == '\n')
        end++;
    if (*end && *end != '\n')
        return false;
    *line = before;
    *after = *end ? end + 1 : end;
    return true;
}

static err_code set_marks(struct compiling *c, const char *from, const char *to)
{
    const char *both = trimmed(c, from, to),
               *blank = both ? strpbrk(both, " \t\r\n") : NULL;
    size_t open = blank ? (size_t)(blank - both) : 0;

    if (blank)
        blank += strspn(blank, " \t\r\n");
    if (!blank || open >= MARK_MOST || strlen(blank) >= MARK_MOST || !*blank ||
        strpbrk(blank, " \t="))
        return wrong(c, from, "a change of delimiters needs two, such as {{=<% %>=}}");
    memcpy(c->open, both, open);
    c->open[open] = '\0';
    memcpy(c->close, blank, strlen(blank) + 1);
    return ERR_NONE;
}

/* Whether what `tag` prints may stand here. `name` is NULL for a sentence. */
static err_code check_place(struct compiling *c, const char *tag, const char *name,
                            bool is_raw)
{
    const char *reason = c->is_page ? place_refuses(&c->place) : NULL;

    if (reason)
        return wrong(c, tag, reason);
    if (!c->is_page || c->place.kind != PLACE_VALUE)
        return ERR_NONE;
    if (is_raw)
        return wrong(c, tag, "in an attribute nothing may be printed as it is");
    if (place_is_address(&c->place) &&
        (!name || (!text_ends_with(name, "url") && strncmp(name, "asset:", 6) != 0)))
        return wrong(c, tag, "href, src and action take only names that end in \"url\"");
    return ERR_NONE;
}

static bool is_format(const char *format)
{
    static const char *const formats[] = {"date", "datetime", "day",
                                          "month", "time", "number"};

    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strcmp(format, formats[i]) == 0)
            return true;
    return false;
}

/* A name that ends in "_jsonld" is printed as JSON, and stands alone where JSON does. */
static err_code add_data(struct compiling *c, struct node ***link, const char *tag,
                         const char *name, bool is_raw)
{
    if (is_raw || strchr(name, '@'))
        return wrong(c, tag, "a name that ends in \"_jsonld\" stands in {{ }} alone");
    if (!place_is_data(&c->place))
        return wrong(c, tag,
                     "a name that ends in \"_jsonld\" may stand only in "
                     "<script type=\"application/ld+json\">");
    return add_node(c, link, NODE_DATA, name) ? ERR_NONE : ERR_MEMORY;
}

static err_code add_value(struct compiling *c, struct node ***link, const char *tag,
                          const char *name, bool is_raw)
{
    const char *format = c->is_page ? strchr(name, '@') : NULL;
    struct node *node;
    err_code code;

    if (c->is_page && text_ends_with(name, "_jsonld"))
        return add_data(c, link, tag, name, is_raw);
    if (format) {
        name = arena_strndup(c->arena, name, (size_t)(format - name));
        format++;
    }
    if (!name)
        return err_set(c->err, ERR_MEMORY, "no room for a template");
    if (c->is_page && !*name)
        return wrong(c, tag, "a tag without a name");
    if (format && !is_format(format))
        return wrong(c, tag, "after @ comes date, datetime, day, month, time or number");
    if (is_raw && c->is_page && !text_ends_with(name, "_html"))
        return wrong(c, tag,
                     "only names that end in \"_html\" may be printed as they are");
    code = check_place(c, tag, name, is_raw);
    if (code != ERR_NONE)
        return code;
    node = add_node(c, link, is_raw ? NODE_RAW : NODE_VALUE, name);
    if (!node)
        return ERR_MEMORY;
    node->format = format;
    node->is_address = place_is_address(&c->place) && !c->place.has_begun;
    c->place.has_begun = true;
    return ERR_NONE;
}

/* "_ sentence" and "_n count | one | many". */
static err_code add_sentence(struct compiling *c, struct node ***link, const char *tag,
                             const char *from, const char *to)
{
    bool is_plural = from[1] == 'n' && from[2] == ' ';
    const char *first = memchr(from, '|', (size_t)(to - from)), *second;
    struct node *node;
    err_code code = check_place(c, tag, NULL, false);

    if (code != ERR_NONE)
        return code;
    if (!is_plural) {
        node = add_node(c, link, NODE_SENTENCE, trimmed(c, from + 1, to));
        return node ? ERR_NONE : ERR_MEMORY;
    }
    second = first ? memchr(first + 1, '|', (size_t)(to - first - 1)) : NULL;
    if (!second)
        return wrong(c, tag, "a plural is {{_n count | one | many}}");
    node = add_node(c, link, NODE_PLURAL, trimmed(c, first + 1, second));
    if (!node)
        return ERR_MEMORY;
    node->format = trimmed(c, from + 2, first);
    node->many = trimmed(c, second + 1, to);
    return node->format && node->many ? ERR_NONE : ERR_MEMORY;
}

static err_code compile(struct compiling *c, const char *section, int depth,
                        struct node **out);

/* What a tag says, from its first sign on. `line` is set when it stands alone. */
static err_code add_tag(struct compiling *c, struct node ***link, const char *tag,
                        const char *from, const char *to, int depth, const char *line)
{
    const char *name =
        trimmed(c, strchr("#^/>&{!=", *from) && *from ? from + 1 : from, to);
    struct node *node;

    if (!name)
        return err_set(c->err, ERR_MEMORY, "no room for a template");
    switch (*from) {
    case '!':
        return ERR_NONE;
    case '=':
        return set_marks(c, from + 1, to - 1);
    case '#':
    case '^':
        node = add_node(c, link, *from == '#' ? NODE_SECTION : NODE_INVERTED, name);
        if (!node)
            return ERR_MEMORY;
        return compile(c, name, depth + 1, &node->inside);
    case '>':
        if (c->is_page && c->place.kind != PLACE_TEXT)
            return wrong(c, tag, "a partial may stand only between tags");
        node = add_node(c, link, NODE_PARTIAL, name);
        if (!node)
            return ERR_MEMORY;
        node->indent = line ? arena_strndup(c->arena, line, (size_t)(tag - line)) : "";
        return node->indent ? ERR_NONE : ERR_MEMORY;
    case '&':
    case '{':
        return add_value(c, link, tag, name, true);
    default:
        if (c->is_page && *from == '_' &&
            (from[1] == ' ' || (from[1] == 'n' && from[2] == ' ')))
            return add_sentence(c, link, tag, from, to);
        return add_value(c, link, tag, name, false);
    }
}

/* The end of a tag that opens at `tag`; *from and *to are what it says. NULL when
 * unclosed. */
static const char *tag_end(const struct compiling *c, const char *tag, const char **from,
                           const char **to)
{
    char close[MARK_MOST + 2];
    size_t used = 0;

    *from = tag + strlen(c->open);
    while (**from == ' ' || **from == '\t' || **from == '\n')
        (*from)++;
    if (**from == '{')
        close[used++] = '}';
    else if (**from == '=')
        close[used++] = '=';
    memcpy(close + used, c->close, strlen(c->close) + 1);
    *to = **from ? strstr(*from + (strchr("#^/>&{!=", **from) ? 1 : 0), close) : NULL;
    if (!*to)
        return NULL;
    if (**from == '=') {
        (*to)++;
        return *to + strlen(c->close);
    }
    return *to + strlen(close);
}

static err_code compile(struct compiling *c, const char *section, int depth,
                        struct node **out)
{
    struct node **link = out;
    const char *opened = c->at;

    if (depth > MUSTACHE_DEPTH_MOST)
        return wrong(c, c->at, "sections are nested too deep");
    for (;;) {
        const char *tag = strstr(c->at, c->open), *from, *to, *end, *line = NULL, *after;
        err_code code;
        if (!tag) {
            if (section)
                return wrong(c, opened, "a section is opened and never closed");
            code = add_literal(c, &link, c->at, c->at + strlen(c->at));
            c->at += strlen(c->at);
            if (code == ERR_NONE && c->is_page && c->place.kind != PLACE_TEXT)
                code = wrong(c, c->at, "the template ends inside a tag");
            return code;
        }
        end = tag_end(c, tag, &from, &to);
        if (!end)
            return wrong(c, tag, "a tag is opened and never closed");
        after = end;
        if (strchr("#^/!=>", *from) && *from && is_alone(c, tag, end, &line, &after))
            code = add_literal(c, &link, c->at, line);
        else
            code = add_literal(c, &link, c->at, tag);
        c->at = after;
        c->tag = tag;
        place_tag(&c->place);
        if (code != ERR_NONE)
            return code;
        if (*from == '/') {
            const char *name = trimmed(c, from + 1, to);
            if (!section || !name || strcmp(name, section) != 0)
                return wrong(c, tag, "this section was not opened last");
            return ERR_NONE;
        }
        code = add_tag(c, &link, tag, from, to, depth, line);
        if (code != ERR_NONE)
            return code;
    }
}

err_code mustache_compile(struct arena *arena, const char *source, bool is_page,
                          struct node **out, struct err *err)
{
    struct compiling c = {.arena = arena,
                          .source = source,
                          .at = source,
                          .tag = source,
                          .open = "{{",
                          .close = "}}",
                          .is_page = is_page,
                          .err = err};

    *out = NULL;
    return compile(&c, NULL, 0, out);
}
