/* What the exports share: the sheet being written and the cells with a grammar. */
#ifndef EXCHANGE_ACTION_EXPORT_SHEET_H
#define EXCHANGE_ACTION_EXPORT_SHEET_H

#include "base/csv.h"
#include "exchange/action/export.h"
#include "exchange/action/names.h"
#include "exchange/model/person.h"

struct sheet {
    struct db *db;
    const struct export_options *options;
    FILE *out;
    struct arena *arena;     /* the whole run */
    struct arena *row_arena; /* a step of rows */
    struct names names;
    struct text line, cell;
    bool is_first; /* the next cell opens the line */
    int64_t rows;
    struct err *err;
};

void sheet_cell(struct sheet *sheet, const char *value); /* NULL: empty */
void sheet_int(struct sheet *sheet, int64_t value);
void sheet_time(struct sheet *sheet, int64_t at); /* 0: empty */
/* Ends the line and writes it. ERR_IO, or ERR_LIMIT for a line over its limit. */
MUST_USE err_code sheet_end(struct sheet *sheet);
/* The header: names separated by commas. */
MUST_USE err_code sheet_header(struct sheet *sheet, const char *names);

/* A list in the making: sheet_item adds to it, sheet_list writes it as a cell. */
void sheet_item(struct sheet *sheet, const char *item);
void sheet_list(struct sheet *sheet);

void sheet_id(struct sheet *sheet, const char *external_id, int64_t id);
void sheet_structure(struct sheet *sheet, int64_t id);
void sheet_pole(struct sheet *sheet, int64_t id);
MUST_USE err_code sheet_skill(struct sheet *sheet, int64_t id);
MUST_USE err_code sheet_skills(struct sheet *sheet, const int64_t *ids, size_t count);
void sheet_windows(struct sheet *sheet, const struct weekly_window *windows,
                   size_t count);
void sheet_formats(struct sheet *sheet, unsigned formats);
/* What a person is told by: her id from outside, her address, or her number. "" when 0.
 */
MUST_USE err_code sheet_person_name(struct sheet *sheet, int64_t id, const char **out);
MUST_USE err_code sheet_person(struct sheet *sheet, int64_t id);
MUST_USE err_code sheet_people(struct sheet *sheet, const int64_t *ids, size_t count);

/* One function a kind (export_exchange.c has the two last). */
MUST_USE err_code export_people(struct sheet *sheet);
MUST_USE err_code export_skills(struct sheet *sheet);
MUST_USE err_code export_structures(struct sheet *sheet);
MUST_USE err_code export_poles(struct sheet *sheet);
MUST_USE err_code export_needs(struct sheet *sheet);
MUST_USE err_code export_sessions(struct sheet *sheet);

#endif
