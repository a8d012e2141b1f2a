/* The mails about a need. */
#include "exchange/action/need_mail.h"

#include "base/url.h"
#include "exchange/action/need_step.h"

#include <string.h>

enum { SEARCHED_BYTES_MOST = 600 };

err_code need_follow_url(struct db *db, struct arena *arena, const struct config *config,
                         const struct need *need, const struct reach *to, int64_t now,
                         const char **url, struct err *err)
{
    int64_t until = need->expires_at > now ? need->expires_at : now;

    return reach_link(db, arena, config, to, LINK_FOLLOW_NEED, need->id, now,
                      until + FOLLOW_LINK_AFTER_S, "/suivi/", url, err);
}

struct letter {
    struct db *db;
    struct arena *arena;
    const struct config *config;
    const struct need *need;
    const struct reach *to;
    int64_t now;
};

static err_code begin(const struct letter *letter, const struct mail *mail,
                      struct text *values, struct err *err)
{
    const struct need_step step =
        need_next_step(letter->config, letter->need, letter->now);
    const char *url = NULL;
    err_code code = need_follow_url(letter->db, letter->arena, letter->config,
                                    letter->need, letter->to, letter->now, &url, err);

    if (code != ERR_NONE)
        return code;
    mail_begin(values, mail);
    json_text(values, "name", letter->to->name);
    json_text(values, "need", letter->need->text);
    json_text(values, "link_url", url);
    if (step.kind != NEED_STEP_NONE)
        json_int(values, "next_at", step.at);
    json_bool(values, "is_confirmed", letter->to->person_id != 0);
    json_bool(values, "is_qualified", letter->need->state != NEED_STATED);
    return ERR_NONE;
}

err_code need_mail_stated(struct db *db, struct arena *arena, const struct config *config,
                          const struct need *need, const struct reach *author,
                          int64_t now, struct err *err)
{
    const struct letter letter = {db, arena, config, need, author, now};
    const struct mail mail = {.to = author->email,
                              .lang = author->lang,
                              .template = "need_stated",
                              .is_asked_for = true};
    struct text values;
    err_code code = begin(&letter, &mail, &values, err);

    if (code != ERR_NONE)
        return code;
    json_int(&values, "days", config->need_life_days);
    return mail_queue(db, config, &mail, &values, now, err);
}

err_code need_mail_supported(struct db *db, struct arena *arena,
                             const struct config *config, const struct need *need,
                             const struct reach *to, int64_t now, struct err *err)
{
    const struct letter letter = {db, arena, config, need, to, now};
    const struct mail mail = {.to = to->email,
                              .lang = to->lang,
                              .template = "need_supported",
                              .is_asked_for = true};
    struct text values;
    err_code code = begin(&letter, &mail, &values, err);

    if (code != ERR_NONE)
        return code;
    json_int(&values, "people", need->people);
    return mail_queue(db, config, &mail, &values, now, err);
}

static bool reason_is(const struct need *need, const char *reason)
{
    return need->reason && strcmp(need->reason, reason) == 0;
}

err_code need_mail_settled(struct db *db, struct arena *arena,
                           const struct config *config, const struct need *need,
                           const struct reach *to, const struct need *head, int64_t now,
                           struct err *err)
{
    const struct letter letter = {db, arena, config, need, to, now};
    const struct mail mail = {
        .to = to->email, .lang = to->lang, .template = "need_settled"};
    bool is_contact = reason_is(head, NEED_MET_CONTACT);
    bool is_session =
        reason_is(head, NEED_MET_SESSION) || reason_is(head, NEED_SESSION_HELD);
    struct text values;
    err_code code = begin(&letter, &mail, &values, err);

    if (code != ERR_NONE)
        return code;
    json_text(&values, "head", head->text);
    json_bool(&values, "is_contact", is_contact);
    json_bool(&values, "is_session", is_session);
    json_bool(&values, "is_elsewhere", !is_contact && !is_session);
    json_bool(&values, "may_keep", need_may_keep(config, need));
    return mail_queue(db, config, &mail, &values, now, err);
}

static const char *search_url(const struct letter *letter)
{
    struct text encoded;
    const char *url;

    text_init(&encoded, SEARCHED_BYTES_MOST);
    url_encode(&encoded, letter->need->text);
    url = site_url(letter->arena, letter->config, letter->to->lang, "/recherche?q=%s",
                   text_failed(&encoded) ? "" : encoded.bytes);
    text_done(&encoded);
    return url;
}

err_code need_mail_news(struct db *db, struct arena *arena, const struct config *config,
                        const struct need *need, const struct reach *to,
                        const struct need_news *news, int64_t now, struct err *err)
{
    const struct letter letter = {db, arena, config, need, to, now};
    const struct mail mail = {
        .to = to->email, .lang = to->lang, .template = news->template};
    struct text values;
    err_code code;

    if (!to->email)
        return ERR_NONE;
    code = begin(&letter, &mail, &values, err);
    if (code != ERR_NONE)
        return code;
    json_bool(&values, "has_asked", news->asked > 0);
    json_int(&values, "asked", news->asked);
    json_bool(&values, "has_asked_before", news->asked_total > news->asked);
    json_int(&values, "asked_total", news->asked_total);
    json_bool(&values, "is_reaching_nobody", news->is_reaching_nobody);
    json_bool(&values, "is_answered", need->answered_at != 0);
    json_bool(&values, "may_keep", need_may_keep(config, need));
    json_text(&values, "pole", news->pole);
    json_text(&values, "search_url", search_url(&letter));
    json_int(&values, "days", (now - need->created_at) / DAY_S);
    return mail_queue(db, config, &mail, &values, now, err);
}
