/* Cells with a grammar of their own: skills, weekly times, dates, formats, languages. */
#include "exchange/action/import_table.h"

#include "base/unicode.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LABEL_MOST = 300, SKILLS_MOST = 200, WINDOWS_MOST = 50, PARENTHESIS_MOST = 200 };

/* Whether there is a letter or a digit: "," or "--" names nothing. */
static bool has_word(const char *from, const char *to)
{
    while (from < to && !isalnum((unsigned char)*from) && (unsigned char)*from < 0x80)
        from++;
    return from < to;
}

static bool is_in(const char *word, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(word, list[i]) == 0)
            return true;
    return false;
}

/* The end of the parenthesis that opens at `open`; NULL when none closes it soon: a
 * parenthesis somebody forgot to close does not swallow what follows. */
static const char *find_close(const char *open)
{
    int depth = 0;

    for (const char *at = open; *at && at - open < PARENTHESIS_MOST; at++) {
        depth += *at == '(' ? 1 : *at == ')' ? -1 : 0;
        if (depth == 0)
            return at;
    }
    return NULL;
}

/* Where the part that begins at `at` ends. */
static const char *part_end(const char *at, const char *signs, bool is_label)
{
    for (; *at && !strchr(signs, *at); at++) {
        const char *close = is_label && *at == '(' ? find_close(at) : NULL;
        at = close ? close : at;
    }
    return at;
}

const char **cell_split(struct table *table, const char *text, enum split split,
                        size_t *count)
{
    bool has_commas = split != SPLIT_NO_COMMAS && !strpbrk(text, ";|\n");
    const char **parts = NULL;
    size_t capacity = 0, used = 0;

    while (*text) {
        const char *end = part_end(text, has_commas ? "," : ";|\n",
                                   split == SPLIT_LABELS && has_commas);
        const char *next = end + (*end != '\0');
        while (text < end && isspace((unsigned char)*text))
            text++;
        while (end > text && isspace((unsigned char)end[-1]))
            end--;
        if (end > text && (split != SPLIT_LABELS || has_word(text, end))) {
            parts = arena_grow(table->row_arena, parts, used, &capacity, sizeof *parts);
            if (!parts)
                break; /* table_next tells */
            parts[used] = arena_strndup(table->row_arena, text, (size_t)(end - text));
            if (!parts[used++])
                used = 0;
        }
        text = next;
    }
    *count = parts ? used : 0;
    return parts;
}

const char *cell_id(struct table *table, enum column column)
{
    const char *id = table_value(table, column);

    if (id && (strpbrk(id, ";|\n") || strstr(id, ": ")))
        table_mistake(
            table, column,
            N_("\"%.60s\" cannot be an id: a semicolon, a bar, a line break and a "
               "colon with a blank end one in a list"),
            id);
    return id;
}

void cell_date(struct table *table, enum column column, int64_t *at)
{
    const char *text = table_text(table, column);
    int64_t read;

    if (!table_has(table, column))
        return;
    if (!*text)
        *at = 0;
    else if (calendar_parse(text, table->options->now, table->options->config->zone,
                            &read))
        *at = read;
    else
        table_mistake(
            table, column,
            N_("\"%.40s\" is not a date; 2026-12-03, 03/12/2026 and -12d (days from "
               "today) are, with a time such as 18:30 if need be"),
            text);
}

void cell_int(struct table *table, enum column column, int least, int most, int *out)
{
    const char *text = table_text(table, column);
    char *end;
    long value;

    if (!*text)
        return;
    value = strtol(text, &end, 10);
    if (*end || value < least || value > most)
        table_mistake(table, column,
                      N_("\"%.40s\" is not allowed; a number from %d to %d"), text, least,
                      most);
    else
        *out = (int)value;
}

static unsigned format_of(const char *word)
{
    static const char *const calls[] = {"appel", "call", "telephone", "visio"};
    static const char *const workshops[] = {"atelier", "workshop", "ateliers"};
    static const char *const visits[] = {"visite", "visit", "visites"};
    static const char *const singles[] = {"individuel", "one-to-one", "one_to_one",
                                          "individuelle", "tete-a-tete"};
    static const char *const circles[] = {"cercle", "circle"};

    if (is_in(word, calls, 4))
        return FORMAT_CALL;
    if (is_in(word, workshops, 3))
        return FORMAT_WORKSHOP;
    if (is_in(word, visits, 3))
        return FORMAT_VISIT;
    if (is_in(word, singles, 5))
        return FORMAT_ONE_TO_ONE;
    return is_in(word, circles, 2) ? FORMAT_CIRCLE : 0;
}

