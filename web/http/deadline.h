/* Absolute deadlines of connections, which libmicrohttpd does not have: it counts
 * inactivity only, so that a client that sends a byte now and then would stay for ever.
 */
#ifndef WEB_HTTP_DEADLINE_H
#define WEB_HTTP_DEADLINE_H

#include <stdbool.h>

struct deadlines;
struct watched; /* a connection */

/* Starts the thread that ends connections past their deadline; NULL when it cannot. */
struct deadlines *deadlines_start(void);
void deadlines_stop(struct deadlines *deadlines); /* accepts NULL */

/* A new connection on `socket` that owes something within `seconds`. NULL: not watched.
 */
struct watched *deadlines_add(struct deadlines *deadlines, int socket, int seconds);
/* These are for the one thread that serves the connection; `watched` may be NULL. */
/* 0 seconds: it owes nothing now. */
void watched_owes(struct watched *watched, int seconds);
/* What the connection is busy with, NULL at first. */
void watched_busy(struct watched *watched, void *task);
void *watched_task(const struct watched *watched);
/* The connection owes its next request within `seconds`, and within one when the client
 * has ended her side, which libmicrohttpd does not see when it came with the request. */
void watched_rest(struct watched *watched, int seconds);
/* The socket of the connection that this thread serves whose task `is_it` knows, -1 when
 * there is none. Goes through all of them. */
int deadlines_find(struct deadlines *deadlines, bool (*is_it)(void *task));
void deadlines_remove(struct deadlines *deadlines, struct watched *watched);

#endif
