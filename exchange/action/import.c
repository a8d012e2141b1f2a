/* Spreadsheets into the records: what would happen, then all of it or nothing. */
#include "exchange/action/import.h"

#include "exchange/action/import_kinds.h"
#include "store/change.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { SOURCE_MOST = 40 };

static const struct {
    import_function run;
    const char *verb;
} kinds[] = {
    [IMPORT_PEOPLE] = {import_people, "import people"},
    [IMPORT_SKILLS_CSV] = {import_skills, "import skills"},
    [IMPORT_SKILLS_ESCO] = {import_skills, "import skills"},
    [IMPORT_SKILLS_ROME] = {import_rome, "import skills"},
    [IMPORT_STRUCTURES] = {import_structures, "import structures"},
    [IMPORT_POLES] = {import_poles, "import poles"},
    [IMPORT_NEEDS] = {import_needs, "import needs"},
    [IMPORT_SESSIONS] = {import_sessions, "import sessions"},
};

static err_code note_audit(struct table *table)
{
    const struct import_report *report = table->report;
    char detail[160];

    snprintf(detail, sizeof detail,
             "%" PRId64 " rows, %" PRId64 " new, %" PRId64 " changed, %" PRId64
             " removed",
             report->rows, report->added, report->changed, report->removed);
    return audit_of(
        table->db,
        &(struct audit){.actor = table->options->actor ? table->options->actor : "cli",
                        .verb = kinds[table->options->kind].verb,
                        .detail = detail,
                        .account_id = table->options->account_id},
        table->options->now, table->err);
}

/* Every row is read and compared before the first is written: what a dry run says is what
 * happens, and a mistake costs no write. */
static err_code run_once(struct db *db, struct skill_names *names,
                         const struct import_options *options, bool is_applied,
                         struct import_report *report, struct err *err)
{
    struct table table = {
        .db = db, .skill_names = names, .options = options, .report = report, .err = err};
    err_code code;

    text_init(&table.bytes, CSV_FILE_BYTES_MOST);
    code = table_start(&table);
    if (code == ERR_NONE)
        code = kinds[options->kind].run(&table, is_applied);
    if (code == ERR_NONE && is_applied && !report->mistakes)
        code = note_audit(&table);
    table_close(&table);
    return code;
}

/* The name of a source stands before a colon in names of skills. */
static err_code check_options(const struct import_options *options, struct err *err)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-_.";
    const char *source = options->source, *lang = options->lang;

    if (source && (!*source || strlen(source) > SOURCE_MOST ||
                   strspn(source, allowed) != strlen(source)))
        return err_set(err, ERR_INVALID,
                       "source \"%.60s\" is not allowed; 1 to %d of a-z, 0-9, - _ and .",
                       source, SOURCE_MOST);
    if (lang && strcmp(lang, "fr") != 0 && strcmp(lang, "en") != 0)
        return err_set(err, ERR_INVALID, "language \"%.20s\" is not allowed; fr or en",
                       lang);
    return ERR_NONE;
}

err_code import_run(struct db *db, const struct import_options *options, bool is_applied,
                    struct import_report *report, struct err *err)
{
    struct skill_names *names =
        NULL; /* for both runs: only skills change what names mean */
    err_code code = check_options(options, err);

    if (code == ERR_NONE)
        code = skill_names_new(&names, db, err);
    if (code == ERR_NONE && !(is_applied && options->is_checked))
        code = run_once(db, names, options, false, report, err);
    if (code == ERR_NONE && is_applied && !report->mistakes &&
        (options->is_checked || report->added || report->changed || report->removed)) {
        import_report_restart(report);
        code = run_once(db, names, options, true, report, err);
    }
    skill_names_free(names);
    if (code == ERR_NONE && report->mistakes)
        code = err_set(err, ERR_INVALID, "%s: %" PRId64 " mistake%s; nothing was written",
                       options->path, report->mistakes, report->mistakes == 1 ? "" : "s");
    return code;
}
