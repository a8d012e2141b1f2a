/* Rendering compiled templates, and the set of those of a site. */
#include "web/view/template.h"

#include "base/file.h"
#include "base/unicode.h"
#include "web/view/mustache.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { TEMPLATES_MOST = 200, SOURCE_BYTES_MOST = 1 << 20, ARENA_MAX = 64 << 20, STACK_MOST = 64,
       NAME_MOST = 100 };

struct template {
    char name[64];
    struct node *nodes;
};

struct templates {
    struct template_options options;
    struct template items[TEMPLATES_MOST];
    size_t count;
    struct arena *arena;
};

struct rendering {
    const struct templates *templates; /* NULL for the bare language */
    const struct tree *partials;       /* of the bare language */
    const struct catalogue *catalogue;
    struct arena *arena;               /* of the bare language's partials */
    const struct tree *stack[STACK_MOST];
    int depth, partial_depth;
    struct text *out;
    struct err *err;
};

static err_code render(struct rendering *r, const struct node *nodes);

/* The name of that length, cut to its room. */
static const char *copy_name(char out[NAME_MOST], const char *name, size_t length)
{
    size_t kept = length < NAME_MOST ? length : NAME_MOST - 1;

    memcpy(out, name, kept);
    out[kept] = '\0';
    return out;
}

/* A dotted name in the innermost context that has its first part. */
static const struct tree *look_up(const struct rendering *r, const char *name)
{
    char part[NAME_MOST];
    const char *first = name;
    const struct tree *found = NULL;
    size_t length = strcspn(name, ".");

    if (strcmp(name, ".") == 0)
        return r->stack[r->depth - 1];
    if (name[length]) /* most names have no dot and need no copy */
        first = copy_name(part, name, length);
    for (int i = r->depth - 1; i >= 0 && !found; i--)
        found = tree_get(r->stack[i], first); /* NULL when it is no object */
    while (found && name[length] == '.') {
        name += length + 1;
        length = strcspn(name, ".");
        copy_name(part, name, length);
        found = tree_is_object(found) ? tree_get(found, part) : NULL;
    }
    return found;
}

static void add_escaped(struct text *out, const char *value, size_t length)
{
    static const bool is_markup[UCHAR_MAX + 1] = {
        ['&'] = true, ['<'] = true, ['>'] = true, ['"'] = true, ['\''] = true};
    const char *end = value + length;

    while (value < end) {
        const char *from = value;
        while (value < end && !is_markup[(unsigned char)*value])
            value++;
        text_add_bytes(out, from, (size_t)(value - from));
        if (value == end)
            return;
        switch (*value++) {
        case '&': text_add(out, "&amp;"); break;
        case '<': text_add(out, "&lt;"); break;
        case '>': text_add(out, "&gt;"); break;
        case '"': text_add(out, "&quot;"); break;
        default: text_add(out, "&#39;"); break;
        }
    }
}

/* What a browser may be sent to; javascript: and its kin are not in it. */
static bool is_safe_address(const char *address)
{
    static const char *const schemes[] = {"https://", "http://", "mailto:", "tel:",
                                          "webcal://"};

    if (strchr("/#?", *address))
        return true;
    for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
        if (strncasecmp(address, schemes[i], strlen(schemes[i])) == 0)
            return true;
    return false;
}

static void say(const struct rendering *r, const struct tree *value, const char *format,
                struct text *out)
{
    struct zone zone = r->templates->options.zone;

    if (!tree_is_number(value))
        return;
    if (strcmp(format, "date") == 0)
        say_date(r->catalogue, tree_int(value), zone, out);
    else if (strcmp(format, "datetime") == 0)
        say_date_time(r->catalogue, tree_int(value), zone, out);
    else if (strcmp(format, "day") == 0)
        say_day(r->catalogue, tree_int(value), zone, out);
    else if (strcmp(format, "month") == 0)
        say_month(r->catalogue, tree_int(value), zone, out);
    else if (strcmp(format, "time") == 0)
        say_time(r->catalogue, tree_int(value), zone, out);
    else
        say_number(r->catalogue, tree_int(value), out);
}

