/* Roles given and taken back. */
#include "exchange/action/role_grant.h"

#include "base/email.h"
#include "exchange/action/actor.h"
#include "exchange/action/link.h"
#include "exchange/action/mail.h"
#include "exchange/action/same.h"
#include "store/change.h"
#include "store/people.h"
#include "store/roles.h"
#include "store/structures.h"

#include <inttypes.h>
#include <string.h>

enum { ROLES_MOST = 2000 };

static const char *const words[GRANT_COUNT] = {"admin", "manager", "facilitator",
                                               "deputy"};

const char *granted_word(enum granted kind)
{
    return words[kind];
}

bool granted_parse(const char *word, enum granted *out)
{
    for (int i = 0; i < GRANT_COUNT; i++)
        if (strcmp(words[i], word) == 0) {
            *out = (enum granted)i;
            return true;
        }
    return false;
}

/* What one giving or taking works with; found anew each time the job is run. */
struct granting {
    struct ctx *ctx;
    const struct role_wanted *wanted;
    const char *email;
    int64_t role_id, pole_id, person_id; /* of what is taken back */
    const char *token;                   /* of the first link */
};

static err_code must(struct ctx *ctx, struct err *err)
{
    return ctx->actor ? actor_must(VERB_GRANT_ROLES, actor_who(ctx->actor, 0, 0, 0), err)
                      : ERR_NONE;
}

static err_code note(struct db *db, struct ctx *ctx, const char *verb, const char *detail,
                     int64_t pole_id, int64_t person_id, struct err *err)
{
    const struct audit audit = {.actor = ctx->actor ? actor_word(ctx->arena, ctx->actor)
                                                    : "cli",
                                .verb = verb,
                                .detail = detail,
                                .account_id = ctx->actor ? ctx->actor->account_id : 0,
                                .pole_id = pole_id,
                                .person_id = person_id};

    return audit_of(db, &audit, ctx->now, err);
}

static err_code find_structure(struct db *db, struct granting *granting,
                               struct structure *out, struct err *err)
{
    const char *key = granting->wanted->structure_key;
    int64_t id = 0;
    err_code code = key && *key ? structures_find(db, key, &id, err) : ERR_NONE;

    if (code == ERR_NONE && !id)
        return err_set_field(err, ERR_INVALID, "structure",
                             N_("Choose the structure she or he manages."));
    return code == ERR_NONE ? structures_get(db, granting->ctx->arena, id, out, err)
                            : code;
}

static err_code find_pole(struct db *db, struct granting *granting, struct pole *out,
                          struct err *err)
{
    const char *key = granting->wanted->pole_key;
    int64_t id = 0;
    err_code code = key && *key ? poles_find(db, key, &id, err) : ERR_NONE;

    if (code == ERR_NONE && !id)
        return err_set_field(err, ERR_INVALID, "pole",
                             N_("Choose the pole she or he keeps."));
    return code == ERR_NONE ? poles_get(db, granting->ctx->arena, id, out, err) : code;
}

/* Tells her what she may do from now on. */
static err_code tell(struct db *db, struct granting *granting, const char *lang,
                     const char *place, const char *path, struct err *err)
{
    struct ctx *ctx = granting->ctx;
    enum granted kind = granting->wanted->kind;
    const struct mail mail = {.to = granting->email, .lang = lang, .template = "role"};
    struct text values;

    mail_begin(&values, &mail);
    json_bool(&values, "is_admin", kind == GRANT_ADMIN);
    json_bool(&values, "is_manager", kind == GRANT_MANAGER);
    json_bool(&values, "is_facilitator", kind == GRANT_FACILITATOR);
    json_bool(&values, "is_deputy", kind == GRANT_DEPUTY);
    json_text(&values, "place", place);
    json_text(&values, "page_url", site_url(ctx->arena, ctx->config, lang, "%s", path));
    return mail_queue(db, ctx->config, &mail, &values, ctx->now, err);
}

