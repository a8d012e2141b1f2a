/* What a command gets and gives. */
#ifndef CLI_COMMAND_H
#define CLI_COMMAND_H

#include "config/config.h"

/* Exit codes of every command. */
enum { EXIT_OK = 0, EXIT_WRONG_INPUT = 1, EXIT_USAGE = 2, EXIT_TROUBLE = 3 };

/* What is common to all: main has taken --config FILE and --data DIR off the arguments. */
struct command_context {
    struct arena *arena;         /* lives as long as the command */
    const struct config *config; /* data_folder already replaced by --data */
    const char *config_path;     /* as given; NULL: the defaults */
    const char *data_folder;     /* as given with --data; NULL: that of the configuration */
    int64_t now;
};

/* argv[0] is the command's name. Returns an exit code. Prints results on standard output,
 * troubles on standard error. */
typedef int (*command)(struct command_context *context, int argc, char **argv);

#define COMMAND(name, function, summary) \
    int function(struct command_context *context, int argc, char **argv);
#include "cli/commands.def"
#undef COMMAND

/* Where wording, look and starting data are: as installed, or ETABLI_CONTENT. */
const char *command_content(void);

/* Prints "etabli: TEXT" on standard error; the exit code that fits the error. */
int command_trouble(const struct err *err);

#endif
