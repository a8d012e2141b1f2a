/* Mails about a session. */
#include "exchange/action/session_mail.h"

#include "exchange/action/card_see.h"
#include "exchange/action/link.h"
#include "exchange/action/mail.h"
#include "exchange/model/ical.h"
#include "exchange/model/seats.h"
#include "store/people.h"
#include "store/session_life.h"

#include <inttypes.h>
#include <string.h>

enum { ICS_BYTES_MOST = 16 * 1024, TRAINERS_TOLD = 5 };

err_code session_link(struct db *db, const struct ctx *ctx, const struct session *session,
                      enum link_purpose purpose, int64_t person_id, const char *email,
                      const char *lang, char token[SECRET_TOKEN_TEXT_MAX],
                      struct err *err)
{
    int64_t last_at = session_last_at(session);
    struct link link = {.purpose = purpose,
                        .subject_id = session->id,
                        .person_id = person_id,
                        .email = email,
                        .lang = lang,
                        .created_at = ctx->now,
                        .expires_at = (last_at > ctx->now ? last_at : ctx->now) +
                                      (int64_t)SESSION_LINK_DAYS * DAY_S};

    return link_make(db, &link, token, err);
}

/* Its page, and the link to her own place in it. */
static err_code add_links(struct db *db, const struct ctx *ctx,
                          const struct session_mail *mail, const char *email,
                          const char *lang, struct text *values, struct err *err)
{
    const char *page_url =
        site_url(ctx->arena, ctx->config, lang, "/seances/%" PRId64, mail->session->id);
    char token[SECRET_TOKEN_TEXT_MAX];
    err_code code;

    json_text(values, "page_url", page_url);
    json_text(values, "run_url",
              site_url(ctx->arena, ctx->config, lang, "/seances/%" PRId64 "/conduite",
                       mail->session->id));
    if (mail->link == LINK_COUNT) {
        json_text(values, "place_url", page_url);
        return ERR_NONE;
    }
    code = session_link(db, ctx, mail->session, mail->link, mail->person_id, email, lang,
                        token, err);
    if (code == ERR_NONE && mail->link == LINK_FEEDBACK)
        json_text(values, "place_url",
                  site_url(ctx->arena, ctx->config, lang, "/avis/%s", token));
    else if (code == ERR_NONE && mail->link == LINK_SESSION_PROPOSAL)
        json_text(values, "place_url",
                  site_url(ctx->arena, ctx->config, lang, "/co-animation/%s", token));
    else if (code == ERR_NONE)
        json_text(values, "place_url",
                  site_url(ctx->arena, ctx->config, lang, "/place/%s", token));
    return code;
}

static void add_dates(const struct session *session, const char *key, struct text *values)
{
    const struct session_date *fixed = session_fixed(session);

    json_open(values, key, '[');
    for (size_t i = 0; i < session->date_count; i++) {
        if (fixed && fixed != &session->dates[i])
            continue;
        json_open(values, NULL, '{');
        json_int(values, "starts_at", session->dates[i].starts_at);
        json_int(values, "ends_at", session->dates[i].ends_at);
        json_close(values, '}');
    }
    json_close(values, ']');
}

/* Whether none of the dates offered is one she ticked. */
static bool is_without_date(const struct session_mail *mail)
{
    const struct session *session = mail->session;

    for (size_t i = 0; i < session->date_count; i++)
        if (dates_suit(mail->choices, mail->choice_count, mail->person_id,
                       session->dates[i].starts_at))
            return false;
    return mail->choice_count && mail->person_id;
}

/* What it was, and which parts of it are no longer so. */
static void add_changes(const struct session_mail *mail, struct text *values)
{
    static const struct {
        unsigned part;
        const char *key;
    } parts[] = {{PART_TITLE, "is_title"},
                 {PART_ABOUT, "is_about"},
                 {PART_DATES, "is_dates"},
                 {PART_PLACE, "is_place"},
                 {PART_SEATS, "is_seats"},
                 {PART_THRESHOLD, "is_threshold"},
                 {PART_DECISION, "is_decision"},
                 {PART_TRAINERS, "is_trainers"},
                 {PART_LEVEL | PART_FORMAT | PART_POLE | PART_SKILL, "is_kind"}};
    const struct session *before = mail->before;

    if (!before)
        return;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        json_bool(values, parts[i].key, (mail->changed & parts[i].part) != 0);
    json_bool(values, "is_other_words", !(mail->changed & (PART_DATES | PART_PLACE)));
    json_bool(values, "is_other_place",
              (mail->changed & PART_PLACE) && !(mail->changed & PART_DATES));
    add_dates(before, "old_dates", values);
    json_text(values, "old_title", before->title);
    json_text(values, "old_place", before->place);
    json_text(values, "old_commune", before->commune);
    json_bool(values, "was_online", before->is_online);
    json_int(values, "old_seats", before->seats);
    json_int(values, "old_threshold", before->threshold);
    json_bool(values, "is_to_choose", is_without_date(mail));
}

