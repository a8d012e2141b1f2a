/* etabli routes, etabli policy: every address with who may use it, every verb with whose
 * it is; tab separated, for those who check a site and for tests/story/policy.py. */
#include "cli/command.h"

#include "exchange/model/policy.h"
#include "web/page/routes.h"

#include <stdio.h>

/* "creator,owner" */
static void print_who(unsigned who)
{
    const char *between = "";

    for (unsigned bit = WHO_ANYONE; bit <= WHO_ADMIN; bit <<= 1) {
        if (!(who & bit))
            continue;
        printf("%s%s", between, who_word((enum who)bit));
        between = ",";
    }
}

static int refuse_arguments(int argc, char **argv)
{
    if (argc <= 1)
        return EXIT_OK;
    fprintf(stderr, "%s: \"%s\": no arguments are taken\n", argv[0], argv[1]);
    return EXIT_USAGE;
}

int command_routes(struct command_context *context, int argc, char **argv)
{
    (void)context;
    if (refuse_arguments(argc, argv) != EXIT_OK)
        return EXIT_USAGE;
    for (size_t i = 0; i < route_count; i++) {
        enum verb verb = (enum verb)routes[i].verb;
        printf("%s\t%s\t%s\t%s\t", routes[i].name,
               routes[i].method == METHOD_POST ? "POST" : "GET", routes[i].path,
               policy_word(verb));
        print_who(policy_who(verb));
        putchar('\n');
    }
    return EXIT_OK;
}

int command_policy(struct command_context *context, int argc, char **argv)
{
    (void)context;
    if (refuse_arguments(argc, argv) != EXIT_OK)
        return EXIT_USAGE;
    for (int verb = 0; verb < VERB_COUNT; verb++) {
        printf("%s\t", policy_word((enum verb)verb));
        print_who(policy_who((enum verb)verb));
        printf("\t%s\n", policy_sentence((enum verb)verb));
    }
    return EXIT_OK;
}
