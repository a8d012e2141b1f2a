/* etabli check: every mistake of a configuration file in one go; whether records are
 * whole. */
#include "cli/command.h"

#include "exchange/action/erase.h"
#include "exchange/action/index_sync.h"
#include "indexer/model.h"
#include "store/change.h"
#include "store/check.h"

#include <argp.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

enum { OPTION_EXPLAIN = 'e', MISTAKES_MAX = 1 << 20 };

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    bool *is_explain = state->input;

    switch (key) {
    case OPTION_EXPLAIN:
        *is_explain = true;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\": name the file with --config FILE", argument);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* The index may be behind the records, never ahead: then it was made from others. */
static err_code check_index(const struct command_context *context, int64_t last,
                            struct text *lines, int64_t *troubles, struct err *err)
{
    const char *folder = index_folder(context->arena, context->data_folder);
    struct search_writer *index;
    struct err opening = {0};
    int64_t applied = 0;
    err_code code;

    if (!folder)
        return err_set(err, ERR_MEMORY, "no room for a path");
    if (access(folder, F_OK) != 0) {
        puts("index: none yet; `etabli index` makes it");
        return ERR_NONE;
    }
    code = search_writer_open(&index, folder, &opening);
    if (code == ERR_BUSY) {
        puts("index: kept by the running server, not looked at");
        return ERR_NONE;
    }
    if (code == ERR_NONE) {
        code = search_applied(index, &applied, &opening);
        search_writer_close(index);
    }
    if (code != ERR_NONE || applied > last) {
        ++*troubles;
        text_printf(lines, "the index is %s%s; `etabli index --rebuild` makes it anew\n",
                    code == ERR_NONE ? "ahead of the records: it was made from others"
                                     : "not usable: ",
                    code == ERR_NONE ? "" : opening.text);
        return ERR_NONE;
    }
    printf("index: at change %" PRId64 " of %" PRId64 "\n", applied, last);
    return ERR_NONE;
}

/* Search does without a learnt file that is damaged, and finds less. */
static err_code check_learnt(const struct command_context *context, struct text *lines,
                             int64_t *troubles, struct err *err)
{
    const char *path =
        arena_printf(context->arena, "%s/%s", context->data_folder, MODEL_FILE);
    struct model *model = NULL;
    struct err opening = {0};

    if (!path)
        return err_set(err, ERR_MEMORY, "no room for a path");
    if (access(path, F_OK) != 0) {
        puts("learnt words: none yet; `etabli learn` makes them");
        return ERR_NONE;
    }
    if (model_open(&model, path, &opening) == ERR_NONE) {
        model_close(model);
        puts("learnt words: whole");
        return ERR_NONE;
    }
    ++*troubles;
    text_printf(lines,
                "the learnt words are not usable: %s; `etabli learn` makes them anew\n",
                opening.text);
    return ERR_NONE;
}

static err_code check_erased(const struct command_context *context, struct db *db,
                             struct text *lines, int64_t *troubles, struct err *err)
{
    size_t count = 0;
    err_code code =
        erase_count_back(db, context->arena, context->data_folder, &count, err);

    if (code == ERR_NONE && count) {
        ++*troubles;
        text_printf(lines,
                    "%zu erased people are back: the records are an older copy; "
                    "`etabli serve` erases them again\n",
                    count);
    }
    return code;
}

static int check_records(const struct command_context *context)
{
    const char *address = store_address(context->arena, context->data_folder);
    struct text lines;
    struct db *db = NULL;
    struct err err = {0};
    int64_t troubles = 0, last = 0;
    err_code code;

    text_init(&lines, MISTAKES_MAX);
    code = db_open(&db, address, DB_READ, &err);
    if (code == ERR_NONE)
        code = records_check(db, &lines, &troubles, &err);
    if (code == ERR_NONE && troubles == 0)
        code = change_last(db, &last, &err);
    if (code == ERR_NONE && troubles == 0)
        code = check_erased(context, db, &lines, &troubles, &err);
    if (code == ERR_NONE && troubles == 0)
        code = check_index(context, last, &lines, &troubles, &err);
    if (code == ERR_NONE)
        code = check_learnt(context, &lines, &troubles, &err);
    db_close(db);
    fputs(lines.bytes, stdout);
    text_done(&lines);
    if (code != ERR_NONE)
        return command_trouble(&err);
    if (troubles)
        printf("%s: %" PRId64 " trouble%s\n", address, troubles,
               troubles == 1 ? "" : "s");
    else
        printf("%s: ok\n", address);
    return troubles ? EXIT_TROUBLE : EXIT_OK;
}

static int check_config(const struct command_context *context)
{
    struct config config;
    struct text text;
    struct err err = {0};
    int result = EXIT_OK;

    text_init(&text, MISTAKES_MAX);
    if (config_read(context->arena, context->config_path, &config, &text, &err) !=
        ERR_NONE) {
        fputs(text.bytes, stdout);
        result = err.code == ERR_INVALID ? EXIT_WRONG_INPUT : command_trouble(&err);
    } else {
        printf("%s: ok\n", context->config_path);
    }
    text_done(&text);
    return result;
}

static int explain(void)
{
    struct text text;

    text_init(&text, MISTAKES_MAX);
    config_explain(&text);
    fputs(text.bytes, stdout);
    text_done(&text);
    return EXIT_OK;
}

int command_check(struct command_context *context, int argc, char **argv)
{
    static const struct argp_option accepted[] = {
        {"explain", OPTION_EXPLAIN, NULL, 0, "Explain every setting", 0}, {0}};
    static const struct argp argp = {
        .options = accepted,
        .parser = parse_option,
        .doc =
            "Tells every mistake of the file given with --config, and whether the "
            "records, "
            "the index and the learnt words in the folder given with --data are whole."};
    bool is_explain = false;
    int result = EXIT_OK, records;

    if (argp_parse(&argp, argc, argv, 0, NULL, &is_explain) != 0)
        return EXIT_USAGE;
    if (is_explain)
        return explain();
    if (!context->config_path && !context->data_folder) {
        fputs("etabli: check needs --config FILE or --data DIR\n", stderr);
        return EXIT_USAGE;
    }
    if (context->config_path)
        result = check_config(context);
    if (!context->data_folder)
        return result;
    records = check_records(context);
    return records > result ? records : result;
}
