/* A thread that keeps the index equal to the records until stopped. */
#include "exchange/action/index_sync.h"

#include "base/clock.h"
#include "base/log.h"
#include "store/change.h"

#include <pthread.h>
#include <stdlib.h>

enum {
    LOOK_EVERY_MS = 50,          /* how often the change log is looked at */
    AFTER_TROUBLE_MS = 2000,
    REBUILD_EVERY_S = 24 * 3600 /* cards age and sessions pass without any change */
};

struct index_worker {
    const struct config *config;
    struct db *db;
    int64_t (*now)(void *state);
    void *now_state;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t stop_asked;
    bool is_stopping;
    int64_t seen;       /* the last change known to be in the index */
    int64_t rebuilt_at;
};

/* Waits; true when the thread must end. */
static bool wait_or_stop(struct index_worker *worker, int wait_ms)
{
    struct timespec until;
    bool is_stopping;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += (long)(wait_ms % 1000) * 1000000;
    until.tv_sec += wait_ms / 1000 + until.tv_nsec / 1000000000;
    until.tv_nsec %= 1000000000;
    pthread_mutex_lock(&worker->lock);
    if (!worker->is_stopping)
        pthread_cond_timedwait(&worker->stop_asked, &worker->lock, &until);
    is_stopping = worker->is_stopping;
    pthread_mutex_unlock(&worker->lock);
    return is_stopping;
}

static err_code look(struct index_worker *worker, struct err *err)
{
    int64_t now = worker->now(worker->now_state), last, applied = 0;
    err_code code;

    if (now - worker->rebuilt_at >= REBUILD_EVERY_S) {
        code = index_rebuild(worker->config, worker->db, now, NULL, err);
        if (code == ERR_NONE)
            worker->rebuilt_at = now;
        return code;
    }
    code = change_last(worker->db, &last, err);
    if (code != ERR_NONE || last == worker->seen)
        return code;
    code = index_catch_up(worker->config, worker->db, now, NULL, &applied, err);
    if (code == ERR_NONE)
        worker->seen = last; /* read before: what came meanwhile is looked at again */
    return code;
}

static void *run(void *argument)
{
    struct index_worker *worker = argument;
    int wait_ms = 0;

    while (!wait_or_stop(worker, wait_ms)) {
        struct err err = {0};
        err_code code = look(worker, &err);
        wait_ms = code == ERR_NONE ? LOOK_EVERY_MS : AFTER_TROUBLE_MS;
        if (code != ERR_NONE && code != ERR_BUSY)
            log_line(LOG_ERROR, "index", "error", err.text, NULL);
    }
    return NULL;
}

err_code index_worker_start(struct index_worker **out, const struct config *config,
                            const char *address, int64_t (*now)(void *state),
                            void *now_state, struct err *err)
{
    struct index_worker *worker = calloc(1, sizeof *worker);
    pthread_condattr_t attributes;
    err_code code;

    if (!worker)
        return err_set(err, ERR_MEMORY, "no memory for the index worker");
    code = db_open(&worker->db, address, DB_READ, err);
    if (code != ERR_NONE) {
        free(worker);
        return code;
    }
    worker->config = config;
    worker->now = now;
    worker->now_state = now_state;
    worker->seen = -1;
    worker->rebuilt_at = now(now_state);
    pthread_mutex_init(&worker->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&worker->stop_asked, &attributes);
    pthread_condattr_destroy(&attributes);
    if (pthread_create(&worker->thread, NULL, run, worker) != 0) {
        db_close(worker->db);
        free(worker);
        return err_set(err, ERR_BUSY, "the index worker cannot start: too many threads");
    }
    *out = worker;
    return ERR_NONE;
}

void index_worker_stop(struct index_worker *worker)
{
    if (!worker)
        return;
    pthread_mutex_lock(&worker->lock);
    worker->is_stopping = true;
    pthread_cond_signal(&worker->stop_asked);
    pthread_mutex_unlock(&worker->lock);
    pthread_join(worker->thread, NULL);
    pthread_cond_destroy(&worker->stop_asked);
    pthread_mutex_destroy(&worker->lock);
    db_close(worker->db);
    free(worker);
}
