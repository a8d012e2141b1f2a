/* What following needs asks of the records. */
#include "store/need_follow.h"

#include "store/rows.h"

static err_code ids_of(struct db *db, struct arena *arena, enum query query, int64_t of,
                       int64_t most, int64_t **ids, size_t *count, struct err *err)
{
    const int64_t parameters[] = {of, most};

    return rows_ids(db, arena, query, parameters, 2, ids, count, err);
}

err_code needs_of_person(struct db *db, struct arena *arena, int64_t person_id,
                         int64_t most, int64_t **ids, size_t *count, struct err *err)
{
    return ids_of(db, arena, QUERY_NEED_OF_PERSON, person_id, most, ids, count, err);
}

err_code needs_supported_by(struct db *db, struct arena *arena, int64_t person_id,
                            int64_t most, int64_t **ids, size_t *count, struct err *err)
{
    return ids_of(db, arena, QUERY_NEED_SUPPORTED_BY, person_id, most, ids, count, err);
}

err_code needs_supports_noted(struct db *db, struct arena *arena, int64_t need_id,
                              int64_t **ids, size_t *count, struct err *err)
{
    return rows_ids(db, arena, QUERY_NEED_SUPPORT_NOTED, &need_id, 1, ids, count, err);
}

err_code needs_due(struct db *db, struct arena *arena, int step, int64_t before,
                   int64_t life_s, int64_t most, int64_t **ids, size_t *count,
                   struct err *err)
{
    const int64_t parameters[] = {step, before, most, life_s};

    return rows_ids(db, arena, QUERY_NEED_DUE, parameters, 4, ids, count, err);
}

err_code needs_ended(struct db *db, struct arena *arena, int64_t now, int64_t most,
                     int64_t **ids, size_t *count, struct err *err)
{
    return ids_of(db, arena, QUERY_NEED_ENDED, now, most, ids, count, err);
}

err_code needs_median_wait(struct db *db, int64_t pole_id, int64_t since, int64_t *count,
                           int64_t *median_s, struct err *err)
{
    int64_t parameters[] = {pole_id, since, 0};
    int64_t found = 0, median = 0;
    err_code code = rows_number(db, QUERY_NEED_WAIT_COUNT, parameters, 2, 0, &found, err);

    parameters[2] = found / 2;
    if (code == ERR_NONE && found)
        code = rows_number(db, QUERY_NEED_WAIT_NTH, parameters, 3, 0, &median, err);
    if (code != ERR_NONE)
        return code;
    *count = found;
    *median_s = median;
    return ERR_NONE;
}

err_code needs_sessions(struct db *db, struct arena *arena, int64_t need_id, int64_t now,
                        int64_t most, int64_t **ids, size_t *count, struct err *err)
{
    const int64_t parameters[] = {need_id, now, most};

    return rows_ids(db, arena, QUERY_NEED_COMING_SESSIONS, parameters, 3, ids, count,
                    err);
}
