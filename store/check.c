/* Whether the records are whole. */
#include "store/check.h"

#include "base/email.h"
#include "base/unicode.h"
#include "store/rows.h"
#include "store/skill_names.h"

#include <inttypes.h>
#include <string.h>

enum { ROWS_A_STEP = 1000, SHOWN_MOST = 10, STEP_ARENA_MAX = 64 << 20 };

struct run {
    struct db *db;
    struct text *lines;
    int64_t *troubles;
    struct arena *arena; /* a step of rows */
    struct err *err;
};

/* Statements that give the ids of what breaks a rule, and the rule in words. */
static const struct {
    enum query query;
    const char *words;
} rules[] = {
    {QUERY_CHECK_CHANGE_FIRST, "the change log does not begin at 1 but at"},
    {QUERY_CHECK_CHANGE_GAP, "a number of the change log is missing after"},
    {QUERY_CHECK_PERSON_CHANGE, "the change log never names the people"},
    {QUERY_CHECK_SKILL_CHANGE, "the change log never names the skills"},
    {QUERY_CHECK_NEED_CHANGE, "the change log never names the needs"},
    {QUERY_CHECK_SESSION_CHANGE, "the change log never names the sessions"},
    {QUERY_CHECK_SEATS, "more people than seats in the sessions"},
    {QUERY_CHECK_THRESHOLD, "the threshold is above the seats in the sessions"},
    {QUERY_CHECK_PERSON_TWICE, "another of her structure bears the id of the people"},
    {QUERY_CHECK_WINDOW, "a weekly time ends before it begins of the people"},
    {QUERY_CHECK_PARENT, "the parent is of another source of the skills"},
    {QUERY_CHECK_LABEL, "there is no label of the skills"},
    {QUERY_CHECK_SEQUENCE_PERSON, "ids were not given out to the people"},
    {QUERY_CHECK_SEQUENCE_SKILL, "ids were not given out to the skills"},
    {QUERY_CHECK_SEQUENCE_NEED, "ids were not given out to the needs"},
    {QUERY_CHECK_SEQUENCE_SESSION, "ids were not given out to the sessions"},
};

static void tell(struct run *run, const char *words, const int64_t *ids, size_t count)
{
    if (count == 0)
        return;
    ++*run->troubles;
    text_add(run->lines, words);
    for (size_t i = 0; i < count && i < SHOWN_MOST; i++)
        text_printf(run->lines, "%s %" PRId64, i ? "," : "", ids[i]);
    text_add(run->lines, count >= SHOWN_MOST ? " …\n" : "\n");
}

static err_code check_rules(struct run *run)
{
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        int64_t *ids;
        size_t count;
        err_code code;
        arena_reset(run->arena);
        code = rows_ids(run->db, run->arena, rules[i].query, NULL, 0, &ids, &count,
                        run->err);
        if (code != ERR_NONE)
            return code;
        tell(run, rules[i].words, ids, count);
    }
    return ERR_NONE;
}

static bool is_folded(const char *text, const char *folded, const char *kept)
{
    return text ? folded && kept && strcmp(folded, kept) == 0 : !kept;
}

/* Records whose folded text is not what it is folded from. */
struct stale {
    int64_t ids[SHOWN_MOST];
    size_t count;
};

static void add_stale(struct stale *stale, int64_t id)
{
    if (stale->count < SHOWN_MOST &&
        (!stale->count || stale->ids[stale->count - 1] != id))
        stale->ids[stale->count++] = id;
}

/* Reads a step of rows and says how many; *last is where the next one goes on. */
typedef err_code (*folded_step)(struct run *run, int64_t last[2], struct stale *stale,
                                size_t *count);

static err_code people_step(struct run *run, int64_t last[2], struct stale *stale,
                            size_t *count)
{
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(run->db, QUERY_CHECK_PERSON_FOLDED, &stmt, run->err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, last[0]);
    stmt_int(stmt, 2, ROWS_A_STEP);
    while ((code = stmt_next(stmt, &has_row, run->err)) == ERR_NONE && has_row) {
        const char *name = row_text(stmt, 1, run->arena),
                   *email = row_text(stmt, 3, run->arena);
        last[0] = row_int(stmt, 0);
        ++*count;
        if (!is_folded(name, name ? unicode_fold(run->arena, name) : NULL,
                       row_text(stmt, 2, run->arena)) ||
            !is_folded(email, email ? email_plain(run->arena, email) : NULL,
                       row_text(stmt, 4, run->arena)))
            add_stale(stale, last[0]);
    }
    return code;
}

static err_code labels_step(struct run *run, int64_t last[2], struct stale *stale,
                            size_t *count)
{
    struct stmt *stmt;
    bool has_row;
    err_code code = db_query(run->db, QUERY_CHECK_LABEL_FOLDED, &stmt, run->err);

    if (code != ERR_NONE)
        return code;
    stmt_int(stmt, 1, last[0]);
    stmt_int(stmt, 2, last[1]);
    stmt_int(stmt, 3, ROWS_A_STEP);
    while ((code = stmt_next(stmt, &has_row, run->err)) == ERR_NONE && has_row) {
        const char *label = row_text(stmt, 2, run->arena);
        last[0] = row_int(stmt, 0);
        last[1] = row_int(stmt, 1);
        ++*count;
        if (!is_folded(label, label ? skill_label_fold(run->arena, label) : NULL,
                       row_text(stmt, 3, run->arena)))
            add_stale(stale, last[0]);
    }
    return code;
}

static err_code check_folded(struct run *run, folded_step step, const char *words)
{
    struct stale stale = {.count = 0};
    int64_t last[2] = {0, -1};
    size_t count = ROWS_A_STEP;

    while (count == ROWS_A_STEP) {
        err_code code;
        count = 0;
        arena_reset(run->arena);
        code = step(run, last, &stale, &count);
        if (code == ERR_NONE && arena_failed(run->arena))
            code = err_set(run->err, ERR_MEMORY, "no room for the check");
        if (code != ERR_NONE)
            return code;
    }
    tell(run, words, stale.ids, stale.count);
    return ERR_NONE;
}

err_code records_check(struct db *db, struct text *lines, int64_t *troubles,
                       struct err *err)
{
    struct run run = {db, lines, troubles, arena_new(STEP_ARENA_MAX), err};
    err_code code;

    *troubles = 0;
    if (!run.arena)
        return err_set(err, ERR_MEMORY, "no memory for the check");
    code = db_integrity(db, lines, troubles, err);
    if (code == ERR_NONE && *troubles == 0) {
        code = db_read_begin(db, err); /* all rules at one moment */
        if (code == ERR_NONE) {
            code = check_rules(&run);
            if (code == ERR_NONE)
                code =
                    check_folded(&run, people_step,
                                 "the folded name or address is not that of the people");
            if (code == ERR_NONE)
                code = check_folded(&run, labels_step,
                                    "a folded label is not that of the skills");
            db_read_end(db);
        }
    }
    arena_free(run.arena);
    return code;
}
