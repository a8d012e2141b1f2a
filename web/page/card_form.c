/* The form of a card. */
#include "web/page/card_form.h"

#include "exchange/model/week.h"
#include "store/skills.h"
#include "web/page/card.h"
#include "web/page/form.h"
#include "web/page/labels.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { LINES_LEAST = 3, LANGUAGES_BYTES_MOST = 400 };

static const char *number(struct card_editing *editing, int64_t value)
{
    return arena_printf(editing->page->request->arena, "%" PRId64, value);
}

void card_form_of_person(struct card_editing *editing)
{
    const struct person *person = &editing->person;
    struct card_form *form = &editing->form;
    struct civil back =
        calendar_civil(person->pause_until, editing->page->ctx.config->zone);

    *form = (struct card_form){
        .name = person->name,
        .headline = person->headline,
        .about = person->about,
        .commune = person->commune,
        .access = person->access,
        .quota = person->quota_month >= 0 ? number(editing, person->quota_month) : NULL,
        .visibility = number(editing, person->visibility),
        .languages = person->languages,
        .is_indexable = person->is_indexable,
        .formats = person->formats,
        .day_parts = week_parts(person->windows, person->window_count),
        .version = person->version};
    if (person->pause_until > editing->page->ctx.now) {
        form->day = number(editing, back.day);
        form->month = number(editing, back.month);
        form->year = number(editing, back.year);
    }
    for (size_t i = 0; i < person->skill_count && i < CARD_SKILLS_MOST; i++)
        form->lines[form->line_count++] =
            (struct card_line){.label = person->skills[i].label,
                               .level = number(editing, person->skills[i].level),
                               .is_shared = person->skills[i].is_shared};
    if (!form->line_count) /* who fills in a card means to pass something on */
        for (int i = 0; i < LINES_LEAST; i++)
            form->lines[form->line_count++].is_shared = true;
}

/* "français, arabe" as codes; a language we do not know is a mistake. */
static const char *read_languages(struct card_editing *editing)
{
    struct page *page = editing->page;
    const char *at = request_form(page->request, "langues"), *copy;
    struct text codes;

    text_init(&codes, LANGUAGES_BYTES_MOST);
    while (at && *at) {
        size_t length = strcspn(at, ",;/\n");
        const char *name = arena_strndup(page->request->arena, at, length), *code = NULL;
        bool is_blank = true;
        if (name)
            code = label_language_code(page->request->arena, page_catalogue(page), name,
                                       &is_blank);
        if (code)
            text_printf(&codes, "%s%s", codes.length ? " " : "", code);
        else if (!is_blank)
            editing->has_odd_language = true;
        at += length + strspn(at + length, ",;/\n");
    }
    copy = arena_strdup(page->request->arena, codes.bytes);
    text_done(&codes);
    return copy;
}

static void read_lines(const struct request *request, struct card_form *form)
{
    const char *value;

    for (size_t i = 0; i < CARD_SKILLS_MOST; i++) {
        value = request_form_nth(request, "savoir", i);
        if (!value)
            break;
        form->lines[i].label = value;
        form->lines[i].level = request_form_nth(request, "niveau", i);
        form->line_count = i + 1;
    }
    for (size_t n = 0; (value = request_form_nth(request, "transmet", n)); n++) {
        char *end;
        unsigned long line = strtoul(value, &end, 10);
        if (!*end && line < CARD_SKILLS_MOST)
            form->lines[line].is_shared = true;
    }
}

static unsigned read_formats(const struct request *request)
{
    unsigned formats = 0;
    const char *value;

    for (size_t n = 0; (value = request_form_nth(request, "format", n)); n++) {
        char *end;
        unsigned long format = strtoul(value, &end, 10);
        bool is_one = *value && !*end &&
                      (format == FORMAT_CALL || format == FORMAT_WORKSHOP ||
                       format == FORMAT_VISIT || format == FORMAT_ONE_TO_ONE);
        formats |= is_one ? (unsigned)format : CARD_FORMAT_ODD;
    }
    return formats;
}

