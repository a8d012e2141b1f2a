/* From a form to a card. */
#include "exchange/action/card.h"

#include "base/unicode.h"
#include "exchange/model/week.h"
#include "store/skill_names.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct filling {
    struct ctx *ctx;
    const struct card_form *form;
    struct person *person;
    struct card_mistakes *mistakes;
};

static void mistake(struct filling *filling, const char *field, const char *message_id)
{
    struct card_mistakes *mistakes = filling->mistakes;

    if (mistakes->count < CARD_MISTAKES_MOST)
        err_set_field(&mistakes->items[mistakes->count++], ERR_INVALID, field,
                      message_id);
}

static const char *text_of(struct filling *filling, const char *value, size_t most,
                           const char *field, const char *too_long)
{
    const char *text = arena_trimmed(filling->ctx->arena, value);

    if (text && unicode_length(text) > most)
        mistake(filling, field, too_long);
    return text;
}

static void fill_texts(struct filling *filling)
{
    const struct card_form *form = filling->form;
    struct person *person = filling->person;

    person->name = text_of(filling, form->name, CARD_NAME_MOST, "name",
                           N_("Write your first and last name: 200 characters at most."));
    if (!person->name || !unicode_has_letter(person->name)) {
        person->name = "";
        mistake(filling, "name",
                N_("Write your first and last name: 200 characters at most."));
    }
    person->headline = text_of(filling, form->headline, CARD_HEADLINE_MOST, "headline",
                               N_("Shorten this line: 200 characters at most."));
    person->about = text_of(filling, form->about, CARD_ABOUT_MOST, "about",
                            N_("Shorten this text: 3,000 characters at most."));
    person->commune =
        text_of(filling, form->commune, CARD_COMMUNE_MOST, "commune",
                N_("Shorten the name of the commune: 80 characters at most."));
    person->access = text_of(filling, form->access, CARD_ACCESS_MOST, "access",
                             N_("Shorten this text: 500 characters at most."));
    person->languages = arena_trimmed(filling->ctx->arena, form->languages);
    person->formats = form->formats & ~CARD_FORMAT_ODD;
    if (form->formats & CARD_FORMAT_ODD)
        mistake(filling, "formats", N_("Choose among the ways that are shown, or none."));
    person->is_indexable = form->is_indexable;
}

static void fill_quota(struct filling *filling)
{
    const char *text = arena_trimmed(filling->ctx->arena, filling->form->quota);
    char *end;
    long number;

    filling->person->quota_month = -1;
    if (!text)
        return;
    number = strtol(text, &end, 10);
    if (*end || number < 0 || number > CARD_QUOTA_MOST)
        mistake(filling, "quota",
                N_("Write a number from 0 to 100, or nothing for the usual one."));
    else
        filling->person->quota_month = (int)number;
}

/* "3", "mars", "mars." or "march"; 0 when it is no month. */
static int month_of(struct arena *arena, const char *text)
{
    static const char *const months[12][2] = {
        {"janvier", "january"}, {"fevrier", "february"},  {"mars", "march"},
        {"avril", "april"},     {"mai", "may"},           {"juin", "june"},
        {"juillet", "july"},    {"aout", "august"},       {"septembre", "september"},
        {"octobre", "october"}, {"novembre", "november"}, {"decembre", "december"}};
    const char *folded = unicode_fold(arena, text);
    size_t length = folded ? strcspn(folded, ".") : 0;
    char *end;
    long number = folded ? strtol(folded, &end, 10) : 0;

    if (folded && !*end)
        return number >= 1 && number <= 12 ? (int)number : 0;
    for (int month = 0; month < 12; month++)
        for (int lang = 0; lang < 2; lang++)
            if (length >= 3 && strncmp(months[month][lang], folded, length) == 0)
                return month + 1;
    return 0;
}

/* A whole number without sign, "1er" and "1st" too; 0 for anything else. */
static int number_of(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    bool is_one = strcmp(text, "1er") == 0 || strcmp(text, "1st") == 0;

    return (text[digits] && !is_one) || digits > 4 ? 0 : (int)strtol(text, NULL, 10);
}

/* Three fields, all empty: no pause. "jui" alone would be June before July, as people
 * abridge it "juin" and "juil". */
static void fill_pause(struct filling *filling)
{
    struct ctx *ctx = filling->ctx;
    const struct card_form *form = filling->form;
    const char *day = arena_trimmed(ctx->arena, form->day);
    const char *month = arena_trimmed(ctx->arena, form->month);
    const char *year = arena_trimmed(ctx->arena, form->year);
    struct civil civil = {0}, today = calendar_civil(ctx->now, ctx->config->zone);

    filling->person->pause_until = 0;
    if (!day && !month && !year)
        return;
    civil.day = day ? number_of(day) : 0;
    civil.month = month ? month_of(ctx->arena, month) : 0;
    civil.year = year ? number_of(year) : today.year;
    civil.year += civil.year > 0 && civil.year < 100 ? 2000 : 0;
    if (!year && (civil.month < today.month ||
                  (civil.month == today.month && civil.day <= today.day)))
        civil.year++;
    if (!calendar_date_exists(civil.year, civil.month, civil.day) ||
        !calendar_instant(civil, ctx->config->zone, &filling->person->pause_until))
        mistake(filling, "pause", N_("Write a date that exists, such as 14 March 2027."));
    else if (filling->person->pause_until <= ctx->now)
        mistake(filling, "pause",
                N_("That day is past. Write a day to come, or empty the three fields."));
    else if (civil.year > today.year + 5)
        mistake(filling, "pause", N_("Write a day within the next five years."));
}

