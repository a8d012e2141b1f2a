/* Fast entry for a « bourse aux besoins ». */
#include "exchange/action/fair.h"

#include "base/email.h"
#include "base/unicode.h"
#include "exchange/action/act_for.h"
#include "exchange/action/actor.h"
#include "exchange/action/names.h"
#include "exchange/action/need_post.h"
#include "store/desk.h"
#include "store/needs.h"
#include "store/people.h"
#include "store/skill_names.h"

#include <string.h>

enum { PARTS = 5 };

/* One reading of what was typed, with the connection that goes on with it. */
struct reading {
    struct ctx *ctx;
    struct db *db;
    int64_t pole_id;
    const char *text;
    struct names names;
    struct fair *out;
};

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static const char *trimmed(struct arena *arena, const char *from, size_t length)
{
    while (length && is_blank(*from)) {
        from++;
        length--;
    }
    while (length && is_blank(from[length - 1]))
        length--;
    return arena_strndup(arena, from, length);
}

/* What separates the parts of a line: the first of ; ； tab | that stands in it. */
static const char *separator_of(const char *line)
{
    static const char *const separators[] = {";", "；", "\t", "|"};

    for (size_t i = 0; i < sizeof separators / sizeof separators[0]; i++)
        if (strstr(line, separators[i]))
            return separators[i];
    return ";";
}

/* Cuts a line into its parts; more than PARTS are counted, not kept. */
static size_t cut(struct arena *arena, const char *line, const char *parts[PARTS])
{
    const char *separator = separator_of(line);
    size_t count = 0;

    for (size_t i = 0; i < PARTS; i++)
        parts[i] = "";
    for (;;) {
        const char *end = strstr(line, separator);
        const char *part =
            trimmed(arena, line, end ? (size_t)(end - line) : strlen(line));
        if (count < PARTS && part)
            parts[count] = part;
        if (count < PARTS || (part && *part))
            count++;
        if (!end)
            return count;
        line = end + strlen(separator);
    }
}

static bool begins_with_letter(const char *text)
{
    int length = 1;

    return *text && unicode_is_letter(unicode_at(text, &length));
}

static const char *check_parts(const struct fair_line *line, size_t count)
{
    if (count > PARTS)
        return N_("More than five parts: is a ; too many?");
    if (!begins_with_letter(line->name))
        return N_("The line begins with a first and last name.");
    if (unicode_length(line->name) > ACT_NAME_MOST)
        return N_("The name is longer than 200 characters.");
    if (!*line->need && !*line->offer)
        return N_("Neither what she seeks nor what she can show is there.");
    if (*line->need &&
        (unicode_length(line->need) < NEED_TEXT_LEAST || !unicode_has_letter(line->need)))
        return N_("What she seeks is too short to be understood.");
    if (*line->offer && !unicode_has_letter(line->offer))
        return N_("What she can show is not in words.");
    if (unicode_length(line->need) > FAIR_PART_MOST ||
        unicode_length(line->offer) > NEED_PASS_ON_MOST)
        return N_("A part is too long: 500 characters for a need, 300 for an offer.");
    if (*line->email && !email_is_plausible(line->email))
        return N_("The address is not one such as name@example.org.");
    return NULL;
}

static bool find_structure(const struct reading *reading, struct fair_line *line)
{
    const char *wanted = unicode_fold(reading->ctx->arena, line->structure);

    for (size_t i = 0; wanted && i < reading->names.structure_count; i++) {
        const struct structure *structure = &reading->names.structures[i];
        const char *name = unicode_fold(reading->ctx->arena, structure->name);
        if (strcmp(structure->key, line->structure) == 0 ||
            (name && strcmp(name, wanted) == 0)) {
            line->structure_id = structure->id;
            return true;
        }
    }
    return false;
}

/* What she can show, cut at commas, each looked up in the thesaurus. */
static err_code read_offers(const struct reading *reading, struct fair_line *line,
                            struct err *err)
{
    const char *at = line->offer;
    err_code code = ERR_NONE;

    while (code == ERR_NONE && *at && line->offer_count < FAIR_OFFERS_MOST) {
        size_t length = strcspn(at, ",");
        const char *label = trimmed(reading->ctx->arena, at, length);
        if (label && *label) {
            struct fair_offer *offer = &line->offers[line->offer_count++];
            offer->label = label;
            code = skill_named(reading->db, label, &offer->skill_id, err);
        }
        at += length;
        if (*at)
            at++;
    }
    return code;
}

/* An earlier line of the same new person. */
static int earlier(const struct reading *reading, const struct fair_line *line)
{
    const char *mine = unicode_fold(reading->ctx->arena, line->name);

    for (size_t i = 0; mine && i < reading->out->count; i++) {
        const struct fair_line *other = &reading->out->lines[i];
        const char *theirs;
        if (other->wrong || other->person_id ||
            other->structure_id != line->structure_id ||
            strcmp(other->email, line->email) != 0)
            continue;
        theirs = unicode_fold(reading->ctx->arena, other->name);
        if (theirs && strcmp(mine, theirs) == 0)
            return other->same_as ? other->same_as : other->number;
    }
    return 0;
}

