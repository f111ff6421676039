/* SPDX-License-Identifier: MIT */
/* iter_stage_checks.c - what stages do to elements, and what is refused. */
#include "par_iter/lazy/iter_stage_checks.h"
#include "par_iter/lazy/iter_kit.h"

/* ---- results ---- */

enum { MANY = 20000 };

static uint64_t three = 3;

static const char *check_all_stages(void *arg)
{
    static const size_t some[] = {0, 1, 2, 129, 2049, MANY};
    const uint64_t *numbers = arg;
    const char *problem = NULL;
    for (size_t i = 0; i < sizeof some / sizeof some[0] && problem == NULL; i++) {
        uint64_t *const expected = malloc((2 * some[i] + 1) * sizeof *expected);
        size_t n = 0;
        for (size_t j = 0; j < some[i] && expected != NULL; j++) {
            const uint64_t number = kit_scramble(numbers[j]);
            for (uint64_t k = 0; number % 3 != 0 && k < number % 3; k++)
                expected[n++] = kit_scramble(number + k);
        }
        par_iter it = par_iter_over(numbers, KIT_WORD, some[i]);
        par_iter_map(&it, KIT_WORD, kit_scramble_all, NULL);
        par_iter_filter(&it, kit_drop_multiples, &three);
        par_iter_flat_map(&it, KIT_WORD, kit_spread, NULL);
        par_iter_inspect(&it, kit_see_nothing, NULL);
        par_iter_filter_map(&it, KIT_WORD, kit_scramble_all, NULL);
        problem = expected == NULL ? "no memory" : kit_expect(&it, KIT_WORD, expected, n);
        free(expected);
    }
    return problem;
}

const char *iter_stage_runs_one_after_the_other(void)
{
    uint64_t *const numbers = kit_numbers(MANY, 5);
    const char *problem = in_every_pool(check_all_stages, numbers);
    free(numbers);
    return problem;
}

typedef struct witness {
    atomic_size_t seen[MANY];
    atomic_size_t misused;
} witness;

static ptrdiff_t look_at_all(void *out, const void *in, size_t n, void *ctx)
{
    witness *w = ctx;
    atomic_fetch_add(&w->misused, out != NULL || n == 0);
    for (size_t i = 0; i < n; i++)
        atomic_fetch_add(&w->seen[((const uint64_t *)in)[i]], 1);
    return 0;
}

static const char *check_looks(void *arg)
{
    static witness w;
    size_t n = 0;
    (void)arg;
    memset(&w, 0, sizeof w);
    par_iter it = par_iter_range(0, MANY);
    par_iter_inspect(&it, look_at_all, &w);
    par_iter_filter(&it, kit_drop_all, NULL);
    const int rc = par_iter_count(&it, &n);
    if (rc != 0 || n != 0 || atomic_load(&w.misused) != 0)
        return wrong("code %d, %zu elements, %zu times misused", rc, n, atomic_load(&w.misused));
    for (size_t i = 0; i < MANY; i++) {
        if (atomic_load(&w.seen[i]) != 1)
            return wrong("element %zu was seen %zu times", i, atomic_load(&w.seen[i]));
    }
    return NULL;
}

const char *iter_stage_looks_at_each_element_once(void)
{
    return in_every_pool(check_looks, NULL);
}

/* ---- flat_map ---- */

enum { THOUSANDS = 5000 };

/* 0, 1 or thousands of each, in puts of different lengths. */
static size_t outputs_of(uint64_t number)
{
    return number % 7 == 0 ? THOUSANDS : number % 2;
}

static int burst(par_sink *sink, const void *in, size_t n, void *ctx)
{
    uint64_t numbers[THOUSANDS];
    int code = 0;
    (void)ctx;
    for (size_t i = 0; i < n && code == 0; i++) {
        const uint64_t number = ((const uint64_t *)in)[i];
        const size_t all = outputs_of(number);
        for (size_t j = 0; j < all; j++)
            numbers[j] = number * THOUSANDS + j;
        const size_t some = all / 3;
        code = par_sink_put(sink, numbers, some);
        if (code == 0)
            code = par_sink_put(sink, numbers + some, all - some);
    }
    return code;
}

