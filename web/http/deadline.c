/* Absolute deadlines of connections. */
#include "web/http/deadline.h"

#include "base/clock.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { LOOK_EVERY_MS = 250 };

struct watched {
    struct watched *next, *before;
    int socket;
    int64_t deadline_ms; /* 0: owes nothing now */
    void *task;
    pthread_t thread; /* that set the task */
};

struct deadlines {
    pthread_mutex_t lock;
    pthread_t thread;
    struct watched *first;
    bool is_stopping;
};

/* Ends connections that are past their deadline, however busy they look. */
static void *watch(void *argument)
{
    struct deadlines *deadlines = argument;
    bool is_stopping = false;

    while (!is_stopping) {
        int64_t now_ms = clock_monotonic_ms();
        pthread_mutex_lock(&deadlines->lock);
        for (struct watched *each = deadlines->first; each; each = each->next)
            if (each->deadline_ms && now_ms > each->deadline_ms) {
                shutdown(each->socket, SHUT_RDWR);
                each->deadline_ms = 0;
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
    watched->deadline_ms = clock_monotonic_ms() + (int64_t)seconds * 1000;
    pthread_mutex_lock(&deadlines->lock);
    watched->next = deadlines->first;
    if (watched->next)
        watched->next->before = watched;
    deadlines->first = watched;
    pthread_mutex_unlock(&deadlines->lock);
    return watched;
}

void deadlines_set(struct deadlines *deadlines, struct watched *watched, int seconds)
{
    if (!watched)
        return;
    pthread_mutex_lock(&deadlines->lock);
    watched->deadline_ms = seconds ? clock_monotonic_ms() + (int64_t)seconds * 1000 : 0;
    pthread_mutex_unlock(&deadlines->lock);
}

void deadlines_busy(struct deadlines *deadlines, struct watched *watched, void *task)
{
    if (!watched)
        return;
    pthread_mutex_lock(&deadlines->lock);
    watched->task = task;
    watched->thread = pthread_self();
    pthread_mutex_unlock(&deadlines->lock);
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

void deadlines_rest(struct deadlines *deadlines, struct watched *watched, int seconds)
{
    char byte;

    if (watched && recv(watched->socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT) == 0)
        seconds = 1;
    deadlines_set(deadlines, watched, seconds);
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
