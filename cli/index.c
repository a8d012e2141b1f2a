/* etabli index: brings the full-text index up to date, or makes it anew. */
#include "cli/command.h"

#include "exchange/action/index_sync.h"
#include "store/migrate.h"

#include <argp.h>
#include <inttypes.h>
#include <stdio.h>

enum { OPTION_REBUILD = 'r' };

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    bool *is_rebuild = state->input;

    switch (key) {
    case OPTION_REBUILD:
        *is_rebuild = true;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\": index takes no arguments", argument);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

int command_index(struct command_context *context, int argc, char **argv)
{
    static const struct argp_option accepted[] = {
        {"rebuild", OPTION_REBUILD, NULL, 0,
         "Build a new index beside the old one, then swap", 0},
        {0}};
    static const struct argp argp = {
        .options = accepted,
        .parser = parse_option,
        .doc = "Applies to the index what changed in the records since it was last done."};
    const char *address = store_address(context->arena, context->config->data_folder);
    struct progress progress = {0};
    struct db *db = NULL;
    struct err err = {0};
    bool is_rebuild = false;
    int64_t applied = 0;
    err_code code;

    if (argp_parse(&argp, argc, argv, 0, NULL, &is_rebuild) != 0)
        return EXIT_USAGE;
    code = migrate(address, context->now, NULL, NULL, &err);
    if (code == ERR_NONE)
        code = db_open(&db, address, DB_READ, &err);
    if (code == ERR_NONE && is_rebuild)
        code = index_rebuild(context->config, db, context->now, &progress, &err);
    else if (code == ERR_NONE)
        code = index_catch_up(context->config, db, context->now, &progress, &applied,
                              &err);
    db_close(db);
    if (code != ERR_NONE)
        return command_trouble(&err);
    if (is_rebuild)
        puts("index: made anew");
    else
        printf("index: up to date, %" PRId64 " put or removed\n", applied);
    return EXIT_OK;
}