static err_code read_person(const struct reading *reading, struct fair_line *line,
                            struct err *err)
{
    const struct act_person who = {.name = line->name,
                                   .email = line->email,
                                   .structure_id = line->structure_id,
                                   .pole_id = reading->pole_id};
    struct arena *arena = reading->ctx->arena;
    struct err several = {0};
    struct person person;
    int64_t same = 0;
    err_code code = act_find(reading->db, arena, &who, &line->person_id, &several);

    if (code == ERR_CONFLICT) {
        line->wrong = several.message_id;
        return ERR_NONE;
    }
    if (code != ERR_NONE)
        return err_set(err, code, "%s", several.text);
    if (!line->person_id) {
        line->same_as = earlier(reading, line);
        return ERR_NONE;
    }
    code = people_get(reading->db, arena, line->person_id, &person, err);
    if (code != ERR_NONE)
        return code;
    line->known_name = person.name;
    line->is_published = person.state == CARD_PUBLISHED;
    code = desk_need_same(reading->db, line->person_id, line->need, reading->ctx->now,
                          &same, err);
    line->is_repeat = same != 0;
    return code;
}

/* A need typed twice for the same person counts once. */
static void find_repeat(struct fair *fair, struct fair_line *line)
{
    for (size_t i = 0; *line->need && i < fair->count; i++) {
        const struct fair_line *other = &fair->lines[i];
        bool is_same = line->person_id
                           ? other->person_id == line->person_id
                           : line->same_as && (other->number == line->same_as ||
                                               other->same_as == line->same_as);
        if (is_same && strcmp(other->need, line->need) == 0)
            line->is_repeat = true;
    }
}

static err_code read_line(struct reading *reading, const char *text, int number,
                          struct fair_line *line, struct err *err)
{
    const char *parts[PARTS];
    size_t count = cut(reading->ctx->arena, text, parts);
    err_code code = ERR_NONE;

    if (strchr(parts[4], '@') && !strchr(parts[3], '@')) { /* the other way round */
        const char *swapped = parts[3];
        parts[3] = parts[4];
        parts[4] = swapped;
    }
    *line = (struct fair_line){.number = number,
                               .name = parts[0],
                               .need = parts[1],
                               .offer = parts[2],
                               .email = email_plain(reading->ctx->arena, parts[3]),
                               .structure = parts[4]};
    if (!line->email)
        line->email = parts[3];
    line->wrong = check_parts(line, count);
    if (!line->wrong && *line->structure && !find_structure(reading, line))
        line->wrong = N_("No structure of the site bears this name.");
    if (!line->wrong)
        code = read_offers(reading, line, err);
    if (code == ERR_NONE && !line->wrong)
        code = read_person(reading, line, err);
    if (code == ERR_NONE && !line->wrong && *line->need) {
        find_repeat(reading->out, line);
        code = skill_named(reading->db, line->need, &line->skill_id, err);
    }
    return code;
}

static void count_line(struct fair *fair, const struct fair_line *line)
{
    if (line->wrong) {
        fair->wrong++;
        return;
    }
    fair->needs += *line->need && !line->is_repeat;
    fair->offers += line->offer_count;
    fair->people_new += !line->person_id && !line->same_as;
}

static err_code read_all(struct reading *reading, struct err *err)
{
    struct arena *arena = reading->ctx->arena;
    struct fair *fair = reading->out;
    const char *at = reading->text ? reading->text : "";
    int number = 0;
    err_code code = names_load(reading->db, arena, &reading->names, err);

    *fair =
        (struct fair){.lines = arena_array(arena, FAIR_LINES_MOST, sizeof *fair->lines)};
    if (!fair->lines)
        return err_set(err, ERR_MEMORY, "no room for %d lines", FAIR_LINES_MOST);
    while (code == ERR_NONE && *at) {
        size_t length = strcspn(at, "\n");
        const char *line = trimmed(arena, at, length);
        number++;
        at += length + (at[length] == '\n');
        if (!line || !*line)
            continue;
        if (fair->count == FAIR_LINES_MOST)
            return err_set_field(
                err, ERR_LIMIT, "lignes",
                N_("Two hundred lines at a time: save these, then go on."));
        code = read_line(reading, line, number, &fair->lines[fair->count], err);
        if (code == ERR_NONE)
            count_line(fair, &fair->lines[fair->count++]);
    }
    if (code == ERR_NONE && !fair->count)
        return err_set_field(err, ERR_INVALID, "lignes",
                             N_("Write at least one line: a name, then what she seeks or "
                                "can show."));
    return arena_failed(arena) ? err_set(err, ERR_MEMORY, "no room for what was typed")
                               : code;
}

