/* The time, handed in. */
#include "base/clock.h"

#include <time.h>

static int64_t now_system(const struct clock *clock)
{
    (void)clock;
    return (int64_t)time(NULL);
}

static int64_t now_fixed(const struct clock *clock)
{
    return clock->fixed_at;
}

struct clock clock_system(void)
{
    return (struct clock){.now = now_system};
}

struct clock clock_fixed(int64_t at)
{
    return (struct clock){.now = now_fixed, .fixed_at = at};
}

int64_t clock_now(const struct clock *clock)
{
    return clock->now(clock);
}

int64_t clock_monotonic_us(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

int64_t clock_monotonic_ms(void)
{
    return clock_monotonic_us() / 1000;
}
