/* A thread that does a little, waits, and does it again, until stopped. */
#ifndef BASE_WORKER_H
#define BASE_WORKER_H

#include "base/err.h"

struct worker;

/* Does what there is to do; returns how many milliseconds to wait before the next time.
 */
typedef int worker_turn(void *state);

/* ERR_MEMORY when there is no thread to be had. `state` is borrowed until worker_stop. */
MUST_USE err_code worker_start(struct worker **out, worker_turn *turn, void *state,
                               struct err *err);
/* The next turn comes at once, or as soon as the one in hand has ended. From any thread. */
void worker_wake(struct worker *worker);
/* Lets the turn in hand end, then frees. Accepts NULL. */
void worker_stop(struct worker *worker);

#endif
