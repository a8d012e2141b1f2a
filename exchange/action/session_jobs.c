/* What becomes of sessions by itself: seats held and passed on. */
#include "exchange/action/jobs.h"
#include "exchange/action/session_register.h"
#include "store/session_life.h"

struct turning {
    struct ctx *ctx;
    int64_t session_id;
};

static err_code write_turn(struct db *db, void *argument, struct err *err)
{
    struct turning *turning = argument;

    return session_seats_turn(db, turning->ctx, turning->session_id, err);
}

err_code job_seats(struct ctx *ctx, struct err *err)
{
    int64_t *ids = NULL;
    size_t count = 0;
    err_code code =
        sessions_due(ctx->db, ctx->arena, DUE_SEATS, ctx->now, &ids, &count, err);

    for (size_t i = 0; code == ERR_NONE && i < count; i++)
        code = writer_do(ctx->writer, write_turn, &(struct turning){ctx, ids[i]}, err);
    return code;
}
