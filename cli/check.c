/* etabli check: every mistake of a configuration file in one go. */
#include "cli/command.h"

#include <argp.h>
#include <stdio.h>

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

int command_check(struct command_context *context, int argc, char **argv)
{
    static const struct argp_option accepted[] = {
        {"explain", OPTION_EXPLAIN, NULL, 0, "Explain every setting", 0}, {0}};
    static const struct argp argp = {
        .options = accepted,
        .parser = parse_option,
        .doc = "Tells every mistake of the file given with --config."};
    bool is_explain = false;
    struct config config;
    struct text text;
    struct err err = {0};
    int result = EXIT_OK;

    if (argp_parse(&argp, argc, argv, 0, NULL, &is_explain) != 0)
        return EXIT_USAGE;
    text_init(&text, MISTAKES_MAX);
    if (is_explain) {
        config_explain(&text);
        fputs(text.bytes, stdout);
    } else if (!context->config_path) {
        fputs("etabli: check needs --config FILE\n", stderr);
        result = EXIT_USAGE;
    } else if (config_read(context->arena, context->config_path, &config, &text, &err) !=
               ERR_NONE) {
        fputs(text.bytes, stdout);
        result = err.code == ERR_INVALID ? EXIT_WRONG_INPUT : command_trouble(&err);
    } else {
        printf("%s: ok\n", context->config_path);
    }
    text_done(&text);
    return result;
}
