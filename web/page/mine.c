/* Everything held about oneself, and being forgotten. */
#include "web/http/cookie.h"
#include "web/page/form.h"
#include "web/page/routes.h"
#include "web/page/visitor.h"

#include "exchange/action/erase.h"

#include <string.h>

static const char *label_of(const char *column)
{
    static const struct {
        const char *column, *sentence;
    } labels[] = {
#define LABEL(column, sentence) {column, sentence},
#include "web/page/mine_labels.def"
#undef LABEL
    };

    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        if (strcmp(labels[i].column, column) == 0)
            return labels[i].sentence;
    return column;
}

/* Words the records use for a state, as people say them; NULL when it is none of these.
 */
static const char *state_of(const char *word)
{
    static const char *const words[][2] = {{"draft", N_("draft, seen by nobody")},
                                           {"published", N_("published")},
                                           {"hidden", N_("hidden")},
                                           {"public", N_("everyone")},
                                           {"members", N_("those who have signed in")},
                                           {"structure", N_("people of my structure")},
                                           {"stated", N_("stated")},
                                           {"qualified", N_("qualified")},
                                           {"grouped", N_("grouped with others")},
                                           {"met", N_("met")},
                                           {"given_up", N_("given up")},
                                           {"seated", N_("has a seat")},
                                           {"waiting", N_("on the waitlist")},
                                           {"left", N_("left")},
                                           {"attended", N_("came")},
                                           {"absent", N_("was absent")},
                                           {"manager", N_("manages a structure")},
                                           {"admin", N_("admin of the site")}};

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strcmp(words[i][0], word) == 0)
            return words[i][1];
    return NULL;
}

static const char *day_of(int64_t weekday)
{
    static const char *const days[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                       "Friday", "Saturday", "Sunday"};

    return weekday >= 1 && weekday <= 7 ? days[weekday - 1] : "";
}

static bool ends(const char *name, const char *ending)
{
    size_t length = strlen(name), size = strlen(ending);

    return length > size && strcmp(name + length - size, ending) == 0;
}

/* "appel, atelier" of the bits */
static const char *formats_of(struct page *page, int64_t formats)
{
    static const char *const names[] = {N_("15-minute call"), N_("workshop"), N_("visit"),
                                        N_("one to one"), N_("circle")};
    const char *said = "";

    for (size_t i = 0; said && i < sizeof names / sizeof names[0]; i++)
        if (formats & (int64_t)1 << i)
            said = arena_printf(page->request->arena, "%s%s%s", said, *said ? ", " : "",
                                tr(page_catalogue(page), names[i]));
    return said;
}

/* A value as people read it; NULL when it is a time (set as `at`) or says nothing. */
static const char *value_of(struct page *page, const struct personal_cell *cell)
{
    const struct catalogue *catalogue = page_catalogue(page);
    struct arena *arena = page->request->arena;
    const char *word;

    if (!cell->is_number) {
        bool is_word = strcmp(cell->name, "state") == 0 ||
                       strcmp(cell->name, "visibility") == 0 ||
                       strcmp(cell->name, "role") == 0;
        word = is_word ? state_of(cell->text) : NULL;
        return word ? tr(catalogue, word) : cell->text;
    }
    if (strncmp(cell->name, "is_", 3) == 0)
        return tr(catalogue, cell->number ? N_("yes") : N_("no"));
    if (strcmp(cell->name, "formats") == 0)
        return cell->number ? formats_of(page, cell->number) : NULL;
    if (strcmp(cell->name, "weekday") == 0)
        return tr(catalogue, day_of(cell->number));
    if (ends(cell->name, "_min"))
        return arena_printf(arena, "%d:%02d", (int)(cell->number / 60),
                            (int)(cell->number % 60));
    return arena_printf(arena, "%lld", (long long)cell->number);
}

