/* Reading what the report of the site is counted from. */
#include "store/reports.h"

#include "store/rows.h"

static void read_ask(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct report_event *)item =
        (struct report_event){.pole_id = row_int(stmt, 0),
                              .structure_id = row_int(stmt, 1),
                              .who = row_int(stmt, 2),
                              .at = row_int(stmt, 3),
                              .answered_at = row_int(stmt, 4),
                              .is_met = row_int(stmt, 5) != 0,
                              .is_need = row_int(stmt, 6) != 0};
}

static void read_session(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct report_event *)item = (struct report_event){.pole_id = row_int(stmt, 0),
                                                         .structure_id = row_int(stmt, 1),
                                                         .at = row_int(stmt, 2),
                                                         .came = row_int(stmt, 3),
                                                         .is_session = true};
}

static err_code read_events(struct db *db, struct arena *arena, enum query query,
                            int64_t from, int64_t to, struct report_event **out,
                            size_t *count, struct err *err)
{
    const int64_t span[] = {from, to};
    struct rows rows = {.arena = arena,
                        .size = sizeof(struct report_event),
                        .read = query == QUERY_REPORT_ASKS ? read_ask : read_session};
    err_code code = rows_all(&rows, db, query, span, 2, err);

    *out = (struct report_event *)(void *)rows.items;
    *count = rows.count;
    return code;
}

err_code reports_asks(struct db *db, struct arena *arena, int64_t from, int64_t to,
                      struct report_event **out, size_t *count, struct err *err)
{
    return read_events(db, arena, QUERY_REPORT_ASKS, from, to, out, count, err);
}

err_code reports_sessions(struct db *db, struct arena *arena, int64_t from, int64_t to,
                          struct report_event **out, size_t *count, struct err *err)
{
    return read_events(db, arena, QUERY_REPORT_SESSIONS, from, to, out, count, err);
}

static void read_gap_of_pole(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct report_event *)item =
        (struct report_event){.pole_id = row_int(stmt, 0), .is_gap = true};
}

static void read_gap_of_structure(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct report_event *)item =
        (struct report_event){.structure_id = row_int(stmt, 0), .is_gap = true};
}

err_code reports_gaps(struct db *db, struct arena *arena, enum report_by by,
                      struct report_event **out, size_t *count, struct err *err)
{
    bool is_pole = by == REPORT_BY_POLE;
    struct rows rows = {.arena = arena,
                        .size = sizeof(struct report_event),
                        .read = is_pole ? read_gap_of_pole : read_gap_of_structure};
    err_code code = rows_all(
        &rows, db, is_pole ? QUERY_REPORT_GAPS_OF_POLES : QUERY_REPORT_GAPS_OF_STRUCTURES,
        NULL, 0, err);

    *out = (struct report_event *)(void *)rows.items;
    *count = rows.count;
    return code;
}
