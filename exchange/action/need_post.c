/* « Publier mon besoin »: someone states a training need in her own words. */
#include "exchange/action/need_post.h"

#include "base/email.h"
#include "base/secret.h"
#include "base/unicode.h"
#include "exchange/action/actor.h"
#include "exchange/action/need_mail.h"
#include "exchange/model/week.h"
#include "store/links.h"
#include "store/needs.h"
#include "store/structures.h"

#include <ctype.h>
#include <string.h>

enum {
    DAY_PARTS = 3,
    WEEK_DAYS = 7,
    MAIL_ARENA_MAX = 1 << 18,
    EMAIL_HOUR = 5,    /* mails visitors make leave for an address, an hour */
    ADDRESS_HOUR = 20, /* from a network address */
    TWICE_S = 600      /* the same words within: the form was sent twice */
};

static void add_mistake(struct need_mistakes *mistakes, const char *field,
                        const char *message_id)
{
    if (mistakes->count < NEED_MISTAKES_MOST)
        err_set_field(&mistakes->items[mistakes->count++], ERR_INVALID, field,
                      message_id);
}

static const char *or_null(const char *value)
{
    return value && *value ? value : NULL;
}

static void check_lengths(const struct need *need, struct need_mistakes *mistakes)
{
    size_t length = need->text ? unicode_length(need->text) : 0;

    if (length < NEED_TEXT_LEAST || !unicode_has_letter(need->text))
        add_mistake(mistakes, "text", N_("Say in a few words what you need to learn."));
    else if (length > NEED_TEXT_MOST)
        add_mistake(mistakes, "text",
                    N_("Shorten your sentence: 2,000 characters at most."));
    if (need->could_pass_on && unicode_length(need->could_pass_on) > NEED_PASS_ON_MOST)
        add_mistake(mistakes, "could_pass_on",
                    N_("Shorten what you could pass on: 300 characters at most."));
    if (need->commune && unicode_length(need->commune) > NEED_COMMUNE_MOST)
        add_mistake(mistakes, "commune",
                    N_("Shorten the name of the commune: 80 characters at most."));
    if (need->email && !email_is_plausible(need->email))
        add_mistake(mistakes, "email",
                    N_("Write an e-mail address such as name@example.org."));
}

static void read_level(const struct need_form *form, struct need *need,
                       struct need_mistakes *mistakes)
{
    const char *level = or_null(form->level);

    if (!level)
        return;
    if (level[0] < '1' || level[0] > '4' || level[1])
        add_mistake(mistakes, "level", N_("Choose one of the four levels, or none."));
    else
        need->level = (enum skill_level)(level[0] - '0');
}

static err_code read_pole(struct ctx *ctx, const struct need_form *form,
                          struct need *need, struct need_mistakes *mistakes,
                          struct err *err)
{
    err_code code;

    if (!or_null(form->pole))
        return ERR_NONE;
    code = poles_find(ctx->db, form->pole, &need->pole_id, err);
    if (code == ERR_NONE && !need->pole_id)
        add_mistake(mistakes, "pole", N_("Choose one of the poles, or none."));
    return code;
}

/* Wanted half-days become weekly windows: morning 8 to 12, afternoon 14 to 18, evening 18
 * to 21. */
static err_code read_windows(struct ctx *ctx, unsigned day_parts, struct need *need,
                             struct err *err)
{
    static const int hours[DAY_PARTS][2] = {{8, 12}, {14, 18}, {18, 21}};
    struct weekly_window *windows =
        arena_array(ctx->arena, DAY_PARTS * WEEK_DAYS, sizeof *windows);

    if (!windows)
        return err_set(err, ERR_MEMORY, "no room for the times of the week");
    for (int bit = 0; bit < DAY_PARTS * WEEK_DAYS; bit++)
        if (day_parts & (1u << bit))
            windows[need->window_count++] =
                (struct weekly_window){.weekday = bit / DAY_PARTS + 1,
                                       .start_min = hours[bit % DAY_PARTS][0] * 60,
                                       .end_min = hours[bit % DAY_PARTS][1] * 60};
    need->windows = windows;
    return ERR_NONE;
}

err_code need_form_read(struct ctx *ctx, const struct need_form *form, struct need *need,
                        struct need_mistakes *mistakes, struct err *err)
{
    err_code code;

    mistakes->count = 0;
    need->text = arena_trimmed(ctx->arena, form->text);
    need->could_pass_on = arena_trimmed(ctx->arena, form->could_pass_on);
    need->commune = arena_trimmed(ctx->arena, form->commune);
    need->level = LEVEL_UNSAID;
    need->window_count = 0;
    check_lengths(need, mistakes);
    read_level(form, need, mistakes);
    if (form->day_parts & WEEK_ODD)
        add_mistake(mistakes, "when", N_("Tick half-days of the week, or none."));
    code = read_pole(ctx, form, need, mistakes, err);
    if (code == ERR_NONE)
        code = read_windows(ctx, form->day_parts, need, err);
    if (code == ERR_NONE && mistakes->count)
        code = err_set(err, ERR_INVALID, "%s", mistakes->items[0].text);
    return code;
}