static void add_line(struct page *page, struct tree *lines,
                     const struct personal_line *line)
{
    struct tree *entry = tree_add(lines, tree_object());
    struct tree *cells = tree_set(entry, "_cells", tree_array());

    for (size_t i = 0; i < line->cell_count; i++) {
        const struct personal_cell *cell = &line->cells[i];
        bool is_time = cell->is_number && (ends(cell->name, "_at") ||
                                           strcmp(cell->name, "pause_until") == 0);
        const char *value = is_time ? NULL : value_of(page, cell);
        struct tree *shown;
        if (cell->is_number)
            tree_set_int(entry, cell->name, cell->number);
        else
            tree_set_text(entry, cell->name, cell->text);
        if (!is_time && (!value || !*value))
            continue;
        shown = tree_add(cells, tree_object());
        tree_set_text(shown, "label", tr(page_catalogue(page), label_of(cell->name)));
        if (is_time)
            tree_set_int(shown, "at", cell->number);
        else
            tree_set_text(shown, "value", value);
    }
}

static const char *fate_of(enum personal_erasure erasure)
{
    switch (erasure) {
    case PERSONAL_DELETE:
        return N_("erased");
    case PERSONAL_UNLINK:
        return N_("kept without your name");
    case PERSONAL_RULE:
        return N_(
            "erased, or kept without you and without your words when others share it");
    case PERSONAL_KEEP:
        return N_("kept 180 days as a number, without a name");
    }
    return "";
}

static void set_sections(struct page *page, const struct personal_section *sections,
                         size_t count)
{
    static const char *const words[] = {"delete", "unlink", "rule", "keep"};
    const struct catalogue *catalogue = page_catalogue(page);
    struct tree *list = tree_set(page->root, "sections", tree_array());

    for (size_t i = 0; i < count; i++) {
        const struct personal_row *row = sections[i].row;
        struct tree *entry = tree_add(list, tree_object());
        struct tree *lines;
        tree_set_text(entry, "key", row->table);
        tree_set_text(entry, "column", row->column);
        tree_set_text(entry, "title", tr(catalogue, row->title));
        tree_set_text(entry, "erasure", words[row->erasure]);
        tree_set_text(entry, "_fate", tr(catalogue, fate_of(row->erasure)));
        tree_set_int(entry, "count", (int64_t)sections[i].line_count);
        lines = tree_set(entry, "lines", tree_array());
        for (size_t j = 0; j < sections[i].line_count; j++)
            add_line(page, lines, &sections[i].lines[j]);
    }
}

static void read_all(struct page *page, struct identity *identity)
{
    struct arena *arena = page->request->arena;
    struct personal_section *sections = NULL;
    size_t count = 0;

    page->code = identity_of_email(page->ctx.db, arena, page->visitor.account.email,
                                   identity, &page->err);
    if (page->code == ERR_NONE)
        page->code =
            personal_export(page->ctx.db, arena, identity, &sections, &count, &page->err);
    if (page->code != ERR_NONE)
        return;
    tree_set_text(page->root, "email", page->visitor.account.email);
    tree_set_url(page->root, "_erase_url", page_url(page, "erase_me", NULL));
    tree_set_url(page->root, "_data_url", page_url(page, "my_data", NULL));
    tree_set_url(page->root, "_json_url",
                 arena_printf(arena, "%s.json", page_url(page, "my_data", NULL)));
    set_sections(page, sections, count);
}

void page_my_data(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct identity identity;

    if (page_open(&page, hall, request, response))
        read_all(&page, &identity);
    page_close(&page, "my_data");
}

void page_erase_me(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    struct identity identity;

    if (page_open(&page, hall, request, response))
        read_all(&page, &identity);
    page_close(&page, "erase_me");
}

static void erase(struct page *page, const struct identity *identity)
{
    const char *by = actor_word(page->request->arena, page->ctx.actor);

    page->code = person_erase(&page->ctx, identity, by, &page->err);
    if (page->code != ERR_NONE)
        return;
    cookie_set(page->request, page->ctx.config, COOKIE_SIGNED_IN, "", 0, page->response);
    tree_set_bool(page->root, "_is_done", true);
}

void page_erase_me_now(void *hall, const struct request *request,
                       struct response *response)
{
    struct page page;
    struct identity identity;

    if (page_open(&page, hall, request, response)) {
        read_all(&page, &identity);
        if (page.code == ERR_NONE && request_form(request, "compris")) {
            erase(&page, &identity);
        } else if (page.code == ERR_NONE) {
            page.code =
                err_set_field(&page.err, ERR_INVALID, "compris",
                              N_("Tick the box to say that you want to be erased."));
            (void)form_failed(&page);
        }
    }
    page_close(&page, "erase_me");
}
