/* SPDX-License-Identifier: MIT */
/* arrange_shuffle.c - par_shuffle: each element goes to a random bucket, and each bucket is
 * shuffled. Every permutation comes from equally many outcomes: those buckets which have its first
 * elements, then those orders in them.
 *
 * H1  The random number of an element is set by the seed and its index, those of a bucket by the
 *     seed and its number. The number of buckets is set by n and the size. */
#include <par/arrange.h>
#include <par/loop.h>

#include "par_iter/base/apart.h"
#include "par_iter/base/scatter.h"
#include "par_iter/base/swap.h"

enum {
    BUCKET_BYTES = 128 * 1024, /* aimed at: fits into a second-level cache */
    BUCKET_BITS = 9,           /* of a bucket's number, at most */
};

struct shuffle {
    char *out;
    const char *in;
    size_t size;
    uint64_t seed;
    unsigned bits;
    size_t begins[(1 << BUCKET_BITS) + 1];
};

/* ---- random numbers ---- */

static const uint64_t golden = UINT64_C(0x9e3779b97f4a7c15);

/* The last step of splitmix64. */
static uint64_t mix(uint64_t z)
{
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

static uint64_t next(uint64_t *state)
{
    *state += golden;
    return mix(*state);
}

/* Below `bound`, each equally likely: Lemire, "Fast random integer generation in an interval"
 * (2019). */
static uint32_t below(uint64_t *state, uint32_t bound)
{
    uint64_t product = (next(state) >> 32) * bound;
    if ((uint32_t)product < bound) {
        const uint32_t least = (0 - bound) % bound;
        while ((uint32_t)product < least)
            product = (next(state) >> 32) * bound;
    }
    return (uint32_t)(product >> 32);
}

/* The same for a bound beyond 32 bits, which leaves a bias of less than bound / 2^64. */
static size_t index_below(uint64_t *state, size_t bound)
{
    return bound <= UINT32_MAX ? below(state, (uint32_t)bound) : (size_t)(next(state) % bound);
}

/* ---- to the buckets ---- */

static void number(uint32_t *numbers, size_t first, size_t n, const void *arg)
{
    const struct shuffle *shuffle = arg;
    for (size_t i = 0; i < n; i++) {
        const uint64_t drawn = mix(shuffle->seed + (first + i + 1) * golden);
        numbers[i] = (uint32_t)(drawn >> 32) >> (32 - shuffle->bits);
    }
}

static inline void put_sized(const struct shuffle *shuffle, size_t size, size_t *to,
                             const uint32_t *numbers, size_t first, size_t n)
{
    const char *from = shuffle->in + first * size;
    for (size_t i = 0; i < n; i++, from += size)
        memcpy(shuffle->out + to[numbers[i]]++ * size, from, size);
}

static void put(size_t *to, const uint32_t *numbers, size_t first, size_t n, const void *arg)
{
    const struct shuffle *shuffle = arg;
    if (shuffle->size == 4)
        put_sized(shuffle, 4, to, numbers, first, n);
    else if (shuffle->size == 8)
        put_sized(shuffle, 8, to, numbers, first, n);
    else
        put_sized(shuffle, shuffle->size, to, numbers, first, n);
}

/* ---- in a bucket ---- */

static inline void shuffle_sized(char *items, size_t size, size_t n, uint64_t state)
{
    for (size_t left = n; left > 1; left--)
        ws_swap(items + (left - 1) * size, items + index_below(&state, left) * size, size);
}

static int shuffle_buckets(size_t begin, size_t end, void *arg)
{
    const struct shuffle *shuffle = arg;
    const size_t size = shuffle->size;
    for (size_t bucket = begin; bucket < end; bucket++) {
        char *const items = shuffle->out + shuffle->begins[bucket] * size;
        const size_t n = shuffle->begins[bucket + 1] - shuffle->begins[bucket];
        const uint64_t state = mix(mix(shuffle->seed) + bucket);
        if (par_canceled())
            return ECANCELED;
        if (size == 4)
            shuffle_sized(items, 4, n, state);
        else if (size == 8)
            shuffle_sized(items, 8, n, state);
        else
            shuffle_sized(items, size, n, state);
    }
    return 0;
}

static int run(struct shuffle *shuffle, size_t n)
{
    const size_t buckets = (size_t)1 << shuffle->bits;
    const ws_scatter scatter = {.n = n,
                                .buckets = buckets,
                                .number = number,
                                .put = put,
                                .arg = shuffle,
                                .begins = shuffle->begins};
    const int code = ws_scatter_run(&scatter);
    return code != 0 ? code : par_try_for(0, buckets, shuffle_buckets, shuffle, NULL);
}

int par_shuffle(void *out, const void *in, size_t size, size_t n, uint64_t seed)
{
    const int code = ws_apart_code(out, size, in, size, n);
    if (code != 0 || n == 0)
        return code;
    ws_apart_check("par_shuffle", out, n * size, in, n * size);
    struct shuffle shuffle = {.out = out, .in = in, .size = size, .seed = seed, .bits = 1};
    while (shuffle.bits < BUCKET_BITS && (n * size) >> shuffle.bits > BUCKET_BYTES)
        shuffle.bits++;
    return run(&shuffle, n);
}
