/* The card that the index keeps of a document. */
#include "indexer/card.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define UNIT '\x1f' /* between the parts of a line */

static void add_value(struct text *out, const char *value)
{
    for (; *value; value++)
        text_add_char(out,
                      *value == '\n' || *value == '\r' || *value == UNIT ? ' ' : *value);
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

/* "sID UNIT LEVEL UNIT SHARED UNIT LABEL". */
static void add_skill(struct text *out, const struct person_skill *skill)
{
    text_printf(out, "s%" PRId64 "%c%d%c%d%c", skill->skill_id, UNIT, (int)skill->level,
                UNIT, (int)skill->is_shared, UNIT);
    add_value(out, skill->label);
    text_add_char(out, '\n');
}

static void add_skills(const struct document *document, const char *lang,
                       struct text *out)
{
    const struct person *person = document->person;

    for (size_t i = 0; person && i < person->skill_count; i++)
        add_skill(out, &person->skills[i]);
    for (size_t i = 0; !person && i < document->skill_count; i++)
        add_skill(out, &(const struct person_skill){
                           .skill_id = document->skills[i]->id,
                           .is_shared = true,
                           .label = skill_name(document->skills[i], lang)});
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

static void write_person(const struct person *person, struct text *out)
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
    add_line(out, 't', person->name);
}

static void write_need(const struct need *need, struct text *out)
{
    add_number(out, 'i', need->id);
    add_line(out, 'x', need->external_id);
    add_line(out, 'c', need->commune);
    add_number(out, 'M', need->created_at);
    add_number(out, 'u', (int64_t)need->support_count + need->merged_people);
    add_number(out, 'z', need->state);
    add_line(out, 't', need->text);
}

static void write_session(const struct session *session, struct text *out)
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
    add_line(out, 't', session->title);
}

static void write_skill(const struct skill *skill, const char *lang, struct text *out)
{
    add_number(out, 'i', skill->id);
    add_line(out, 'x', skill->code);
    add_line(out, 'b', skill->description);
    add_line(out, 't', skill_name(skill, lang));
    add_skill(out, &(const struct person_skill){.skill_id = skill->id,
                                                .is_shared = true,
                                                .label = skill_name(skill, lang)});
}

err_code card_write(const struct document *document, const char *lang, struct text *out,
                    struct err *err)
{
    text_printf(out, "k%d\n", (int)document->kind);
    switch (document->kind) {
    case KIND_PERSON:
        write_person(document->person, out);
        break;
    case KIND_NEED:
        write_need(document->need, out);
        break;
    case KIND_SESSION:
        write_session(document->session, out);
        break;
    case KIND_SKILL:
        write_skill(document->skill, lang, out);
        break;
    }
    add_common(document, out);
    if (document->kind != KIND_SKILL)
        add_skills(document, lang, out);
    return text_failed(out)
               ? err_set(err, ERR_LIMIT, "a card for the index is longer than %zu bytes",
                         out->limit)
               : ERR_NONE;
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

static bool read_skill(struct arena *arena, char *line, struct card *card,
                       size_t *capacity)
{
    struct card_skill *skills =
        arena_grow(arena, card->skills, card->skill_count, capacity, sizeof *skills);
    char *level = after_unit(line), *shared = after_unit(level),
         *label = after_unit(shared);

    if (!skills)
        return false;
    card->skills = skills;
    skills[card->skill_count++] = (struct card_skill){
        .skill_id = strtoll(line, NULL, 10),
        .level = (enum skill_level)(strtol(level, NULL, 10) & 7),
        .is_shared = *shared == '1',
        .label = label,
    };
    return true;
}

static bool read_pole(struct arena *arena, char *line, struct card *card,
                      size_t *capacity)
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
    case 'k':
        card->kind = (enum kind)(strtol(value, NULL, 10) & 3);
        break;
    case 'i':
        card->id = strtoll(value, NULL, 10);
        break;
    case 'x':
        card->external_id = value;
        break;
    case 't':
        card->title = value;
        break;
    case 'h':
        card->headline = value;
        break;
    case 'b':
        card->body = value;
        break;
    case 'c':
        card->commune = value;
        break;
    case 'S':
        card->structure_name = value;
        break;
    case 'K':
        card->structure_key = value;
        break;
    case 'C':
        card->confirmed_at = strtoll(value, NULL, 10);
        break;
    case 'M':
        card->created_at = strtoll(value, NULL, 10);
        break;
    case 'D':
        card->starts_at = strtoll(value, NULL, 10);
        break;
    case 'P':
        card->pause_until = strtoll(value, NULL, 10);
        break;
    case 'Q':
        card->quota_month = (int)strtol(value, NULL, 10) - 1;
        break;
    case 'n':
        card->seats = (int)strtol(value, NULL, 10);
        break;
    case 'm':
        card->seats_taken = (int)strtol(value, NULL, 10);
        break;
    case 'u':
        card->supports = (int)strtol(value, NULL, 10);
        break;
    case 'z':
        card->state = (int)strtol(value, NULL, 10);
        break;
    default:
        break;
    }
}

err_code card_read(struct arena *arena, const char *bytes, size_t length,
                   struct card *out, struct err *err)
{
    struct card card = {.quota_month = -1, .title = ""};
    char *line = arena_strndup(arena, bytes, length), *next;
    size_t skill_capacity = 0, pole_capacity = 0;
    bool is_fine = line != NULL;

    for (; is_fine && *line; line = next) {
        next = line + strcspn(line, "\n");
        if (*next)
            *next++ = '\0';
        if (*line == 's')
            is_fine = read_skill(arena, line + 1, &card, &skill_capacity);
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

err_code card_of(struct arena *arena, const struct entry *entry, struct card *out,
                 struct err *err)
{
    size_t length = entry->head.card_length;
    const char *copy = arena_strndup(arena, entry->card, length);

    if (!copy)
        return err_set(err, ERR_MEMORY, "index: no room for a card");
    return entry_is_there(entry) ? card_read(arena, copy, length, out, err)
                                 : err_set(err, ERR_BUSY, "index: it was changed");
}