static err_code add_trainers(struct db *db, const struct ctx *ctx,
                             const struct session *session, struct text *values,
                             struct err *err)
{
    err_code code = ERR_NONE;

    json_open(values, "trainers", '[');
    for (size_t i = 0; i < session->trainer_count && i < TRAINERS_TOLD; i++) {
        struct person person;
        code = people_get(db, ctx->arena, session->trainer_ids[i], &person, err);
        if (code != ERR_NONE)
            return code;
        if (!card_is_named(&person))
            continue;
        json_open(values, NULL, '{');
        json_text(values, "name", person.name);
        json_close(values, '}');
    }
    json_close(values, ']');
    json_bool(values, "is_circle", session->format == FORMAT_CIRCLE);
    return code;
}

/* What only she may read (the address of an online session), and where she stands. */
static void add_place(const struct ctx *ctx, const struct session_mail *mail,
                      struct text *values)
{
    const struct session *session = mail->session;
    const struct registration *hers =
        seats_of(session->registrations, session->registration_count, mail->person_id);
    bool is_seated = hers && (hers->state == REGISTRATION_SEATED ||
                              hers->state == REGISTRATION_ATTENDED);

    json_text(values, "place", session->place);
    json_text(values, "commune", session->commune);
    json_bool(values, "has_place", session->place || session->commune);
    json_bool(values, "is_online", session->is_online);
    json_text(values, "access", is_seated ? session->access : NULL);
    json_text(values, "online_url", is_seated ? session->online_url : NULL);
    json_bool(values, "is_seated", is_seated);
    if (hers && hers->hold_until)
        json_int(values, "hold_until", hers->hold_until);
    json_int(values, "hold_hours", ctx->config->waitlist_hold_h);
    json_int(values, "rank",
             (int64_t)seats_rank(session->registrations, session->registration_count,
                                 mail->person_id));
    json_int(values, "seats", session->seats);
    json_int(values, "taken",
             (int64_t)seats_taken(session->registrations, session->registration_count));
    json_int(values, "threshold", session->threshold);
    if (session->decide_at)
        json_int(values, "decide_at", session->decide_at);
    if (session->priority_until > ctx->now)
        json_int(values, "priority_until", session->priority_until);
    json_bool(values, "is_proposed", session->state == SESSION_PROPOSED);
    json_bool(values, "is_confirmed", session->state == SESSION_CONFIRMED);
}

/* One date was put down in calendars, and now there are several to choose from. */
static bool is_open_again(const struct session_mail *mail)
{
    return mail->before && session_fixed(mail->before) && !session_fixed(mail->session);
}

static bool is_taken_back(const struct session_mail *mail)
{
    return is_open_again(mail) || strcmp(mail->ics_method, "CANCEL") == 0;
}

static err_code write_ics(const struct ctx *ctx, const struct session_mail *mail,
                          const char *name, const char *email, const char *lang,
                          struct text *ics, struct err *err)
{
    struct session session =
        session_fixed(mail->session) ? *mail->session : *mail->before;
    const struct ical_person organizer = {ctx->config->site_name, ctx->config->mail_from};
    const struct ical_person attendee = {name, email};
    const struct registration *hers = seats_of(
        mail->session->registrations, mail->session->registration_count, mail->person_id);
    const struct ical_entry entry = {
        .session = &session,
        .url = site_url(ctx->arena, ctx->config, lang, "/seances/%" PRId64, session.id),
        .is_busy = true,
        .shows_online = hers && hers->state == REGISTRATION_SEATED};
    const struct ical_calendar calendar = {
        .method = is_taken_back(mail) ? ICAL_CANCEL : ICAL_REQUEST,
        .site = ctx->config->base_url,
        .lang = lang,
        .online_word = strcmp(lang, "en") == 0 ? "online" : "en ligne",
        .now = ctx->now,
        .organizer = &organizer,
        .attendee = &attendee,
        .entries = &entry,
        .entry_count = 1};

    session.version = mail->session->version;
    return ical_write(&calendar, ics, err);
}

static err_code fill(struct db *db, const struct ctx *ctx,
                     const struct session_mail *mail, const struct mail *to,
                     struct text *values, struct err *err)
{
    err_code code;

