/* etabli demo: fills a data folder with the demonstration directory, larger if asked. */
#include "cli/command.h"

#include "base/file.h"
#include "cli/demo_lists.h"
#include "cli/demo_managers.h"
#include "cli/demo_people.h"
#include "exchange/action/config_apply.h"
#include "exchange/action/import.h"
#include "exchange/action/index_sync.h"
#include "exchange/action/learn.h"
#include "store/migrate.h"
#include "store/writer.h"

#include <argp.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { OPTION_PEOPLE = 'p', OPTION_SEED = 's', PEOPLE_MOST = 1000000, BATCH = 2000 };
enum { BATCH_BYTES_MOST = 16 << 20 };

struct arguments {
    uint64_t people, seed; /* people 0: those written by hand */
    bool has_seed;
};

struct step {
    const char *file;
    enum import_kind kind;
};

struct job {
    struct import_options options;
    struct import_report report;
};

/* What one filling works with. */
struct filling {
    const struct command_context *context;
    const char *folder; /* of the demonstration */
    struct writer *writer;
    struct err *err;
};

/* Poles stand twice: their facilitators are people, and people name their poles. */
static const struct step steps[] = {
    {"structures.csv", IMPORT_STRUCTURES}, {"skills.csv", IMPORT_SKILLS_CSV},
    {"poles.csv", IMPORT_POLES},           {"people.csv", IMPORT_PEOPLE},
    {"poles.csv", IMPORT_POLES},           {"needs.csv", IMPORT_NEEDS},
    {"sessions.csv", IMPORT_SESSIONS}};

static bool parse_number(const char *text, uint64_t *out)
{
    uint64_t number = 0;

    if (!*text)
        return false;
    for (; *text; text++) {
        uint64_t digit = (uint64_t)(*text - '0');
        if (*text < '0' || *text > '9' || number > (UINT64_MAX - digit) / 10)
            return false;
        number = number * 10 + digit;
    }
    *out = number;
    return true;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct arguments *arguments = state->input;

    switch (key) {
    case OPTION_PEOPLE:
        if (!parse_number(argument, &arguments->people) || arguments->people == 0)
            argp_error(state, "--people \"%s\": a number, at most %d", argument,
                       PEOPLE_MOST);
        return 0;
    case OPTION_SEED:
        if (!parse_number(argument, &arguments->seed))
            argp_error(state, "--seed \"%s\": a number from 0 to %" PRIu64, argument,
                       UINT64_MAX);
        arguments->has_seed = true;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\": demo takes options only", argument);
        return 0;
    case ARGP_KEY_END:
        if (arguments->has_seed && !arguments->people)
            argp_error(state, "--seed needs --people: the people written by hand are not "
                              "drawn");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static err_code run_job(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;

    return import_run(db, &job->options, true, &job->report, err);
}

/* Imports one file; adds to the counts. */
static err_code take(struct filling *filling, const char *path, enum import_kind kind,
                     int64_t *added, int64_t *changed)
{
    struct job job = {.options = {.kind = kind,
                                  .path = path,
                                  .source = "site",
                                  .people_state = CARD_PUBLISHED,
                                  .config = filling->context->config,
                                  .now = filling->context->now}};
    err_code code;

    import_report_init(&job.report);
    code = writer_do(filling->writer, run_job, &job, filling->err);
    if (code != ERR_NONE)
        fputs(job.report.lines.bytes, stderr);
    *added += job.report.added;
    *changed += job.report.changed;
    import_report_done(&job.report);
    return code;
}

static err_code take_written(struct filling *filling)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < sizeof steps / sizeof steps[0]; i++) {
        const char *path = arena_printf(filling->context->arena, "%s/%s", filling->folder,
                                        steps[i].file);
        int64_t added = 0, changed = 0;
        code = take(filling, path, steps[i].kind, &added, &changed);
        if (code == ERR_NONE)
            printf("%s: %" PRId64 " new, %" PRId64 " changed\n", steps[i].file, added,
                   changed);
    }
    return code;
}

static err_code take_managers(struct filling *filling)
{
    const struct config *config = filling->context->config;
    int64_t added = 0;
    err_code code = demo_managers(filling->writer, filling->folder, config->languages[0],
                                  filling->context->now, &added, filling->err);

    if (code == ERR_NONE)
        printf("managers.csv: %" PRId64 " new\n", added);
    return code;
}

/* The next people of the maker, through the same door as everybody's spreadsheet. */
static err_code take_batch(struct filling *filling, struct demo_maker *maker,
                           uint64_t count, int64_t *added, int64_t *changed)
{
    const char *path = arena_printf(filling->context->arena, "%s/demo-made.csv",
                                    filling->context->config->data_folder);
    struct text sheet;
    err_code code = ERR_NONE;

    text_init(&sheet, BATCH_BYTES_MOST);
    demo_maker_header(&sheet);
    for (uint64_t i = 0; code == ERR_NONE && i < count; i++)
        code = demo_maker_next(maker, &sheet, filling->err);
    if (code == ERR_NONE)
        code = file_write(path, sheet.bytes, sheet.length, filling->err);
    text_done(&sheet);
    if (code == ERR_NONE) {
        code = take(filling, path, IMPORT_PEOPLE, added, changed);
        unlink(path);
    }
    return code;
}

