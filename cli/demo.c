/* etabli demo: fills a new data folder with the demonstration directory. */
#include "cli/command.h"

#include "base/file.h"
#include "exchange/action/config_apply.h"
#include "exchange/action/import.h"
#include "exchange/action/index_sync.h"
#include "store/migrate.h"
#include "store/writer.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

struct step {
    const char *file;
    enum import_kind kind;
};

struct job {
    struct import_options options;
    struct import_report report;
};

/* Poles stand twice: their facilitators are people, and people name their poles. */
static const struct step steps[] = {
    {"structures.csv", IMPORT_STRUCTURES}, {"skills.csv", IMPORT_SKILLS_CSV},
    {"poles.csv", IMPORT_POLES},           {"people.csv", IMPORT_PEOPLE},
    {"poles.csv", IMPORT_POLES},           {"needs.csv", IMPORT_NEEDS},
    {"sessions.csv", IMPORT_SESSIONS}};

static err_code run_job(struct db *db, void *argument, struct err *err)
{
    struct job *job = argument;

    return import_run(db, &job->options, true, &job->report, err);
}

static err_code fill(const struct command_context *context, const char *folder,
                     struct writer *writer, struct err *err)
{
    err_code code = ERR_NONE;

    for (size_t i = 0; code == ERR_NONE && i < sizeof steps / sizeof steps[0]; i++) {
        struct job job = {.options = {.kind = steps[i].kind,
                                      .source = "site",
                                      .people_state = CARD_PUBLISHED,
                                      .config = context->config,
                                      .now = context->now}};
        job.options.path = arena_printf(context->arena, "%s/%s", folder, steps[i].file);
        import_report_init(&job.report);
        code = writer_do(writer, run_job, &job, err);
        if (code != ERR_NONE)
            fputs(job.report.lines.bytes, stderr);
        else
            printf("%s: %" PRId64 " new, %" PRId64 " changed\n", steps[i].file,
                   job.report.added, job.report.changed);
        import_report_done(&job.report);
    }
    return code;
}

int command_demo(struct command_context *context, int argc, char **argv)
{
    const char *content = getenv("ETABLI_CONTENT");
    const char *address = store_address(context->arena, context->config->data_folder);
    const char *folder =
        arena_printf(context->arena, "%s/demo", content && *content ? content : ETABLI_CONTENT);
    struct writer *writer = NULL;
    struct db *db = NULL;
    struct err err = {0};
    err_code code;

    if (argc > 1) {
        fprintf(stderr, "etabli: \"%s\": demo takes no arguments\n", argv[1]);
        return EXIT_USAGE;
    }
    code = file_make_folder(context->config->data_folder, &err);
    if (code == ERR_NONE)
        code = migrate(address, context->now, NULL, NULL, &err);
    if (code == ERR_NONE)
        code = writer_open(&writer, address, &err);
    if (code == ERR_NONE)
        code = config_apply(context->config, writer, context->now, &err);
    if (code == ERR_NONE)
        code = fill(context, folder, writer, &err);
    writer_close(writer);
    if (code == ERR_NONE)
        code = db_open(&db, address, DB_READ, &err);
    if (code == ERR_NONE)
        code = index_catch_up(context->config, db, context->now, NULL, NULL, &err);
    db_close(db);
    return code == ERR_NONE ? EXIT_OK : command_trouble(&err);
}
