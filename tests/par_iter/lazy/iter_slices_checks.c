/* SPDX-License-Identifier: MIT */
/* iter_slices_checks.c - slices from the end, and between neighbours that are strangers. */
#include "par_iter/lazy/iter_slices_checks.h"
#include "par_iter/lazy/iter_kit.h"

#include <par/iter_slices.h>

enum { MANY = 20000 };

static bool is_near(uint64_t a, uint64_t b)
{
    return a / 16 == b / 16;
}

PAR_DEFINE_CHUNK_BY(near, uint64_t, is_near)

static bool is_within(uint64_t a, uint64_t b, const uint64_t *most)
{
    return b - a <= *most;
}

PAR_DEFINE_CHUNK_BY_CTX(within, uint64_t, uint64_t, is_within)

/* NULL if exactly these slices come out. */
static const char *expect_slices(const par_iter *it, const par_slice *expected, size_t n_expected)
{
    void *out = NULL;
    size_t n = 0;
    size_t counted = 0;
    const int rc = par_iter_collect_new(it, &out, &n);
    const int count_rc = par_iter_count(it, &counted);
    const par_slice *const got = out;
    const char *problem = NULL;
    if (rc != 0 || n != n_expected || count_rc != 0 || counted != n)
        problem = wrong("code %d, %zu slices, %zu counted, not %zu", rc, n, counted, n_expected);
    for (size_t i = 0; i < n && problem == NULL; i++) {
        if (got[i].base != expected[i].base || got[i].n != expected[i].n ||
            got[i].index != expected[i].index)
            problem = wrong("slice %zu has %zu elements from %zu on", i, got[i].n, got[i].index);
    }
    free(out);
    return problem;
}

/* ---- from the end ---- */

static size_t cut_from_the_end(par_slice *slices, const char *base, size_t size, size_t n,
                               size_t chunk, bool exact)
{
    size_t count = 0;
    while (n > 0 && !(exact && n < chunk)) {
        const size_t length = n < chunk ? n : chunk;
        n -= length;
        slices[count++] = (par_slice){base + n * size, length, n};
    }
    return count;
}

static const char *check_rchunks(void *arg)
{
    static const size_t lengths[] = {0, 1, 2, 7, 8, 9, 1000, MANY};
    static const size_t chunks[] = {1, 2, 3, 8, 999, MANY, SIZE_MAX};
    static char bytes[3 * MANY];
    static par_slice expected[MANY];
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < 8 * 7 * 2 && problem == NULL; i++) {
        const size_t n = lengths[i % 8];
        const size_t chunk = chunks[i / 8 % 7];
        const bool exact = i >= 56;
        par_iter it = exact ? par_iter_rchunks_exact(bytes, 3, n, chunk)
                            : par_iter_rchunks(bytes, 3, n, chunk);
        size_t length = 0;
        const size_t count = cut_from_the_end(expected, bytes, 3, n, chunk, exact);
        problem = expect_slices(&it, expected, count);
        if (problem == NULL && (!par_iter_length(&it, &length) || length != count))
            problem = "another length";
        par_iter_skip(&it, 1);
        if (problem == NULL && count > 0)
            problem = expect_slices(&it, expected + 1, count - 1);
        if (problem != NULL)
            problem = wrong("%s; n %zu in chunks of %zu", problem, n, chunk);
    }
    return problem;
}

const char *iter_slices_cuts_from_the_end(void)
{
    return in_every_pool(check_rchunks, NULL);
}

static const char *check_remainder(const par_iter *it, const void *base, size_t n, size_t index)
{
    const par_slice rest = par_iter_remainder(it);
    if (rest.base != base || rest.n != n || rest.index != index)
        return wrong("%zu from %zu on, not %zu from %zu", rest.n, rest.index, n, index);
    return NULL;
}