    json_text(values, "title", mail->session->title);
    json_text(values, "about", mail->session->about);
    add_dates(mail->session, "dates", values);
    json_bool(values, "has_choice",
              !session_fixed(mail->session) && mail->session->date_count > 1);
    add_changes(mail, values);
    add_place(ctx, mail, values);
    json_text(values, "words", mail->words);
    json_text(values, "from_name", mail->from_name);
    json_bool(values, "is_alone", mail->is_alone);
    json_bool(values, "is_asker", mail->is_asker);
    json_bool(values, "is_comer",
              seats_of(mail->session->registrations, mail->session->registration_count,
                       mail->person_id) != NULL);
    json_text(values, "reason", mail->session->reason);
    json_bool(values, "is_too_few",
              mail->session->reason && strcmp(mail->session->reason, "too_few") == 0);
    json_bool(values, "is_trainer_gone",
              mail->session->reason &&
                  strcmp(mail->session->reason, "trainer_gone") == 0);
    if (mail->decided_before)
        json_int(values, "decided_before", mail->decided_before);
    json_int(values, "number", mail->number);
    code = add_trainers(db, ctx, mail->session, values, err);
    return code == ERR_NONE ? add_links(db, ctx, mail, to->to, to->lang, values, err)
                            : code;
}

static err_code send(struct db *db, const struct ctx *ctx,
                     const struct session_mail *mail, const char *name, const char *email,
                     const char *lang, struct err *err)
{
    struct mail to = {.to = email, .lang = lang, .template = mail->template};
    struct text values, ics;
    err_code code = ERR_NONE;

    text_init(&ics, ICS_BYTES_MOST);
    mail_begin(&values, &to);
    json_text(&values, "name", name);
    /* a date that is not chosen yet is no date to put down */
    if (mail->ics_method && (session_fixed(mail->session) || is_open_again(mail))) {
        code = write_ics(ctx, mail, name, email, lang, &ics, err);
        to.ics = ics.bytes;
        to.ics_method = is_taken_back(mail) ? "CANCEL" : "REQUEST";
    }
    if (code == ERR_NONE)
        code = fill(db, ctx, mail, &to, &values, err);
    if (code == ERR_NONE)
        code = mail_queue(db, ctx->config, &to, &values, ctx->now, err);
    else
        text_done(&values);
    text_done(&ics);
    return code;
}

err_code session_mail_queue(struct db *db, const struct ctx *ctx,
                            const struct session_mail *mail, struct err *err)
{
    const char *lang = "fr";
    struct person person;
    err_code code = people_get(db, ctx->arena, mail->person_id, &person, err);

    if (code != ERR_NONE || !person.email)
        return code;
    code = person_lang(db, ctx->arena, mail->person_id, &lang, err);
    return code == ERR_NONE ? send(db, ctx, mail, person.name, person.email, lang, err)
                            : code;
}

err_code session_mail_all(struct db *db, const struct ctx *ctx,
                          const struct session_mail *what, enum session_told whom,
                          size_t *told, struct err *err)
{
    const struct session *session = what->session;
    const int64_t *givers =
        session->trainer_count ? session->trainer_ids : &session->created_by;
    size_t giver_count =
        session->trainer_count ? session->trainer_count : session->created_by != 0;
    struct session_mail mail = *what;
    err_code code = ERR_NONE;

    mail.link = LINK_SESSION;
    for (size_t i = 0;
         code == ERR_NONE && (whom & TOLD_COMERS) && i < session->registration_count;
         i++) {
        const struct registration *one = &session->registrations[i];
        if (one->state != REGISTRATION_SEATED && one->state != REGISTRATION_WAITING)
            continue;
        mail.person_id = one->person_id;
        mail.ics_method = one->state == REGISTRATION_SEATED ? what->ics_method : NULL;
        code = session_mail_queue(db, ctx, &mail, err);
        if (told)
            (*told)++;
    }
    mail.link = LINK_COUNT;
    mail.ics_method = what->ics_method;
    mail.choice_count = 0;
    for (size_t i = 0; code == ERR_NONE && (whom & TOLD_GIVERS) && i < giver_count; i++) {
        mail.person_id = givers[i];
        code = session_mail_queue(db, ctx, &mail, err);
    }
    return code;
}

err_code session_mail_address(struct db *db, const struct ctx *ctx,
                              const struct session_mail *mail, const char *email,
                              struct err *err)
{
    return send(db, ctx, mail, NULL, email, "fr", err);
}
