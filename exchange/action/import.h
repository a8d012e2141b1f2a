/* Spreadsheets into the records: what would happen, then all of it or nothing.
 *
 * A run reads the whole file, tells every mistake by line and column, and compares each
 * row with the records. Dry, it writes nothing; applied, it writes everything in one job
 * of the writer, or nothing when there is a mistake. */
#ifndef EXCHANGE_ACTION_IMPORT_H
#define EXCHANGE_ACTION_IMPORT_H

#include "base/csv.h"
#include "base/progress.h"
#include "config/config.h"
#include "exchange/model/person.h"
#include "store/driver.h"

enum import_kind {
    IMPORT_PEOPLE,
    IMPORT_SKILLS_CSV,
    IMPORT_SKILLS_ESCO,
    IMPORT_SKILLS_ROME, /* path is a folder */
    IMPORT_STRUCTURES,
    IMPORT_POLES,
    IMPORT_NEEDS,
    IMPORT_SESSIONS
};

struct import_options {
    enum import_kind kind;
    const char *path;
    const char
        *text; /* what to read in place of the file `path`, which then only names it */
    const char *source;           /* skills: NULL takes "csv", "esco" or "rome" */
    const char *lang;             /* skills: of the labels; NULL takes "fr" */
    const char *structure_key;    /* people without such a column; NULL: none */
    enum card_state people_state; /* of new people without such a column */
    /* People: 0, or the only structure that may be touched. Then new people are drafts,
     * no card is confirmed or published by it, and no structure or pole is made. */
    int64_t only_structure_id;
    const char *actor;  /* for the audit; NULL: "cli" */
    int64_t account_id; /* of who acts; 0: none */
    bool is_checked; /* a dry run just found no mistake: applying need not look twice */
    bool is_create;  /* structures and poles are made even when nearly called like known
                        ones */
    const struct config *config;
    int64_t now;
    struct progress *progress; /* may be NULL */
};

enum { IMPORT_MISTAKES_SHOWN = 50, IMPORT_NOTES_SHOWN = 100 };

/* The sentences of another language: `word` yields that of an English one (NULL: the
 * English ones stay), with the same conversions in the same order, or it is not taken. */
struct import_words {
    const char *(*word)(const void *of, const char *sentence) FORMAT_ARGUMENT(2);
    const void *of;
};

struct import_report {
    struct import_words words; /* given by the caller after import_report_init */
    int64_t rows, added, changed, unchanged, removed;
    int64_t recognised, unrecognised; /* people's skills */
    int64_t mistakes, notes_made;     /* those in words are the first of them */
    struct text lines; /* mistakes, one a line: "FILE:LINE:COLUMN: …"; then notes */
    struct text notes; /* what was understood, ignored, made */
};

void import_report_init(struct import_report *report);
void import_report_done(struct import_report *report);
/* As import_report_init has left it, with the words it was given. */
void import_report_restart(struct import_report *report);

/* Runs on a connection: with `is_applied` inside a writer's job, else reading only.
 * ERR_INVALID when there is a mistake (all are in the report). */
MUST_USE err_code import_run(struct db *db, const struct import_options *options,
                             bool is_applied, struct import_report *report,
                             struct err *err);

#endif