static void print_value(struct rendering *r, const char *name, const char *format,
                        bool is_raw)
{
    const struct tree *value = look_up(r, name);
    const char *string = value ? tree_text(value) : NULL;

    if (r->templates && strncmp(name, "asset:", 6) == 0)
        string = r->templates->options.asset_url(r->templates->options.asset_state, name + 6);
    if (string && is_raw)
        text_add(r->out, string);
    else if (string)
        add_escaped(r->out, string, strlen(string));
    else if (value && format)
        say(r, value, format, r->out);
    else if (value)
        tree_print(value, r->out);
}

/* A sentence with its %(name) and %(name@format) filled in; everything is escaped. */
static void print_sentence(struct rendering *r, const char *sentence)
{
    while (*sentence) {
        const char *mark = strstr(sentence, "%("), *end = mark ? strchr(mark, ')') : NULL;
        char name[NAME_MOST], *format;
        add_escaped(r->out, sentence, mark && end ? (size_t)(mark - sentence) : strlen(sentence));
        if (!mark || !end)
            return;
        copy_name(name, mark + 2, (size_t)(end - mark - 2));
        format = strchr(name, '@');
        if (format)
            *format++ = '\0';
        print_value(r, name, format, false);
        sentence = end + 1;
    }
}

/* JSON in which nothing can end the script it stands in, nor be taken for markup. */
static void add_inert(struct text *out, const char *json)
{
    for (; *json; json++) {
        if (strchr("<>&'", *json))
            text_printf(out, "\\u%04x", (unsigned)(unsigned char)*json);
        else if (strncmp(json, "\xe2\x80\xa8", 3) == 0 || strncmp(json, "\xe2\x80\xa9", 3) == 0)
            text_printf(out, "\\u20%02x", (unsigned)(unsigned char)*(json += 2) - 0x80);
        else
            text_add_char(out, *json);
    }
}

static err_code print_data(struct rendering *r, const char *name)
{
    const struct tree *value = look_up(r, name);
    struct text json;
    err_code code = ERR_NONE;

    text_init(&json, r->out->limit);
    if (value)
        code = tree_to_json(value, &json, r->err);
    else
        text_add(&json, "null");
    if (code == ERR_NONE)
        add_inert(r->out, json.bytes);
    text_done(&json);
    return code;
}

static err_code render_inside(struct rendering *r, const struct tree *context,
                              const struct node *nodes)
{
    err_code code;

    if (r->depth >= STACK_MOST)
        return err_set(r->err, ERR_LIMIT, "a template is nested too deep");
    r->stack[r->depth++] = context;
    code = render(r, nodes);
    r->depth--;
    return code;
}

static err_code render_section(struct rendering *r, const struct node *node)
{
    const struct tree *value = look_up(r, node->text);
    err_code code = ERR_NONE;

    if (!value || !tree_is_true(value))
        return ERR_NONE;
    if (!tree_is_array(value))
        return render_inside(r, value, node->inside);
    for (size_t i = 0; code == ERR_NONE && i < tree_size(value); i++)
        code = render_inside(r, tree_at(value, i), node->inside);
    return code;
}

static const struct template *find_template(const struct templates *templates, const char *name)
{
    for (size_t i = 0; i < templates->count; i++)
        if (strcmp(templates->items[i].name, name) == 0)
            return &templates->items[i];
    return NULL;
}

/* The text of a partial with `indent` before each of its lines. */
static const char *indented(struct arena *arena, const char *source, const char *indent)
{
    struct text text;
    const char *out;

    text_init(&text, SOURCE_BYTES_MOST);
    for (bool is_start = true; *source; source++) {
        if (is_start)
            text_add(&text, indent);
        text_add_char(&text, *source);
        is_start = *source == '\n';
    }
    out = arena_strdup(arena, text.bytes);
    text_done(&text);
    return out;
}

