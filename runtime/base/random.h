/* SPDX-License-Identifier: MIT */
/* random.h - a small generator for choices that only have to differ: Marsaglia's xorshift64 with a
 * multiplied output, so that the low bits are good too. */
#ifndef WS_BASE_RANDOM_H
#define WS_BASE_RANDOM_H

#include <stdint.h>

typedef struct ws_random {
    uint64_t state; /* never 0 */
} ws_random;

static inline void ws_random_seed(ws_random *random, uint64_t seed)
{
    random->state = (seed + 1) * 0x9E3779B97F4A7C15U | 1;
}

/* A number below `bound`, which is not 0 and below 2^32. */
static inline uint32_t ws_random_below(ws_random *random, uint32_t bound)
{
    uint64_t x = random->state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    random->state = x;
    const uint32_t high = (uint32_t)((x * 0x2545F4914F6CDD1DU) >> 32);
    return (uint32_t)(((uint64_t)high * bound) >> 32);
}

#endif
