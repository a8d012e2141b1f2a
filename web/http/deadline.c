/* Absolute deadlines of connections. */
#include "web/http/deadline.h"

#include "base/clock.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LOOK_EVERY_MS = 250, HALF_CLOSED_S = 1 };

/* The thread that serves a connection writes what is atomic, without the lock: it does so
 * some times for each request. */
struct watched {
    struct watched *next, *before;
    int socket;
    _Atomic int64_t deadline_ms; /* 0: owes nothing now */
    atomic_bool is_resting;      /* since its last answer, and not looked at since */
    _Atomic(void *) task;
    _Atomic(pthread_t) thread; /* that set the task */
};

struct deadlines {
    pthread_mutex_t lock; /* of the list */
    pthread_t thread;
    struct watched *first;
    bool is_stopping;
};

static int64_t in_seconds(int seconds)
{
    return seconds ? clock_monotonic_ms() + (int64_t)seconds * 1000 : 0;
}

/* Who has ended her side with her request is not waited for; libmicrohttpd does not see
 * it when it came with the request. Unless her next request is here by now. */
static void look_at_rest(struct watched *watched)
{
    int64_t deadline_ms = watched->deadline_ms;
    char byte;

    if (atomic_exchange(&watched->is_resting, false) &&
        recv(watched->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0)
        atomic_compare_exchange_strong(&watched->deadline_ms, &deadline_ms,
                                       in_seconds(HALF_CLOSED_S));
}

/* Ends connections that are past their deadline, however busy they look. */
static void *watch(void *argument)
{
    struct deadlines *deadlines = argument;
    bool is_stopping = false;

    while (!is_stopping) {
        int64_t now_ms = clock_monotonic_ms();
        pthread_mutex_lock(&deadlines->lock);
        for (struct watched *each = deadlines->first; each; each = each->next) {
            int64_t deadline_ms = each->deadline_ms;
            look_at_rest(each);
            if (deadline_ms && now_ms > deadline_ms &&
                atomic_compare_exchange_strong(&each->deadline_ms, &deadline_ms, 0))
                shutdown(each->socket, SHUT_RDWR);
        }
        is_stopping = deadlines->is_stopping;
        pthread_mutex_unlock(&deadlines->lock);
        usleep(LOOK_EVERY_MS * 1000);
    }
    return NULL;
}

struct deadlines *deadlines_start(void)
{
    struct deadlines *deadlines = calloc(1, sizeof *deadlines);

    if (!deadlines)
        return NULL;
    pthread_mutex_init(&deadlines->lock, NULL);
    if (pthread_create(&deadlines->thread, NULL, watch, deadlines) == 0)
        return deadlines;
    pthread_mutex_destroy(&deadlines->lock);
    free(deadlines);
    return NULL;
}

void deadlines_stop(struct deadlines *deadlines)
{
    if (!deadlines)
        return;
    pthread_mutex_lock(&deadlines->lock);
    deadlines->is_stopping = true;
    pthread_mutex_unlock(&deadlines->lock);
    pthread_join(deadlines->thread, NULL);
    pthread_mutex_destroy(&deadlines->lock);
    free(deadlines);
}

struct watched *deadlines_add(struct deadlines *deadlines, int socket, int seconds)
{
    struct watched *watched = calloc(1, sizeof *watched);

    if (!watched)
        return NULL;
    watched->socket = socket;
    watched->deadline_ms = in_seconds(seconds);
    pthread_mutex_lock(&deadlines->lock);
    watched->next = deadlines->first;
    if (watched->next)
        watched->next->before = watched;
    deadlines->first = watched;
    pthread_mutex_unlock(&deadlines->lock);
    return watched;
}

void watched_owes(struct watched *watched, int seconds)
{
    if (watched)
        watched->deadline_ms = in_seconds(seconds);
}

void watched_busy(struct watched *watched, void *task)
{
    if (!watched)
        return;
    watched->task = task;
    watched->thread = pthread_self();
    watched->is_resting = false;
}

void *watched_task(const struct watched *watched)
{
    return watched ? watched->task : NULL;
}

int deadlines_find(struct deadlines *deadlines, bool (*is_it)(void *task))
{
    int found = -1;

    pthread_mutex_lock(&deadlines->lock);
    for (struct watched *each = deadlines->first; each && found < 0; each = each->next)
        if (each->task && pthread_equal(each->thread, pthread_self()) &&
            is_it(each->task))
            found = each->socket;
    pthread_mutex_unlock(&deadlines->lock);
    return found;
}

void watched_rest(struct watched *watched, int seconds)
{
    if (!watched)
        return;
    watched->deadline_ms = in_seconds(seconds);
    watched->is_resting = true;
}

void deadlines_remove(struct deadlines *deadlines, struct watched *watched)
{
    if (!watched)
        return;
    pthread_mutex_lock(&deadlines->lock);
    if (watched->before)
        watched->before->next = watched->next;
    else
        deadlines->first = watched->next;
    if (watched->next)
        watched->next->before = watched->before;
    pthread_mutex_unlock(&deadlines->lock);
    free(watched);
}
