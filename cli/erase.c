/* etabli erase: everything about one person, by her address or her number. */
#include "cli/command.h"

#include "exchange/action/erase.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>

enum { OPTION_YES = 'y' };

struct arguments {
    char *who;
    bool is_sure;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct arguments *arguments = state->input;

    switch (key) {
    case OPTION_YES:
        arguments->is_sure = true;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->who)
            argp_error(state, "\"%s\": one person at a time", argument);
        arguments->who = argument;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->who)
            argp_error(state, "say who: an e-mail address, or the number of a card");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static err_code find(struct ctx *ctx, char *who, struct identity *out, struct err *err)
{
    char *end;
    long long id = strtoll(who, &end, 10);
    err_code code;

    if (*who && !*end)
        return identity_of_person(ctx->db, ctx->arena, id, out, err);
    for (char *at = who; *at; at++)
        *at = (char)(*at >= 'A' && *at <= 'Z' ? *at - 'A' + 'a' : *at);
    code = identity_of_email(ctx->db, ctx->arena, who, out, err);
    return code;
}

/* Places and how much they hold: no words. *total counts the rows. */
static err_code tell(struct ctx *ctx, const struct identity *identity, size_t *total,
                     struct err *err)
{
    static const char *const fates[] = {"erased", "kept without her",
                                        "erased, or kept without her if others share it",
                                        "kept as a number"};
    struct personal_section *sections = NULL;
    size_t count = 0;
    err_code code =
        personal_export(ctx->db, ctx->arena, identity, &sections, &count, err);

    *total = 0;
    for (size_t i = 0; code == ERR_NONE && i < count; i++) {
        printf("%s.%s: %zu, %s\n", sections[i].row->table, sections[i].row->column,
               sections[i].line_count, fates[sections[i].row->erasure]);
        *total += sections[i].line_count;
    }
    return code;
}

static err_code run(struct ctx *ctx, const struct arguments *arguments, struct err *err)
{
    struct identity identity;
    size_t total = 0;
    err_code code = find(ctx, arguments->who, &identity, err);

    if (code == ERR_NONE)
        code = tell(ctx, &identity, &total, err);
    if (code == ERR_NONE && total == 0)
        code =
            err_set(err, ERR_NOT_FOUND, "%s: nothing is held about her", arguments->who);
    if (code != ERR_NONE)
        return code;
    if (!arguments->is_sure) {
        puts("nothing was erased: say --yes to erase");
        return ERR_NONE;
    }
    code = person_erase(ctx, &identity, "cli", err);
    if (code == ERR_NONE)
        puts("erased");
    return code;
}

int command_erase(struct command_context *context, int argc, char **argv)
{
    static const struct argp_option accepted[] = {
        {"yes", OPTION_YES, NULL, 0, "Erase; without it, tell what would be", 0}, {0}};
    static const struct argp argp = {
        .options = accepted,
        .parser = parse_option,
        .args_doc = "EMAIL|NUMBER",
        .doc = "Erases a person as she could herself: her card, needs, registrations, "
               "account, mails and links. The site may run."};
    const char *address = store_address(context->arena, context->config->data_folder);
    struct arguments arguments = {.who = NULL};
    struct ctx ctx = {.arena = context->arena,
                      .config = context->config,
                      .now = context->now,
                      .lang = "fr"};
    struct err err = {0};
    err_code code;

    if (argp_parse(&argp, argc, argv, 0, NULL, &arguments) != 0)
        return EXIT_USAGE;
    code = db_open(&ctx.db, address, DB_READ, &err);
    if (code == ERR_NONE)
        code = writer_open(&ctx.writer, address, &err);
    if (code == ERR_NONE)
        code = run(&ctx, &arguments, &err);
    writer_close(ctx.writer);
    db_close(ctx.db);
    return code == ERR_NONE ? EXIT_OK : command_trouble(&err);
}
