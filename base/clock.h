/* The time, asked in cli/ and web/http/ only: all below them is given a `now`, so that
 * ninety days play in a test in seconds. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>
#include <time.h>

int64_t clock_now(void); /* seconds since 1970 UTC */

/* Milliseconds (or microseconds) from an arbitrary start that never jumps: for durations.
 */
int64_t clock_monotonic_ms(void);
int64_t clock_monotonic_us(void);
/* That clock in so many microseconds: until when to wait. */
struct timespec clock_monotonic_in(int64_t us);

#endif