static err_code render_partial(struct rendering *r, const struct node *node)
{
    const struct node *nodes = NULL;
    const char *source;
    struct node *made;
    err_code code = ERR_NONE;

    if (r->partial_depth >= MUSTACHE_DEPTH_MOST)
        return err_set(r->err, ERR_LIMIT, "partial %s: nested too deep", node->text);
    if (r->templates) {
        nodes = node->partial;
    } else if (r->partials && tree_text(tree_get(r->partials, node->text))) {
        source = indented(r->arena, tree_text(tree_get(r->partials, node->text)),
                          node->indent);
        code = source ? mustache_compile(r->arena, source, false, &made, r->err)
                      : err_set(r->err, ERR_MEMORY, "no room for a partial");
        nodes = code == ERR_NONE ? made : NULL;
    }
    r->partial_depth++;
    if (code == ERR_NONE && nodes)
        code = render(r, nodes);
    r->partial_depth--;
    return code;
}

static err_code render_node(struct rendering *r, const struct node *node)
{
    const struct tree *value;

    switch (node->kind) {
    case NODE_LITERAL:
        text_add_bytes(r->out, node->text, node->length);
        return ERR_NONE;
    case NODE_VALUE:
    case NODE_RAW:
        value = node->is_address ? look_up(r, node->text) : NULL;
        if (value && tree_text(value) && !is_safe_address(tree_text(value))) {
            text_add_char(r->out, '#');
            return ERR_NONE;
        }
        print_value(r, node->text, node->format, node->kind == NODE_RAW);
        return ERR_NONE;
    case NODE_DATA:
        return print_data(r, node->text);
    case NODE_SECTION:
        return render_section(r, node);
    case NODE_INVERTED:
        value = look_up(r, node->text);
        return value && tree_is_true(value) ? ERR_NONE : render(r, node->inside);
    case NODE_PARTIAL:
        return render_partial(r, node);
    case NODE_SENTENCE:
        print_sentence(r, tr(r->catalogue, node->text));
        return ERR_NONE;
    case NODE_PLURAL:
        value = look_up(r, node->format);
        print_sentence(r, tr_n(r->catalogue, node->text, node->many,
                               value ? tree_int(value) : 0));
        return ERR_NONE;
    }
    return ERR_NONE;
}

static err_code render(struct rendering *r, const struct node *nodes)
{
    err_code code = ERR_NONE;

    for (; nodes && code == ERR_NONE; nodes = nodes->next)
        code = render_node(r, nodes);
    if (code == ERR_NONE && text_failed(r->out))
        code = err_set(r->err, ERR_LIMIT, "a page is longer than %zu bytes", r->out->limit);
    return code;
}

/* Ties every partial to its nodes. It and every asset that is named must be there: told at
 * start, not to a reader. */
static err_code tie_names(const struct templates *templates, const char *in,
                          struct node *nodes, struct err *err)
{
    const struct template_options *options = &templates->options;
    err_code code = ERR_NONE;

    for (; nodes && code == ERR_NONE; nodes = nodes->next) {
        const struct template *partial =
            nodes->kind == NODE_PARTIAL ? find_template(templates, nodes->text) : NULL;
        if (partial)
            nodes->partial = partial->nodes;
        else if (nodes->kind == NODE_PARTIAL)
            code = err_set(err, ERR_INVALID, "%s.html: line %d: there is no partial \"%s\"",
                           in, nodes->line, nodes->text);
        if (nodes->kind == NODE_VALUE && strncmp(nodes->text, "asset:", 6) == 0 &&
            !options->asset_url(options->asset_state, nodes->text + 6))
            code = err_set(err, ERR_INVALID, "%s.html: line %d: there is no file \"%s\"", in,
                           nodes->line, nodes->text + 6);
        if (code == ERR_NONE && nodes->inside)
            code = tie_names(templates, in, nodes->inside, err);
    }
    return code;
}

