/* etabli migrate: makes the records, or brings them to the schema of this program. */
#include "cli/command.h"

#include "base/file.h"
#include "store/migrate.h"

#include <stdio.h>

int command_migrate(struct command_context *context, int argc, char **argv)
{
    const char *address = store_address(context->arena, context->config->data_folder);
    struct err err = {0};
    int from = 0, to = 0;

    if (argc > 1) {
        fprintf(stderr, "etabli: \"%s\": migrate takes no arguments\n", argv[1]);
        return EXIT_USAGE;
    }
    if (file_make_folder(context->config->data_folder, &err) != ERR_NONE ||
        migrate(address, context->now, &from, &to, &err) != ERR_NONE)
        return command_trouble(&err);
    if (from == to)
        printf("records: schema %d, nothing to do\n", to);
    else
        printf("records: schema %d to %d\n", from, to);
    return EXIT_OK;
}
