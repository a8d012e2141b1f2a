/* etabli export: the records as CSV on standard output. */
#include "cli/command.h"

#include "exchange/action/export.h"

#include <stdio.h>

static err_code print(void *state, const char *bytes, size_t length, struct err *err)
{
    (void)state;
    if (fwrite(bytes, 1, length, stdout) != length)
        return err_set(err, ERR_IO, "standard output cannot be written");
    return ERR_NONE;
}

int command_export(struct command_context *context, int argc, char **argv)
{
    struct export_options options = {.zone = context->config->zone, .sink = print};
    struct db *db;
    struct err err = {0};
    err_code code;

    if (argc != 2) {
        fputs("Usage: etabli export people|skills|needs|sessions >FILE.csv\n", stderr);
        return EXIT_USAGE;
    }
    options.what = argv[1];
    code = db_open(&db, store_address(context->arena, context->config->data_folder), DB_READ,
                   &err);
    if (code != ERR_NONE)
        return command_trouble(&err);
    code = export_run(db, &options, &err);
    db_close(db);
    return code == ERR_NONE ? EXIT_OK : command_trouble(&err);
}
