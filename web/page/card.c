/* A whole card as others see it. */
#include "web/page/card.h"

#include "exchange/model/week.h"
#include "web/page/labels.h"
#include "web/page/routes.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { CLOCK_BYTES_MOST = 40, DAY_MINUTES = 24 * 60, DAY_PARTS = 3, WEEK_DAYS = 7 };

static const char *const days[WEEK_DAYS] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                            "Friday", "Saturday", "Sunday"};

/* "18 h 30" in French, "18:30" otherwise; minutes of the day. */
static const char *clock_text(struct page *page, int minutes)
{
    struct text out;
    const char *copy;

    text_init(&out, CLOCK_BYTES_MOST);
    if (minutes == DAY_MINUTES) /* the end of the day, which no clock shows */
        text_add(&out, strcmp(page->request->lang, "fr") == 0 ? "24\u00a0h" : "24:00");
    else
        say_time(page_catalogue(page), (int64_t)minutes * MINUTE_S, zone_utc, &out);
    copy = arena_strdup(page->request->arena, out.bytes);
    text_done(&out);
    return copy;
}

static void set_windows(struct page *page, struct tree *entry,
                        const struct person *person)
{
    const struct catalogue *catalogue = page_catalogue(page);
    struct tree *windows = tree_set(entry, "windows", tree_array());

    for (size_t i = 0; i < person->window_count; i++) {
        const struct weekly_window *window = &person->windows[i];
        struct tree *one = tree_add(windows, tree_object());
        tree_set_text(one, "day", tr(catalogue, days[window->weekday - 1]));
        tree_set_text(one, "from", clock_text(page, window->start_min));
        tree_set_text(one, "to", clock_text(page, window->end_min));
    }
    tree_set_bool(entry, "_has_windows", person->window_count > 0);
}

/* "fr ar" as an array of names. */
static void set_languages(struct page *page, struct tree *entry, const char *codes)
{
    struct tree *languages = tree_set(entry, "languages", tree_array());

    while (codes && *codes) {
        size_t length = strcspn(codes, " ;,");
        const char *code = arena_strndup(page->request->arena, codes, length);
        if (length && code)
            tree_add_text(languages, label_language(page_catalogue(page), code));
        codes += length + strspn(codes + length, " ;,");
    }
    tree_set_bool(entry, "_has_languages", tree_size(languages) > 0);
}

struct tree *entry_card(struct page *page, const struct person *person)
{
    struct tree *entry = entry_person(page, person);

    tree_set_text(entry, "about", person->about);
    set_languages(page, entry, person->languages);
    label_formats(page_catalogue(page), person->formats,
                  tree_set(entry, "formats", tree_array()));
    tree_set_bool(entry, "_has_formats", person->formats != 0);
    tree_set_bool(entry, "is_pausing", person->pause_until > page->ctx.now);
    set_windows(page, entry, person);
    tree_set_bool(entry, "_is_for_members", person->visibility == VISIBLE_MEMBERS);
    tree_set_bool(entry, "_is_for_structure", person->visibility == VISIBLE_STRUCTURE);
    tree_set_bool(entry, "_has_skills", person->skill_count > 0);
    return entry;
}

const char *card_edit_url(struct page *page, const char *token, int64_t id)
{
    if (token)
        return page_url(page, "card_link_edit", token);
    return id ? page_url(page, "person_card",
                         arena_printf(page->request->arena, "%" PRId64, id))
              : page_url(page, "my_card", NULL);
}

void week_set(struct page *page, struct tree *entry, unsigned parts)
{
    static const char *const names[DAY_PARTS] = {N_("morning"), N_("afternoon"),
                                                 N_("evening")};
    const struct catalogue *catalogue = page_catalogue(page);
    struct tree *columns = tree_set(entry, "_parts", tree_array());
    struct tree *rows = tree_set(entry, "_days", tree_array());

    for (int part = 0; part < DAY_PARTS; part++)
        tree_add_text(columns, tr(catalogue, names[part]));
    for (int day = 0; day < WEEK_DAYS; day++) {
        struct tree *row = tree_add(rows, tree_object());
        struct tree *cells = tree_set(row, "parts", tree_array());
        tree_set_text(row, "day", tr(catalogue, days[day]));
        for (int part = 0; part < DAY_PARTS; part++) {
            struct tree *cell = tree_add(cells, tree_object());
            int bit = day * DAY_PARTS + part;
            tree_set_text(cell, "value", arena_printf(page->request->arena, "%d", bit));
            tree_set_text(cell, "label", tr(catalogue, names[part]));
            tree_set_bool(cell, "is_chosen", (parts & (1u << bit)) != 0);
        }
    }
}

unsigned week_read(const struct request *request)
{
    unsigned parts = 0;
    const char *value;

    for (size_t n = 0; (value = request_form_nth(request, "quand", n)); n++) {
        char *end;
        long bit = strtol(value, &end, 10);
        if (end != value && *end == '\0' && bit >= 0 && bit < DAY_PARTS * WEEK_DAYS)
            parts |= 1u << bit;
        else
            parts |= WEEK_ODD;
    }
    return parts;
}