static const char *check_bursts(void *arg)
{
    enum { ELEMENTS = 100 };
    static uint64_t expected[(ELEMENTS / 7 + 1) * THOUSANDS + ELEMENTS];
    size_t n = 0;
    (void)arg;
    for (size_t i = 0; i < ELEMENTS; i++) {
        for (size_t j = 0; j < outputs_of(i); j++)
            expected[n++] = kit_scramble(i * THOUSANDS + j);
    }
    par_iter it = par_iter_range(0, ELEMENTS);
    par_iter_flat_map(&it, KIT_WORD, burst, NULL);
    par_iter_map(&it, KIT_WORD, kit_scramble_all, NULL);
    return kit_expect(&it, KIT_WORD, expected, n);
}

const char *iter_stage_makes_none_one_or_thousands_of_one(void)
{
    return in_every_pool(check_bursts, NULL);
}

typedef struct endless {
    atomic_size_t told; /* flat_maps that were told to stop */
} endless;

/* Puts until it is told to stop. */
static int put_forever(par_sink *sink, const void *in, size_t n, void *ctx)
{
    endless *e = ctx;
    (void)n;
    int code = 0;
    while (code == 0)
        code = par_sink_put(sink, in, 1);
    atomic_fetch_add(&e->told, 1);
    return code;
}

static ptrdiff_t fail_at_once(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    (void)n;
    (void)ctx;
    return -321;
}

static ptrdiff_t find_at_once(const void *in, size_t n, bool last, void *ctx)
{
    (void)in;
    (void)n;
    (void)last;
    (void)ctx;
    return 0;
}

/* Every way in which what is behind a flat_map ends it. */
static const char *check_endless(void *arg)
{
    endless e = {0};
    uint64_t result = 0;
    (void)arg;
    par_iter it = par_iter_range(5, 1000);
    par_iter_flat_map(&it, KIT_WORD, put_forever, &e);
    if (par_iter_for_each(&it, fail_at_once, NULL) != -321 || atomic_load(&e.told) == 0)
        return "for_each did not give its code, or nobody was told";
    if (par_iter_find_any(&it, &result, NULL, find_at_once, NULL) != 0)
        return "find_any found nothing";
    if (par_iter_find_first(&it, &result, NULL, find_at_once, NULL) != 0 || result != 5)
        return wrong("find_first found %llu", (unsigned long long)result);
    par_iter_inspect(&it, fail_at_once, NULL);
    return par_iter_count(&it, &(size_t){0}) == -321 ? NULL : "inspect did not give its code";
}

const char *iter_stage_tells_a_flat_map_to_stop(void)
{
    return in_every_pool(check_endless, NULL);
}

/* ---- failures ---- */

static ptrdiff_t fail_at_number(void *out, const void *in, size_t n, void *ctx)
{
    const uint64_t *from = in;
    const uint64_t at = *(const uint64_t *)ctx;
    for (size_t i = 0; i < n; i++) {
        if (from[i] == at)
            return -1 - (ptrdiff_t)at;
    }
    if (out != NULL)
        memcpy(out, in, n * KIT_WORD);
    return out != NULL ? (ptrdiff_t)n : 0;
}

static int fail_flat(par_sink *sink, const void *in, size_t n, void *ctx)
{
    const ptrdiff_t code = fail_at_number(NULL, in, n, ctx);
    return code < 0 ? (int)code : par_sink_put(sink, in, n);
}

