/* What planning sessions reads beside needs and cards. */
#include "store/plans.h"

#include "store/change.h"
#include "store/rows.h"

static void read_refusal(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct plan_refusal *)item =
        (struct plan_refusal){row_int(stmt, 0), row_int(stmt, 1), row_int(stmt, 2)};
}

err_code plans_refusals(struct db *db, struct arena *arena, int64_t pole_id, int64_t now,
                        struct plan_refusal **out, size_t *count, struct err *err)
{
    const int64_t parameters[] = {pole_id, now};
    struct rows rows = {
        .arena = arena, .size = sizeof(struct plan_refusal), .read = read_refusal};
    err_code code = rows_all(&rows, db, QUERY_PLAN_REFUSALS, parameters, 2, err);

    *out = (struct plan_refusal *)(void *)rows.items;
    *count = rows.count;
    return code;
}

err_code plans_refuse(struct db *db, int64_t pole_id, const struct plan_refusal *refusal,
                      int64_t until, int64_t now, struct err *err)
{
    int64_t skill_id = refusal->skill_id > 0 ? refusal->skill_id : 0;
    int64_t group_id = refusal->skill_id < 0 ? -refusal->skill_id : 0;
    int64_t parameters[] = {pole_id,      skill_id, refusal->person_id,
                            refusal->day, now,      group_id};
    err_code code = rows_run(db, QUERY_PLAN_ALLOW, parameters, 6, err);

    parameters[4] = until;
    if (code == ERR_NONE)
        code = rows_run(db, QUERY_PLAN_REFUSE, parameters, 6, err);
    return code == ERR_NONE ? change_note(db, THING_ACCOUNT, 0, now, err) : code;
}

err_code plans_allow_all(struct db *db, int64_t pole_id, int64_t now, struct err *err)
{
    err_code code = rows_run(db, QUERY_PLAN_ALLOW_ALL, &pole_id, 1, err);

    return code == ERR_NONE ? change_note(db, THING_ACCOUNT, 0, now, err) : code;
}

static void read_kept(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct plan_kept *)item = (struct plan_kept){row_int(stmt, 0), row_int(stmt, 1)};
}

err_code plans_kept(struct db *db, struct arena *arena, int64_t pole_id,
                    struct plan_kept **out, size_t *count, struct err *err)
{
    struct rows rows = {
        .arena = arena, .size = sizeof(struct plan_kept), .read = read_kept};
    err_code code = rows_all(&rows, db, QUERY_PLAN_KEPT, &pole_id, 1, err);

    *out = (struct plan_kept *)(void *)rows.items;
    *count = rows.count;
    return code;
}

bool plans_keep(const struct plan_kept *kept, size_t count, int64_t need_id,
                int64_t person_id)
{
    for (size_t i = 0; i < count; i++)
        if (kept[i].need_id == need_id &&
            (!kept[i].person_id || kept[i].person_id == person_id))
            return true;
    return false;
}

static void read_next(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct plan_next *)item = (struct plan_next){row_int(stmt, 0), row_int(stmt, 1)};
}

err_code plans_next(struct db *db, struct arena *arena, int64_t skill_id, int64_t now,
                    size_t most, struct plan_next **out, size_t *count, struct err *err)
{
    const int64_t parameters[] = {skill_id, now, (int64_t)most};
    struct rows rows = {
        .arena = arena, .size = sizeof(struct plan_next), .read = read_next};
    err_code code = rows_all(&rows, db, QUERY_PLAN_NEXT, parameters, 3, err);

    *out = (struct plan_next *)(void *)rows.items;
    *count = rows.count;
    return code;
}

static void read_busy(struct stmt *stmt, struct arena *arena, void *item)
{
    (void)arena;
    *(struct plan_busy *)item =
        (struct plan_busy){row_int(stmt, 0), row_int(stmt, 1), row_int(stmt, 2)};
}

err_code plans_busy(struct db *db, struct arena *arena, int64_t now,
                    struct plan_busy **out, size_t *count, struct err *err)
{
    struct rows rows = {
        .arena = arena, .size = sizeof(struct plan_busy), .read = read_busy};
    err_code code = rows_all(&rows, db, QUERY_PLAN_BUSY, &now, 1, err);

    *out = (struct plan_busy *)(void *)rows.items;
    *count = rows.count;
    return code;
}