const char *iter_slices_knows_remainders(void)
{
    static uint32_t x[10];
    par_iter its[] = {par_iter_chunks_exact(x, 4, 10, 4), par_iter_rchunks_exact(x, 4, 10, 4),
                      par_iter_chunks_exact(x, 4, 8, 4),  par_iter_rchunks_exact(x, 4, 3, 4),
                      par_iter_chunks(x, 4, 10, 4),       par_iter_over(x, 4, 10)};
    const char *problem = check_remainder(&its[0], x + 8, 2, 8);
    if (problem == NULL)
        problem = check_remainder(&its[1], x, 2, 0);
    if (problem == NULL)
        problem = check_remainder(&its[2], x + 8, 0, 8);
    if (problem == NULL)
        problem = check_remainder(&its[3], x, 3, 0);
    if (problem == NULL)
        problem = check_remainder(&its[4], NULL, 0, 0);
    if (problem == NULL)
        problem = check_remainder(&its[5], NULL, 0, 0);
    par_iter_take(&its[0], 1);
    par_iter_rev(&its[0]);
    par_iter_inspect(&its[0], kit_see_nothing, NULL);
    return problem == NULL ? check_remainder(&its[0], x + 8, 2, 8) : problem;
}

/* ---- between strangers ---- */

static size_t cut_between(par_slice *slices, const uint64_t *x, size_t n)
{
    size_t count = 0;
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && is_near(x[i - 1], x[i]))
            slices[count - 1].n++;
        else
            slices[count++] = (par_slice){x + i, 1, i};
    }
    return count;
}

/* Numbers that stay near for about `length` elements. */
static void walk(uint64_t *x, size_t n, size_t length, uint64_t seed)
{
    uint64_t at = 0;
    for (size_t i = 0; i < n; i++) {
        if (random_below(&seed, length) == 0)
            at += 16;
        x[i] = at + random_below(&seed, 16);
    }
}

static const char *check_chunk_by(void *arg)
{
    static const size_t lengths[] = {0, 1, 2, 3, 127, 128, 129, 5000, MANY};
    static uint64_t x[MANY];
    static par_slice expected[MANY];
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < 9 * 5 && problem == NULL; i++) {
        const size_t n = lengths[i % 9];
        const size_t length = i / 9 == 0 ? 1 : (size_t)1 << (3 * (i / 9));
        walk(x, n, length, i + 1);
        const size_t count = cut_between(expected, x, n);
        par_iter it = near(x, n);
        problem = expect_slices(&it, expected, count);
        par_iter_pieces(&it, 0, 3, 0);
        if (problem == NULL)
            problem = expect_slices(&it, expected, count);
        if (problem != NULL)
            problem = wrong("%s; n %zu, about %zu in each", problem, n, length);
    }
    return problem;
}

const char *iter_slices_cuts_between_strangers(void)
{
    return in_every_pool(check_chunk_by, NULL);
}

static ptrdiff_t add_up(void *out, const void *in, size_t n, void *ctx)
{
    const par_slice *const slices = in;
    atomic_size_t *const sum = ctx;
    (void)out;
    for (size_t i = 0; i < n; i++)
        atomic_fetch_add(sum, slices[i].n * 1000003 + slices[i].index);
    return 0;
}

/* Counts what is looked at: as far as the border that is found. */
typedef struct looker {
    atomic_size_t looked_at;
} looker;

static ptrdiff_t look_near(const void *in, size_t n, void *ctx)
{
    looker *const seen = ctx;
    const ptrdiff_t found = near_border(in, n, NULL);
    atomic_fetch_add(&seen->looked_at, (size_t)found < n ? (size_t)found + 1 : n);
    return found;
}

static const char *check_looks(void *arg)
{
    static uint64_t x[MANY];
    (void)arg;
    for (size_t length = 10; length <= MANY; length *= 10) {
        looker seen = {0};
        size_t n = 0;
        const par_iter it = par_iter_chunk_by(x, KIT_WORD, MANY, look_near, &seen);
        walk(x, MANY, length, length);
        if (par_iter_count(&it, &n) != 0 || atomic_load(&seen.looked_at) > 2 * MANY)
            return wrong("%zu elements were looked at", atomic_load(&seen.looked_at));
    }
    return NULL;
}

const char *iter_slices_looks_twice_at_most(void)
{
    return in_every_pool(check_looks, NULL);
}

