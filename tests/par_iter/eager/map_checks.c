/* SPDX-License-Identifier: MIT */
/* map_checks.c - par_map gives what a serial loop gives, and the codes that it promises. */
#include "par_iter/eager/map_checks.h"
#include "par_iter/base/lengths.h"

#include <limits.h>

/* ---- results ---- */

/* What a block function is to do, and what it saw. */
typedef struct witness {
    uint64_t factor;
    atomic_size_t elements;
    atomic_size_t empty_blocks;
} witness;

static uint64_t image(uint64_t factor, uint32_t element)
{
    return factor * element + 1;
}

static ptrdiff_t images(void *out, const void *in, size_t n, void *ctx)
{
    witness *seen = ctx;
    uint64_t *to = out;
    const uint32_t *from = in;
    for (size_t i = 0; i < n; i++)
        to[i] = image(seen->factor, from[i]);
    atomic_fetch_add(&seen->elements, n);
    atomic_fetch_add(&seen->empty_blocks, n == 0);
    return (ptrdiff_t)n;
}

static const char *judge_images(const uint64_t *out, const uint32_t *in, size_t n, witness *seen)
{
    for (size_t i = 0; i < n; i++) {
        if (out[i] != image(seen->factor, in[i]))
            return wrong("element %zu of %zu is %llu", i, n, (unsigned long long)out[i]);
    }
    if (atomic_load(&seen->elements) != n || atomic_load(&seen->empty_blocks) != 0)
        return wrong("%zu of %zu elements seen, %zu empty blocks", atomic_load(&seen->elements), n,
                     atomic_load(&seen->empty_blocks));
    return NULL;
}

typedef struct arrays {
    uint32_t in[LENGTH_MAX];
    uint64_t out[LENGTH_MAX + 2]; /* one more on each side: they must stay as they are */
} arrays;

static const char *compare_length(arrays *both, size_t n)
{
    const uint64_t guard = UINT64_C(0x5a5a5a5a5a5a5a5a);
    witness seen = {.factor = n + 3};
    memset(both->out, 0x5a, sizeof both->out);
    uint64_t *out = both->out + 1;
    const int rc = par_map(out, sizeof *out, both->in, sizeof *both->in, n, images, &seen);
    if (rc != 0)
        return wrong("n %zu: returned %d", n, rc);
    if (both->out[0] != guard || out[n] != guard)
        return wrong("n %zu: written beside the array", n);
    return judge_images(out, both->in, n, &seen);
}

static const char *compare_lengths(void *arg)
{
    const char *problem = NULL;
    for (size_t i = 0; i < LENGTHS && problem == NULL; i++)
        problem = compare_length(arg, lengths[i]);
    return problem;
}

const char *map_writes_what_a_serial_loop_writes(void)
{
    arrays *both = malloc(sizeof *both);
    if (both == NULL)
        return "no memory";
    uint64_t seed = 1;
    for (size_t i = 0; i < LENGTH_MAX; i++)
        both->in[i] = (uint32_t)random_next(&seed);
    const char *problem = in_every_pool(compare_lengths, both);
    free(both);
    return problem;
}

typedef struct sizes {
    size_t out;
    size_t in;
} sizes;

/* Each byte of an element of out is the first of its element of in, plus its position. */
static ptrdiff_t spread(void *out, const void *in, size_t n, void *ctx)
{
    const sizes *size = ctx;
    unsigned char *to = out;
    const unsigned char *from = in;
    for (size_t i = 0; i < n * size->out; i++)
        to[i] = (unsigned char)(from[i / size->out * size->in] + i % size->out);
    return (ptrdiff_t)n;
}

static const char *compare_sizes(sizes size)
{
    enum { N = 1000, LARGEST = 100 };
    static unsigned char in[N * LARGEST];
    static unsigned char out[N * LARGEST];
    for (size_t i = 0; i < sizeof in; i++)
        in[i] = (unsigned char)(i * 7 + i / 256);
    const int rc = par_map(out, size.out, in, size.in, N, spread, &size);
    if (rc != 0)
        return wrong("sizes %zu from %zu: returned %d", size.out, size.in, rc);
    for (size_t i = 0; i < N * size.out; i++) {
        if (out[i] != (unsigned char)(in[i / size.out * size.in] + i % size.out))
            return wrong("sizes %zu from %zu: byte %zu differs", size.out, size.in, i);
    }
    return NULL;
}

static const char *compare_all_sizes(void *arg)
{
    static const size_t sizes_tried[] = {1, 3, 8, 100};
    enum { TRIED = sizeof sizes_tried / sizeof sizes_tried[0] };
    (void)arg;
    const char *problem = NULL;
    for (size_t i = 0; i < TRIED * TRIED && problem == NULL; i++)
        problem = compare_sizes((sizes){sizes_tried[i / TRIED], sizes_tried[i % TRIED]});
    return problem;
}

const char *map_takes_elements_of_any_size(void)
{
    return in_every_pool(compare_all_sizes, NULL);
}

/* ---- inside each other ---- */

enum { OUTER = 40, INNER = 500 };

static ptrdiff_t add_index(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        ((uint32_t *)out)[i] = ((const uint32_t *)in)[i] + 1;
    return (ptrdiff_t)n;
}

