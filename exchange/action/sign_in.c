/* Coming in without a password. */
#include "exchange/action/sign_in.h"

#include "base/unicode.h"
#include "base/url.h"
#include "base/email.h"
#include "exchange/action/mail.h"
#include "store/people.h"

#include <ctype.h>
#include <string.h>

enum { DEVICE_BYTES_MOST = 200, AFTER_BYTES_MOST = 400 };

static void hash_of(const char *text, const char *key, char out[SECRET_HASH_TEXT_MAX])
{
    secret_hash(text, strlen(text), key, out);
}

struct asking {
    const struct config *config;
    struct login login;
    const char *link_url, *code;
    int64_t now;
};

static err_code queue_asked(struct db *db, const struct asking *asking, struct err *err)
{
    const struct mail mail = {.to = asking->login.email,
                              .lang = asking->login.lang,
                              .template = "sign_in",
                              .is_asked_for = true};
    struct text values;

    mail_begin(&values, &mail);
    json_text(&values, "link_url", asking->link_url);
    json_text(&values, "code", asking->code);
    json_int(&values, "minutes", SIGN_IN_LINK_S / 60);
    return mail_queue(db, asking->config, &mail, &values, asking->now, err);
}

static err_code write_asking(struct db *db, void *argument, struct err *err)
{
    struct asking *asking = argument;
    int64_t of_email = 0, of_address = 0;
    err_code code = logins_count(db, asking->login.email, asking->login.address_hash,
                                 asking->now - HOUR_S, &of_email, &of_address, err);

    if (code != ERR_NONE)
        return code;
    if (of_email >= SIGN_IN_EMAIL_HOUR || of_address >= SIGN_IN_ADDRESS_HOUR)
        return err_set_field(
            err, ERR_LIMIT, "email",
            N_("Too many links were asked for. Try again in an hour, or use "
               "the last one."));
    code = accounts_tidy(db, asking->now, err);
    if (code == ERR_NONE)
        code = logins_add(db, &asking->login, err);
    return code == ERR_NONE ? queue_asked(db, asking, err) : code;
}

static const char *link_url(struct ctx *ctx, const char *token, const char *after)
{
    struct text encoded;
    const char *url;

    text_init(&encoded, AFTER_BYTES_MOST);
    url_encode(&encoded, after ? after : "");
    if (text_failed(&encoded) || !after)
        text_clear(&encoded);
    url = site_url(ctx->arena, ctx->config, ctx->lang, "/connexion/lien/%s%s%s", token,
                   encoded.length ? "?suite=" : "", encoded.bytes);
    text_done(&encoded);
    return url;
}

err_code sign_in_ask(struct ctx *ctx, const struct sign_in_request *request,
                     struct err *err)
{
    char token[SECRET_TOKEN_TEXT_MAX], digits[SIGN_IN_CODE_DIGITS + 1];
    char token_hash[SECRET_HASH_TEXT_MAX], code_hash[SECRET_HASH_TEXT_MAX],
        browser_hash[SECRET_HASH_TEXT_MAX], address_hash[SECRET_HASH_TEXT_MAX];
    const char *email = email_plain(ctx->arena, request->email ? request->email : "");
    struct asking asking = {.config = ctx->config, .now = ctx->now};

    if (!email)
        return err_set(err, ERR_MEMORY, "no room for an address");
    if (!email_is_plausible(email))
        return err_set_field(err, ERR_INVALID, "email",
                             N_("Write an e-mail address such as name@example.org."));
    secret_token(token);
    secret_digits(digits, SIGN_IN_CODE_DIGITS);
    hash_of(token, NULL, token_hash);
    hash_of(digits, request->browser, code_hash);
    hash_of(request->browser, NULL, browser_hash);
    hash_of(request->address, NULL, address_hash);
    asking.login = (struct login){.email = email,
                                  .lang = ctx->lang,
                                  .token_hash = token_hash,
                                  .code_hash = code_hash,
                                  .browser_hash = browser_hash,
                                  .address_hash = address_hash,
                                  .created_at = ctx->now,
                                  .expires_at = ctx->now + SIGN_IN_LINK_S};
    asking.link_url = link_url(ctx, token, request->after);
    asking.code =
        arena_printf(ctx->arena, "%.3s %s", digits, digits + SIGN_IN_CODE_DIGITS / 2);
    if (!asking.link_url || !asking.code)
        return err_set(err, ERR_MEMORY, "no room for a mail");
    return writer_do(ctx->writer, write_asking, &asking, err);
}

