/* SPDX-License-Identifier: MIT */
/* iter_any_checks.c - how many pass, that their order stays, and when it ends. Which pass is luck.
 */
#include "par_iter/lazy/iter_any_checks.h"
#include "par_iter/lazy/iter_kit.h"

#include <par/iter_any.h>

enum { MANY = 50000 };

static const size_t lengths[] = {0, 1, 2, 100, 2048, 2049, MANY};
enum { LENGTHS = sizeof lengths / sizeof lengths[0] };

/* NULL if `n` of the numbers below `bound` come out, each once, and in their order. */
static const char *expect_some(const par_iter *it, size_t n, size_t bound)
{
    void *out = NULL;
    size_t got = 0;
    size_t counted = 0;
    const int rc = par_iter_collect_new(it, &out, &got);
    const int count_rc = par_iter_count(it, &counted);
    const uint64_t *const numbers = out;
    const char *problem = NULL;
    if (rc != 0 || count_rc != 0 || got != n || counted != n)
        problem =
            wrong("codes %d and %d, %zu and %zu came out, not %zu", rc, count_rc, got, counted, n);
    for (size_t i = 0; i < got && problem == NULL; i++) {
        if (numbers[i] >= bound || (i > 0 && numbers[i] <= numbers[i - 1]))
            problem = wrong("%llu at %zu", (unsigned long long)numbers[i], i);
    }
    free(out);
    return problem;
}

/* ---- counted ---- */

static const char *check_take(void *arg)
{
    const bool *skips = arg;
    const char *problem = NULL;
    for (size_t i = 0; i < LENGTHS * LENGTHS && problem == NULL; i++) {
        const size_t n = lengths[i / LENGTHS];
        const size_t some = lengths[i % LENGTHS];
        const size_t taken = some < n ? some : n;
        par_iter it = par_iter_range(0, n);
        if (*skips)
            par_iter_skip_any(&it, some);
        else
            par_iter_take_any(&it, some);
        problem = expect_some(&it, *skips ? n - taken : taken, n);
        if (problem != NULL)
            problem = wrong("%s; %zu of %zu", problem, some, n);
    }
    return problem;
}

const char *iter_any_takes_as_many_as_asked_for(void)
{
    return in_every_pool(check_take, &(bool){false});
}

const char *iter_any_skips_as_many_as_asked_for(void)
{
    return in_every_pool(check_take, &(bool){true});
}

/* ---- while ---- */

static bool is_below(uint64_t number, const uint64_t *bound)
{
    return number < *bound;
}

PAR_DEFINE_WHILE_CTX(below, uint64_t, uint64_t, is_below)

static bool is_one(uint64_t number)
{
    return number == 1;
}

PAR_DEFINE_WHILE(ones, uint64_t, is_one)

/* Those from the bound on may not pass, so no such comes out; nor more than there are below it. */
static const char *check_take_while(void *arg)
{
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < LENGTHS && problem == NULL; i++) {
        uint64_t bound = lengths[i];
        void *out = NULL;
        size_t n = 0;
        par_iter it = par_iter_range(0, MANY);
        par_iter_take_any_while(&it, below_while, &bound);
        const int rc = par_iter_collect_new(&it, &out, &n);
        if (rc != 0 || n > bound)
            problem = wrong("code %d, %zu came out below %zu", rc, n, (size_t)bound);
        for (size_t k = 0; k < n && problem == NULL; k++) {
            if (((uint64_t *)out)[k] >= bound ||
                (k > 0 && ((uint64_t *)out)[k] <= ((uint64_t *)out)[k - 1]))
                problem = wrong("%zu is another one", k);
        }
        free(out);
        if (problem == NULL && bound == MANY && n != MANY)
            problem = wrong("%zu of all came out", n);
        if (problem == NULL && par_num_threads() == 1 && n != bound)
            problem = wrong("on one thread %zu came out, not %zu", n, (size_t)bound);
    }
    return problem;
}

const char *iter_any_takes_until_one_may_not_pass(void)
{
    return in_every_pool(check_take_while, NULL);
}

/* All from the bound on come out, however soon they are met, and below it perhaps some. */
static const char *check_skip_while(void *arg)
{
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < LENGTHS && problem == NULL; i++) {
        uint64_t bound = lengths[i];
        void *out = NULL;
        size_t n = 0;
        par_iter it = par_iter_range(0, MANY);
        par_iter_skip_any_while(&it, below_while, &bound);
        const int rc = par_iter_collect_new(&it, &out, &n);
        const uint64_t *const numbers = out;
        if (rc != 0 || n < MANY - bound || (par_num_threads() == 1 && n != MANY - bound))
            problem = wrong("code %d, %zu came out from %zu on", rc, n, (size_t)bound);
        for (size_t k = 0; k < MANY - bound && problem == NULL; k++) {
            if (numbers[n - 1 - k] != MANY - 1 - k)
                problem = wrong("%zu from the end is another one", k);
        }
        free(out);
    }
    return problem;
}

const char *iter_any_skips_until_one_may_not_pass(void)
{
    return in_every_pool(check_skip_while, NULL);
}

static bool half_below(uint32_t *half, uint64_t number, const uint64_t *bound)
{
    *half = (uint32_t)(number / 2);
    return number < *bound;
}