/* The windows of the half-days she ticked; hers to the minute when she changed none. */
static err_code fill_week(struct filling *filling, struct err *err)
{
    struct person *person = filling->person;
    struct weekly_window *windows;

    if (week_parts(person->windows, person->window_count) == filling->form->day_parts)
        return ERR_NONE;
    if (filling->form->day_parts & WEEK_ODD)
        mistake(filling, "when", N_("Tick half-days of the week, or none."));
    windows = arena_array(filling->ctx->arena, WEEK_PARTS, sizeof *windows);
    if (!windows)
        return err_set(err, ERR_MEMORY, "no room for the times of the week");
    person->window_count = week_windows(filling->form->day_parts, windows);
    person->windows = windows;
    return ERR_NONE;
}

static void fill_visibility(struct filling *filling)
{
    const char *text = filling->form->visibility;

    if (!text || text[0] < '0' || text[0] > '2' || text[1])
        mistake(filling, "visibility", N_("Choose who sees the card."));
    else if (text[0] == '2' && !filling->person->structure_id)
        mistake(filling, "visibility",
                N_("No structure accompanies you here: choose everyone or the members."));
    else
        filling->person->visibility = (enum visibility)(text[0] - '0');
}

/* What the line was before, for what no form shows; NULL when it is new. */
static const struct person_skill *same_line(const struct person *old, const char *label)
{
    for (size_t i = 0; i < old->skill_count; i++)
        if (strcmp(old->skills[i].label, label) == 0)
            return &old->skills[i];
    return NULL;
}

static err_code fill_line(struct filling *filling, size_t line, struct person_skill *out,
                          bool *is_there, struct err *err)
{
    const struct card_line *typed = &filling->form->lines[line];
    const char *label = arena_trimmed(filling->ctx->arena, typed->label);
    const struct person_skill *before = label ? same_line(filling->person, label) : NULL;
    char field[24] = "skill-";

    *is_there = label != NULL;
    if (!label)
        return ERR_NONE;
    field[6] = (char)('0' + line / 10);
    field[7] = (char)('0' + line % 10);
    if (unicode_length(label) > CARD_SKILL_MOST)
        mistake(filling, field,
                N_("Shorten this line: 200 characters at most. Several things to know "
                   "are several lines."));
    *out = (struct person_skill){.label = label,
                                 .is_shared = typed->is_shared,
                                 .formats = before ? before->formats : 0};
    if (typed->level && *typed->level) {
        if (typed->level[0] < '0' || typed->level[0] > '4' || typed->level[1])
            mistake(filling, field, N_("Choose one of the four levels, or none."));
        else
            out->level = (enum skill_level)(typed->level[0] - '0');
    }
    return skill_named(filling->ctx->db, label, &out->skill_id, err);
}

/* The same thing twice is once: the first stays. */
static bool is_double(const struct person_skill *skills, size_t count,
                      const struct person_skill *one, struct arena *arena)
{
    const char *folded = unicode_fold(arena, one->label);

    for (size_t i = 0; folded && i < count; i++) {
        const char *other = unicode_fold(arena, skills[i].label);
        if (other && strcmp(other, folded) == 0)
            return true;
    }
    return false;
}

static err_code fill_skills(struct filling *filling, struct err *err)
{
    struct person_skill *skills =
        arena_array(filling->ctx->arena, CARD_SKILLS_MOST, sizeof *skills);
    size_t count = 0;

    if (!skills)
        return err_set(err, ERR_MEMORY, "no room for skills");
    for (size_t i = 0; i < filling->form->line_count; i++) {
        bool is_there;
        err_code code = fill_line(filling, i, &skills[count], &is_there, err);
        if (code != ERR_NONE)
            return code;
        if (is_there && !is_double(skills, count, &skills[count], filling->ctx->arena))
            count++;
    }
    filling->person->skills = skills;
    filling->person->skill_count = count;
    return ERR_NONE;
}

err_code card_fill(struct ctx *ctx, const struct card_form *form, struct person *person,
                   struct card_mistakes *mistakes, struct err *err)
{
    struct filling filling = {ctx, form, person, mistakes};
    err_code code;

    mistakes->count = 0;
    fill_texts(&filling);
    code = fill_skills(&filling, err);
    if (code == ERR_NONE)
        code = fill_week(&filling, err);
    if (code != ERR_NONE)
        return code;
    fill_quota(&filling);
    fill_pause(&filling);
    fill_visibility(&filling);
    return mistakes->count ? err_set(err, ERR_INVALID, "%s", mistakes->items[0].text)
                           : ERR_NONE;
}
