/* The card that the index keeps of a document. */
#include "indexer/card.h"

#include "indexer/analysis.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define UNIT '\x1f' /* between the parts of a line */

static void add_value(struct text *out, const char *value)
{
    for (; *value; value++)
        text_add_char(out, *value == '\n' || *value == '\r' || *value == UNIT ? ' '
                                                                              : *value);
}

static void add_line(struct text *out, char tag, const char *value)
{
    if (!value || !*value)
        return;
    text_add_char(out, tag);
    add_value(out, value);
    text_add_char(out, '\n');
}

static void add_number(struct text *out, char tag, int64_t value)
{
    if (value)
        text_printf(out, "%c%" PRId64 "\n", tag, value);
}

static err_code add_stems(struct arena *arena, const char *label, const char *lang,
                          struct text *out, struct err *err)
{
    struct tokens tokens;
    err_code code = analysis_text(arena, label, lang, &tokens, err);

    for (size_t i = 0; code == ERR_NONE && i < tokens.count; i++) {
        if (tokens.items[i].is_stop)
            continue;
        text_add(out, tokens.items[i].stem);
        text_add_char(out, ' ');
    }
    return code;
}

/* "TAG label UNIT stems". */
static err_code add_label(struct arena *arena, char tag, const char *label,
                          const char *lang, struct text *out, struct err *err)
{
    err_code code;

    text_add_char(out, tag);
    add_value(out, label);
    text_add_char(out, UNIT);
    code = add_stems(arena, label, lang, out, err);
    text_add_char(out, '\n');
    return code;
}

static err_code add_thesaurus(struct arena *arena, const struct skill *skill,
                              const char *own, const char *lang, struct text *out,
                              struct err *err)
{
    err_code code = ERR_NONE;
    size_t added = 0;

    for (size_t i = 0; skill && code == ERR_NONE && i < skill->label_count &&
                       added < CARD_LABELS_MOST;
         i++) {
        if (own && strcmp(skill->labels[i].text, own) == 0)
            continue;
        code = add_label(arena, 'l', skill->labels[i].text, lang, out, err);
        added++;
    }
    return code;
}

static err_code add_skills(struct arena *arena, const struct document *document,
                           const char *lang, struct text *out, struct err *err)
{
    const struct person *person = document->person;
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && person && i < person->skill_count; i++) {
        const struct person_skill *skill = &person->skills[i];
        text_printf(out, "s%" PRId64 "%c%d%c%d%c", skill->skill_id, UNIT,
                    (int)skill->level, UNIT, (int)skill->is_shared, UNIT);
        code = add_label(arena, ' ', skill->label, lang, out, err);
        if (code == ERR_NONE)
            code = add_thesaurus(arena, i < document->skill_count ? document->skills[i]
                                                                  : NULL,
                                 skill->label, lang, out, err);
    }
    for (size_t i = 0; code == ERR_NONE && !person && i < document->skill_count; i++) {
        const struct skill *skill = document->skills[i];
        text_printf(out, "s%" PRId64 "%c0%c1%c", skill->id, UNIT, UNIT, UNIT);
        code = add_label(arena, ' ', skill_name(skill, lang), lang, out, err);
        if (code == ERR_NONE)
            code = add_thesaurus(arena, skill, skill_name(skill, lang), lang, out, err);
    }
    return code;
}

static void add_common(const struct document *document, struct text *out)
{
    add_line(out, 'S', document->structure_name);
    add_line(out, 'K', document->structure_key);
    for (size_t i = 0; i < document->pole_count; i++) {
        text_add_char(out, 'p');
        add_value(out, document->pole_keys[i]);
        text_add_char(out, UNIT);
        add_value(out, document->pole_names[i]);
        text_add_char(out, '\n');
    }
}