PAR_DEFINE_WHILE_SOME_CTX(halves, uint32_t, uint64_t, uint64_t, half_below)

static bool half_of(uint32_t *half, uint64_t number)
{
    *half = (uint32_t)(number / 2);
    return true;
}

PAR_DEFINE_WHILE_SOME(all_halves, uint32_t, uint64_t, half_of)

static const char *check_some(void *arg)
{
    uint64_t bound = MANY / 3;
    void *out = NULL;
    size_t n = 0;
    const char *problem = NULL;
    (void)arg;
    par_iter it = par_iter_range(0, MANY);
    par_iter_while_some(&it, sizeof(uint32_t), halves_some, &bound);
    const int rc = par_iter_collect_new(&it, &out, &n);
    const uint32_t *const numbers = out;
    if (rc != 0 || n > bound || (par_num_threads() == 1 && n != bound))
        problem = wrong("code %d, %zu came out below %zu", rc, n, (size_t)bound);
    for (size_t k = 0; k < n && problem == NULL; k++) {
        if (numbers[k] > bound / 2 || (k > 0 && numbers[k] < numbers[k - 1]))
            problem = wrong("%u at %zu", numbers[k], k);
    }
    free(out);
    par_iter all = par_iter_range(0, MANY);
    par_iter_while_some(&all, sizeof(uint32_t), all_halves_some, NULL);
    if (problem == NULL && (par_iter_count(&all, &n) != 0 || n != MANY))
        problem = wrong("%zu of all came out", n);
    return problem;
}

const char *iter_any_maps_while_there_are_some(void)
{
    return in_every_pool(check_some, NULL);
}

/* ---- among others ---- */

static const char *check_among(void *arg)
{
    static uint64_t divisor = 3;
    size_t n = 0;
    (void)arg;
    par_iter it = par_iter_range(0, MANY);
    par_iter_filter(&it, kit_drop_multiples, &divisor);
    par_iter_take_any(&it, 1000);
    par_iter_skip_any(&it, 300);
    par_iter_map(&it, KIT_WORD, kit_scramble_all, NULL);
    if (par_iter_count(&it, &n) != 0 || n != 700)
        return wrong("behind a filter %zu came out, not 700", n);
    par_iter few = par_iter_range(0, MANY);
    par_iter_take_any(&few, 10);
    const par_iter rest = par_iter_range(MANY, 2 * MANY);
    par_iter both = par_iter_chain(&few, &rest);
    const char *problem = expect_some(&both, MANY + 10, 2 * MANY);
    const par_iter twice = par_iter_chain(&rest, &few);
    if (problem == NULL && (par_iter_count(&twice, &n) != 0 || n != MANY + 10))
        problem = wrong("%zu in the other chain", n);
    par_iter_take_any(&both, 20);
    if (problem == NULL)
        problem = expect_some(&both, 20, 2 * MANY);
    par_iter_rev(&few);
    return problem == NULL ? kit_refused(&few, EINVAL) : problem;
}

const char *iter_any_works_behind_filters_and_in_chains(void)
{
    return in_every_pool(check_among, NULL);
}

/* ---- codes ---- */

static ptrdiff_t fail_while(const void *in, size_t n, void *ctx)
{
    (void)in;
    (void)n;
    (void)ctx;
    return -33;
}

static ptrdiff_t fail_some(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    (void)n;
    (void)ctx;
    return -34;
}

static const char *check_codes(void *arg)
{
    par_iter its[3] = {par_iter_range(0, MANY), par_iter_range(0, MANY), par_iter_range(0, MANY)};
    (void)arg;
    par_iter_take_any_while(&its[0], fail_while, NULL);
    par_iter_skip_any_while(&its[1], fail_while, NULL);
    par_iter_while_some(&its[2], 4, fail_some, NULL);
    const char *problem = kit_fails(&its[0], -33);
    if (problem == NULL)
        problem = kit_fails(&its[1], -33);
    return problem == NULL ? kit_fails(&its[2], -34) : problem;
}

const char *iter_any_returns_the_code_of_a_function(void)
{
    return in_every_pool(check_codes, NULL);
}

const char *iter_any_refuses_bad_arguments(void)
{
    par_iter its[5];
    const char *problem = NULL;
    for (size_t i = 0; i < 5; i++)
        its[i] = par_iter_range(0, 10);
    par_iter_take_any_while(&its[0], NULL, NULL);
    par_iter_skip_any_while(&its[1], NULL, NULL);
    par_iter_while_some(&its[2], 4, NULL, NULL);
    par_iter_while_some(&its[3], 0, all_halves_some, NULL);
    par_iter_while_some(&its[4], PAR_ITER_MAX_SIZE + 1, all_halves_some, NULL);
    par_iter_take_any(NULL, 1);
    par_iter_skip_any(NULL, 1);
    par_iter_take_any_while(NULL, ones_while, NULL);
    par_iter_skip_any_while(NULL, ones_while, NULL);
    par_iter_while_some(NULL, 4, all_halves_some, NULL);
    for (size_t i = 0; i < 5 && problem == NULL; i++)
        problem = kit_refused(&its[i], EINVAL);
    return problem;
}