static const char *check_failing_stage(void *arg)
{
    enum { ELEMENTS = 300 };
    (void)arg;
    for (uint64_t at = 0; at < ELEMENTS; at++) {
        par_iter its[4];
        for (size_t i = 0; i < 4; i++)
            its[i] = par_iter_range(0, ELEMENTS);
        par_iter_map(&its[0], KIT_WORD, fail_at_number, &at);
        par_iter_filter(&its[1], fail_at_number, &at);
        par_iter_inspect(&its[2], fail_at_number, &at);
        par_iter_flat_map(&its[3], KIT_WORD, fail_flat, &at);
        for (size_t i = 0; i < 4; i++) {
            const char *problem = kit_fails(&its[i], -1 - (int)at);
            if (problem != NULL)
                return wrong("element %llu, stage %zu: %s", (unsigned long long)at, i, problem);
        }
    }
    return NULL;
}

const char *iter_stage_returns_the_code_of_a_function(void)
{
    return in_every_pool(check_failing_stage, NULL);
}

/* ---- alignment ---- */

typedef struct aligned_ctx {
    uintptr_t of; /* what blocks are aligned to */
    atomic_size_t others;
} aligned_ctx;

static ptrdiff_t copy_aligned(void *out, const void *in, size_t n, void *ctx)
{
    aligned_ctx *a = ctx;
    atomic_fetch_add(&a->others, (uintptr_t)in % a->of != 0 || (uintptr_t)out % 64 != 0);
    memcpy(out, in, n * KIT_WORD);
    return (ptrdiff_t)n;
}

/* The first stage sees the source, the others par's blocks. */
static const char *check_aligned(par_iter it, uintptr_t of)
{
    aligned_ctx first = {.of = of};
    aligned_ctx second = {.of = 64};
    size_t n = 0;
    par_iter_map(&it, KIT_WORD, copy_aligned, &first);
    par_iter_map(&it, KIT_WORD, copy_aligned, &second);
    par_iter_flat_map(&it, KIT_WORD, kit_spread, NULL);
    par_iter_map(&it, KIT_WORD, copy_aligned, &second);
    const int rc = par_iter_count(&it, &n);
    if (rc != 0 || atomic_load(&first.others) != 0 || atomic_load(&second.others) != 0)
        return wrong("code %d; %zu and %zu blocks with less alignment", rc,
                     atomic_load(&first.others), atomic_load(&second.others));
    return NULL;
}

static const char *check_alignment(void *arg)
{
    const uint64_t *numbers = arg;
    const par_iter array = par_iter_over(numbers, KIT_WORD, MANY);
    const par_iter range = par_iter_range(0, MANY);
    const par_iter gaps = par_iter_strided(numbers, KIT_WORD, 2 * KIT_WORD, MANY / 2);
    par_iter some = array;
    par_iter_filter(&some, kit_drop_multiples, &three);
    const par_iter both = par_iter_chain(&some, &range);
    const par_iter turns = par_iter_interleave(&range, &gaps);
    const char *problem = check_aligned(array, KIT_WORD);
    if (problem == NULL)
        problem = check_aligned(range, 64);
    if (problem == NULL)
        problem = check_aligned(gaps, 64);
    if (problem == NULL)
        problem = check_aligned(both, 64);
    return problem == NULL ? check_aligned(turns, 64) : problem;
}

const char *iter_stage_aligns_blocks(void)
{
    uint64_t *const numbers = kit_numbers(MANY, 6);
    const char *problem = in_every_pool(check_alignment, numbers);
    free(numbers);
    return problem;
}

/* ---- values ---- */

const char *iter_stage_takes_a_copy_as_another_iterator(void)
{
    uint64_t numbers[] = {0, 1, 2, 3, 4};
    uint64_t backwards[] = {4, 3, 2, 1, 0};
    uint64_t scrambled[5];
    for (size_t i = 0; i < 5; i++)
        scrambled[i] = kit_scramble(i);
    const par_iter it = par_iter_range(0, 5);
    par_iter one = it;
    par_iter other = it;
    par_iter_rev(&one);
    par_iter_map(&other, KIT_WORD, kit_scramble_all, NULL);
    const char *problem = kit_expect(&it, KIT_WORD, numbers, 5);
    if (problem == NULL)
        problem = kit_expect(&one, KIT_WORD, backwards, 5);
    return problem == NULL ? kit_expect(&other, KIT_WORD, scrambled, 5) : problem;
}
