/* Accepting connections. */
#include "web/http/door.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { FULL_MS = 20 }; /* until it is looked again whether there is room */

struct door {
    int listening, closing; /* closing: an eventfd */
    struct door_owner owner;
    pthread_t thread;
};

/* False when nobody waits, or nobody can be accepted now. */
static bool take_one(struct door *door)
{
    struct sockaddr_storage address;
    socklen_t length = sizeof address;
    int taken = accept4(door->listening, (struct sockaddr *)&address, &length,
                        SOCK_CLOEXEC | SOCK_NONBLOCK);

    if (taken < 0)
        return errno == EINTR || errno == ECONNABORTED;
    door->owner.take(door->owner.state, taken, (struct sockaddr *)&address, length);
    return true;
}

static void *stand(void *argument)
{
    struct door *door = argument;
    struct pollfd waiting[] = {{.fd = door->closing, .events = POLLIN},
                               {.fd = door->listening, .events = POLLIN}};

    for (;;) {
        bool has_room = door->owner.has_room(door->owner.state);
        waiting[1].events = has_room ? POLLIN : 0;
        if (poll(waiting, 2, has_room ? -1 : FULL_MS) < 0 && errno != EINTR)
            poll(NULL, 0, FULL_MS);
        if (waiting[0].revents)
            return NULL;
        if (!(waiting[1].revents & POLLIN))
            continue;
        if (!take_one(door)) /* of no more files the system tells at once, each time */
            poll(NULL, 0, errno == EAGAIN ? 0 : FULL_MS);
    }
}

struct door *door_open(int listening, const struct door_owner *owner)
{
    struct door *door = calloc(1, sizeof *door);
    int flags = fcntl(listening, F_GETFL);

    if (!door)
        return NULL;
    *door = (struct door){.listening = listening, .owner = *owner};
    door->closing = eventfd(0, EFD_CLOEXEC);
    if (door->closing >= 0 && flags >= 0 &&
        fcntl(listening, F_SETFL, flags | O_NONBLOCK) == 0 &&
        pthread_create(&door->thread, NULL, stand, door) == 0)
        return door;
    if (door->closing >= 0)
        close(door->closing);
    free(door);
    return NULL;
}

void door_close(struct door *door)
{
    if (!door)
        return;
    (void)eventfd_write(door->closing, 1);
    pthread_join(door->thread, NULL);
    while (take_one(door))
        ;
    close(door->closing);
    free(door);
}