void cell_formats(struct table *table, enum column column, unsigned *out)
{
    size_t count;
    const char **parts = cell_split(table, table_text(table, column), SPLIT_ANY, &count);
    unsigned formats = 0;

    for (size_t i = 0; i < count; i++) {
        const char *folded = unicode_fold(table->row_arena, parts[i]);
        unsigned format = folded ? format_of(folded) : 0;
        if (!format)
            table_mistake(table, column,
                          N_("format \"%.40s\" is not known; appel, atelier, visite, "
                             "individuel, cercle are"),
                          parts[i]);
        formats |= format;
    }
    *out = formats;
}

void cell_languages(struct table *table, enum column column, const char **out)
{
    static const char *const names[][2] = {
        {"francais", "fr"},   {"french", "fr"},   {"anglais", "en"},
        {"english", "en"},    {"arabe", "ar"},    {"italien", "it"},
        {"portugais", "pt"},  {"espagnol", "es"}, {"turc", "tr"},
        {"allemand", "de"},   {"armenien", "hy"}, {"ukrainien", "uk"},
        {"vietnamien", "vi"}, {"kurde", "ku"},    {"wolof", "wo"},
        {"bambara", "bm"},    {"chinois", "zh"},  {"russe", "ru"},
        {"polonais", "pl"},   {"roumain", "ro"},  {"persan", "fa"},
        {"lsf", "lsf"},       {"berbere", "ber"}, {"kabyle", "kab"}};
    size_t count;
    const char **parts = cell_split(table, table_text(table, column), SPLIT_ANY, &count);
    struct text text;

    text_init(&text, 200);
    for (size_t i = 0; i < count; i++) {
        const char *folded = unicode_fold(table->row_arena, parts[i]);
        const char *language = folded ? folded : "";
        for (size_t j = 0; j < sizeof names / sizeof names[0]; j++)
            if (strcmp(names[j][0], language) == 0)
                language = names[j][1];
        if (!*language || strlen(language) > 3)
            table_mistake(
                table, column,
                N_("language \"%.40s\" is not known; a code such as fr, ar, pt is"),
                parts[i]);
        else
            text_printf(&text, "%s%s", text.length ? " " : "", language);
    }
    *out = text.length ? arena_strdup(table->row_arena, text.bytes) : NULL;
    text_done(&text);
}

static int weekday_of(const char *word, size_t length)
{
    static const char *const days[7][2] = {
        {"lundi", "monday"},   {"mardi", "tuesday"},   {"mercredi", "wednesday"},
        {"jeudi", "thursday"}, {"vendredi", "friday"}, {"samedi", "saturday"},
        {"dimanche", "sunday"}};

    for (int day = 0; day < 7; day++)
        for (int lang = 0; lang < 2; lang++)
            if (length >= 2 && length <= strlen(days[day][lang]) + 1 &&
                (strncmp(days[day][lang], word, length) == 0 ||
                 (length == strlen(days[day][lang]) + 1 && word[length - 1] == 's' &&
                  strncmp(days[day][lang], word, length - 1) == 0)))
                return day + 1;
    return 0;
}

/* "18:00", "18h30", "18h", "18"; -1 when it is none. */
static int minutes_at(const char **at)
{
    char *end;
    long hour = strtol(*at, &end, 10), minute = 0;

    if (end == *at || hour < 0 || hour > 24)
        return -1;
    if (*end == 'h' || *end == ':') {
        end++;
        if (isdigit((unsigned char)*end))
            minute = strtol(end, &end, 10);
    }
    *at = end;
    return minute > 59 || hour * 60 + minute > 1440 ? -1 : (int)(hour * 60 + minute);
}

/* "mardi 18:00-20:00", "lun-ven 9h-12h"; the window for each day. False when it is not.
 */
static bool parse_window(const char *text, struct weekly_window *out, int *first,
                         int *last)
{
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz");

    *first = *last = weekday_of(text, length);
    text += length + (text[length] == '.');
    if (*text == '-') {
        length = strspn(text + 1, "abcdefghijklmnopqrstuvwxyz");
        *last = weekday_of(text + 1, length);
        text += length + 1;
        text += *text == '.';
    }
    text += strspn(text, " ");
    out->start_min = minutes_at(&text);
    text += strspn(text, " ");
    if (*first == 0 || *last < *first || out->start_min < 0 ||
        (*text != '-' && *text != 'a'))
        return false;
    text++;
    text += strspn(text, " ");
    out->end_min = minutes_at(&text);
    return *text == '\0' && out->end_min > out->start_min && out->start_min < 1440;
}