static err_code write_person(struct arena *arena, const struct person *person,
                             const char *lang, struct text *out, struct err *err)
{
    add_number(out, 'i', person->id);
    add_line(out, 'x', person->external_id);
    add_line(out, 'h', person->headline);
    add_line(out, 'b', person->about);
    add_line(out, 'c', person->commune);
    add_number(out, 'C', person->confirmed_at);
    add_number(out, 'M', person->created_at);
    add_number(out, 'P', person->pause_until);
    add_number(out, 'Q', person->quota_month + 1); /* -1 reads as 0 */
    return add_label(arena, 't', person->name, lang, out, err);
}

static err_code write_need(struct arena *arena, const struct need *need, const char *lang,
                           struct text *out, struct err *err)
{
    add_number(out, 'i', need->id);
    add_line(out, 'x', need->external_id);
    add_line(out, 'c', need->commune);
    add_number(out, 'M', need->created_at);
    add_number(out, 'u', (int64_t)need->support_count);
    add_number(out, 'z', need->state);
    return add_label(arena, 't', need->text, lang, out, err);
}

static err_code write_session(struct arena *arena, const struct session *session,
                              const char *lang, struct text *out, struct err *err)
{
    add_number(out, 'i', session->id);
    add_line(out, 'x', session->external_id);
    add_line(out, 'b', session->about);
    add_line(out, 'h', session->place);
    add_line(out, 'c', session->commune);
    add_number(out, 'M', session->created_at);
    add_number(out, 'D', session->date_count ? session->dates[0].starts_at : 0);
    add_number(out, 'n', session->seats);
    add_number(out, 'm', (int64_t)session_seats_taken(session));
    add_number(out, 'z', session->state);
    return add_label(arena, 't', session->title, lang, out, err);
}

static err_code write_skill(struct arena *arena, const struct skill *skill,
                            const char *lang, struct text *out, struct err *err)
{
    const char *name = skill_name(skill, lang);
    err_code code;

    add_number(out, 'i', skill->id);
    add_line(out, 'x', skill->code);
    add_line(out, 'b', skill->description);
    code = add_label(arena, 't', name, lang, out, err);
    if (code == ERR_NONE) {
        text_printf(out, "s%" PRId64 "%c0%c1%c", skill->id, UNIT, UNIT, UNIT);
        code = add_label(arena, ' ', name, lang, out, err);
    }
    return code == ERR_NONE ? add_thesaurus(arena, skill, name, lang, out, err) : code;
}

err_code card_write(struct arena *arena, const struct document *document, const char *lang,
                    struct text *out, struct err *err)
{
    err_code code = ERR_NONE;

    text_printf(out, "k%d\n", (int)document->kind);
    switch (document->kind) {
    case KIND_PERSON:
        code = write_person(arena, document->person, lang, out, err);
        break;
    case KIND_NEED:
        code = write_need(arena, document->need, lang, out, err);
        break;
    case KIND_SESSION:
        code = write_session(arena, document->session, lang, out, err);
        break;
    case KIND_SKILL:
        code = write_skill(arena, document->skill, lang, out, err);
        break;
    }
    add_common(document, out);
    if (code == ERR_NONE && document->kind != KIND_SKILL)
        code = add_skills(arena, document, lang, out, err);
    if (code == ERR_NONE && text_failed(out))
        code = err_set(err, ERR_LIMIT, "a card for the index is longer than %zu bytes",
                       out->limit);
    return code;
}

/* Cuts `line` at the next UNIT and returns what comes after it ("" at the end). */
static char *after_unit(char *line)
{
    char *unit = strchr(line, UNIT);

    if (!unit)
        return line + strlen(line);
    *unit = '\0';
    return unit + 1;
}

static bool read_skill(struct arena *arena, char *line, struct card *card, size_t *capacity)
{
    struct card_skill *skills =
        arena_grow(arena, card->skills, card->skill_count, capacity, sizeof *skills);
    char *level = after_unit(line), *shared = after_unit(level), *label = after_unit(shared);
    char *stems = after_unit(label);

    if (!skills)
        return false;
    card->skills = skills;
    skills[card->skill_count++] = (struct card_skill){
        .skill_id = strtoll(line, NULL, 10),
        .level = (enum skill_level)(strtol(level, NULL, 10) & 7),
        .is_shared = *shared == '1',
        .own = {.text = *label == ' ' ? label + 1 : label, .stems = stems},
    };
    return true;
}

