/* etabli admin: who administers the site, from the machine it runs on. */
#include "cli/command.h"

#include "exchange/action/mail.h"
#include "exchange/action/names.h"
#include "exchange/action/role_grant.h"
#include "store/migrate.h"
#include "store/roles.h"
#include "store/writer.h"

#include <argp.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    OPTION_STRUCTURE = 's',
    OPTION_POLE = 'p',
    OPTION_NAME = 'n',
    OPTION_DEPUTY = 'd'
};
enum { WORDS_MOST = 3, ROLES_MOST = 2000 };

struct arguments {
    const char *words[WORDS_MOST]; /* "grant", address, role */
    size_t word_count;
    const char *structure, *pole, *name;
    bool is_deputy;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct arguments *arguments = state->input;

    switch (key) {
    case OPTION_STRUCTURE:
        arguments->structure = argument;
        return 0;
    case OPTION_POLE:
        arguments->pole = argument;
        return 0;
    case OPTION_NAME:
        arguments->name = argument;
        return 0;
    case OPTION_DEPUTY:
        arguments->is_deputy = true;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->word_count == WORDS_MOST)
            argp_error(state, "\"%s\": one word too many", argument);
        else
            arguments->words[arguments->word_count++] = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static err_code list(struct ctx *ctx, struct err *err)
{
    struct role *roles = NULL;
    struct keeper *keepers = NULL;
    struct names names = {0};
    size_t role_count = 0, keeper_count = 0;
    err_code code = names_load(ctx->db, ctx->arena, &names, err);

    if (code == ERR_NONE)
        code = roles_list(ctx->db, ctx->arena, 0, ROLES_MOST, &roles, &role_count, err);
    if (code == ERR_NONE)
        code =
            roles_keepers(ctx->db, ctx->arena, ROLES_MOST, &keepers, &keeper_count, err);
    if (code != ERR_NONE)
        return code;
    for (size_t i = 0; i < role_count; i++) {
        const struct structure *structure =
            names_structure(&names, roles[i].structure_id);
        printf("%s\t%s\t%s\t%s\n", roles[i].kind == ROLE_ADMIN ? "admin" : "manager",
               structure ? structure->key : "", roles[i].email,
               roles[i].has_come_in ? "" : "has not come in yet");
    }
    for (size_t i = 0; i < keeper_count; i++) {
        const struct pole *pole = names_pole(&names, keepers[i].pole_id);
        printf("%s\t%s\t%s\t%s\n", keepers[i].position ? "deputy" : "facilitator",
               pole ? pole->key : "", keepers[i].email ? keepers[i].email : "",
               keepers[i].name);
    }
    return ERR_NONE;
}

static err_code make_link(struct ctx *ctx, struct err *err)
{
    char token[SECRET_TOKEN_TEXT_MAX];
    bool is_made;
    err_code code = role_first_link(ctx->writer, true, ctx->now, token, &is_made, err);
    const char *url;

    if (code != ERR_NONE)
        return code;
    url = site_url(ctx->arena, ctx->config, ctx->lang, "/premiere-administration/%s",
                   token);
    if (!url)
        return err_set(err, ERR_MEMORY, "no memory for an address");
    puts(url);
    return ERR_NONE;
}

/* The role in words: ERR_INVALID with what is missing. */
static err_code read_role(const struct arguments *arguments, struct role_wanted *out,
                          struct err *err)
{
    const char *role = arguments->word_count == WORDS_MOST ? arguments->words[2] : "";

    *out = (struct role_wanted){.email = arguments->words[1],
                                .name = arguments->name,
                                .structure_key = arguments->structure,
                                .pole_key = arguments->pole};
    if (!granted_parse(role, &out->kind) || out->kind == GRANT_DEPUTY)
        return err_set(err, ERR_INVALID,
                       "\"%s\": the role is admin, manager or facilitator", role);
    if (out->kind == GRANT_FACILITATOR && arguments->is_deputy)
        out->kind = GRANT_DEPUTY;
    if (out->kind == GRANT_MANAGER && !arguments->structure)
        return err_set(err, ERR_INVALID, "a manager needs --structure KEY");
    if (role[0] == 'f' && !arguments->pole)
        return err_set(err, ERR_INVALID, "a facilitator needs --pole KEY");
    return ERR_NONE;
}

/* What a page would say beside a field, for a terminal. */
static err_code in_words(err_code code, const struct arguments *arguments,
                         struct err *err)
{
    struct err told = *err;