static const char *check_long(void *arg)
{
    static uint64_t x[MANY];
    const uint64_t most = 1;
    par_iter it = within(x, MANY, &most);
    (void)arg;
    for (size_t i = 0; i < MANY; i++)
        x[i] = i;
    const par_slice all = {x, MANY, 0};
    const char *problem = expect_slices(&it, &all, 1);
    for (size_t i = 0; i < MANY; i++)
        x[i] = 2 * i;
    size_t n = 0;
    atomic_size_t sum = 0;
    size_t expected = 0;
    for (size_t i = 0; i < MANY; i++)
        expected += 1000003 + i;
    if (problem == NULL && (par_iter_count(&it, &n) != 0 || n != MANY))
        problem = wrong("%zu slices of one", n);
    if (problem == NULL &&
        (par_iter_for_each(&it, add_up, &sum) != 0 || atomic_load(&sum) != expected))
        problem = "for_each saw others";
    return problem;
}

const char *iter_slices_finds_long_slices_once(void)
{
    return in_every_pool(check_long, NULL);
}

static ptrdiff_t lengths_of(void *out, const void *in, size_t n, void *ctx)
{
    const par_slice *const slices = in;
    uint64_t *const to = out;
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        to[i] = slices[i].n;
    return (ptrdiff_t)n;
}

static ptrdiff_t find_start(const void *in, size_t n, bool last, void *ctx)
{
    const par_slice *const slices = in;
    const size_t wanted = *(const size_t *)ctx;
    (void)last;
    for (size_t i = 0; i < n; i++) {
        if (slices[i].index >= wanted)
            return (ptrdiff_t)i;
    }
    return (ptrdiff_t)n;
}

/* With a stage, in a chain, in a search, and where positions are needed. */
static const char *check_calls(void *arg)
{
    static uint64_t x[MANY];
    static par_slice slices[MANY];
    uint64_t sum = 0;
    size_t at = MANY / 2;
    par_slice found = {NULL, 0, 0};
    (void)arg;
    walk(x, MANY, 20, 9);
    const size_t n = cut_between(slices, x, MANY);
    size_t first = 0;
    while (slices[first].index < at)
        first++;
    par_iter it = near(x, MANY);
    if (par_iter_find_first(&it, &found, NULL, find_start, &at) != 0 ||
        found.base != slices[first].base)
        return "found another slice";
    par_iter twice = par_iter_chain(&it, &it);
    size_t counted = 0;
    if (par_iter_count(&twice, &counted) != 0 || counted != 2 * n)
        return wrong("%zu slices in a chain, not %zu", counted, 2 * n);
    par_iter_map(&it, KIT_WORD, lengths_of, NULL);
    if (par_iter_reduce(&it, &sum, sizeof sum, kit_add, kit_add_up, NULL) != 0 || sum != MANY)
        return wrong("%zu elements in all slices", (size_t)sum);
    par_iter_rev(&it);
    return kit_refused(&it, EINVAL);
}

const char *iter_slices_serves_every_call(void)
{
    return in_every_pool(check_calls, NULL);
}

static ptrdiff_t fail_border(const void *in, size_t n, void *ctx)
{
    (void)in;
    (void)n;
    (void)ctx;
    return -42;
}

static const char *check_codes(void *arg)
{
    static uint64_t x[MANY];
    const par_iter it = par_iter_chunk_by(x, KIT_WORD, MANY, fail_border, NULL);
    const par_iter one = par_iter_chunk_by(x, KIT_WORD, 1, fail_border, NULL);
    const par_slice first = {x, 1, 0};
    (void)arg;
    const char *problem = kit_fails(&it, -42);
    return problem == NULL ? expect_slices(&one, &first, 1) : problem;
}

const char *iter_slices_returns_the_code_of_a_border(void)
{
    return in_every_pool(check_codes, NULL);
}

const char *iter_slices_refuses_bad_arguments(void)
{
    static uint64_t x[4];
    const par_iter its[] = {par_iter_rchunks(x, 8, 4, 0),
                            par_iter_rchunks_exact(x, 8, 4, 0),
                            par_iter_rchunks(NULL, 8, 4, 1),
                            par_iter_rchunks(x, 0, 4, 1),
                            par_iter_chunk_by(x, 8, 4, NULL, NULL),
                            par_iter_chunk_by(NULL, 8, 4, near_border, NULL),
                            par_iter_chunk_by(x, 0, 4, near_border, NULL)};
    const par_iter large = par_iter_chunk_by(x, 8, SIZE_MAX, near_border, NULL);
    const char *problem = kit_refused(&large, EOVERFLOW);
    for (size_t i = 0; i < sizeof its / sizeof its[0] && problem == NULL; i++)
        problem = kit_refused(&its[i], EINVAL);
    return problem;
}
