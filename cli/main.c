/* The program: finds the command, reads the configuration, hands over. */
#include "cli/command.h"

#include "base/clock.h"
#include "base/secret.h"

#include <argp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COMMAND_ARENA_MAX = 1 << 30, MISTAKES_MAX = 1 << 20 };

struct command_row {
    const char *name;
    command run;
    const char *summary;
};

static const struct command_row commands[] = {
#define COMMAND(name, function, summary) {name, function, summary},
#include "cli/commands.def"
#undef COMMAND
};
enum { COMMAND_COUNT = sizeof commands / sizeof commands[0] };

static void print_usage(FILE *out)
{
    fputs("Usage: etabli COMMAND [--config FILE] [--data DIR] [options]\n\nCommands:\n",
          out);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].summary);
    fputs("\n  --config FILE   the site's configuration (else $ETABLI_CONFIG, else the\n"
          "                  defaults); see `etabli check --explain`\n"
          "  --data DIR      folder of the records and the index, in place of the one\n"
          "                  in the configuration\n"
          "\n`etabli COMMAND --help` tells the options of a command.\n",
          out);
}

/* Takes `--name VALUE` or `--name=VALUE` off the arguments wherever it stands before
 * "--". The last one wins; *value untouched when there is none. False when the value is
 * missing. */
static bool take_option(int *argc, char **argv, const char *name, const char **value)
{
    size_t length = strlen(name);
    int kept = 1, i;

    for (i = 1; i < *argc; i++) {
        if (strcmp(argv[i], "--") == 0)
            break;
        if (strcmp(argv[i], name) == 0) {
            if (i + 1 >= *argc) {
                fprintf(stderr, "etabli: %s needs a value\n", name);
                return false;
            }
            *value = argv[++i];
        } else if (strncmp(argv[i], name, length) == 0 && argv[i][length] == '=') {
            *value = argv[i] + length + 1;
        } else {
            argv[kept++] = argv[i];
        }
    }
    while (i < *argc)
        argv[kept++] = argv[i++];
    argv[kept] = NULL;
    *argc = kept;
    return true;
}

static const struct command_row *find_command(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

const char *command_content(void)
{
    const char *folder = getenv("ETABLI_CONTENT");

    return folder && *folder ? folder : ETABLI_CONTENT;
}

int command_trouble(const struct err *err)
{
    fprintf(stderr, "etabli: %s\n", err->text[0] ? err->text : err_word(err->code));
    return err->code == ERR_INVALID || err->code == ERR_NOT_FOUND ? EXIT_WRONG_INPUT
                                                                  : EXIT_TROUBLE;
}

static int load_config(struct command_context *context, const char *data_folder,
                       struct config *config)
{
    struct err err = {0};
    struct text mistakes;
    err_code code;

    text_init(&mistakes, MISTAKES_MAX);
    if (context->config_path)
        code = config_read(context->arena, context->config_path, config, &mistakes, &err);
    else
        code = config_defaults(context->arena, config, &err);
    if (code != ERR_NONE) {
        fputs(mistakes.bytes, stderr);
        if (mistakes.length == 0)
            command_trouble(&err);
    }
    text_done(&mistakes);
    if (code == ERR_NONE && data_folder)
        config->data_folder = data_folder;
    return code == ERR_NONE ? EXIT_OK : EXIT_WRONG_INPUT;
}

static int run(const struct command_row *row, struct command_context *context, int argc,
               char **argv, const char *data_folder)
{
    struct config config = {0};
    struct err err = {0};
    char *name = arena_printf(context->arena, "etabli %s", row->name);
    int code;

    /* `check` reads the file itself, so that it can tell every mistake in its own way. */
    if (strcmp(row->name, "check") == 0) {
        if (config_defaults(context->arena, &config, &err) != ERR_NONE)
            return command_trouble(&err);
    } else {
        code = load_config(context, data_folder, &config);
        if (code != EXIT_OK)
            return code;
    }
    context->config = &config;
    context->data_folder = data_folder;
    argp_err_exit_status = EXIT_USAGE;
    if (name)
        argv[0] = name; /* as usage lines name the command */
    code = row->run(context, argc, argv);
    if (fflush(stdout) != 0) {
        perror("etabli: standard output");
        return EXIT_TROUBLE;
    }
    return code;
}

int main(int argc, char **argv)
{
    struct command_context context = {.config_path = getenv("ETABLI_CONFIG")};
    const char *data_folder = NULL;
    const struct command_row *row;
    struct err err = {0};
    int code;

    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file over its limit is an error in words, not an end */
    if (!take_option(&argc, argv, "--config", &context.config_path) ||
        !take_option(&argc, argv, "--data", &data_folder))
        return EXIT_USAGE;
    if (argc < 2 || strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "help") == 0) {
        print_usage(argc < 2 ? stderr : stdout);
        return argc < 2 ? EXIT_USAGE : EXIT_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("etabli " ETABLI_VERSION);
        return EXIT_OK;
    }
    row = find_command(argv[1]);
    if (!row) {
        fprintf(stderr, "etabli: no command \"%s\"; `etabli --help` lists them\n",
                argv[1]);
        return EXIT_USAGE;
    }
    if (secret_start(&err) != ERR_NONE)
        return command_trouble(&err);
    context.now = clock_now();
    context.arena = arena_new(COMMAND_ARENA_MAX);
    if (!context.arena) {
        fputs("etabli: out of memory\n", stderr);
        return EXIT_TROUBLE;
    }
    code = run(row, &context, argc - 1, argv + 1, data_folder);
    arena_free(context.arena);
    return code;
}
