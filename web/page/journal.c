/* Who did what: the audit, a page at a time, of one pole or one verb if asked. */
#include "web/page/page.h"
#include "web/page/routes.h"

#include "exchange/model/deed.h"
#include "store/audit.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_A_PAGE = 50, VERBS_MOST = 200 };

/* What a detail such as "need 12" names: its key in the tree, the page it has. */
static const struct {
    const char *kind, *key, *page;
} things[] = {
    {"need", "_need", "need"},     {"session", "_session", "session"},
    {"room", "_room", NULL},       {"contact", "_contact", NULL},
    {"account", "_account", NULL},
};

/* What was changed of a session (exchange/action/session_change.c), as words. */
static const struct {
    const char *part, *words;
} parts[] = {{"title", N_("title")},
             {"about", N_("description")},
             {"dates", N_("dates")},
             {"place", N_("place")},
             {"seats", N_("seats")},
             {"threshold", N_("threshold")},
             {"decision", N_("day of the decision")},
             {"level", N_("level")},
             {"format", N_("form")},
             {"pole", N_("pole")},
             {"skill", N_("skill")},
             {"trainers", N_("who gives it")}};

static const char *words_of(const struct page *page, const char *verb)
{
    const char *words = deed_words(verb);

    return words ? tr(page_catalogue(page), words) : verb;
}

/* Reads a number and the words after it; *at is then behind them. */
static bool reads(const char **at, int64_t *number, const char *words)
{
    char *end;

    *number = strtoll(*at, &end, 10);
    if (end == *at || strncmp(end, words, strlen(words)) != 0)
        return false;
    *at = end + strlen(words);
    return true;
}

/* "12 rows, 3 new, 0 changed, 0 removed", as `_figures`. */
static void set_figures(struct tree *entry, const char *detail)
{
    int64_t rows, added, changed, removed;
    struct tree *figures;

    if (!reads(&detail, &rows, " rows, ") || !reads(&detail, &added, " new, ") ||
        !reads(&detail, &changed, " changed, ") || !reads(&detail, &removed, " removed"))
        return;
    figures = tree_set(entry, "_figures", tree_object());
    tree_set_int(figures, "rows", rows);
    tree_set_int(figures, "added", added);
    tree_set_int(figures, "changed", changed);
    tree_set_int(figures, "removed", removed);
}

/* "title, dates", as words. */
static const char *parts_of(struct page *page, const char *detail)
{
    struct arena *arena = page->request->arena;
    const char *text = "";

    while (*detail) {
        size_t length = strcspn(detail, ",");
        const char *words = arena_strndup(arena, detail, length);
        for (size_t i = 0; words && i < sizeof parts / sizeof *parts; i++)
            if (strcmp(words, parts[i].part) == 0) {
                words = tr(page_catalogue(page), parts[i].words);
                break;
            }
        text = arena_printf(arena, "%s%s%s", text, *text ? ", " : "", words ? words : "");
        if (!text)
            return NULL;
        detail += length + strspn(detail + length, ", ");
    }
    return text;
}

/* "need 12, 3 asked", as `_need` and `_asked`; "account 4, some-structure", as `_account`
 * and `_rest`; so is what changed in "session 12: title, dates". */
static void set_thing(struct page *page, struct tree *entry, const char *detail)
{
    for (size_t i = 0; i < sizeof things / sizeof *things; i++) {
        size_t length = strlen(things[i].kind);
        const char *at = detail + length;
        int64_t number, people;
        struct tree *thing;

        if (strncmp(detail, things[i].kind, length) != 0 || !reads(&at, &number, ""))
            continue;
        thing = tree_set(entry, things[i].key, tree_object());
        tree_set_int(thing, "number", number);
        if (things[i].page)
            tree_set_url(thing, "url",
                         page_url(page, things[i].page, page_slug(page, number, "")));
        if (*at == ':') {
            tree_set_text(entry, "_rest", parts_of(page, at + strspn(at, ": ")));
            continue;
        }
        at += strspn(at, ", ");
        if (reads(&at, &people, " asked"))
            tree_set_int(tree_set(entry, "_asked", tree_object()), "people", people);
        else if (*at)
            tree_set_text(entry, "_rest", at);
    }
}

