/* Where connections come in: one thread accepts them all and hands each on. Servers whose
 * threads accept for themselves leave it to chance how many each gets, and some then wait
 * twice as long as others. */
#ifndef WEB_HTTP_DOOR_H
#define WEB_HTTP_DOOR_H

#include <stdbool.h>
#include <sys/socket.h>

struct door;
struct door_owner {
    /* While false, nobody is accepted: they wait in the system's queue. */
    bool (*has_room)(void *state);
    /* Takes over `socket`, non-blocking and closed on exec. */
    void (*take)(void *state, int socket, const struct sockaddr *address,
                 socklen_t length);
    void *state;
};

/* Accepts from `listening`, which stays the caller's. NULL when the thread cannot start.
 */
struct door *door_open(int listening, const struct door_owner *owner);
/* Hands on those whom the system has accepted already, whether there is room or not, and
 * ends. Accepts NULL. */
void door_close(struct door *door);

#endif