    if (code == ERR_NONE || !told.message_id)
        return code;
    err_clear(err);
    if (strcmp(told.field, "structure") == 0)
        return err_set(err, code, "--structure \"%s\": there is no such structure",
                       arguments->structure);
    if (strcmp(told.field, "pole") == 0)
        return err_set(err, code, "--pole \"%s\": there is no such pole",
                       arguments->pole);
    if (strcmp(told.field, "name") == 0)
        return err_set(err, code,
                       "nobody bears that address: give --name \"First Last\"");
    return err_set(err, code, "\"%s\": %s", arguments->words[1], told.message_id);
}

static err_code run(struct ctx *ctx, const struct arguments *arguments, struct err *err)
{
    struct role_wanted wanted;
    bool is_grant = strcmp(arguments->words[0], "grant") == 0;
    err_code code = read_role(arguments, &wanted, err);

    if (code != ERR_NONE)
        return code;
    code =
        is_grant ? role_grant(ctx, &wanted, err) : role_revoke_wanted(ctx, &wanted, err);
    return in_words(code, arguments, err);
}

static err_code work(struct command_context *context, const struct arguments *arguments,
                     struct err *err)
{
    const char *address = store_address(context->arena, context->config->data_folder);
    const char *what = arguments->words[0];
    struct ctx ctx = {.arena = context->arena,
                      .config = context->config,
                      .now = context->now,
                      .lang = context->config->languages[0]};
    err_code code = db_open(&ctx.db, address, DB_READ, err);

    if (code == ERR_NONE && strcmp(what, "list") != 0)
        code = writer_open(&ctx.writer, address, err);
    if (code == ERR_NONE)
        code = strcmp(what, "list") == 0   ? list(&ctx, err)
               : strcmp(what, "link") == 0 ? make_link(&ctx, err)
                                           : run(&ctx, arguments, err);
    writer_close(ctx.writer);
    db_close(ctx.db);
    return code;
}

/* How many words each takes with itself; 0: no such thing. */
static size_t words_of(const char *what)
{
    if (strcmp(what, "link") == 0 || strcmp(what, "list") == 0)
        return 1;
    return strcmp(what, "grant") == 0 || strcmp(what, "revoke") == 0 ? WORDS_MOST : 0;
}

int command_admin(struct command_context *context, int argc, char **argv)
{
    static const struct argp_option accepted[] = {
        {"structure", OPTION_STRUCTURE, "KEY", 0, "Of a manager", 0},
        {"pole", OPTION_POLE, "KEY", 0, "Of a facilitator", 0},
        {"deputy", OPTION_DEPUTY, NULL, 0, "The facilitator stands in for who keeps it",
         0},
        {"name", OPTION_NAME, "NAME", 0, "Of a facilitator who has no card yet", 0},
        {0}};
    static const struct argp argp = {
        .options = accepted,
        .parser = parse_option,
        .args_doc = "link | list | grant EMAIL ROLE | revoke EMAIL ROLE",
        .doc =
            "Who administers the site, manages a structure, keeps a pole.\v"
            "`link` prints an address that makes whoever opens it admin, once, within 24 "
            "hours. ROLE is admin, manager --structure KEY, or facilitator --pole KEY "
            "[--deputy]. Works while the site runs; who gets a role is told by mail."};
    struct arguments arguments = {.word_count = 0};
    struct err err = {0};

    if (argp_parse(&argp, argc, argv, 0, NULL, &arguments) != 0)
        return EXIT_USAGE;
    if (!arguments.word_count || words_of(arguments.words[0]) != arguments.word_count) {
        fputs("etabli: admin link | list | grant EMAIL ROLE | revoke EMAIL ROLE\n",
              stderr);
        return EXIT_USAGE;
    }
    return work(context, &arguments, &err) == ERR_NONE ? EXIT_OK : command_trouble(&err);
}
