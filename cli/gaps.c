/* etabli gaps: what is asked for and who could answer, in a pole or on the whole site. */
#include "cli/command.h"

#include "base/csv.h"
#include "exchange/action/gap_report.h"
#include "exchange/action/names.h"
#include "store/migrate.h"
#include "web/page/gaps_picture.h"
#include "web/page/gaps_tree.h"
#include "web/page/report_tree.h"

#include <argp.h>
#include <inttypes.h>
#include <stdio.h>

enum { OUT_BYTES_MOST = 16 << 20 };
enum form { FORM_TEXT, FORM_JSON, FORM_CSV };

struct arguments {
    const char *pole;
    enum form form;
    bool from_records, is_public;
    const char *report; /* "2026", "2026-11"; NULL: the gaps */
};

static error_t parse_option(int key, char *argument, struct argp_state *state)
{
    struct arguments *arguments = state->input;

    switch (key) {
    case 'p':
        arguments->pole = argument;
        return 0;
    case 'j':
        arguments->form = FORM_JSON;
        return 0;
    case 'r':
        arguments->from_records = true;
        return 0;
    case 'c':
        arguments->form = FORM_CSV;
        return 0;
    case 'R':
        arguments->report = argument;
        return 0;
    case 'P':
        arguments->is_public = true;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "\"%s\": gaps takes options only", argument);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static err_code find_pole(const struct names *names, const char *key, int64_t *id,
                          struct err *err)
{
    const struct pole *pole = names_pole_key(names, key);

    *id = pole ? pole->id : 0;
    return key && !pole ? err_set(err, ERR_NOT_FOUND, "there is no pole \"%.60s\"", key)
                        : ERR_NONE;
}

static void print_text(const struct gap_report *report)
{
    printf("%" PRId64 " people ask, with %" PRId64 " open needs; %" PRId64
           " needs have no skill yet\n",
           report->asking, report->needs, report->unqualified);
    for (size_t i = 0; i < report->row_count; i++) {
        const struct gap_row *row = &report->rows[i];
        printf("%-12s %4" PRId64 " ask, %" PRId64 " live, %" PRId64 " known  %s\n",
               gap_cause_word(row->cause), row->tally.asking,
               row->tally.knowing[KNOWS_LIVE], gap_known(&row->tally), row->label);
    }
    if (report->total > report->row_count)
        printf("… and %zu more skills\n", report->total - report->row_count);
    for (size_t i = 0; i < report->risk_count; i++)
        printf("at risk: one live person for %s\n", report->risks[i].label);
}

static err_code print(struct command_context *context, enum form form,
                      const struct gap_report *report, struct err *err)
{
    struct tree *root;
    struct text out;
    err_code code = ERR_NONE;

    if (form == FORM_TEXT) {
        print_text(report);
        return ERR_NONE;
    }
    text_init(&out, OUT_BYTES_MOST);
    if (form == FORM_CSV) {
        gaps_tree_csv(&out, context->arena, report, context->now, NULL);
    } else {
        root = tree_object();
        gaps_tree_set(root, report, context->now, NULL);
        gaps_trend_set(root, context->arena, &report->trend);
        code = tree_to_json(root, &out, err);
        tree_free(root);
    }
    if (code == ERR_NONE)
        printf("%s%s", out.bytes, form == FORM_JSON ? "\n" : "");
    text_done(&out);
    return code;
}

/* As CSV, or as JSON. */
static err_code print_report(struct ctx *ctx, const struct arguments *arguments,
                             const struct names *names, struct err *err)
{
    struct report report = {.is_public = arguments->is_public};
    struct tree *root = tree_object();
    struct text out;
    err_code code;

    if (!report_span(ctx, arguments->report, &report)) {
        tree_free(root);
        return err_set(err, ERR_INVALID,
                       "--report \"%s\": a year such as 2026 or a month such as 2026-11",
                       arguments->report);
    }
    code = report_make(ctx, &report, err);
    text_init(&out, OUT_BYTES_MOST);
    if (code == ERR_NONE && arguments->form == FORM_JSON) {
        report_tree_set(root, ctx, &report, names, NULL);
        code = tree_to_json(root, &out, err);
    } else if (code == ERR_NONE) {
        report_tree_csv(&out, ctx, &report, names, NULL);
    }
    if (code == ERR_NONE)
        printf("%s%s", out.bytes, arguments->form == FORM_JSON ? "\n" : "");
    text_done(&out);
    tree_free(root);
    return code;
}

static err_code run(struct command_context *context, const struct arguments *arguments,
                    struct err *err)
{
    const char *address = store_address(context->arena, context->config->data_folder);
    struct ctx ctx = {.arena = context->arena,
                      .config = context->config,
                      .now = context->now,
                      .lang = context->config->languages[0]};
    struct gap_report report;
    struct names names;
    int64_t pole_id;
    err_code code = db_open(&ctx.db, address, DB_READ, err);

    if (code == ERR_NONE)
        code = names_load(ctx.db, context->arena, &names, err);
    if (code == ERR_NONE && arguments->report) {
        code = print_report(&ctx, arguments, &names, err);
        db_close(ctx.db);
        return code;
    }
    if (code == ERR_NONE)
        code = find_pole(&names, arguments->pole, &pole_id, err);
    if (code == ERR_NONE)
        code = gap_report_make(&ctx, pole_id, arguments->from_records, &report, err);
    if (code == ERR_NONE) {
        gaps_name_columns(&report, &names, NULL);
        code = print(context, arguments->form, &report, err);
    }
    db_close(ctx.db);
    return code;
}

int command_gaps(struct command_context *context, int argc, char **argv)
{
    static const struct argp_option accepted[] = {
        {"pole", 'p', "KEY", 0, "Of this pole; without it, of the whole site", 0},
        {"json", 'j', NULL, 0, "Print JSON", 0},
        {"csv", 'c', NULL, 0, "Print CSV", 0},
        {"recount", 'r', NULL, 0, "Count all from the records, not from what is kept", 0},
        {"report", 'R', "SPAN", 0, "The report of a year or month, as 2026 or 2026-11",
         0},
        {"public", 'P', NULL, 0, "The report as everybody may see it", 0},
        {0}};
    static const struct argp argp = {
        .options = accepted,
        .parser = parse_option,
        .doc =
            "Tells which skills people ask for, how many ask, who could answer and why "
            "nobody does."};
    struct arguments arguments = {.form = FORM_TEXT};
    struct err err = {0};

    if (argp_parse(&argp, argc, argv, 0, NULL, &arguments) != 0)
        return EXIT_USAGE;
    if (run(context, &arguments, &err) != ERR_NONE)
        return command_trouble(&err);
    return EXIT_OK;
}
