/* Whom a mail of the exchange goes to. */
#include "exchange/action/reach.h"

#include "base/email.h"
#include "exchange/action/link.h"
#include "store/accounts.h"
#include "store/people.h"

static err_code set_address(struct db *db, struct arena *arena,
                            const struct config *config, const char *email,
                            struct reach *out, struct err *err)
{
    struct account account = {.id = 0};
    err_code code = ERR_NONE;

    out->lang = config->languages[0];
    out->email = email ? email_plain(arena, email) : NULL;
    if (out->email)
        code = accounts_find(db, arena, out->email, &account, err);
    if (code == ERR_NONE && account.id)
        out->lang = account.lang;
    return code;
}

err_code reach_person(struct db *db, struct arena *arena, const struct config *config,
                      int64_t person_id, struct reach *out, struct err *err)
{
    struct person person;
    err_code code = people_get(db, arena, person_id, &person, err);

    if (code != ERR_NONE)
        return code;
    *out = (struct reach){.person_id = person.id, .name = person.name};
    return set_address(db, arena, config, person.email, out, err);
}

err_code reach_author(struct db *db, struct arena *arena, const struct config *config,
                      const struct need *need, struct reach *out, struct err *err)
{
    if (need->person_id)
        return reach_person(db, arena, config, need->person_id, out, err);
    *out = (struct reach){.person_id = 0};
    return set_address(db, arena, config, need->email, out, err);
}

err_code reach_link(struct db *db, struct arena *arena, const struct config *config,
                    const struct reach *reach, enum link_purpose purpose,
                    int64_t subject_id, int64_t now, int64_t expires_at, const char *path,
                    const char **url, struct err *err)
{
    struct link link = {.purpose = purpose,
                        .subject_id = subject_id,
                        .person_id = reach->person_id,
                        .email = reach->email,
                        .lang = reach->lang,
                        .address_hash = reach->address_hash,
                        .created_at = now,
                        .expires_at = expires_at};
    char token[SECRET_TOKEN_TEXT_MAX];
    err_code code = link_make(db, &link, token, err);

    if (code != ERR_NONE)
        return code;
    *url = site_url(arena, config, reach->lang, "%s%s", path, token);
    return *url ? ERR_NONE : err_set(err, ERR_MEMORY, "no room for an address");
}
