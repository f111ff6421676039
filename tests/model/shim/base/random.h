/* SPDX-License-Identifier: MIT */
/* random.h - the checker's own runtime/base/random.h: chance has no memory, and always picks the
 * second of what there is. */
#ifndef MODEL_BASE_RANDOM_H
#define MODEL_BASE_RANDOM_H

#include <stdint.h>

typedef struct ws_random {
    uint64_t state;
} ws_random;

static inline void ws_random_seed(ws_random *random, uint64_t seed)
{
    (void)seed;
    random->state = 0;
}

static inline uint32_t ws_random_below(ws_random *random, uint32_t bound)
{
    (void)random;
    return bound > 1;
}

#endif