void card_form_read(struct card_editing *editing)
{
    const struct request *request = editing->page->request;
    struct card_form *form = &editing->form;

    *form = (struct card_form){.name = request_form(request, "nom"),
                               .headline = request_form(request, "titre"),
                               .about = request_form(request, "presentation"),
                               .commune = request_form(request, "commune"),
                               .access = request_form(request, "acces"),
                               .quota = request_form(request, "quota"),
                               .day = request_form(request, "jour"),
                               .month = request_form(request, "mois"),
                               .year = request_form(request, "annee"),
                               .visibility = request_form(request, "visible"),
                               .is_indexable = request_form(request, "moteurs") != NULL,
                               .day_parts = week_read(request),
                               .version = form_int(request, "version", 0, INT64_MAX, 0)};
    editing->languages = request_form(request, "langues");
    form->languages = read_languages(editing);
    form->formats = read_formats(request);
    read_lines(request, form);
}

/* The names of languages, "français, arabe". */
static const char *languages_text(struct card_editing *editing)
{
    struct page *page = editing->page;
    const char *codes = editing->form.languages, *copy;
    struct text out;

    if (editing->languages)
        return editing->languages;
    text_init(&out, LANGUAGES_BYTES_MOST);
    while (codes && *codes) {
        size_t length = strcspn(codes, " ;,");
        const char *code = arena_strndup(page->request->arena, codes, length);
        if (length && code)
            text_printf(&out, "%s%s", out.length ? ", " : "",
                        label_language(page_catalogue(page), code));
        codes += length + strspn(codes + length, " ;,");
    }
    copy = arena_strdup(page->request->arena, out.bytes);
    text_done(&out);
    return copy;
}

static void set_value(struct tree *entry, const char *key, const char *value)
{
    tree_set_text(entry, key, value ? value : "");
}

static struct tree *add_choice(struct card_editing *editing, struct tree *choices,
                               int value, const char *label, bool is_chosen)
{
    struct tree *choice = tree_add(choices, tree_object());

    tree_set_text(choice, "value", number(editing, value));
    tree_set_text(choice, "label", label);
    tree_set_bool(choice, "is_chosen", is_chosen);
    return choice;
}

static void set_choices(struct card_editing *editing, struct tree *entry)
{
    static const enum format formats[] = {FORMAT_CALL, FORMAT_ONE_TO_ONE, FORMAT_WORKSHOP,
                                          FORMAT_VISIT};
    static const char *const sees[] = {
        N_("everyone"), N_("the members: those who signed in"),
        N_("my structure only, and those who keep my poles")};
    const struct catalogue *catalogue = page_catalogue(editing->page);
    struct tree *choices = tree_set(entry, "_formats", tree_array());
    const char *chosen = editing->form.visibility;

    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        struct tree *names = tree_array();
        label_formats(catalogue, formats[i], names);
        add_choice(editing, choices, (int)formats[i], tree_text(tree_at(names, 0)),
                   editing->form.formats & formats[i]);
        tree_free(names);
    }
    choices = tree_set(entry, "_sees", tree_array());
    for (int i = VISIBLE_PUBLIC; i <= VISIBLE_STRUCTURE; i++)
        if (i != VISIBLE_STRUCTURE || editing->person.structure_id)
            add_choice(editing, choices, i, tr(catalogue, sees[i]),
                       chosen && chosen[0] == '0' + i && !chosen[1]);
}

/* The thesaurus entry that a line means; NULL when it means none. */
static const char *recognised(struct card_editing *editing, const char *label)
{
    const struct person *person = &editing->person;
    struct page *page = editing->page;
    struct skill skill;

    for (size_t i = 0; label && i < person->skill_count; i++)
        if (person->skills[i].skill_id && strcmp(person->skills[i].label, label) == 0 &&
            skills_get(page->ctx.db, page->request->arena, person->skills[i].skill_id,
                       &skill, NULL) == ERR_NONE)
            return skill_name(&skill, page->request->lang);
    return NULL;
}