static err_code take_made(struct filling *filling, uint64_t count, uint64_t seed)
{
    struct demo_maker *maker = NULL;
    struct progress progress;
    int64_t added = 0, changed = 0;
    err_code code = demo_maker_open(&maker, filling->folder, seed, count, filling->err);

    progress_start(&progress, "people", count);
    for (uint64_t done = 0; code == ERR_NONE && done < count; done += BATCH) {
        uint64_t left = count - done;
        code = take_batch(filling, maker, left < BATCH ? left : BATCH, &added, &changed);
        progress_show(&progress, done);
    }
    progress_end(&progress);
    demo_maker_close(maker);
    if (code == ERR_NONE)
        printf("made with seed %" PRIu64 ": %" PRId64 " new, %" PRId64 " changed\n", seed,
               added, changed);
    return code;
}

/* Those written by hand come always, since needs and sessions name them: so fewer cannot
 * be asked for. */
static err_code check_people(const char *folder, const struct arguments *arguments,
                             uint64_t *made, struct err *err)
{
    uint64_t written;
    err_code code = demo_count_rows(folder, "people.csv", &written, err);

    if (code != ERR_NONE || !arguments->people)
        return code;
    if (arguments->people < written || arguments->people > PEOPLE_MOST)
        return err_set(err, ERR_INVALID,
                       "--people %" PRIu64 ": %" PRIu64 " to %d are allowed (%" PRIu64
                       " are written by hand and always there)",
                       arguments->people, written, PEOPLE_MOST, written);
    *made = arguments->people - written;
    return ERR_NONE;
}

static err_code fill(struct command_context *context, const struct arguments *arguments,
                     struct err *err)
{
    const char *address = store_address(context->arena, context->config->data_folder);
    struct filling filling = {
        .context = context,
        .folder = arena_printf(context->arena, "%s/demo", command_content()),
        .err = err};
    uint64_t made = 0;
    err_code code = check_people(filling.folder, arguments, &made, err);

    if (code == ERR_NONE)
        code = file_make_folder(context->config->data_folder, err);
    if (code == ERR_NONE)
        code = migrate(address, context->now, NULL, NULL, err);
    if (code == ERR_NONE)
        code = writer_open(&filling.writer, address, err);
    if (code == ERR_NONE)
        code = config_apply(context->config, filling.writer, context->now, err);
    if (code == ERR_NONE)
        code = take_written(&filling);
    if (code == ERR_NONE)
        code = take_managers(&filling);
    if (code == ERR_NONE && made)
        code = take_made(&filling, made, arguments->seed);
    writer_close(filling.writer);
    return code;
}

/* What the words of the directory mean: everyday words find people at once. */
static err_code learn_words(const struct command_context *context, struct err *err)
{
    const struct learn_sources records = {.has_records = true,
                                          .content = command_content()};
    const char *address = store_address(context->arena, context->config->data_folder);
    struct progress progress = {0};
    struct learnt learnt;

    return learn_run(context->config, address, &records, context->now, &progress, &learnt,
                     err);
}

static err_code bring_index(const struct command_context *context, struct err *err)
{
    const char *address = store_address(context->arena, context->config->data_folder);
    struct progress progress = {0};
    struct db *db = NULL;
    err_code code = db_open(&db, address, DB_READ, err);

    if (code == ERR_NONE)
        code = index_catch_up(context->config, db, context->now, &progress, NULL, err);
    db_close(db);
    progress_end(&progress);
    if (code != ERR_BUSY)
        return code;
    puts("the running server brings the index up to date");
    return ERR_NONE;
}

int command_demo(struct command_context *context, int argc, char **argv)
{
    static const struct argp_option accepted[] = {
        {"people", OPTION_PEOPLE, "N", 0,
         "As many people in all: the 300 written by hand and invented ones, up to a "
         "million",
         0},
        {"seed", OPTION_SEED, "S", 0,
         "Which invented people: the same S gives the same ones (1)", 0},
        {0}};
    static const struct argp argp = {
        .options = accepted,
        .parser = parse_option,
        .doc =
            "Fills the data folder with the demonstration directory: structures, skills, "
            "poles, 300 people, needs and sessions, all invented and written by hand. "
            "What its words mean is learnt as by etabli learn."
            "\v"
            "--people N adds invented people, each with a trade, skills that go with it "
            "and "
            "a presentation of her own; a larger N keeps those of a smaller one. Fewer "
            "than "
            "are written by hand are refused, since needs and sessions name them. Dates "
            "count from today. Done twice, nobody stands there twice; nothing is taken "
            "away."};
    struct arguments arguments = {.seed = 1};
    struct err err = {0};

    if (argp_parse(&argp, argc, argv, 0, NULL, &arguments) != 0)
        return EXIT_USAGE;
    if (fill(context, &arguments, &err) != ERR_NONE ||
        learn_words(context, &err) != ERR_NONE || bring_index(context, &err) != ERR_NONE)
        return command_trouble(&err);
    return EXIT_OK;
}