static err_code may(const struct ctx *ctx, int64_t pole_id, struct err *err)
{
    return actor_must(VERB_ACT_FOR, actor_who(ctx->actor, 0, pole_id, 0), err);
}

err_code fair_read(struct ctx *ctx, int64_t pole_id, const char *text, struct fair *out,
                   struct err *err)
{
    struct reading reading = {
        .ctx = ctx, .db = ctx->db, .pole_id = pole_id, .text = text, .out = out};
    err_code code = may(ctx, pole_id, err);

    return code == ERR_NONE ? read_all(&reading, err) : code;
}

/* Adds to a card that is not published what it does not say yet. */
static err_code add_skills(struct reading *reading, struct fair_line *line,
                           struct err *err)
{
    struct arena *arena = reading->ctx->arena;
    struct person person;
    struct person_skill *skills;
    err_code code = people_get(reading->db, arena, line->person_id, &person, err);
    size_t before;

    if (code != ERR_NONE)
        return code;
    skills = arena_array(arena, person.skill_count + line->offer_count, sizeof *skills);
    if (!skills)
        return err_set(err, ERR_MEMORY, "no room for skills");
    for (size_t i = 0; i < person.skill_count; i++)
        skills[i] = person.skills[i];
    before = person.skill_count;
    for (size_t i = 0; i < line->offer_count; i++) {
        bool is_there = false;
        for (size_t k = 0; k < person.skill_count; k++)
            is_there = is_there || strcmp(skills[k].label, line->offers[i].label) == 0;
        if (!is_there)
            skills[person.skill_count++] =
                (struct person_skill){.skill_id = line->offers[i].skill_id,
                                      .label = line->offers[i].label,
                                      .is_shared = true};
    }
    person.skills = skills;
    return person.skill_count > before
               ? people_save(reading->db, &person, reading->ctx->now, err)
               : ERR_NONE;
}

/* What someone can show whose card is hers to change. */
static err_code note_offer(const struct reading *reading, const struct fair_line *line,
                           struct err *err)
{
    const char *text =
        arena_printf(reading->ctx->arena, "%s : %s", line->known_name, line->offer);

    return text ? desk_note_add(reading->db, reading->pole_id,
                                reading->ctx->actor->person_id, text, reading->ctx->now,
                                err)
                : err_set(err, ERR_MEMORY, "no room for a note");
}

static err_code write_line(struct reading *reading, struct fair_line *line,
                           struct err *err)
{
    struct ctx *ctx = reading->ctx;
    const struct act_person who = {.name = line->name,
                                   .email = line->email,
                                   .structure_id = line->structure_id,
                                   .pole_id = reading->pole_id};
    struct need need = {.structure_id = line->structure_id,
                        .pole_id = reading->pole_id,
                        .skill_id = line->skill_id,
                        .text = line->need,
                        .could_pass_on = *line->offer ? line->offer : NULL,
                        .state = NEED_STATED,
                        .created_at = ctx->now,
                        .expires_at = ctx->now + ctx->config->need_life_days * DAY_S};
    err_code code = ERR_NONE;

    if (line->same_as)
        for (size_t i = 0; i < reading->out->count; i++)
            if (reading->out->lines[i].number == line->same_as)
                line->person_id = reading->out->lines[i].person_id;
    if (!line->person_id)
        code = act_person(reading->db, ctx, &who, &line->person_id, err);
    if (code == ERR_NONE && line->offer_count)
        code = line->is_published ? note_offer(reading, line, err)
                                  : add_skills(reading, line, err);
    if (code != ERR_NONE)
        return code;
    need.person_id = line->person_id;
    if (!*line->need || line->is_repeat)
        return act_note(reading->db, ctx, "note offer for", "person", line->person_id,
                        reading->pole_id, line->person_id, err);
    code = needs_save(reading->db, &need, ctx->now, err);
    return code == ERR_NONE ? act_note(reading->db, ctx, ACT_STATE_NEED, "need", need.id,
                                       reading->pole_id, line->person_id, err)
                            : code;
}

static err_code write_all(struct db *db, void *argument, struct err *err)
{
    struct reading *reading = argument;
    err_code code;

    reading->db = db;
    code = read_all(reading, err);
    if (code == ERR_NONE && reading->out->wrong)
        return err_set_field(err, ERR_INVALID, "lignes",
                             N_("Nothing is saved yet: some lines are to be corrected."));
    for (size_t i = 0; code == ERR_NONE && i < reading->out->count; i++)
        code = write_line(reading, &reading->out->lines[i], err);
    return code;
}

err_code fair_save(struct ctx *ctx, int64_t pole_id, const char *text, struct fair *out,
                   struct err *err)
{
    struct reading reading = {.ctx = ctx, .pole_id = pole_id, .text = text, .out = out};
    err_code code = may(ctx, pole_id, err);

    return code == ERR_NONE ? writer_do(ctx->writer, write_all, &reading, err) : code;
}
