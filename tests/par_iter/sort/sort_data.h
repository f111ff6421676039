/* SPDX-License-Identifier: MIT */
/* sort_data.h - what the checks of the sorts share: inputs of every shape, and items that know
 * where they came from. */
#ifndef TESTS_PAR_ITER_SORT_DATA_H
#define TESTS_PAR_ITER_SORT_DATA_H

#include "support.h"

#include <par/sort.h>

/* Its order is by key; `index` tells whether a sort was stable. */
typedef struct sort_item {
    uint32_t key;
    uint32_t index;
} sort_item;

typedef enum sort_shape {
    SORT_RANDOM,
    SORT_SORTED,
    SORT_REVERSED,
    SORT_PIPE, /* up and down again */
    SORT_FEW,
    SORT_EQUAL,
    SORT_RUNS,   /* sorted runs of all lengths */
    SORT_NEARLY, /* sorted but for a few */
    SORT_SHAPES,
} sort_shape;

/* Key i of n. Pure, but for `seed`. */
static inline uint32_t sort_key(sort_shape shape, size_t i, size_t n, uint64_t *seed)
{
    const uint32_t random = (uint32_t)random_next(seed);
    const uint32_t step = UINT32_MAX / (uint32_t)(n + 1);
    const uint32_t at = (uint32_t)i;
    switch (shape) {
    case SORT_SORTED:
        return at * step;
    case SORT_REVERSED:
        return UINT32_MAX - at * step;
    case SORT_PIPE:
        return (i < n / 2 ? at : (uint32_t)(n - i)) * step;
    case SORT_FEW:
        return random % 4 * 0x40000001U;
    case SORT_EQUAL:
        return 7;
    case SORT_RUNS:
        return at % (1 + (uint32_t)n / 7) * step;
    case SORT_NEARLY:
        return random % 100 == 0 ? random : at * step;
    case SORT_RANDOM:
    case SORT_SHAPES:
        break;
    }
    return random;
}

static inline void sort_fill(sort_item *items, size_t n, sort_shape shape)
{
    uint64_t seed = n + (uint64_t)shape;
    for (size_t i = 0; i < n; i++)
        items[i] = (sort_item){sort_key(shape, i, n, &seed), (uint32_t)i};
}

static inline int sort_compare(const void *a, const void *b, void *ctx)
{
    const uint32_t a_key = ((const sort_item *)a)->key;
    const uint32_t b_key = ((const sort_item *)b)->key;
    (void)ctx;
    return (a_key > b_key) - (a_key < b_key);
}

/* NULL if the items are the n of sort_fill, sorted; with `stable` equal ones in their old order. */
static inline const char *sort_judge(const sort_item *items, size_t n, sort_shape shape,
                                     bool stable)
{
    uint64_t seed = n + (uint64_t)shape;
    uint64_t keys = 0;
    uint64_t seen = 0;
    for (size_t i = 0; i < n; i++) {
        keys += sort_key(shape, i, n, &seed) * (uint64_t)(2 * i + 1);
        seen += items[i].key * (2 * (uint64_t)items[i].index + 1);
    }
    if (keys != seen)
        return wrong("n %zu, shape %d: not the same items", n, (int)shape);
    for (size_t i = 1; i < n; i++) {
        const sort_item a = items[i - 1];
        const sort_item b = items[i];
        if (a.key > b.key || (stable && a.key == b.key && a.index >= b.index))
            return wrong("n %zu, shape %d: item %zu stands wrongly", n, (int)shape, i);
    }
    return NULL;
}

#endif
