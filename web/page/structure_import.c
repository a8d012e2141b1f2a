/* A spreadsheet pasted by a structure's manager: what it would change, every mistake by
 * its line; then all of it or nothing. */
#include "web/page/form.h"
#include "web/page/routes.h"
#include "web/page/structure_desk.h"

#include "exchange/action/person_add.h"

#include <stdlib.h>
#include <string.h>

/* Each line of the report as an entry: ":LINE:COLUMN: what", or less. */
static void add_lines(struct page *page, const char *name, const struct text *lines)
{
    struct tree *list = tree_set(page->root, name, tree_array());
    const char *at = lines->bytes ? lines->bytes : "";

    while (*at) {
        size_t length = strcspn(at, "\n");
        const char *text = arena_strndup(page->request->arena, at, length);
        struct tree *entry = tree_add(list, tree_object());
        char *end;
        if (text && *text == ':') {
            long line = strtol(text + 1, &end, 10);
            if (line > 0)
                tree_set_int(entry, "line", line);
            if (*end == ':' && strtol(end + 1, &end, 10) > 0 && *end == ':')
                end++; /* the column counts cells that nobody counts */
            text = *end == ':' ? end + 1 : end;
        }
        tree_set_text(entry, "text", text ? text + strspn(text, " ") : "");
        at += length + (at[length] == '\n');
    }
}

static void set_report(struct page *page, const struct import_report *report)
{
    tree_set_int(page->root, "rows", report->rows);
    tree_set_int(page->root, "added", report->added);
    tree_set_int(page->root, "changed", report->changed);
    tree_set_int(page->root, "unchanged", report->unchanged);
    tree_set_int(page->root, "mistake_total", report->mistakes);
    tree_set_bool(page->root, "_has_wrong_lines", report->mistakes > 0);
    tree_set_bool(page->root, "_is_clean",
                  !report->mistakes && (report->added || report->changed));
    tree_set_bool(page->root, "_is_same",
                  !report->mistakes && !report->added && !report->changed);
    add_lines(page, "wrong_lines", &report->lines);
    add_lines(page, "notes", &report->notes);
    tree_set_bool(page->root, "_has_notes", report->notes.length > 0);
}

static bool is_blank(const char *text)
{
    return !text || !text[strspn(text, " \t\n\r")];
}

/* Of the file when one was chosen: its cells then stand in the field, to be corrected
 * there. */
static const char *given(const struct page *page)
{
    const char *file = request_form(page->request, "fichier");

    return is_blank(file) ? request_form(page->request, "texte") : file;
}

static void set_form(struct page *page, const struct structure *structure)
{
    const char *text = given(page);

    tree_set_url(page->root, "_action_url",
                 page_url(page, "structure_import", structure->key));
    tree_set_text(page->root, "_text", text ? text : "");
}

void page_structure_import(void *hall, const struct request *request,
                           struct response *response)
{
    struct page page;
    const struct structure *structure;

    if (page_open(&page, hall, request, response) &&
        (structure = structure_desk_open(&page, VERB_ADD_PEOPLE)))
        set_form(&page, structure);
    page_close(&page, "structure_import");
}

FORMAT_ARGUMENT(2)
static const char *word_of(const void *catalogue, const char *sentence)
{
    return tr(catalogue, sentence);
}

static void take(struct page *page, const struct structure *structure)
{
    const char *text = given(page);
    bool is_applied = request_form(page->request, "importer") != NULL;
    struct import_report report;

    bool is_binary = request_form_is_binary(page->request, "fichier");

    if (is_binary || is_blank(text)) {
        page->code = err_set_field(
            &page->err, ERR_INVALID, "text",
            is_binary ? N_("This file is no text (.xlsx, .ods, …): in your spreadsheet, "
                           "save the "
                           "sheet as CSV, or copy its cells and paste them here.")
                      : N_("Paste or choose at least a line of titles and a person."));
        form_failed(page);
        return;
    }
    import_report_init(&report);
    report.words = (struct import_words){word_of, page_catalogue(page)};
    page->code =
        people_paste(&page->ctx, structure, text, is_applied, &report, &page->err);
    if (report.mistakes) {
        page->code = ERR_NONE;
        page->err = (struct err){0};
        page->response->status = 422;
    }
    if (page->code == ERR_NONE) {
        set_report(page, &report);
        tree_set_bool(page->root, "_is_looked", true);
        tree_set_bool(page->root, "_is_done", is_applied && !report.mistakes);
    }
    import_report_done(&report);
}

void page_structure_import_do(void *hall, const struct request *request,
                              struct response *response)
{
    struct page page;
    const struct structure *structure;

    if (page_open(&page, hall, request, response) &&
        (structure = structure_desk_open(&page, VERB_ADD_PEOPLE))) {
        set_form(&page, structure);
        take(&page, structure);
    }
    page_close(&page, "structure_import");
}
