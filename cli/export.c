/* etabli export: people, skills, needs, sessions, structures or poles as CSV. */
#include "cli/command.h"

#include "exchange/action/export.h"

#include <argp.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { OPTION_OUTPUT = 'o', OPTION_SOURCE = 's', SHEET_MODE = 0640 };

struct arguments {
    const char *what, *output;
    struct export_options options;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    static const char *const kinds[] = {
        [EXPORT_PEOPLE] = "people",         [EXPORT_SKILLS] = "skills",
        [EXPORT_NEEDS] = "needs",           [EXPORT_SESSIONS] = "sessions",
        [EXPORT_STRUCTURES] = "structures", [EXPORT_POLES] = "poles"};
    struct arguments *arguments = state->input;

    switch (key) {
    case OPTION_OUTPUT:
        arguments->output = argument;
        return 0;
    case OPTION_SOURCE:
        arguments->options.source = argument;
        return 0;
    case ARGP_KEY_ARG:
        if (arguments->what)
            argp_error(state, "\"%s\": one kind at a time", argument);
        arguments->what = argument;
        for (int i = 0; i <= EXPORT_POLES; i++)
            if (strcmp(kinds[i], argument) == 0) {
                arguments->options.kind = (enum export_kind)i;
                return 0;
            }
        argp_error(state,
                   "export \"%s\" is not known; people, skills, needs, sessions, "
                   "structures and poles are",
                   argument);
        return 0;
    case ARGP_KEY_END:
        if (!arguments->what)
            argp_error(state, "say what to export");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* A file that only its owner and group read, since it holds addresses; an older one of
 * its name stays until this one is whole. */
static err_code open_beside(const char *path, char beside[PATH_MAX], FILE **out,
                            struct err *err)
{
    int file;

    if (snprintf(beside, PATH_MAX, "%s.new", path) >= PATH_MAX)
        return err_set(err, ERR_INVALID, "%s: the path is too long", path);
    file = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, SHEET_MODE);
    *out = file < 0 ? NULL : fdopen(file, "w");
    if (*out)
        return ERR_NONE;
    if (file >= 0)
        close(file);
    return err_set(err, ERR_IO, "%s: %s", beside, strerror(errno));
}

static err_code write_rows(struct db *db, const struct arguments *arguments,
                           struct err *err)
{
    FILE *out;
    char beside[PATH_MAX];
    int64_t rows = 0;
    err_code code;

    if (!arguments->output)
        return export_run(db, &arguments->options, stdout, &rows, err);
    code = open_beside(arguments->output, beside, &out, err);
    if (code != ERR_NONE)
        return code;
    code = export_run(db, &arguments->options, out, &rows, err);
    if (code == ERR_NONE && fsync(fileno(out)) != 0)
        code = err_set(err, ERR_IO, "%s: %s", beside, strerror(errno));
    if (fclose(out) != 0 && code == ERR_NONE)
        code = err_set(err, ERR_IO, "%s: %s", beside, strerror(errno));
    if (code == ERR_NONE && rename(beside, arguments->output) != 0)
        code = err_set(err, ERR_IO, "%s: %s", arguments->output, strerror(errno));
    if (code == ERR_NONE)
        printf("%s: %" PRId64 " rows\n", arguments->output, rows);
    else
        unlink(beside);
    return code;
}

int command_export(struct command_context *context, int argc, char **argv)
{
    static const struct argp_option accepted[] = {
        {"output", OPTION_OUTPUT, "FILE", 0, "Write there, not on standard output", 0},
        {"source", OPTION_SOURCE, "NAME", 0,
         "skills: of that source only (site, rome, …)", 0},
        {0}};
    static const struct argp argp = {
        .options = accepted,
        .parser = parse_option,
        .args_doc = "people|skills|needs|sessions|structures|poles",
        .doc = "Writes CSV that `etabli import` reads to the same rows."};
    struct arguments arguments = {.options = {.zone = context->config->zone}};
    struct err err = {0};
    struct db *db;
    err_code code;

    if (argp_parse(&argp, argc, argv, 0, NULL, &arguments) != 0)
        return EXIT_USAGE;
    code = db_open(&db, store_address(context->arena, context->config->data_folder),
                   DB_READ, &err);
    if (code == ERR_NONE) {
        code = write_rows(db, &arguments, &err);
        db_close(db);
    }
    return code == ERR_NONE ? EXIT_OK : command_trouble(&err);
}