struct job {
    const struct config *config;
    struct need *need;
    const char *lang;
    int64_t now;
    char address_hash[SECRET_HASH_TEXT_MAX]; /* "": who writes has come in */
};

err_code need_may_open(struct db *db, const struct config *config, const char *email,
                       int64_t now, const char *field, struct err *err)
{
    int64_t open = 0;
    err_code code = needs_count_open_email(db, email, now, &open, err);

    if (code == ERR_NONE && open >= config->open_needs_max)
        code = err_set_field(err, ERR_LIMIT, field,
                             N_("This address already has as many open needs as can be "
                                "followed well. Close one first."));
    return code;
}

/* Her link to follow it, in the language she wrote in. Where no mail may leave the link
 * is made all the same: it counts among those the network address asked for. */
static err_code tell_author(struct db *db, const struct job *job, bool may_mail,
                            struct err *err)
{
    struct arena *arena = arena_new(MAIL_ARENA_MAX);
    const struct reach author = {.person_id = job->need->person_id,
                                 .email = email_plain(arena, job->need->email),
                                 .lang = job->lang,
                                 .address_hash =
                                     *job->address_hash ? job->address_hash : NULL};
    const char *url;
    err_code code;

    if (!arena || !author.email)
        code = err_set(err, ERR_MEMORY, "no room for a mail");
    else if (may_mail)
        code =
            need_mail_stated(db, arena, job->config, job->need, &author, job->now, err);
    else
        code = need_follow_url(db, arena, job->config, job->need, &author, job->now, &url,
                               err);
    arena_free(arena);
    return code;
}

/* Who has come in has a number of needs; what a visitor states counts once it is
 * confirmed (need_confirm), so that she neither learns nor spends what an address not
 * hers has. A network address states so many an hour, though, and no mailbox gets more
 * mails than links may be asked for; who owns it finds the need when she comes in. */
static err_code may_state(struct db *db, const struct job *job, bool *may_mail,
                          struct err *err)
{
    struct arena *arena;
    const char *email;
    int64_t of_email = 0, of_address = 0;
    err_code code;

    *may_mail = true;
    if (!job->need->email)
        return ERR_NONE;
    if (!*job->address_hash)
        return need_may_open(db, job->config, job->need->email, job->now, "email", err);
    arena = arena_new(MAIL_ARENA_MAX);
    email = arena ? email_plain(arena, job->need->email) : NULL;
    code = email ? links_count(db, email, job->address_hash, job->now - HOUR_S, &of_email,
                               &of_address, err)
                 : err_set(err, ERR_MEMORY, "no room for an address");
    if (code == ERR_NONE && of_address >= ADDRESS_HOUR)
        code = err_set_field(
            err, ERR_LIMIT, "email",
            N_("Too many links were asked for. Try again in an hour, or use "
               "the last one."));
    *may_mail = of_email < EMAIL_HOUR;
    arena_free(arena);
    return code;
}

static err_code write_need(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;
    int64_t same = 0;
    bool may_mail = false;
    err_code code;

    job->need->id = 0; /* the job may be run again */
    code = needs_same(db, job->need, job->now - TWICE_S, &same, err);
    if (code == ERR_NONE && same) { /* the form was sent twice: it is stated already */
        job->need->id = same;
        return ERR_NONE;
    }
    if (code == ERR_NONE)
        code = may_state(db, job, &may_mail, err);
    if (code == ERR_NONE)
        code = needs_save(db, job->need, job->now, err);
    return code == ERR_NONE && job->need->email ? tell_author(db, job, may_mail, err)
                                                : code;
}

/* Who has come in states it as herself. */
static void set_author(struct ctx *ctx, const struct need_form *form, struct need *need)
{
    need->email = arena_trimmed(ctx->arena, form->email);
    if (!ctx->actor || !ctx->actor->account_id)
        return;
    need->email = ctx->actor->email;
    need->person_id = ctx->actor->person_id;
}

err_code need_post(struct ctx *ctx, const struct need_form *form,
                   struct need_mistakes *mistakes, int64_t *need_id, struct err *err)
{
    struct need need = {.state = NEED_STATED,
                        .created_at = ctx->now,
                        .expires_at = ctx->now + ctx->config->need_life_days * DAY_S};
    struct job job = {
        .config = ctx->config, .need = &need, .lang = ctx->lang, .now = ctx->now};
    err_code code;

    set_author(ctx, form, &need);
    if (form->address && !(ctx->actor && ctx->actor->account_id))
        secret_hash(form->address, strlen(form->address), NULL, job.address_hash);
    code = need_form_read(ctx, form, &need, mistakes, err);
    if (code == ERR_NONE)
        code = writer_do(ctx->writer, write_need, &job, err);
    if (code == ERR_LIMIT && err && err->message_id)
        mistakes->items[mistakes->count++] = *err;
    if (code == ERR_NONE)
        *need_id = need.id;
    return code;
}