static void add_row(struct page *page, struct tree *rows, const struct audit_row *row)
{
    struct tree *entry = tree_add(rows, tree_object());
    const struct pole *pole = names_pole(page->names, row->pole_id);

    tree_set_int(entry, "id", row->id);
    tree_set_int(entry, "at", row->at);
    tree_set_text(entry, "actor", row->email ? row->email : row->actor);
    tree_set_text(entry, "verb", words_of(page, row->verb));
    tree_set_text(entry, "detail", row->detail);
    if (row->detail) {
        set_figures(entry, row->detail);
        set_thing(page, entry, row->detail);
    }
    tree_set_text(entry, "pole", pole ? pole->name : NULL);
    tree_set_url(entry, "pole_url", pole ? page_url(page, "pole", pole->key) : NULL);
    tree_set_text(entry, "person", row->person_name);
    tree_set_url(
        entry, "person_url",
        row->person_name
            ? page_url(page, "person", page_slug(page, row->person_id, row->person_name))
            : NULL);
}

static void add_choice(struct tree *choices, const char *value, const char *label,
                       const char *chosen)
{
    struct tree *choice = tree_add(choices, tree_object());

    tree_set_text(choice, "value", value);
    tree_set_text(choice, "label", label);
    tree_set_bool(choice, "is_chosen", chosen && strcmp(chosen, value) == 0);
}

static err_code set_filter(struct page *page, const char *pole, const char *verb)
{
    struct tree *choices = tree_set(page->root, "_poles", tree_array());
    const char **verbs = NULL;
    size_t count = 0;
    err_code code;

    for (size_t i = 0; i < page->names->pole_count; i++)
        add_choice(choices, page->names->poles[i].key, page->names->poles[i].name, pole);
    choices = tree_set(page->root, "_verbs", tree_array());
    code = audit_verbs(page->ctx.db, page->request->arena, VERBS_MOST, &verbs, &count,
                       &page->err);
    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        add_choice(choices, verbs[i], words_of(page, verbs[i]), verb);
    tree_set_url(page->root, "_action_url", page_url(page, "journal", NULL));
    tree_set_url(page->root, "_administration_url",
                 page_url(page, "administration", NULL));
    return code;
}

/* The address of the list with what it is narrowed to. */
static const char *list_url(struct page *page, const char *pole, const char *verb)
{
    const char *url = page_url(page, "journal", NULL);

    if (pole)
        url = page_query_url(page, "journal", "pole", pole);
    if (verb && *verb) {
        const char *by_verb = page_query_url(page, "journal", "acte", verb);
        url = pole ? arena_printf(page->request->arena, "%s&%s", url,
                                  strchr(by_verb, '?') + 1)
                   : by_verb;
    }
    return url ? url : "";
}

static void show(struct page *page)
{
    const char *verb = request_query(page->request, "acte");
    const struct pole *pole =
        names_pole_key(page->names, request_query(page->request, "pole"));
    size_t number = page_number(page), count = 0;
    struct audit_filter filter = {.pole_id = pole ? pole->id : 0,
                                  .verb = verb,
                                  .offset = (number - 1) * ROWS_A_PAGE,
                                  .most = ROWS_A_PAGE};
    struct tree *rows = tree_set(page->root, "rows", tree_array());
    struct audit_row *found = NULL;
    int64_t total = 0;

    page->code = audit_list(page->ctx.db, page->request->arena, &filter, &found, &count,
                            &total, &page->err);
    for (size_t i = 0; page->code == ERR_NONE && i < count; i++)
        add_row(page, rows, &found[i]);
    if (page->code == ERR_NONE)
        page->code = set_filter(page, pole ? pole->key : NULL, verb);
    tree_set_bool(page->root, "_has_rows", count > 0);
    page_pages(page, list_url(page, pole ? pole->key : NULL, verb), total, number,
               ROWS_A_PAGE);
}

void page_journal(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response))
        show(&page);
    page_close(&page, "journal");
}