static void set_line(struct card_editing *editing, struct tree *lines, size_t i,
                     const struct card_mistakes *mistakes)
{
    static const struct card_line none = {.is_shared = true};
    const struct catalogue *catalogue = page_catalogue(editing->page);
    const struct card_line *line =
        i < editing->form.line_count ? &editing->form.lines[i] : &none;
    struct tree *entry = tree_add(lines, tree_object());
    struct tree *levels = tree_set(entry, "levels", tree_array());
    const char *id = arena_printf(editing->page->request->arena, "skill-%02zu", i);

    tree_set_text(entry, "id", id);
    tree_set_text(entry, "value", number(editing, (int64_t)i));
    tree_set_int(entry, "number", (int64_t)i + 1);
    set_value(entry, "label", line->label);
    tree_set_bool(entry, "is_shared", line->is_shared);
    tree_set_text(entry, "recognised", recognised(editing, line->label));
    for (int level = LEVEL_NOTIONS; level <= LEVEL_TRAINS; level++)
        add_choice(editing, levels, level,
                   label_level(catalogue, (enum skill_level)level),
                   line->level && line->level[0] == '0' + level && !line->level[1]);
    tree_set_text(entry, "wrong", NULL);
    for (size_t m = 0; id && mistakes && m < mistakes->count; m++)
        if (strcmp(mistakes->items[m].field, id) == 0)
            tree_set_text(entry, "wrong", tr(catalogue, mistakes->items[m].message_id));
}

static void set_lines(struct card_editing *editing, struct tree *entry,
                      const struct card_mistakes *mistakes)
{
    struct tree *lines = tree_set(entry, "lines", tree_array());
    size_t count = editing->form.line_count;

    while (count && (!editing->form.lines[count - 1].label ||
                     !*editing->form.lines[count - 1].label))
        count--;
    count += editing->empty_lines;
    if (count < LINES_LEAST)
        count = LINES_LEAST;
    for (size_t i = 0; i < count && i < CARD_SKILLS_MOST; i++)
        set_line(editing, lines, i, mistakes);
}

/* Communes of the territory, to choose from. */
static void set_communes(struct page *page, struct tree *entry)
{
    const struct names *names = page->names;
    struct tree *communes = tree_set(entry, "_communes", tree_array());

    for (size_t i = 0; i < names->structure_count; i++) {
        const char *commune = names->structures[i].commune;
        bool is_new = commune != NULL;
        for (size_t j = 0; is_new && j < i; j++)
            is_new = !names->structures[j].commune ||
                     strcmp(names->structures[j].commune, commune) != 0;
        if (is_new)
            tree_add_text(communes, commune);
    }
}

void card_form_show(struct card_editing *editing, const struct card_mistakes *mistakes)
{
    struct page *page = editing->page;
    const struct card_form *form = &editing->form;
    struct tree *entry = tree_set(page->root, "form", tree_object());
    const struct structure *structure =
        names_structure(page->names, editing->person.structure_id);

    set_value(entry, "name", form->name);
    set_value(entry, "headline", form->headline);
    set_value(entry, "about", form->about);
    set_value(entry, "commune", form->commune);
    set_value(entry, "access", form->access);
    set_value(entry, "quota", form->quota);
    set_value(entry, "day", form->day);
    set_value(entry, "month", form->month);
    set_value(entry, "year", form->year);
    set_value(entry, "languages", languages_text(editing));
    tree_set_bool(entry, "is_indexable", form->is_indexable);
    tree_set_text(entry, "version", number(editing, form->version));
    tree_set_text(entry, "structure_name", structure ? structure->name : NULL);
    tree_set_int(entry, "usual_quota", page->ctx.config->contacts_month);
    set_choices(editing, entry);
    set_lines(editing, entry, mistakes);
    week_set(page, entry, form->day_parts);
    set_communes(page, entry);
    label_languages(page_catalogue(page), tree_set(entry, "_languages", tree_array()));
}