static err_code grant_role(struct db *db, struct granting *granting,
                           const struct account *account,
                           const struct structure *structure, struct err *err)
{
    struct ctx *ctx = granting->ctx;
    bool is_admin = granting->wanted->kind == GRANT_ADMIN;
    struct role *roles = NULL;
    size_t count = 0;
    err_code code =
        roles_list(db, ctx->arena, account->id, ROLES_MOST, &roles, &count, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        if (roles[i].kind == (is_admin ? ROLE_ADMIN : ROLE_MANAGER) &&
            roles[i].structure_id == structure->id)
            return ERR_NONE; /* has it already */
    if (code == ERR_NONE)
        code = roles_grant(db, account->id, is_admin ? ROLE_ADMIN : ROLE_MANAGER,
                           structure->id, ctx->actor ? ctx->actor->account_id : 0,
                           ctx->now, err);
    if (code == ERR_NONE)
        code = note(db, ctx, is_admin ? "grant admin" : "grant manager",
                    arena_printf(ctx->arena, "account %" PRId64 "%s%s", account->id,
                                 is_admin ? "" : ", ", is_admin ? "" : structure->key),
                    0, account->person_id, err);
    return code == ERR_NONE
               ? tell(db, granting, account->lang, is_admin ? NULL : structure->name,
                      is_admin ? "/administration"
                               : arena_printf(ctx->arena, "/structures/%s/bureau",
                                              structure->key),
                      err)
               : code;
}

/* The people of a pole with her first or last; the same list when she stands there
 * already. */
static err_code place_keeper(struct arena *arena, struct pole *pole, int64_t person_id,
                             bool is_first, struct err *err)
{
    int64_t *ids = arena_array(arena, pole->facilitator_count + 1, sizeof *ids);
    size_t count = 0;

    if (!ids)
        return err_set(err, ERR_MEMORY, "no room for facilitators");
    if (is_first)
        ids[count++] = person_id;
    for (size_t i = 0; i < pole->facilitator_count; i++)
        if (pole->facilitator_ids[i] != person_id)
            ids[count++] = pole->facilitator_ids[i];
    if (!is_first)
        ids[count++] = person_id;
    pole->facilitator_ids = ids;
    pole->facilitator_count = count;
    return ERR_NONE;
}

static err_code grant_pole(struct db *db, struct granting *granting,
                           const struct account *account, struct pole *pole,
                           struct err *err)
{
    struct ctx *ctx = granting->ctx;
    bool is_first = granting->wanted->kind == GRANT_FACILITATOR;
    const struct pole before = *pole;
    int64_t person_id = 0;
    err_code code = actor_person(db, granting->email, granting->wanted->name, ctx->now,
                                 &person_id, err);

    if (code == ERR_NONE)
        code = place_keeper(ctx->arena, pole, person_id, is_first, err);
    if (code != ERR_NONE || same_ids(before.facilitator_ids, before.facilitator_count,
                                     pole->facilitator_ids, pole->facilitator_count))
        return code;
    code = poles_save(db, pole, ctx->now, err);
    if (code == ERR_NONE)
        code = note(db, ctx, is_first ? "grant facilitator" : "grant deputy", NULL,
                    pole->id, person_id, err);
    return code == ERR_NONE
               ? tell(db, granting, account->lang, pole->name,
                      arena_printf(ctx->arena, "/poles/%s/bureau", pole->key), err)
               : code;
}

static err_code write_grant(struct db *db, void *argument, struct err *err)
{
    struct granting *granting = argument;
    struct ctx *ctx = granting->ctx;
    enum granted kind = granting->wanted->kind;
    struct structure structure = {.id = 0};
    struct pole pole = {.id = 0};
    struct account account;
    int64_t id;
    err_code code = ERR_NONE;

    if (kind == GRANT_MANAGER)
        code = find_structure(db, granting, &structure, err);
    else if (kind != GRANT_ADMIN)
        code = find_pole(db, granting, &pole, err);
    if (code == ERR_NONE)
        code = accounts_make(db, granting->email, ctx->config->languages[0], ctx->now,
                             &id, err);
    if (code == ERR_NONE)
        code = accounts_find(db, ctx->arena, granting->email, &account, err);
    if (code != ERR_NONE)
        return code;
    return pole.id ? grant_pole(db, granting, &account, &pole, err)
                   : grant_role(db, granting, &account, &structure, err);
}

/* Plain and plausible, else ERR_INVALID on "email". */
static err_code read_email(struct ctx *ctx, const char *typed, const char **out,
                           struct err *err)
{
    *out = email_plain(ctx->arena, typed ? typed : "");
    if (!*out)
        return err_set(err, ERR_MEMORY, "no room for an address");
    if (!email_is_plausible(*out))
        return err_set_field(err, ERR_INVALID, "email",
                             N_("Write an e-mail address such as name@example.org."));
    return ERR_NONE;
}

err_code role_grant(struct ctx *ctx, const struct role_wanted *wanted, struct err *err)
{
    struct granting granting = {.ctx = ctx, .wanted = wanted};
    err_code code = must(ctx, err);

    if (code == ERR_NONE)
        code = read_email(ctx, wanted->email, &granting.email, err);
    return code == ERR_NONE ? writer_do(ctx->writer, write_grant, &granting, err) : code;
}

static err_code write_revoke(struct db *db, void *argument, struct err *err)
{
    struct granting *granting = argument;
    struct ctx *ctx = granting->ctx;
    struct role role;
    int64_t before = 0, left = 0;
    err_code code = roles_get(db, ctx->arena, granting->role_id, &role, err);

    if (code == ERR_NONE)
        code = roles_count_admins(db, &before, err);
    if (code == ERR_NONE)
        code = roles_revoke(db, role.id, ctx->now, err);
    if (code == ERR_NONE)
        code = roles_count_admins(db, &left, err);
    if (code == ERR_NONE && before && !left)
        return err_set_field(
            err, ERR_CONFLICT, "roles",
            N_("This is the last admin who has come in: make another one first."));
    return code == ERR_NONE
               ? note(db, ctx,
                      role.kind == ROLE_ADMIN ? "revoke admin" : "revoke manager",
                      arena_printf(ctx->arena, "account %" PRId64, role.account_id), 0, 0,
                      err)
               : code;
}

err_code role_revoke(struct ctx *ctx, int64_t role_id, struct err *err)
{
    struct granting granting = {.ctx = ctx, .role_id = role_id};
    err_code code = must(ctx, err);

    return code == ERR_NONE ? writer_do(ctx->writer, write_revoke, &granting, err) : code;
}

static err_code write_revoke_pole(struct db *db, void *argument, struct err *err)
{
    struct granting *granting = argument;
    struct ctx *ctx = granting->ctx;
    struct pole pole;
    size_t count;
    err_code code = poles_get(db, ctx->arena, granting->pole_id, &pole, err);

    if (code != ERR_NONE)
        return code;
    count = pole.facilitator_count;
    code = place_keeper(ctx->arena, &pole, granting->person_id, false, err);
    if (code == ERR_NONE && pole.facilitator_count-- != count)
        return err_set(err, ERR_NOT_FOUND, "person %" PRId64 " does not keep the pole %s",
                       granting->person_id, pole.key);
    if (code == ERR_NONE)
        code = poles_save(db, &pole, ctx->now, err);
    return code == ERR_NONE ? note(db, ctx, "revoke facilitator", NULL, pole.id,
                                   granting->person_id, err)
                            : code;
}

err_code role_revoke_pole(struct ctx *ctx, int64_t pole_id, int64_t person_id,
                          struct err *err)
{
    struct granting granting = {.ctx = ctx, .pole_id = pole_id, .person_id = person_id};
    err_code code = must(ctx, err);

    return code == ERR_NONE ? writer_do(ctx->writer, write_revoke_pole, &granting, err)
                            : code;
}

static err_code revoke_account(struct ctx *ctx, const struct account *account,
                               enum role_kind kind, int64_t structure_id, struct err *err)
{
    struct role *roles = NULL;
    size_t count = 0;
    err_code code =
        roles_list(ctx->db, ctx->arena, account->id, ROLES_MOST, &roles, &count, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        if (roles[i].kind == kind && roles[i].structure_id == structure_id)
            return role_revoke(ctx, roles[i].id, err);
    return code == ERR_NONE
               ? err_set(err, ERR_NOT_FOUND, "%s has no such role", account->email)
               : code;
}

err_code role_revoke_wanted(struct ctx *ctx, const struct role_wanted *wanted,
                            struct err *err)
{
    struct granting granting = {.ctx = ctx, .wanted = wanted};
    struct structure structure = {.id = 0};
    struct pole pole;
    struct account account = {.id = 0};
    int64_t person_id = 0;
    bool is_pole = wanted->kind == GRANT_FACILITATOR || wanted->kind == GRANT_DEPUTY;
    err_code code = read_email(ctx, wanted->email, &granting.email, err);

    if (code == ERR_NONE && wanted->kind == GRANT_MANAGER)
        code = find_structure(ctx->db, &granting, &structure, err);
    if (code == ERR_NONE && is_pole)
        code = find_pole(ctx->db, &granting, &pole, err);
    if (code == ERR_NONE)
        code = accounts_find(ctx->db, ctx->arena, granting.email, &account, err);
    if (code != ERR_NONE)
        return code;
    if (is_pole) {
        person_id = account.person_id;
        if (!person_id)
            code = people_find_email(ctx->db, granting.email, &person_id, err);
        return code == ERR_NONE ? role_revoke_pole(ctx, pole.id, person_id, err) : code;
    }
    return account.id
               ? revoke_account(ctx, &account,
                                wanted->kind == GRANT_ADMIN ? ROLE_ADMIN : ROLE_MANAGER,
                                structure.id, err)
               : err_set(err, ERR_NOT_FOUND, "%s has no account", granting.email);
}

struct first {
    bool is_forced, is_made;
    int64_t now;
    char *token;
};

static err_code write_first_link(struct db *db, void *argument, struct err *err)
{
    struct first *first = argument;
    struct link link = {.purpose = LINK_FIRST_ADMIN,
                        .lang = "fr",
                        .created_at = first->now,
                        .expires_at = first->now + FIRST_LINK_S};
    int64_t admins = 0;
    err_code code = roles_count_admins(db, &admins, err);

    first->is_made = code == ERR_NONE && (first->is_forced || !admins);
    if (!first->is_made)
        return code;
    code = links_revoke_all(db, LINK_FIRST_ADMIN, err);
    if (code == ERR_NONE)
        code = link_make(db, &link, first->token, err);
    return code == ERR_NONE ? change_note(db, THING_ACCOUNT, 0, first->now, err) : code;
}

err_code role_first_link(struct writer *writer, bool is_forced, int64_t now,
                         char token[SECRET_TOKEN_TEXT_MAX], bool *is_made,
                         struct err *err)
{
    struct first first = {.is_forced = is_forced, .now = now, .token = token};
    err_code code = writer_do(writer, write_first_link, &first, err);

    *is_made = first.is_made;
    return code;
}

static err_code write_first_admin(struct db *db, void *argument, struct err *err)
{
    const struct granting *granting = argument;
    struct ctx *ctx = granting->ctx;
    struct link link;
    int64_t id = 0;
    err_code code =
        link_use(db, ctx->arena, granting->token, LINK_FIRST_ADMIN, ctx->now, &link, err);

    if (code == ERR_NONE)
        code = accounts_make(db, granting->email, ctx->lang, ctx->now, &id, err);
    if (code == ERR_NONE)
        code = roles_grant(db, id, ROLE_ADMIN, 0, 0, ctx->now, err);
    if (code == ERR_NONE)
        code = audit_of(
            db,
            &(struct audit){.actor = "first link",
                            .verb = "grant admin",
                            .detail = arena_printf(ctx->arena, "account %" PRId64, id),
                            .account_id = id},
            ctx->now, err);
    return code;
}

err_code role_first_admin(struct ctx *ctx, const char *token, const char *email,
                          struct err *err)
{
    struct granting granting = {.ctx = ctx, .token = token};
    err_code code = read_email(ctx, email, &granting.email, err);

    return code == ERR_NONE ? writer_do(ctx->writer, write_first_admin, &granting, err)
                            : code;
}
