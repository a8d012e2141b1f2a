/* Fast entry for a « bourse aux besoins ». */
#include "exchange/action/fair.h"

#include "web/page/desk.h"
#include "web/page/routes.h"

#include <inttypes.h>
#include <string.h>

static void set_offers(struct tree *entry, const struct fair_line *line)
{
    struct tree *list = tree_set(entry, "offers", tree_array());

    for (size_t i = 0; i < line->offer_count; i++) {
        struct tree *offer = tree_add(list, tree_object());
        tree_set_text(offer, "label", line->offers[i].label);
        tree_set_bool(offer, "is_known", line->offers[i].skill_id != 0);
    }
}

static void set_line(struct page *page, struct tree *list, const struct fair_line *line)
{
    const struct structure *structure = names_structure(page->names, line->structure_id);
    struct tree *entry = tree_add(list, tree_object());

    tree_set_int(entry, "number", line->number);
    tree_set_text(entry, "name", line->name);
    tree_set_text(entry, "need", *line->need ? line->need : NULL);
    tree_set_text(entry, "email", *line->email ? line->email : NULL);
    tree_set_text(entry, "structure_name",
                  structure          ? structure->name
                  : *line->structure ? line->structure
                                     : NULL);
    tree_set_bool(entry, "is_known", line->known_name != NULL);
    tree_set_bool(entry, "is_again", line->same_as != 0);
    tree_set_int(entry, "same_as", line->same_as);
    tree_set_text(entry, "known_name", line->known_name);
    tree_set_bool(entry, "is_published", line->is_published && line->offer_count > 0);
    tree_set_bool(entry, "is_repeat", line->is_repeat);
    tree_set_bool(entry, "is_skill", line->skill_id != 0);
    set_offers(entry, line);
    tree_set_text(entry, "wrong",
                  line->wrong ? tr(page_catalogue(page), line->wrong) : NULL);
    tree_set_bool(entry, "is_wrong", line->wrong != NULL);
}

static void set_fair(struct page *page, const struct fair *fair)
{
    struct tree *list = tree_set(page->root, "lines", tree_array());

    for (size_t i = 0; i < fair->count; i++)
        set_line(page, list, &fair->lines[i]);
    tree_set_int(page->root, "need_count", (int64_t)fair->needs);
    tree_set_int(page->root, "offer_count", (int64_t)fair->offers);
    tree_set_int(page->root, "new_count", (int64_t)fair->people_new);
    tree_set_int(page->root, "wrong_count", (int64_t)fair->wrong);
    tree_set_bool(page->root, "_is_read", fair->count > 0);
    tree_set_bool(page->root, "_is_clean", fair->count > 0 && fair->wrong == 0);
    tree_set_bool(page->root, "_is_wrong", fair->wrong > 0);
}

/* The structure in the line that shows how to write one: of this site, so that it would
 * be understood. */
static void set_example(struct page *page)
{
    if (page->names->structure_count)
        tree_set_text(page->root, "_structure", page->names->structures[0].name);
}

void page_fair(void *hall, const struct request *request, struct response *response)
{
    struct page page;

    if (page_open(&page, hall, request, response) && desk_pole(&page)) {
        const char *needs = request_query(request, "besoins");
        tree_set_text(page.root, "_lines", "");
        tree_set_bool(page.root, "_is_saved", needs != NULL);
        set_example(&page);
    }
    page_close(&page, "fair");
}

void page_fair_post(void *hall, const struct request *request, struct response *response)
{
    struct page page;
    const struct pole *pole = NULL;

    if (page_open(&page, hall, request, response))
        pole = desk_pole(&page);
    if (pole) {
        const char *text = request_form(request, "lignes");
        const char *step = request_form(request, "geste");
        bool saves = step && strcmp(step, "enregistrer") == 0;
        struct fair fair = {.count = 0};
        page.code = saves ? fair_save(&page.ctx, pole->id, text, &fair, &page.err)
                          : fair_read(&page.ctx, pole->id, text, &fair, &page.err);
        tree_set_text(page.root, "_lines", text ? text : "");
        set_example(&page);
        if (page.code == ERR_NONE && saves) {
            form_done(&page, arena_printf(request->arena, "%s?besoins=1",
                                          desk_url(&page, pole->key, "/bourse")));
        } else if (page.code == ERR_NONE || form_failed(&page)) {
            set_fair(&page, &fair);
            if (fair.wrong && !saves)
                form_mistake(
                    &page, "lignes",
                    N_("Some lines are to be corrected: they are marked below."));
            if (fair.wrong)
                response->status = 422;
        }
    }
    page_close(&page, "fair");
}
