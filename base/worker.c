/* A thread that does a little, waits, and does it again. */
#include "base/worker.h"

#include "base/clock.h"

#include <pthread.h>
#include <stdlib.h>

struct worker {
    worker_turn *turn;
    void *state;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t asked; /* to stop, or to take a turn */
    bool is_stopping, is_woken;
};

/* Waits; true when the thread must end. */
static bool wait_or_stop(struct worker *worker, int wait_ms)
{
    struct timespec until = clock_monotonic_in((int64_t)wait_ms * 1000);
    bool is_stopping;

    pthread_mutex_lock(&worker->lock);
    if (!worker->is_stopping && !worker->is_woken)
        pthread_cond_timedwait(&worker->asked, &worker->lock, &until);
    worker->is_woken = false;
    is_stopping = worker->is_stopping;
    pthread_mutex_unlock(&worker->lock);
    return is_stopping;
}

static void *run(void *argument)
{
    struct worker *worker = argument;
    int wait_ms = 0;

    while (!wait_or_stop(worker, wait_ms))
        wait_ms = worker->turn(worker->state);
    return NULL;
}

static void destroy(struct worker *worker)
{
    pthread_cond_destroy(&worker->asked);
    pthread_mutex_destroy(&worker->lock);
    free(worker);
}

err_code worker_start(struct worker **out, worker_turn *turn, void *state,
                      struct err *err)
{
    struct worker *worker = calloc(1, sizeof *worker);
    pthread_condattr_t monotonic;

    if (!worker)
        return err_set(err, ERR_MEMORY, "no memory for a thread");
    worker->turn = turn;
    worker->state = state;
    pthread_mutex_init(&worker->lock, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&worker->asked, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&worker->thread, NULL, run, worker) != 0) {
        destroy(worker);
        return err_set(err, ERR_MEMORY, "the system has no thread left");
    }
    *out = worker;
    return ERR_NONE;
}

void worker_wake(struct worker *worker)
{
    pthread_mutex_lock(&worker->lock);
    worker->is_woken = true;
    pthread_cond_signal(&worker->asked);
    pthread_mutex_unlock(&worker->lock);
}

void worker_stop(struct worker *worker)
{
    if (!worker)
        return;
    pthread_mutex_lock(&worker->lock);
    worker->is_stopping = true;
    pthread_cond_signal(&worker->asked);
    pthread_mutex_unlock(&worker->lock);
    pthread_join(worker->thread, NULL);
    destroy(worker);
}
