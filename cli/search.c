/* etabli search: one search, or a file of them for measures. */
#include "cli/command.h"

#include "base/file.h"
#include "base/unicode.h"
#include "exchange/action/index_sync.h"

#include <argp.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    OPTION_KIND = 'k',
    OPTION_POLE = 'p',
    OPTION_STRUCTURE = 't',
    OPTION_COMMUNE = 'c',
    OPTION_NEAR = 'r',
    OPTION_LIMIT = 'n',
    OPTION_BATCH = 'b',
    OPTION_FORMAT = 'f',
    OPTION_LANG = 'l',
    LIMIT_MOST = 10000,
    BATCH_BYTES_MOST = 1 << 28,
    QUERY_ARENA_MAX = 256 << 20,
    TEXT_BYTES_MOST = 8192
};

struct arguments {
    struct query_request request;
    const char *pole, *structure, *commune, *near, *batch, *format;
    char text[TEXT_BYTES_MOST];
};

static void add_word(struct arguments *arguments, const char *word)
{
    size_t used = strlen(arguments->text);

    snprintf(arguments->text + used, sizeof arguments->text - used, "%s%s",
             used ? " " : "", word);
}

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    static const char *const kinds[] = {"person", "skill", "need", "session"};
    struct arguments *arguments = state->input;
    char *end;
    long limit;

    switch (key) {
    case OPTION_KIND:
        for (int i = 0; i < KIND_COUNT; i++)
            if (strcmp(kinds[i], argument) == 0) {
                arguments->request.kind = (enum kind)i;
                return 0;
            }
        argp_error(state, "--kind \"%s\": person, skill, session or need", argument);
        return 0;
    case OPTION_POLE:
        arguments->pole = argument;
        return 0;
    case OPTION_STRUCTURE:
        arguments->structure = argument;
        return 0;
    case OPTION_COMMUNE:
        arguments->commune = argument;
        return 0;
    case OPTION_NEAR:
        arguments->near = argument;
        return 0;
    case OPTION_LIMIT:
        limit = strtol(argument, &end, 10);
        if (*end || limit < 1 || limit > LIMIT_MOST)
            argp_error(state, "--limit \"%s\": 1 to %d is allowed", argument, LIMIT_MOST);
        arguments->request.limit = (size_t)limit;
        return 0;
    case OPTION_BATCH:
        arguments->batch = argument;
        return 0;
    case OPTION_FORMAT:
        arguments->format = argument;
        if (strcmp(argument, "trec") != 0 && strcmp(argument, "json") != 0)
            argp_error(state, "--format \"%s\": trec or json", argument);
        return 0;
    case 'j':
        arguments->format = "json";
        return 0;
    case OPTION_LANG:
        arguments->request.lang = argument;
        return 0;
    case ARGP_KEY_ARG:
        add_word(arguments, argument);
        return 0;
    case ARGP_KEY_END:
        if (!arguments->batch && !arguments->text[0])
            argp_error(state, "say what to look for");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void print_marked(const struct marked_text *text)
{
    for (size_t i = 0; i < text->count; i++)
        printf(text->pieces[i].is_match ? "[%s]" : "%s", text->pieces[i].text);
}

static void print_hit(const struct hit *hit, size_t rank)
{
    printf("%zu. ", rank);
    print_marked(&hit->marked_title);
    if (hit->headline)
        printf(", %s", hit->headline);
    printf("  (%s%s%s", hit->structure_name ? hit->structure_name : "",
           hit->structure_name && hit->commune ? ", " : "",
           hit->commune ? hit->commune : "");
    if (hit->km >= 0)
        printf(", %.0f km", ceil(hit->km));
    printf(")\n");
    for (size_t i = 0; i < hit->skill_count && hit->skills[i].is_match; i++) {
        const struct hit_skill *skill = &hit->skills[i];
        printf("   - ");
        print_marked(&skill->marked);
        if (skill->through)
            printf(" (%s)", skill->through);
        printf("%s%s%s\n", skill->level ? ", " : "", level_word(skill->level),
               skill->is_shared ? ", shares it" : "");
    }
    if (hit->snippet.count) {
        printf("   « ");
        print_marked(&hit->snippet);
        printf(" »\n");
    }
}

static void print_json_string(const char *string)
{
    if (!string) {
        fputs("null", stdout);
        return;
    }
    putchar('"');
    for (; *string; string++) {
        if (*string == '"' || *string == '\\')
            printf("\\%c", *string);
        else if ((unsigned char)*string < ' ')
            printf("\\u%04x", (unsigned)*string);
        else
            putchar(*string);
    }
    putchar('"');
}

static void print_json_hit(const struct hit *hit)
{
    printf("{\"id\":%" PRId64 ",\"external_id\":", hit->id);
    print_json_string(hit->external_id);
    printf(",\"%s\":", hit->kind == KIND_PERSON ? "name" : "title");
    print_json_string(hit->title);
    if (hit->km >= 0)
        printf(",\"km\":%.1f", hit->km);
    printf(",\"score\":%.6f,\"coverage\":%.3f,\"is_far\":%s,\"why\":[", hit->score,
           hit->coverage, hit->is_far ? "true" : "false");
    for (size_t i = 0; i < hit->word_count; i++) {
        if (i)
            putchar(',');
        print_json_string(hit->words[i]);
    }
    fputs("],\"skills\":[", stdout);
    for (size_t i = 0; i < hit->skill_count; i++) {
        const struct hit_skill *skill = &hit->skills[i];
        printf("%s{\"label\":", i ? "," : "");
        print_json_string(skill->label);
        printf(",\"level\":%d,\"is_shared\":%s,\"is_match\":%s,\"through\":",
               (int)skill->level, skill->is_shared ? "true" : "false",
               skill->is_match ? "true" : "false");
        print_json_string(skill->through);
        putchar('}');
    }
    fputs("]}", stdout);
}

static void print_answer(const struct arguments *arguments,
                         const struct query_answer *answer)
{
    static const char *const arrays[] = {"people", "skills", "needs", "sessions"};
    bool is_json = arguments->format && strcmp(arguments->format, "json") == 0;

    if (is_json)
        printf("{\"total\":%" PRId64 ",\"near_total\":%" PRId64
               ",\"is_total_least\":%s,\"%s\":[",
               answer->total, answer->near_total,
               answer->is_total_least ? "true" : "false",
               arrays[arguments->request.kind]);
    else if (answer->correction)
        printf("searched for: %s\n", answer->correction);
    for (size_t i = 0; i < answer->count; i++) {
        if (is_json && i)
            putchar(',');
        if (!is_json && answer->hits[i].is_far && (i == 0 || !answer->hits[i - 1].is_far))
            puts(i ? "further off:" : "nobody for just this; further off:");
        if (is_json)
            print_json_hit(&answer->hits[i]);
        else
            print_hit(&answer->hits[i], i + 1);
    }
    if (is_json)
        fputs("]}\n", stdout);
    if (!is_json && answer->count == 0)
        puts("nothing found");
}

/* One line of a batch: id TAB text; further columns are not looked at. */
static err_code run_line(struct search *search, struct arguments *arguments, char *line,
                         struct err *err)
{
    struct arena *arena = arena_new(QUERY_ARENA_MAX);
    char *text = strchr(line, '\t');
    struct query_answer answer;
    err_code code = arena ? ERR_NONE : err_set(err, ERR_MEMORY, "no memory for a query");

    if (code == ERR_NONE && text && strncmp(line, "qid", 3) != 0) {
        *text++ = '\0';
        text[strcspn(text, "\t\r")] = '\0';
        arguments->request.text = text;
        code = search_query(search, arena, &arguments->request, &answer, err);
        for (size_t i = 0; code == ERR_NONE && i < answer.count; i++)
            printf("%s Q0 %s %zu %.6f etabli\n", line,
                   answer.hits[i].external_id
                       ? answer.hits[i].external_id
                       : arena_printf(arena, "%" PRId64, answer.hits[i].id),
                   i + 1, answer.hits[i].score);
    }
    arena_free(arena);
    return code;
}

static err_code run_batch(struct search *search, struct arguments *arguments,
                          struct err *err)
{
    struct text bytes;
    char *line, *next;
    err_code code;

    text_init(&bytes, BATCH_BYTES_MOST);
    code = file_read(arguments->batch, &bytes, err);
    arguments->request.wants_all = true;
    for (line = bytes.bytes; code == ERR_NONE && *line; line = next) {
        next = line + strcspn(line, "\n");
        if (*next)
            *next++ = '\0';
        code = run_line(search, arguments, line, err);
    }
    text_done(&bytes);
    return code;
}

static err_code run(struct command_context *context, struct arguments *arguments,
                    struct err *err)
{
    const char *folder = index_folder(context->arena, context->config->data_folder);
    struct search *search;
    struct query_answer answer;
    err_code code = search_open(&search, folder, context->config, err);

    if (code != ERR_NONE)
        return code;
    if (arguments->batch) {
        code = run_batch(search, arguments, err);
    } else {
        arguments->request.text = arguments->text;
        arguments->request.wants_correction = true;
        arguments->request.wants_facets = true; /* so that all who are near are counted */
        code = search_query(search, context->arena, &arguments->request, &answer, err);
        if (code == ERR_NONE)
            print_answer(arguments, &answer);
    }
    search_close(search);
    return code;
}

int command_search(struct command_context *context, int argc, char **argv)
{
    static const struct argp_option accepted[] = {
        {"kind", OPTION_KIND, "KIND", 0, "person (the default), skill, session or need",
         0},
        {"pole", OPTION_POLE, "KEY", 0, "Only of this pole", 0},
        {"structure", OPTION_STRUCTURE, "KEY", 0, "Only of this structure", 0},
        {"commune", OPTION_COMMUNE, "NAME", 0, "Only from there", 0},
        {"near", OPTION_NEAR, "COMMUNE", 0, "Who is nearest to it first", 0},
        {"limit", OPTION_LIMIT, "N", 0, "At most so many (10)", 0},
        {"json", 'j', NULL, 0, "Print JSON", 0},
        {"lang", OPTION_LANG, "LANG", 0, "Language of the words, fr (the default) or en",
         0},
        {"batch", OPTION_BATCH, "FILE", 0, "Many searches: a line is id TAB text", 0},
        {"format", OPTION_FORMAT, "FORMAT", 0, "trec (with --batch) or json", 0},
        {0}};
    static const struct argp argp = {.options = accepted,
                                     .parser = parse_option,
                                     .args_doc = "TEXT",
                                     .doc =
                                         "Looks for people, skills, sessions or needs."};
    struct arguments *arguments = arena_alloc(context->arena, sizeof *arguments);
    struct err err = {0};

    if (!arguments)
        return EXIT_TROUBLE;
    arguments->request =
        (struct query_request){.is_member = true, /* who holds the records sees them */
                               .kind = KIND_PERSON,
                               .lang = "fr",
                               .limit = 10,
                               .now = context->now};
    if (argp_parse(&argp, argc, argv, 0, NULL, arguments) != 0)
        return EXIT_USAGE;
    arguments->request.poles = &arguments->pole;
    arguments->request.pole_count = arguments->pole != NULL;
    arguments->request.structures = &arguments->structure;
    arguments->request.structure_count = arguments->structure != NULL;
    if (arguments->near) {
        arguments->request.near_commune = unicode_fold(context->arena, arguments->near);
        arguments->request.order = ORDER_NEAR;
    }
    arguments->request.communes = &arguments->commune;
    arguments->request.commune_count = arguments->commune != NULL;
    if (run(context, arguments, &err) != ERR_NONE)
        return command_trouble(&err);
    return EXIT_OK;
}