static err_code not_good(struct err *err)
{
    return err_set_field(
        err, ERR_NOT_FOUND, "link",
        N_("This link was used already or is too old. Ask for another one."));
}

static err_code other_browser(struct err *err)
{
    return err_set_field(
        err, ERR_INVALID, "link",
        N_("This link was asked for in another browser. Open it there, or type "
           "the six digits of the mail there."));
}

/* The link with that token, when this browser may use it now. */
static err_code find_link(struct db *db, struct arena *arena, const char *token,
                          const char *browser, int64_t now, struct login *out,
                          struct err *err)
{
    char token_hash[SECRET_HASH_TEXT_MAX], browser_hash[SECRET_HASH_TEXT_MAX];
    struct err missing = {0};
    err_code code;

    hash_of(token, NULL, token_hash);
    code = logins_find(db, arena, token_hash, out, &missing);
    if (code == ERR_NOT_FOUND)
        return not_good(err);
    if (code != ERR_NONE)
        return err_set(err, code, "%s", missing.text);
    if (out->used_at || out->expires_at <= now || out->tries >= SIGN_IN_TRIES_MOST)
        return not_good(err);
    hash_of(browser ? browser : "", NULL, browser_hash);
    return browser && secret_equal(browser_hash, out->browser_hash) ? ERR_NONE
                                                                    : other_browser(err);
}

err_code sign_in_look(struct ctx *ctx, const char *token, const char *browser,
                      struct err *err)
{
    struct login login;

    return find_link(ctx->db, ctx->arena, token, browser, ctx->now, &login, err);
}

struct using
{
    struct arena *arena;
    const char *token, *code, *browser, *device;
    int64_t now;
    const char *cookie_hash;
    bool is_wrong_code; /* and counted */
};

/* The last link of this browser, when the code is right. A wrong one is counted: the job
 * then succeeds and says so. */
static err_code find_code(struct db *db, struct using *using, struct login *out,
                          struct err *err)
{
    char browser_hash[SECRET_HASH_TEXT_MAX], code_hash[SECRET_HASH_TEXT_MAX];
    struct err missing = {0};
    err_code code;

    hash_of(using->browser, NULL, browser_hash);
    code = logins_of_browser(db, using->arena, browser_hash, out, &missing);
    if (code == ERR_NOT_FOUND)
        return not_good(err);
    if (code != ERR_NONE)
        return err_set(err, code, "%s", missing.text);
    if (out->used_at || out->expires_at <= using->now)
        return not_good(err);
    if (out->tries >= SIGN_IN_TRIES_MOST)
        return err_set_field(err, ERR_LIMIT, "code",
                             N_("Too many wrong codes. Ask for another link."));
    hash_of(using->code, using->browser, code_hash);
    using->is_wrong_code = !secret_equal(code_hash, out->code_hash);
    return using->is_wrong_code ? logins_tried(db, out->id, using->now, err) : ERR_NONE;
}

/* The address is hers for certain now: so is the one card that bears it. Needs stated
 * with it she confirms herself: anybody could have typed it. */
static err_code tie_person(struct db *db, struct arena *arena, const char *email,
                           int64_t now, struct err *err)
{
    struct account account;
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code = accounts_find(db, arena, email, &account, err);

    if (code == ERR_NONE && !account.person_id) {
        code = people_of_email(db, arena, email, &ids, &count, err);
        if (code == ERR_NONE && count == 1) {
            account.person_id = ids[0];
            code = accounts_set_person(db, account.id, ids[0], now, err);
        }
    }
    return code;
}