/* An element is a whole row, and its image comes from another par_map. */
static ptrdiff_t map_rows(void *out, const void *in, size_t n, void *ctx)
{
    uint32_t *to = out;
    const uint32_t *from = in;
    for (size_t i = 0; i < n; i++) {
        const size_t at = i * INNER;
        if (par_map(to + at, sizeof *to, from + at, sizeof *from, INNER, add_index, ctx) != 0)
            return -1;
    }
    return (ptrdiff_t)n;
}

static const char *compare_nested(void *arg)
{
    static uint32_t in[OUTER][INNER];
    static uint32_t out[OUTER][INNER];
    for (size_t i = 0; i < (size_t)OUTER * INNER; i++) {
        in[i / INNER][i % INNER] = (uint32_t)i;
        out[i / INNER][i % INNER] = 0;
    }
    const int rc = par_map(out, sizeof out[0], in, sizeof in[0], OUTER, map_rows, arg);
    if (rc != 0)
        return wrong("returned %d", rc);
    for (size_t i = 0; i < (size_t)OUTER * INNER; i++) {
        if (out[i / INNER][i % INNER] != i + 1)
            return wrong("element %zu of row %zu differs", i % INNER, i / INNER);
    }
    return NULL;
}

const char *map_nests(void)
{
    return in_every_pool(compare_nested, NULL);
}

/* ---- failures ---- */

typedef struct failing {
    size_t at; /* the element that makes its block fail */
    ptrdiff_t code;
} failing;

static ptrdiff_t fail_at(void *out, const void *in, size_t n, void *ctx)
{
    const failing *how = ctx;
    memcpy(out, in, n * sizeof(size_t));
    for (size_t i = 0; i < n; i++) {
        if (((const size_t *)in)[i] == how->at)
            return how->code;
    }
    return (ptrdiff_t)n;
}

static const char *fail_everywhere(void *arg)
{
    size_t in[FAIL_LENGTH];
    size_t out[FAIL_LENGTH];
    (void)arg;
    for (size_t i = 0; i < FAIL_LENGTH; i++)
        in[i] = i;
    for (size_t at = 0; at <= FAIL_LENGTH; at++) {
        failing how = {at, -1 - (ptrdiff_t)at};
        const int expected = at < FAIL_LENGTH ? (int)how.code : 0;
        const int rc = par_map(out, sizeof *out, in, sizeof *in, FAIL_LENGTH, fail_at, &how);
        if (rc != expected)
            return wrong("element %zu failed with %d, but %d was returned", at, expected, rc);
    }
    return NULL;
}

const char *map_returns_the_code_of_a_block(void)
{
    return in_every_pool(fail_everywhere, NULL);
}

static const char *fail_far(void *arg)
{
    static const ptrdiff_t codes[] = {-1, INT_MIN, (ptrdiff_t)INT_MIN - 1, PTRDIFF_MIN,
                                      -((ptrdiff_t)1 << 32)};
    const size_t in = 0;
    size_t out;
    (void)arg;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        failing how = {0, codes[i]};
        const int expected = codes[i] < INT_MIN ? INT_MIN : (int)codes[i];
        const int rc = par_map(&out, sizeof out, &in, sizeof in, 1, fail_at, &how);
        if (rc != expected)
            return wrong("%td became %d", codes[i], rc);
    }
    return NULL;
}

const char *map_never_turns_a_failure_into_success(void)
{
    return in_every_pool(fail_far, NULL);
}

static ptrdiff_t fail_nth_block(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    return fail_nth(ctx, n);
}

static const char *count_after_failure(void *arg)
{
    static char in[LENGTH_MAX];
    static char out[LENGTH_MAX];
    (void)arg;
    nth_fails state = {.nth = 1};
    const int rc = par_map(out, 1, in, 1, LENGTH_MAX, fail_nth_block, &state);
    return judge_nth_fails(&state, rc);
}

const char *map_begins_no_block_after_a_failure(void)
{
    return in_every_pool(count_after_failure, NULL);
}

/* ---- arguments ---- */

static ptrdiff_t never(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    (void)n;
    *(bool *)ctx = true;
    return -1;
}

const char *map_refuses_bad_arguments(void)
{
    bool called = false;
    char a[2];
    char b[2];
    const struct {
        void *out;
        size_t out_size;
        const void *in;
        size_t in_size;
        size_t n;
        par_block_fn *fn;
        int code;
    } calls[] = {
        {a, 1, b, 1, 1, NULL, EINVAL},
        {a, 1, b, 1, 0, NULL, EINVAL},
        {NULL, 1, b, 1, 1, never, EINVAL},
        {a, 1, NULL, 1, 1, never, EINVAL},
        {a, 0, b, 1, 1, never, EINVAL},
        {a, 1, b, 0, 1, never, EINVAL},
        {NULL, 1, NULL, 1, SIZE_MAX, never, EINVAL},
        {a, 1, b, 1, SIZE_MAX, never, EOVERFLOW},
        {a, 4, b, 1, SIZE_MAX / 4 + 2, never, EOVERFLOW},
        {a, 1, b, 4, SIZE_MAX / 4 + 2, never, EOVERFLOW},
        {a, SIZE_MAX / 2 + 1, b, 1, 1, never, EOVERFLOW},
        {a, 1, b, 1, 0, never, 0},
        {NULL, 1, NULL, 1, 0, never, 0},
    };
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        const int rc = par_map(calls[i].out, calls[i].out_size, calls[i].in, calls[i].in_size,
                               calls[i].n, calls[i].fn, &called);
        if (rc != calls[i].code)
            return wrong("call %zu returned %d, not %d", i, rc, calls[i].code);
    }
    return called ? "a block function was called" : NULL;
}
