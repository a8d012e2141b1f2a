/* The time, handed in.
 *
 * Nothing below cli/ and web/http/ asks the system for the time: it is given a clock or a
 * `now`, so that ninety days play in a test in seconds. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

struct clock {
    int64_t (*now)(const struct clock *clock); /* seconds since 1970 UTC */
    int64_t fixed_at;                          /* used by clock_fixed only */
};

struct clock clock_system(void);
struct clock clock_fixed(int64_t at);
int64_t clock_now(const struct clock *clock);

/* Milliseconds (or microseconds) from an arbitrary start that never jumps: for durations. */
int64_t clock_monotonic_ms(void);
int64_t clock_monotonic_us(void);

#endif
