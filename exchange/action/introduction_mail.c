/* The mails of introductions. */
#include "exchange/action/introduction_mail.h"

#include "base/url.h"
#include "exchange/action/introduction.h"
#include "exchange/action/reach.h"

enum { SEARCHED_BYTES_MOST = 600 };

struct pair {
    struct reach asker, resource;
};

static err_code find_pair(const struct telling *telling, struct pair *out,
                          struct err *err)
{
    err_code code = reach_person(telling->db, telling->arena, telling->config,
                                 telling->introduction->asker_id, &out->asker, err);

    return code == ERR_NONE
               ? reach_person(telling->db, telling->arena, telling->config,
                              telling->introduction->resource_id, &out->resource, err)
               : code;
}

static err_code answer_link(const struct telling *telling, const struct reach *to,
                            const char **url, struct err *err)
{
    return reach_link(telling->db, telling->arena, telling->config, to, LINK_INTRODUCTION,
                      telling->introduction->id, telling->now,
                      telling->now + INTRODUCTION_LINK_S, "/contact/", url, err);
}

err_code introduction_mail_asked(const struct telling *telling, struct err *err)
{
    const struct introduction *introduction = telling->introduction;
    struct pair pair;
    const char *url = NULL;
    struct mail mail = {.template = "contact_asked"};
    struct text values;
    err_code code = find_pair(telling, &pair, err);

    if (code != ERR_NONE || !pair.resource.email)
        return code;
    code = answer_link(telling, &pair.resource, &url, err);
    if (code != ERR_NONE)
        return code;
    mail.to = pair.resource.email;
    mail.lang = pair.resource.lang;
    mail_begin(&values, &mail);
    json_text(&values, "name", pair.resource.name);
    json_bool(&values, "is_wave", introduction->wave > 0);
    json_text(&values, "asker", introduction->wave > 0 ? NULL : pair.asker.name);
    json_text(&values, "words", introduction->words);
    if (telling->need) {
        json_text(&values, "need", telling->need->text);
        json_text(&values, "commune", telling->need->commune);
        json_text(&values, "could_pass_on", telling->need->could_pass_on);
        json_int(&values, "people", telling->need->people);
    }
    json_int(&values, "until", introduction->expires_at);
    json_text(&values, "link_url", url);
    return mail_queue(telling->db, telling->config, &mail, &values, telling->now, err);
}

static err_code mail_accepted(const struct telling *telling, const struct reach *to,
                              const struct reach *other, bool is_asker, struct err *err)
{
    const struct introduction *introduction = telling->introduction;
    const char *url = NULL;
    struct mail mail = {.to = to->email, .lang = to->lang};
    struct text values;
    err_code code;

    if (!to->email)
        return ERR_NONE;
    code = answer_link(telling, to, &url, err);
    if (code != ERR_NONE)
        return code;
    mail.template = is_asker ? "contact_accepted" : "contact_thanks";
    mail_begin(&values, &mail);
    json_text(&values, "name", to->name);
    json_text(&values, "other", other->name);
    json_text(&values, "need", telling->need ? telling->need->text : introduction->words);
    json_text(&values, "answer", introduction->answer);
    json_text(&values, "contact",
              introduction_shows_contacts(introduction) ? other->email : NULL);
    json_text(&values, "link_url", url);
    return mail_queue(telling->db, telling->config, &mail, &values, telling->now, err);
}

err_code introduction_mail_accepted(const struct telling *telling, struct err *err)
{
    struct pair pair;
    err_code code = find_pair(telling, &pair, err);

    if (code == ERR_NONE)
        code = mail_accepted(telling, &pair.asker, &pair.resource, true, err);
    return code == ERR_NONE
               ? mail_accepted(telling, &pair.resource, &pair.asker, false, err)
               : code;
}

static const char *search_url(const struct telling *telling, const char *lang,
                              const char *searched)
{
    struct text encoded;
    const char *url;

    text_init(&encoded, SEARCHED_BYTES_MOST);
    url_encode(&encoded, searched ? searched : "");
    url = site_url(telling->arena, telling->config, lang, "/recherche?q=%s",
                   text_failed(&encoded) ? "" : encoded.bytes);
    text_done(&encoded);
    return url;
}

err_code introduction_mail_declined(const struct telling *telling, struct err *err)
{
    const struct introduction *introduction = telling->introduction;
    const char *words = telling->need ? telling->need->text : introduction->words;
    struct pair pair;
    struct mail mail = {.template = "contact_declined"};
    struct text values;
    err_code code = find_pair(telling, &pair, err);

    if (code != ERR_NONE || !pair.asker.email)
        return code;
    mail.to = pair.asker.email;
    mail.lang = pair.asker.lang;
    mail_begin(&values, &mail);
    json_text(&values, "name", pair.asker.name);
    json_text(&values, "other", pair.resource.name);
    json_bool(&values, "is_silent", introduction->state == INTRODUCTION_SILENT);
    json_bool(&values, "is_wave", introduction->wave > 0 && telling->need);
    json_text(&values, "need", telling->need ? telling->need->text : NULL);
    json_text(&values, "answer", introduction->answer);
    json_text(&values, "suggested", introduction->suggested);
    json_text(&values, "search_url", search_url(telling, pair.asker.lang, words));
    json_bool(&values, "has_need", telling->need != NULL);
    json_text(
        &values, "publish_url",
        site_url(telling->arena, telling->config, pair.asker.lang, "/besoins/nouveau"));
    return mail_queue(telling->db, telling->config, &mail, &values, telling->now, err);
}

err_code introduction_mail_message(const struct telling *telling, int64_t from_id,
                                   const char *words, struct err *err)
{
    const struct introduction *introduction = telling->introduction;
    struct pair pair;
    bool is_from_asker = from_id == introduction->asker_id;
    const struct reach *from, *to;
    const char *url = NULL;
    struct mail mail = {.template = "contact_message"};
    struct text values;
    err_code code = find_pair(telling, &pair, err);

    if (code != ERR_NONE)
        return code;
    from = is_from_asker ? &pair.asker : &pair.resource;
    to = is_from_asker ? &pair.resource : &pair.asker;
    if (!to->email)
        return ERR_NONE;
    code = answer_link(telling, to, &url, err);
    if (code != ERR_NONE)
        return code;
    mail.to = to->email;
    mail.lang = to->lang;
    mail_begin(&values, &mail);
    json_text(&values, "name", to->name);
    json_text(&values, "other", from->name);
    json_text(&values, "words", words);
    json_text(&values, "contact",
              introduction_shows_contacts(introduction) ? from->email : NULL);
    json_text(&values, "link_url", url);
    return mail_queue(telling->db, telling->config, &mail, &values, telling->now, err);
}
