/* A thread that keeps the index equal to the records until stopped. */
#include "exchange/action/index_sync.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/worker.h"
#include "store/change.h"

#include <stdlib.h>

enum {
    LOOK_EVERY_MS = 50, /* what other programs write is looked for */
    LOOK_LEAST_MS = 20, /* between two commits: a search reads on through one of them */
    AFTER_TROUBLE_MS = 2000,
    LOOK_AT_LEAST_S = 3600 /* without any change, whether the index is of yesterday */
};

struct index_worker {
    const struct config *config;
    struct db *db;
    int64_t (*now)(void *state);
    void *now_state;
    struct worker *thread;
    int64_t seen; /* the last change known to be in the index */
    int64_t looked_at;
    int64_t done_ms; /* when it caught up last, by the clock of clock_monotonic_ms */
};

static err_code look(struct index_worker *worker, struct err *err)
{
    int64_t now = worker->now(worker->now_state), last, applied = 0;
    err_code code;

    code = change_last(worker->db, &last, err);
    if (code != ERR_NONE ||
        (last == worker->seen && now - worker->looked_at < LOOK_AT_LEAST_S))
        return code;
    code = index_catch_up(worker->config, worker->db, now, NULL, &applied, err);
    if (code == ERR_NONE) {
        worker->seen = last; /* read before: what came meanwhile is looked at again */
        worker->looked_at = now;
    }
    return code;
}

static int turn(void *state)
{
    struct index_worker *worker = state;
    int64_t early_ms = worker->done_ms + LOOK_LEAST_MS - clock_monotonic_ms();
    struct err err = {0};
    err_code code;

    if (early_ms > 0)
        return (int)early_ms;
    code = look(worker, &err);
    worker->done_ms = clock_monotonic_ms();
    if (code != ERR_NONE && code != ERR_BUSY)
        log_line(LOG_ERROR, "index", "error", err.text, NULL);
    return code == ERR_NONE ? LOOK_EVERY_MS : AFTER_TROUBLE_MS;
}

err_code index_worker_start(struct index_worker **out, const struct config *config,
                            const char *address, int64_t (*now)(void *state),
                            void *now_state, struct err *err)
{
    struct index_worker *worker = calloc(1, sizeof *worker);
    err_code code;

    if (!worker)
        return err_set(err, ERR_MEMORY, "no memory for the index worker");
    worker->config = config;
    worker->now = now;
    worker->now_state = now_state;
    worker->seen = -1;
    code = db_open(&worker->db, address, DB_READ, err);
    if (code == ERR_NONE)
        code = worker_start(&worker->thread, turn, worker, err);
    if (code != ERR_NONE) {
        db_close(worker->db);
        free(worker);
        return code;
    }
    *out = worker;
    return ERR_NONE;
}

void index_worker_wake(void *worker)
{
    struct index_worker *self = worker;

    worker_wake(self->thread);
}

void index_worker_stop(struct index_worker *worker)
{
    if (!worker)
        return;
    worker_stop(worker->thread);
    db_close(worker->db);
    free(worker);
}
