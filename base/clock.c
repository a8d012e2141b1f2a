/* The time. */
#include "base/clock.h"

int64_t clock_now(void)
{
    return (int64_t)time(NULL);
}

int64_t clock_monotonic_us(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (int64_t)time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

struct timespec clock_monotonic_in(int64_t us)
{
    int64_t at = clock_monotonic_us() + us;

    return (struct timespec){.tv_sec = at / 1000000, .tv_nsec = at % 1000000 * 1000};
}

int64_t clock_monotonic_ms(void)
{
    return clock_monotonic_us() / 1000;
}