static err_code write_using(struct db *db, void *argument, struct err *err)
{
    struct using *using = argument;
    struct login login;
    bool was_good = false;
    int64_t account_id;
    err_code code;

    using->is_wrong_code = false; /* the job may be run again */
    code = using->token ? find_link(db, using->arena, using->token, using->browser,
                                    using->now, &login, err)
                        : find_code(db, using, &login, err);

    if (code != ERR_NONE || using->is_wrong_code)
        return code;
    code = logins_use(db, login.id, using->now, &was_good, err);
    if (code == ERR_NONE && !was_good)
        return not_good(err);
    if (code == ERR_NONE)
        code =
            accounts_come_in(db, login.email, login.lang, using->now, &account_id, err);
    if (code == ERR_NONE)
        code = tie_person(db, using->arena, login.email, using->now, err);
    return code == ERR_NONE
               ? signed_in_add(db, account_id, using->cookie_hash, using->device,
                               using->now, using->now + SIGN_IN_STAYS_S, err)
               : code;
}

/* What the browser says of itself, within its limit and valid. */
static const char *short_device(struct arena *arena, const char *device)
{
    size_t length = device ? strlen(device) : 0;
    const char *clean;

    while (length > DEVICE_BYTES_MOST || (length && length < strlen(device) &&
                                          ((unsigned char)device[length] & 0xc0) == 0x80))
        length--;
    clean = length ? unicode_clean(arena, device, length) : NULL;
    return clean ? clean : "";
}

/* The six digits, without the blanks people type between them. */
static const char *plain_code(struct arena *arena, const char *typed)
{
    char *copy = arena_strdup(arena, typed ? typed : ""), *to = copy;

    for (const char *from = copy; from && *from; from++)
        if (*from >= '0' && *from <= '9')
            *to++ = *from;
    if (copy)
        *to = '\0';
    return copy;
}

err_code sign_in_use(struct ctx *ctx, const char *token, const char *code,
                     const char *browser, const char *device,
                     char out[SECRET_TOKEN_TEXT_MAX], struct err *err)
{
    char cookie_hash[SECRET_HASH_TEXT_MAX];
    struct using using = {.arena = ctx->arena,
                          .token = token,
                          .code = plain_code(ctx->arena, code),
                          .browser = browser,
                          .device = short_device(ctx->arena, device),
                          .now = ctx->now,
                          .cookie_hash = cookie_hash};
    err_code done;

    if (!using.code)
        return err_set(err, ERR_MEMORY, "no room for a code");
    if (!browser && !token)
        return not_good(err);
    secret_token(out);
    hash_of(out, NULL, cookie_hash);
    done = writer_do(ctx->writer, write_using, &using, err);
    if (done == ERR_NONE && using.is_wrong_code)
        return err_set_field(err, ERR_INVALID, "code",
                             N_("These are not the six digits of the last mail."));
    return done;
}

struct seeing {
    int64_t id, now;
};

static err_code write_seen(struct db *db, void *argument, struct err *err)
{
    const struct seeing *seeing = argument;

    return signed_in_seen(db, seeing->id, seeing->now, seeing->now + SIGN_IN_STAYS_S,
                          err);
}

err_code sign_in_who(struct ctx *ctx, const char *cookie, struct account *account,
                     int64_t *signed_in, struct err *err)
{
    char hash[SECRET_HASH_TEXT_MAX];
    struct signed_in found;
    struct seeing seeing = {.now = ctx->now};
    err_code code;

    hash_of(cookie, NULL, hash);
    code = signed_in_find(ctx->db, ctx->arena, hash, ctx->now, &found, account, err);
    if (code != ERR_NONE)
        return code;
    *signed_in = seeing.id = found.id;
    if (ctx->now - found.seen_at < HOUR_S)
        return ERR_NONE;
    return writer_do(ctx->writer, write_seen, &seeing, err);
}

struct ending {
    int64_t account_id, signed_in, now;
};

static err_code write_end(struct db *db, void *argument, struct err *err)
{
    const struct ending *ending = argument;

    return signed_in_end(db, ending->account_id, ending->signed_in, ending->now, err);
}

err_code sign_in_end(struct ctx *ctx, int64_t account_id, int64_t signed_in,
                     struct err *err)
{
    struct ending ending = {account_id, signed_in, ctx->now};

    return writer_do(ctx->writer, write_end, &ending, err);
}
