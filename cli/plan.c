/* etabli plan: solves a problem of the planner given as a file, or verifies an answer. */
#include "cli/plan_file.h"
#include "cli/command.h"
#include "cli/plan_pole.h"

#include "base/file.h"

#include <argp.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum {
    OPTION_PROBLEM = 1,
    OPTION_ANSWER,
    OPTION_VERIFY,
    OPTION_TIME,
    OPTION_ROUNDS,
    OPTION_SEED,
    OPTION_POLE,
    OPTION_WEEKS,
    OPTION_JSON,
    OPTION_APPLY,
    OPTION_AS,
    PLAN_ARENA_MAX = 1 << 30,
    SECONDS = 10,
    SECONDS_MOST = 3600
};

struct arguments {
    const char *problem, *answer, *verify, *pole;
    int weeks;
    struct plan_use use;
    double seconds;
    long long rounds;
    unsigned long long seed;
};

static double number(struct argp_state *state, const char *option, const char *text,
                     double least, double most)
{
    char *end;
    double value = strtod(text, &end);

    if (*end || end == text || !(value >= least && value <= most))
        argp_error(state, "%s \"%s\": %g to %g is allowed", option, text, least, most);
    return value;
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct arguments *arguments = state->input;

    switch (key) {
    case OPTION_PROBLEM:
        arguments->problem = argument;
        return 0;
    case OPTION_ANSWER:
        arguments->answer = argument;
        return 0;
    case OPTION_VERIFY:
        arguments->verify = argument;
        return 0;
    case OPTION_TIME:
        arguments->seconds = number(state, "--seconds", argument, 0, SECONDS_MOST);
        return 0;
    case OPTION_ROUNDS:
        arguments->rounds = (long long)number(state, "--rounds", argument, 0, 1e12);
        return 0;
    case OPTION_SEED:
        arguments->seed = (unsigned long long)number(state, "--seed", argument, 0, 1e15);
        return 0;
    case OPTION_POLE:
        arguments->pole = argument;
        return 0;
    case OPTION_WEEKS:
        arguments->weeks = (int)number(state, "--weeks", argument, 1, PLAN_WEEKS_MOST);
        return 0;
    case OPTION_JSON:
        arguments->use.is_json = true;
        return 0;
    case OPTION_APPLY:
        arguments->use.is_applied = true;
        return 0;
    case OPTION_AS:
        arguments->use.as = argument;
        return 0;
    case ARGP_KEY_ARG:
        if (!arguments->verify || arguments->answer)
            argp_error(state, "\"%s\": not wanted here", argument);
        arguments->answer = argument;
        return 0;
    case ARGP_KEY_END:
        if (!arguments->problem + !arguments->verify + !arguments->pole != 2)
            argp_error(state, "say --pole KEY, --problem FILE, or --verify FILE ANSWER");
        if (arguments->verify && !arguments->answer)
            argp_error(state, "--verify FILE wants the ANSWER after it");
        if (arguments->use.is_applied && !arguments->pole)
            argp_error(state, "--apply-as-proposals wants --pole KEY");
        if (arguments->use.as && !arguments->use.is_applied)
            argp_error(state, "--as ADDRESS wants --apply-as-proposals");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* A line that rewrites itself on a terminal. */
static bool show(void *self, double value, double bound)
{
    long *calls = self;

    if ((*calls)++ % 64 == 0 && bound < 1e300)
        fprintf(stderr, "\rworth %.3f, at most %.3f   ", value, bound);
    return true;
}

static err_code answer(struct arena *arena, const struct arguments *arguments,
                       struct err *err)
{
    long calls = 0;
    struct solve_options options = {
        .time_ms = arguments->rounds ? 0 : (int64_t)(arguments->seconds * 1000),
        .rounds = arguments->rounds,
        .seed = arguments->seed,
        .progress = isatty(STDERR_FILENO) ? show : NULL,
        .self = &calls};
    struct plan_file file;
    struct solution solution;
    struct text out;
    err_code code = plan_file_read(arena, arguments->problem, &file, err);

    if (code == ERR_NONE)
        code = solve(arena, &file.problem, &options, &solution, err);
    if (code != ERR_NONE)
        return code;
    if (calls)
        fprintf(stderr, "\n");
    text_init(&out, PLAN_FILE_BYTES_MOST);
    plan_answer_write(&file, &solution, &out);
    if (text_failed(&out))
        code = err_set(err, ERR_MEMORY, "no room for the answer");
    else if (arguments->answer)
        code = file_write(arguments->answer, out.bytes, out.length, err);
    else
        fwrite(out.bytes, 1, out.length, stdout);
    text_done(&out);
    if (code == ERR_NONE)
        fprintf(arguments->answer ? stdout : stderr,
                "worth %.3f, at most %.3f (%.2f %%): %zu sessions\n", solution.plan.value,
                solution.bound,
                solution.plan.value > 0 ? 100 * (solution.bound / solution.plan.value - 1)
                                        : 0.0,
                solution.plan.session_count);
    return code;
}

static err_code verify(struct arena *arena, const struct arguments *arguments,
                       struct err *err)
{
    struct plan_file file;
    struct plan plan;
    err_code code = plan_file_read(arena, arguments->verify, &file, err);

    if (code == ERR_NONE)
        code = plan_answer_verify(arena, arguments->answer, &file, &plan, err);
    if (code == ERR_NONE)
        printf("every rule is kept: %zu sessions worth %.3f\n", plan.session_count,
               plan.value);
    return code;
}

int command_plan(struct command_context *context, int argc, char **argv)
{
    static const struct argp_option accepted[] = {
        {"problem", OPTION_PROBLEM, "FILE", 0, "The problem, JSON (docs/plan.md)", 0},
        {"answer", OPTION_ANSWER, "FILE", 0, "Write the plan there, not to the screen",
         0},
        {"pole", OPTION_POLE, "KEY", 0, "The needs of this pole, from the records", 0},
        {"weeks", OPTION_WEEKS, "N", 0, "With --pole: plan for so many; 6", 0},
        {"json", OPTION_JSON, NULL, 0, "With --pole: print JSON", 0},
        {"apply-as-proposals", OPTION_APPLY, NULL, 0,
         "With --pole: propose each session, as on the pole's page", 0},
        {"as", OPTION_AS, "ADDRESS", 0,
         "Propose in the name of this account; that of who keeps the pole", 0},
        {"verify", OPTION_VERIFY, "FILE", 0, "Check the plan ANSWER of that problem", 0},
        {"seconds", OPTION_TIME, "N", 0, "Search for so long; 10", 0},
        {"rounds", OPTION_ROUNDS, "N", 0,
         "Search so many rounds instead: the same plan on every machine", 0},
        {"seed", OPTION_SEED, "N", 0, "Of chance; 1", 0},
        {0}};
    static const struct argp argp = {
        .options = accepted,
        .parser = parse_option,
        .args_doc = "[ANSWER]",
        .doc =
            "Plans sessions for the needs of a pole or for a problem given as a file, or "
            "verifies a plan."};
    struct arguments arguments = {.seconds = SECONDS, .seed = 1, .weeks = PLAN_WEEKS};
    struct arena *arena;
    struct err err = {0};
    err_code code;

    if (argp_parse(&argp, argc, argv, 0, NULL, &arguments) != 0)
        return EXIT_USAGE;
    if (arguments.pole) {
        struct plan_wish wish = {
            .weeks = arguments.weeks,
            .time_ms = arguments.rounds ? 0 : (int64_t)(arguments.seconds * 1000),
            .rounds = arguments.rounds,
            .seed = arguments.seed};
        code = plan_pole_run(context, arguments.pole, &wish, &arguments.use, &err);
        return code == ERR_NONE ? EXIT_OK : command_trouble(&err);
    }
    arena = arena_new(PLAN_ARENA_MAX);
    if (!arena)
        code = err_set(&err, ERR_MEMORY, "no memory to plan");
    else
        code = arguments.verify ? verify(arena, &arguments, &err)
                                : answer(arena, &arguments, &err);
    arena_free(arena);
    return code == ERR_NONE ? EXIT_OK : command_trouble(&err);
}