void cell_windows(struct table *table, enum column column, struct weekly_window **out,
                  size_t *count)
{
    size_t part_count, used = 0;
    const char **parts =
        cell_split(table, table_text(table, column), SPLIT_ANY, &part_count);
    struct weekly_window *windows =
        arena_array(table->row_arena, WINDOWS_MOST, sizeof *windows);

    for (size_t i = 0; windows && i < part_count; i++) {
        const char *folded = unicode_fold(table->row_arena, parts[i]);
        struct weekly_window window;
        int first, last;
        if (!folded || !parse_window(folded, &window, &first, &last)) {
            table_mistake(table, column,
                          N_("\"%.40s\" is not a time of the week; mardi 18:00-20:00 and "
                             "lun-ven 9h-12h are"),
                          parts[i]);
            continue;
        }
        if (used + (size_t)(last - first) >= WINDOWS_MOST) {
            table_mistake(table, column, N_("over %d times of the week in one cell"),
                          WINDOWS_MOST);
            break;
        }
        for (window.weekday = first; window.weekday <= last; window.weekday++)
            windows[used++] = window;
    }
    *out = windows;
    *count = windows ? used : 0;
}

/* "3", "2 non-partage", "4 atelier visite" → true; anything else belongs to the label. */
static bool parse_level(char *inside, struct person_skill *skill)
{
    static const char *const kept[] = {"non-partage", "non-partagee", "not-shared",
                                       "garde"};
    static const char *const given[] = {"partage", "partagee", "shared"};
    struct person_skill read = *skill;
    char *at = inside + strspn(inside, " ");

    if (*at < '0' || *at > '4' || (at[1] && !strchr(" ,/", at[1])))
        return false;
    read.level = (enum skill_level)(*at++ - '0');
    while (*(at += strspn(at, " ,/"))) {
        size_t length = strcspn(at, " ,/");
        bool is_last = at[length] == '\0';
        unsigned format;
        at[length] = '\0';
        format = format_of(at);
        if (format)
            read.formats |= format;
        else if (is_in(at, kept, 4))
            read.is_shared = false;
        else if (!is_in(at, given, 3))
            return false;
        at += length + !is_last;
    }
    *skill = read;
    return true;
}

/* "poser du placo (7)": a level that does not exist; "(2010)" is part of the name. */
static bool is_wrong_level(const char *inside)
{
    bool is_negative = *inside == '-';
    size_t digits = strspn(inside + is_negative, "0123456789");

    return digits && !inside[is_negative + digits] && (is_negative || digits == 1);
}

static void parse_skill(struct table *table, enum column column, const char *part,
                        struct person_skill *skill)
{
    const char *open = strrchr(part, '(');
    size_t length = strlen(part);

    *skill = (struct person_skill){.label = part, .is_shared = true};
    if (open && open > part && part[length - 1] == ')') {
        char *inside = arena_strndup(table->row_arena, open + 1,
                                     (size_t)(part + length - 1 - (open + 1)));
        char *folded = inside ? unicode_fold(table->row_arena, inside) : NULL;
        if (folded && parse_level(folded, skill)) {
            while (open > part && open[-1] == ' ')
                open--;
            skill->label = arena_strndup(table->row_arena, part, (size_t)(open - part));
        } else if (folded && is_wrong_level(inside)) {
            table_mistake(table, column,
                          N_("level (%.20s) of \"%.60s\"; 1 to 4 are levels"), inside,
                          part);
        }
    }
}

err_code cell_skills(struct table *table, enum column column, struct person_skill **out,
                     size_t *count)
{
    size_t part_count, used = 0;
    const char **parts =
        cell_split(table, table_text(table, column), SPLIT_LABELS, &part_count);
    struct person_skill *skills =
        arena_array(table->row_arena, part_count, sizeof *skills);

    if (!skills)
        return err_set(table->err, ERR_MEMORY, "no room for skills");
    if (part_count > SKILLS_MOST)
        table_mistake(table, column, N_("%zu skills in one cell; %d are allowed"),
                      part_count, SKILLS_MOST);
    for (size_t i = 0; i < part_count && i < SKILLS_MOST; i++) {
        struct person_skill *skill = &skills[used];
        err_code code;
        parse_skill(table, column, parts[i], skill);
        if (!skill->label)
            return err_set(table->err, ERR_MEMORY, "no room for skills");
        if (!*skill->label)
            continue;
        if (unicode_length(skill->label) > LABEL_MOST) {
            table_mistake(table, column, N_("a skill of %zu characters; %d are allowed"),
                          unicode_length(skill->label), LABEL_MOST);
            continue;
        }
        code = skill_names_find(table->skill_names, skill->label, &skill->skill_id,
                                table->err);
        if (code != ERR_NONE)
            return code;
        table->report->recognised += skill->skill_id != 0;
        table->report->unrecognised += skill->skill_id == 0;
        used++;
    }
    *out = skills;
    *count = used;
    return ERR_NONE;
}
