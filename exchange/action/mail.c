/* Putting a mail into the outbox. */
#include "exchange/action/mail.h"

#include "base/email.h"
#include "exchange/action/link.h"
#include "store/mail_settings.h"
#include "store/outbox.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { URL_ARENA_MAX = 1 << 14, URL_BYTES_MOST = 512 };

void mail_begin(struct text *values, const struct mail *mail)
{
    text_init(values, MAIL_VALUES_MOST);
    json_open(values, NULL, '{');
    json_text(values, "lang", mail->lang ? mail->lang : "fr");
}

static const char *lang_of(const struct mail *mail)
{
    return mail->lang ? mail->lang : "fr";
}

/* Settings and links know an address in lower case, however a sheet wrote it. */
static err_code add_unsubscribe(struct db *db, struct arena *arena,
                                const struct config *config, const struct mail *mail,
                                struct text *values, int64_t now, struct err *err)
{
    struct link link = {.purpose = LINK_UNSUBSCRIBE,
                        .email = email_plain(arena, mail->to),
                        .payload = strcmp(mail->template, MAIL_DIGEST_TEMPLATE) == 0
                                       ? MAIL_DIGEST_PAYLOAD
                                       : NULL,
                        .lang = lang_of(mail),
                        .created_at = now,
                        .expires_at = now + MAIL_UNSUBSCRIBE_S};
    char token[SECRET_TOKEN_TEXT_MAX];
    err_code code = link_make(db, &link, token, err);

    if (code == ERR_NONE)
        json_text(values, "_unsubscribe_url",
                  site_url(arena, config, lang_of(mail), "/courriels/%s", token));
    return code;
}

static err_code queue(struct db *db, struct arena *arena, const struct config *config,
                      const struct mail *mail, struct text *values, int64_t now,
                      struct err *err)
{
    struct mail_setting setting;
    struct outbox_mail queued = {.recipient = NULL, .template = mail->template};
    const char *email = email_plain(arena, mail->to);
    err_code code = email ? mail_settings_get(db, email, &setting, err)
                          : err_set(err, ERR_MEMORY, "no room for an address");

    if (code != ERR_NONE)
        return code;
    if ((setting.stopped_at && !mail->is_asked_for) ||
        strcmp(config->mail_mode, "off") == 0)
        return ERR_NONE;
    code = add_unsubscribe(db, arena, config, mail, values, now, err);
    if (code != ERR_NONE)
        return code;
    if (mail->ics) {
        json_text(values, "_ics", mail->ics);
        json_text(values, "_ics_method", mail->ics_method);
    }
    json_close(values, '}');
    if (text_failed(values))
        return err_set(err, ERR_LIMIT, "a mail's values take more than %zu bytes",
                       values->limit);
    queued.recipient = email;
    queued.content = values->bytes;
    return outbox_add(db, &queued, now, err);
}

err_code mail_queue(struct db *db, const struct config *config, const struct mail *mail,
                    struct text *values, int64_t now, struct err *err)
{
    struct arena *arena = arena_new(URL_ARENA_MAX);
    err_code code = arena ? queue(db, arena, config, mail, values, now, err)
                          : err_set(err, ERR_MEMORY, "no room for a mail");

    arena_free(arena);
    text_done(values);
    return code;
}

const char *site_url(struct arena *arena, const struct config *config, const char *lang,
                     const char *format, ...)
{
    char bytes[URL_BYTES_MOST];
    va_list arguments;
    int length;

    va_start(arguments, format);
    length = vsnprintf(bytes, sizeof bytes, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof bytes)
        return NULL;
    return arena_printf(arena, "%s%s%s", config->base_url,
                        lang && strcmp(lang, "en") == 0 ? "/en" : "", bytes);
}
