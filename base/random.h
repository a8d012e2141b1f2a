/* Chance: repeatable for plans, demonstrations and tests.
 *
 * The same seed gives the same numbers on every machine (splitmix64, Steele, Lea and Flood,
 * OOPSLA 2014). Not for secrets: see base/secret.h. */
#ifndef BASE_RANDOM_H
#define BASE_RANDOM_H

#include <stdint.h>

struct random {
    uint64_t state;
};

void random_init(struct random *random, uint64_t seed);
uint64_t random_next(struct random *random);
/* Uniform in 0 … bound-1 (0 when bound is 0). */
uint32_t random_below(struct random *random, uint32_t bound);
/* Uniform in [0, 1). */
double random_0to1(struct random *random);
/* A well-mixed 64-bit number from two: for orders that must differ from day to day. */
uint64_t random_mix(uint64_t a, uint64_t b);

#endif
