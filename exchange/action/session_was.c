/* The form of a session that is changed, as it stood before. */
#include "exchange/action/session_was.h"

#include "exchange/action/ctx.h"
#include "exchange/action/session_form.h"
#include "exchange/action/session_mail.h"
#include "exchange/model/skill.h"
#include "store/skills.h"
#include "store/structures.h"

#include <inttypes.h>
#include <string.h>

static const char *number(struct arena *arena, int value)
{
    return arena_printf(arena, "%d", value);
}

static const char *hour(struct arena *arena, struct civil civil)
{
    return civil.minute ? arena_printf(arena, "%dh%02d", civil.hour, civil.minute)
                        : arena_printf(arena, "%dh", civil.hour);
}

static void fill_day(const struct ctx *ctx, int64_t at, struct when_typed *typed)
{
    struct civil civil = calendar_civil(at, ctx->config->zone);

    typed->day = number(ctx->arena, civil.day);
    typed->month = number(ctx->arena, civil.month);
    typed->year = number(ctx->arena, civil.year);
}

static void fill_dates(const struct ctx *ctx, struct session_was *was)
{
    const struct session_date *fixed = session_fixed(was->session);

    was->dates = fixed ? fixed : was->session->dates;
    was->date_count = fixed ? 1 : was->session->date_count;
    if (was->date_count > PROPOSE_DATES)
        was->date_count = PROPOSE_DATES;
    for (size_t i = 0; i < was->date_count; i++) {
        struct when_typed *typed = &was->form.dates[i];
        struct civil from = calendar_civil(was->dates[i].starts_at, ctx->config->zone),
                     to = calendar_civil(was->dates[i].ends_at, ctx->config->zone);
        fill_day(ctx, was->dates[i].starts_at, typed);
        typed->from = hour(ctx->arena, from);
        typed->to = to.hour || to.minute ? hour(ctx->arena, to) : "24h";
    }
}

const char *session_format_word(enum format format)
{
    return format & FORMAT_CIRCLE  ? "cercle"
           : format & FORMAT_VISIT ? "visite"
           : format & FORMAT_CALL  ? "appel"
                                   : "atelier";
}

/* What it is about, in the words the form takes. */
static err_code fill_kind(const struct ctx *ctx, const struct session *session,
                          struct session_form *form, struct err *err)
{
    struct pole pole;
    struct skill skill;
    err_code code = ERR_NONE;

    form->level = session->level ? number(ctx->arena, session->level) : NULL;
    form->format = session_format_word(session->format);
    if (session->pole_id) {
        code = poles_get(ctx->db, ctx->arena, session->pole_id, &pole, err);
        form->pole = code == ERR_NONE ? pole.key : NULL;
    }
    if (code == ERR_NONE && session->skill_id) {
        code = skills_get(ctx->db, ctx->arena, session->skill_id, &skill, err);
        form->skill = code == ERR_NONE ? skill_name(&skill, ctx->lang) : NULL;
    }
    return code;
}

err_code session_was_fill(const struct ctx *ctx, const struct session *session,
                          struct session_was *was, struct err *err)
{
    struct session_form *form = &was->form;

    *was = (struct session_was){.session = session};
    form->title = session->title;
    form->about = session->about;
    form->where = session->room_id     ? "salle"
                  : session->is_online ? "en-ligne"
                                       : "ailleurs";
    form->online_url = session->online_url;
    if (session->room_id) {
        form->room = arena_printf(ctx->arena, "%" PRId64, session->room_id);
    } else {
        form->place = session->place;
        form->commune = session->commune;
        form->access = session->access;
    }
    form->seats = number(ctx->arena, session->seats);
    form->threshold = number(ctx->arena, session->threshold);
    if (session->decide_at)
        fill_day(ctx, session->decide_at, &form->decide);
    fill_dates(ctx, was);
    if (!form->seats || !form->threshold)
        return err_set(err, ERR_MEMORY, "no room for a form");
    return fill_kind(ctx, session, form, err);
}

/* Blanks at the ends, and the two ways to end a line, are no change. */
static bool is_same(const char *left, const char *right)
{
    left = left ? left + strspn(left, " \t\r\n") : "";
    right = right ? right + strspn(right, " \t\r\n") : "";
    while (*left && *right) {
        left += *left == '\r';
        right += *right == '\r';
        if (*left != *right)
            break;
        left += *left != '\0';
        right += *right != '\0';
    }
    return !left[strspn(left, " \t\r\n")] && !right[strspn(right, " \t\r\n")];
}

static bool is_same_day(const struct when_typed *left, const struct when_typed *right)
{
    return is_same(left->day, right->day) && is_same(left->month, right->month) &&
           is_same(left->year, right->year);
}

const struct session_date *session_was_date(const struct session_was *was,
                                            const struct session_form *form, size_t i)
{
    const struct when_typed *now = &form->dates[i], *then = &was->form.dates[i];

    return i < was->date_count && is_same_day(now, then) &&
                   is_same(now->from, then->from) && is_same(now->to, then->to)
               ? &was->dates[i]
               : NULL;
}

bool session_was_decided(const struct session_was *was, const struct session_form *form)
{
    return is_same_day(&form->decide, &was->form.decide);
}

bool session_was_word(const char *typed, const char *was)
{
    return !typed || is_same(typed, was);
}

bool session_was_there(const struct session_was *was, const struct session_form *form)
{
    const struct session_form *then = &was->form;

    return is_same(form->where, then->where) &&
           (!was->session->room_id || is_same(form->room, then->room)) &&
           (was->session->room_id ||
            (is_same(form->place, then->place) && is_same(form->commune, then->commune) &&
             is_same(form->access, then->access))) &&
           is_same(form->online_url, then->online_url);
}
