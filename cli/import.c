/* etabli import: people, skills, structures, poles, needs or sessions from files. */
#include "cli/command.h"

#include "base/file.h"
#include "exchange/action/config_apply.h"
#include "exchange/action/import.h"
#include "exchange/action/index_sync.h"
#include "store/migrate.h"
#include "store/writer.h"

#include <argp.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum {
    OPTION_APPLY = 'a',
    OPTION_FORMAT = 'f',
    OPTION_SOURCE = 's',
    OPTION_LANG = 'l',
    OPTION_STRUCTURE = 't',
    OPTION_AS = 'w',
    OPTION_CREATE = 'c',
    OPTION_NO_INDEX = 'n'
};

struct arguments {
    const char *what, *format, *path;
    bool is_apply, is_index_left;
    struct import_options options;
};

struct job {
    const struct import_options *options;
    struct import_report *report;
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct arguments *arguments = state->input;

    switch (key) {
    case OPTION_APPLY:
        arguments->is_apply = true;
        return 0;
    case OPTION_FORMAT:
        arguments->format = argument;
        return 0;
    case OPTION_SOURCE:
        arguments->options.source = argument;
        return 0;
    case OPTION_LANG:
        arguments->options.lang = argument;
        return 0;
    case OPTION_STRUCTURE:
        arguments->options.structure_key = argument;
        return 0;
    case OPTION_NO_INDEX:
        arguments->is_index_left = true;
        return 0;
    case OPTION_CREATE:
        arguments->options.is_create = true;
        return 0;
    case OPTION_AS:
        if (!card_state_parse(argument, &arguments->options.people_state) ||
            arguments->options.people_state == CARD_HIDDEN)
            argp_error(state, "--as \"%s\": draft or published", argument);
        return 0;
    case ARGP_KEY_ARG:
        if (!arguments->what)
            arguments->what = argument;
        else if (!arguments->path)
            arguments->path = argument;
        else
            argp_error(state, "\"%s\": one file at a time", argument);
        return 0;
    case ARGP_KEY_END:
        if (!arguments->what || !arguments->path)
            argp_error(state, "say what to import and from which file");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static bool find_kind(const struct arguments *arguments, enum import_kind *kind)
{
    static const struct {
        const char *what, *format;
        enum import_kind kind;
    } kinds[] = {
        {"people", "csv", IMPORT_PEOPLE},         {"skills", "csv", IMPORT_SKILLS_CSV},
        {"skills", "esco", IMPORT_SKILLS_ESCO},   {"skills", "rome", IMPORT_SKILLS_ROME},
        {"structures", "csv", IMPORT_STRUCTURES}, {"poles", "csv", IMPORT_POLES},
        {"needs", "csv", IMPORT_NEEDS},           {"sessions", "csv", IMPORT_SESSIONS}};
    const char *format = arguments->format ? arguments->format : "csv";

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (strcmp(kinds[i].what, arguments->what) == 0 &&
            strcmp(kinds[i].format, format) == 0) {
            *kind = kinds[i].kind;
            return true;
        }
    return false;
}

static void print_report(const struct import_report *report, bool is_people,
                         bool is_applied)
{
    fputs(report->notes.bytes, stdout);
    if (report->notes_made > IMPORT_NOTES_SHOWN)
        printf("and %" PRId64 " more of the kind\n",
               report->notes_made - IMPORT_NOTES_SHOWN);
    printf("rows %" PRId64 ": new %" PRId64 ", changed %" PRId64 ", unchanged %" PRId64,
           report->rows, report->added, report->changed, report->unchanged);
    if (report->removed)
        printf(", removed %" PRId64, report->removed);
    if (is_people)
        printf("; skills recognised %" PRId64 ", not %" PRId64, report->recognised,
               report->unrecognised);
    putchar('\n');
    fputs(report->lines.bytes, stdout);
    if (report->mistakes > IMPORT_MISTAKES_SHOWN)
        printf("and %" PRId64 " more\n", report->mistakes - IMPORT_MISTAKES_SHOWN);
    if (report->mistakes)
        printf("%" PRId64 " mistake%s: nothing was written\n", report->mistakes,
               report->mistakes == 1 ? "" : "s");
    else if (!is_applied)
        puts("dry run: nothing was written; add --apply to write");
}

static err_code run_job(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;

    return import_run(db, job->options, true, job->report, err);
}

/* Reads and compares every row in one snapshot, beside whoever writes. */
static err_code look(const char *address, const struct import_options *options,
                     struct import_report *report, struct err *err)
{
    struct db *db;
    err_code code = db_open(&db, address, DB_READ, err);

    if (code != ERR_NONE)
        return code;
    code = db_read_begin(db, err);
    if (code == ERR_NONE) {
        code = import_run(db, options, false, report, err);
        db_read_end(db);
    }
    db_close(db);
    return code;
}

/* Looks first, so that others write meanwhile and a mistake never holds them up. What the
 * configuration names is there before, and what it found no skill or person for is tried
 * after. */
static err_code apply(const char *address, struct import_options *options,
                      struct import_report *report, struct err *err)
{
    struct job job = {options, report};
    struct writer *writer;
    err_code code = writer_open(&writer, address, err);

    if (code != ERR_NONE)
        return code;
    code = config_apply(options->config, writer, options->now, err);
    if (code == ERR_NONE)
        code = look(address, options, report, err);
    if (code == ERR_NONE && (report->added || report->changed || report->removed)) {
        import_report_done(report);
        import_report_init(report);
        options->is_checked = true;
        code = writer_do(writer, run_job, &job, err);
        if (code == ERR_NONE)
            code = config_apply(options->config, writer, options->now, err);
    }
    writer_close(writer);
    return code;
}

/* The index follows at once, unless the running server does it. */
static void follow(const struct command_context *context, const char *address,
                   struct progress *progress)
{
    struct db *db;
    struct err err = {0};
    err_code code = db_open(&db, address, DB_READ, &err);

    if (code == ERR_NONE) {
        code = index_catch_up(context->config, db, context->now, progress, NULL, &err);
        db_close(db);
    }
    if (code == ERR_BUSY)
        puts("the running server brings the index up to date");
    else if (code != ERR_NONE)
        fprintf(stderr, "etabli: written, but the index is behind: %s\n", err.text);
}

static err_code run(const struct command_context *context, struct arguments *arguments,
                    struct import_report *report, struct err *err)
{
    const char *address = store_address(context->arena, context->config->data_folder);
    err_code code = file_make_folder(context->config->data_folder, err);

    if (code == ERR_NONE)
        code = migrate(address, context->now, NULL, NULL, err);
    if (code != ERR_NONE)
        return code;
    if (arguments->is_apply) {
        code = apply(address, &arguments->options, report, err);
        if (code == ERR_NONE && !arguments->is_index_left)
            follow(context, address, arguments->options.progress);
        return code;
    }
    return look(address, &arguments->options, report, err);
}

int command_import(struct command_context *context, int argc, char **argv)
{
    static const struct argp_option accepted[] = {
        {"apply", OPTION_APPLY, NULL, 0, "Write; without it nothing is written", 0},
        {"format", OPTION_FORMAT, "FORMAT", 0, "skills: csv, esco or rome (a folder)", 0},
        {"source", OPTION_SOURCE, "NAME", 0,
         "skills: the name of their source; what it gave before is replaced", 0},
        {"lang", OPTION_LANG, "LANG", 0, "skills: language of the labels, fr or en", 0},
        {"structure", OPTION_STRUCTURE, "KEY", 0,
         "people: the structure of those who name none", 0},
        {"create", OPTION_CREATE, NULL, 0,
         "Make structures and poles even when they are nearly called like known ones", 0},
        {"no-index", OPTION_NO_INDEX, NULL, 0,
         "Leave the index to `etabli index` or the running server: for several files", 0},
        {"as", OPTION_AS, "STATE", 0,
         "people: draft (the default) for new cards without a state, until they confirm; "
         "or "
         "published, for people whose consent you have on paper",
         0},
        {0}};
    static const struct argp argp = {
        .options = accepted,
        .parser = parse_option,
        .args_doc = "people|skills|structures|poles|needs|sessions FILE",
        .doc = "Reads a spreadsheet and says what it would change; writes with --apply."};
    struct progress progress = {0};
    struct arguments arguments = {.options = {.people_state = CARD_DRAFT,
                                              .config = context->config,
                                              .now = context->now,
                                              .progress = &progress}};
    struct import_report report;
    struct err err = {0};
    err_code code;

    if (argp_parse(&argp, argc, argv, 0, NULL, &arguments) != 0)
        return EXIT_USAGE;
    if (!find_kind(&arguments, &arguments.options.kind)) {
        fprintf(stderr,
                "etabli: import %s%s%s is not known; people, skills (csv, esco, rome), "
                "structures, poles, needs, sessions are\n",
                arguments.what, arguments.format ? " --format " : "",
                arguments.format ? arguments.format : "");
        return EXIT_USAGE;
    }
    arguments.options.path = arguments.path;
    import_report_init(&report);
    code = run(context, &arguments, &report, &err);
    progress_end(&progress);
    if (code == ERR_NONE || report.mistakes)
        print_report(&report, arguments.options.kind == IMPORT_PEOPLE,
                     arguments.is_apply);
    import_report_done(&report);
    if (code == ERR_NONE)
        return EXIT_OK;
    return code == ERR_INVALID && report.mistakes ? EXIT_WRONG_INPUT
                                                  : command_trouble(&err);
}