static bool read_through(struct arena *arena, char *line, struct card *card)
{
    struct card_skill *skill;
    char *stems = after_unit(line);

    if (!card->skill_count)
        return true;
    skill = &card->skills[card->skill_count - 1];
    if (!skill->through)
        skill->through = arena_array(arena, CARD_LABELS_MOST, sizeof *skill->through);
    if (!skill->through)
        return false;
    if (skill->through_count < CARD_LABELS_MOST)
        skill->through[skill->through_count++] =
            (struct card_label){.text = line, .stems = stems};
    return true;
}

static bool read_pole(struct arena *arena, char *line, struct card *card, size_t *capacity)
{
    size_t both = *capacity;
    const char **keys =
        arena_grow(arena, card->pole_keys, card->pole_count, capacity, sizeof *keys);
    const char **names =
        arena_grow(arena, card->pole_names, card->pole_count, &both, sizeof *names);

    if (!keys || !names)
        return false;
    names[card->pole_count] = after_unit(line);
    keys[card->pole_count++] = line;
    card->pole_keys = keys;
    card->pole_names = names;
    return true;
}

static void read_value(char tag, char *value, struct card *card)
{
    switch (tag) {
    case 'k': card->kind = (enum kind)(strtol(value, NULL, 10) & 3); break;
    case 'i': card->id = strtoll(value, NULL, 10); break;
    case 'x': card->external_id = value; break;
    case 't':
        card->title.stems = after_unit(value);
        card->title.text = value;
        break;
    case 'h': card->headline = value; break;
    case 'b': card->body = value; break;
    case 'c': card->commune = value; break;
    case 'S': card->structure_name = value; break;
    case 'K': card->structure_key = value; break;
    case 'C': card->confirmed_at = strtoll(value, NULL, 10); break;
    case 'M': card->created_at = strtoll(value, NULL, 10); break;
    case 'D': card->starts_at = strtoll(value, NULL, 10); break;
    case 'P': card->pause_until = strtoll(value, NULL, 10); break;
    case 'Q': card->quota_month = (int)strtol(value, NULL, 10) - 1; break;
    case 'n': card->seats = (int)strtol(value, NULL, 10); break;
    case 'm': card->seats_taken = (int)strtol(value, NULL, 10); break;
    case 'u': card->supports = (int)strtol(value, NULL, 10); break;
    case 'z': card->state = (int)strtol(value, NULL, 10); break;
    default: break;
    }
}

err_code card_read(struct arena *arena, const char *bytes, size_t length, struct card *out,
                   struct err *err)
{
    struct card card = {.quota_month = -1, .title = {"", ""}};
    char *line = arena_strndup(arena, bytes, length), *next;
    size_t skill_capacity = 0, pole_capacity = 0;
    bool is_fine = line != NULL;

    for (; is_fine && *line; line = next) {
        next = line + strcspn(line, "\n");
        if (*next)
            *next++ = '\0';
        if (*line == 's')
            is_fine = read_skill(arena, line + 1, &card, &skill_capacity);
        else if (*line == 'l')
            is_fine = read_through(arena, line + 1, &card);
        else if (*line == 'p')
            is_fine = read_pole(arena, line + 1, &card, &pole_capacity);
        else
            read_value(*line, line + 1, &card);
    }
    if (!is_fine)
        return err_set(err, ERR_MEMORY, "no room for a card of the index");
    *out = card;
    return ERR_NONE;
}

uint32_t card_match(const char *stems, const char *const *query, size_t query_count,
                    int *words)
{
    uint32_t matched = 0;
    int count = 0;

    while (*stems) {
        size_t length = strcspn(stems, " ");
        for (size_t i = 0; i < query_count && i < 32; i++)
            if (strncmp(query[i], stems, length) == 0 && query[i][length] == '\0')
                matched |= 1u << i;
        count += length > 0;
        stems += length;
        stems += *stems == ' ';
    }
    if (words)
        *words = count;
    return matched;
}
