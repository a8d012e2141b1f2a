/* etabli backup: a copy of the records in one file, while the site runs. */
#include "cli/command.h"

#include "store/backup.h"

#include <argp.h>
#include <inttypes.h>
#include <stdio.h>

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    const char **path = state->input;

    switch (key) {
    case ARGP_KEY_ARG:
        if (*path)
            argp_error(state, "\"%s\": one file at a time", argument);
        *path = argument;
        return 0;
    case ARGP_KEY_END:
        if (!*path)
            argp_error(state, "say which file to write");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

int command_backup(struct command_context *context, int argc, char **argv)
{
    static const struct argp argp = {
        .parser = parse_option,
        .args_doc = "FILE",
        .doc = "Copies the records into FILE as they are at one moment, while others "
               "write, and "
               "reads the copy again. An older FILE is replaced only by a whole one."};
    const char *address = store_address(context->arena, context->config->data_folder);
    const char *path = NULL;
    struct progress progress = {0};
    struct backup backup = {0};
    struct err err = {0};

    if (argp_parse(&argp, argc, argv, 0, NULL, &path) != 0)
        return EXIT_USAGE;
    if (records_backup(address, path, &progress, &backup, &err) != ERR_NONE)
        return command_trouble(&err);
    printf("%s: %" PRId64 " people, %" PRId64 " changes, %" PRId64
           " bytes; read again, whole\n",
           path, backup.people, backup.changes, backup.bytes);
    return EXIT_OK;
}
