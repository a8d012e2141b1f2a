/* etabli learn: what words mean, from what the site has and from files. */
#include "cli/command.h"

#include "base/file.h"
#include "exchange/action/index_sync.h"
#include "exchange/action/learn.h"
#include "store/migrate.h"

#include <argp.h>
#include <stdio.h>

enum {
    OPTION_ROME = 'r',
    OPTION_ESCO = 'e',
    OPTION_LISTS = 'l',
    OPTION_SYNONYMS = 's',
    OPTION_ONLY_FILES = 'f',
    LISTS_MOST = 16
};

struct arguments {
    struct learn_sources sources;
    const char *lists[LISTS_MOST];
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct arguments *arguments = state->input;
    struct learn_sources *sources = &arguments->sources;

    switch (key) {
    case OPTION_ROME:
        sources->rome = argument;
        return 0;
    case OPTION_ESCO:
        sources->esco = argument;
        return 0;
    case OPTION_SYNONYMS:
        sources->synonyms = argument;
        return 0;
    case OPTION_ONLY_FILES:
        sources->has_records = false;
        return 0;
    case OPTION_LISTS:
        if (sources->list_count == LISTS_MOST)
            argp_error(state, "--lists: at most %d files", LISTS_MOST);
        else
            arguments->lists[sources->list_count++] = argument;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\": say what it is with an option", argument);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static err_code learn(const struct command_context *context,
                      const struct arguments *arguments, struct learnt *learnt,
                      struct err *err)
{
    const char *address = store_address(context->arena, context->config->data_folder);
    struct progress progress = {0};
    struct db *db = NULL;
    err_code code = file_make_folder(context->config->data_folder, err);

    if (code == ERR_NONE)
        code = migrate(address, context->now, NULL, NULL, err);
    if (code == ERR_NONE)
        code = learn_run(context->config, address, &arguments->sources, context->now,
                         &progress, learnt, err);
    if (code == ERR_NONE)
        code = db_open(&db, address, DB_READ, err);
    if (code == ERR_NONE)
        code = index_catch_up(context->config, db, context->now, &progress, NULL, err);
    db_close(db);
    if (code == ERR_BUSY) {
        puts("the running server makes the index anew");
        return ERR_NONE;
    }
    return code;
}

int command_learn(struct command_context *context, int argc, char **argv)
{
    static const struct argp_option accepted[] = {
        {"rome", OPTION_ROME, "FOLDER", 0,
         "ROME's CSV files, as France Travail gives them", 0},
        {"esco", OPTION_ESCO, "FILE", 0, "A CSV file with preferredLabel and altLabels",
         0},
        {"lists", OPTION_LISTS, "FILE", 0,
         "Lines of text or of JSON lists of words, may be gzip; several times", 0},
        {"synonyms", OPTION_SYNONYMS, "FILE", 0,
         "A thesaurus in MyThes' form; without it that of the package mythes-fr, if "
         "there",
         0},
        {"only-files", OPTION_ONLY_FILES, NULL, 0,
         "Not from the thesauri, cards and needs of the site", 0},
        {0}};
    static const struct argp argp = {
        .options = accepted,
        .parser = parse_option,
        .doc =
            "Learns which words are near each other and makes the index anew. The files "
            "are read where they are and not kept."};
    struct arguments arguments = {.sources = {.has_records = true}};
    struct learnt learnt = {0};
    struct err err = {0};

    arguments.sources.lists = arguments.lists;
    arguments.sources.content = command_content();
    if (argp_parse(&argp, argc, argv, 0, NULL, &arguments) != 0)
        return EXIT_USAGE;
    if (learn(context, &arguments, &learnt, &err) != ERR_NONE)
        return command_trouble(&err);
    printf("learnt from %zu lines: vectors of %zu words from %zu pairs, %zu synonyms, "
           "%zu labels of concepts, %zu words that stand for another, %zu situations\n",
           learnt.lines, learnt.words, learnt.pairs, learnt.synonyms, learnt.concepts,
           learnt.kin, learnt.situations);
    if (!learnt.words)
        printf("too few words for vectors: at least %d that stand in two lines\n",
               LEARN_WORDS_LEAST);
    if (2 * learnt.english < learnt.skills)
        printf(
            "%zu of %zu thesaurus entries have an English label: who searches in English "
            "finds little (docs/import.md, label_en)\n",
            learnt.english, learnt.skills);
    return EXIT_OK;
}