static err_code add_template(struct templates *templates, const char *file, struct err *err)
{
    const struct template_options *options = &templates->options;
    struct template *template = &templates->items[templates->count];
    char path[PATH_MAX];
    struct text source;
    err_code code;

    if (templates->count >= TEMPLATES_MOST)
        return err_set(err, ERR_LIMIT, "more than %d templates", TEMPLATES_MOST);
    snprintf(path, sizeof path, "%s/%s",
             options->override_folder ? options->override_folder : options->folder, file);
    if (options->override_folder && access(path, F_OK) != 0)
        snprintf(path, sizeof path, "%s/%s", options->folder, file);
    text_init(&source, SOURCE_BYTES_MOST);
    code = file_read(path, &source, err);
    if (code == ERR_NONE && strlen(file) - strlen(".html") >= sizeof template->name)
        code = err_set(err, ERR_INVALID, "%s: its name is longer than %zu bytes", path,
                       sizeof template->name - 1);
    if (code == ERR_NONE && !unicode_is_valid(source.bytes, source.length))
        code = err_set(err, ERR_INVALID, "%s: it is not UTF-8", path);
    if (code == ERR_NONE) {
        snprintf(template->name, sizeof template->name, "%.*s",
                 (int)(strlen(file) - strlen(".html")), file);
        code = mustache_compile(templates->arena, source.bytes, true, &template->nodes, err);
        if (code != ERR_NONE)
            err_context(err, "%s", path);
        templates->count++;
    }
    text_done(&source);
    return code;
}

err_code templates_open(struct templates **out, const struct template_options *options,
                        struct err *err)
{
    struct templates *templates = calloc(1, sizeof *templates);
    DIR *open = opendir(options->folder);
    struct dirent *entry;
    err_code code = ERR_NONE;

    if (templates) {
        templates->options = *options;
        templates->arena = arena_new(ARENA_MAX);
    }
    if (!templates || !templates->arena)
        code = err_set(err, ERR_MEMORY, "no memory for the templates");
    else if (!open)
        code = err_set(err, ERR_NOT_FOUND, "%s: there is no such folder", options->folder);
    while (open && code == ERR_NONE && (entry = readdir(open)))
        if (strlen(entry->d_name) > 5 && entry->d_name[0] != '.' &&
            strcmp(entry->d_name + strlen(entry->d_name) - 5, ".html") == 0)
            code = add_template(templates, entry->d_name, err);
    if (open)
        closedir(open);
    for (size_t i = 0; code == ERR_NONE && i < templates->count; i++)
        code = tie_names(templates, templates->items[i].name, templates->items[i].nodes,
                           err);
    if (code != ERR_NONE) {
        templates_close(templates);
        return code;
    }
    *out = templates;
    return ERR_NONE;
}

void templates_close(struct templates *templates)
{
    if (templates)
        arena_free(templates->arena);
    free(templates);
}

err_code templates_render(const struct templates *templates, const char *name,
                          const struct tree *tree, const struct catalogue *catalogue,
                          struct text *out, struct err *err)
{
    struct rendering r = {.templates = templates, .catalogue = catalogue, .out = out,
                          .err = err, .stack = {tree}, .depth = 1};
    const struct template *template = find_template(templates, name);

    if (!template)
        return err_set(err, ERR_NOT_FOUND, "there is no template \"%s\"", name);
    return render(&r, template->nodes);
}

err_code mustache_render(const char *source, const struct tree *partials,
                         const struct tree *tree, struct text *out, struct err *err)
{
    struct rendering r = {.partials = partials, .out = out, .err = err, .stack = {tree},
                          .depth = 1, .arena = arena_new(ARENA_MAX)};
    struct node *nodes;
    err_code code = r.arena ? mustache_compile(r.arena, source, false, &nodes, err)
                            : err_set(err, ERR_MEMORY, "no memory for a template");

    if (code == ERR_NONE)
        code = render(&r, nodes);
    arena_free(r.arena);
    return code;
}
