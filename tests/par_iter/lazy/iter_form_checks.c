/* SPDX-License-Identifier: MIT */
/* iter_form_checks.c - update, positions, intersperse, interleave_shortest and fold_chunks, against
 * loops. */
#include "par_iter/lazy/iter_form_checks.h"
#include "par_iter/lazy/iter_kit.h"

#include <par/typed_find.h>

enum { MANY = 20000 };

static const size_t lengths[] = {0, 1, 2, 3, 127, 128, 129, 2048, 2049, MANY};
enum { LENGTHS = sizeof lengths / sizeof lengths[0] };

/* ---- update ---- */

static void add_one(uint64_t *number)
{
    *number += 1;
}

PAR_DEFINE_FOR_EACH(increments, uint64_t, add_one)

static const char *check_update(void *arg)
{
    static uint64_t expected[MANY];
    uint64_t *const numbers = kit_numbers(MANY, 1);
    uint64_t *const before = kit_numbers(MANY, 1);
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < LENGTHS && problem == NULL; i++) {
        par_iter it = par_iter_over(numbers, KIT_WORD, lengths[i]);
        par_iter_update(&it, increments_block, NULL);
        par_iter_map(&it, KIT_WORD, kit_scramble_all, NULL);
        par_iter_update(&it, increments_block, NULL);
        par_iter_rev(&it);
        for (size_t k = 0; k < lengths[i]; k++)
            expected[lengths[i] - 1 - k] = kit_scramble(before[k] + 1) + 1;
        problem = kit_expect(&it, KIT_WORD, expected, lengths[i]);
    }
    if (problem == NULL && memcmp(numbers, before, MANY * KIT_WORD) != 0)
        problem = "changed the array";
    free(numbers);
    free(before);
    return problem;
}

const char *iter_update_changes_copies(void)
{
    return in_every_pool(check_update, NULL);
}

/* ---- positions ---- */

static bool ends_low(uint64_t number)
{
    return number % 8 < 3;
}

PAR_DEFINE_FIND(low, uint64_t, ends_low)

static const char *check_positions(void *arg)
{
    static uint64_t expected[MANY];
    uint64_t *const numbers = kit_numbers(MANY, 4);
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < LENGTHS && problem == NULL; i++) {
        size_t n = 0;
        par_iter it = par_iter_over(numbers, KIT_WORD, lengths[i]);
        par_iter_positions(&it, low_find, NULL);
        for (size_t k = 0; k < lengths[i]; k++) {
            if (ends_low(numbers[k]))
                expected[n++] = k;
        }
        problem = kit_expect(&it, sizeof(size_t), expected, n);
    }
    free(numbers);
    return problem;
}

const char *iter_positions_are_those_of_what_is_found(void)
{
    return in_every_pool(check_positions, NULL);
}

static const char *check_moved(void *arg)
{
    static uint64_t expected[MANY];
    size_t n = 0;
    (void)arg;
    par_iter it = par_iter_range(0, MANY);
    par_iter_rev(&it);
    par_iter_skip(&it, 10);
    par_iter_step_by(&it, 3);
    for (size_t k = 0; k < (MANY - 10 + 2) / 3; k++) {
        if (ends_low(MANY - 1 - 10 - 3 * k))
            expected[n++] = k;
    }
    par_iter_positions(&it, low_find, NULL);
    const char *problem = kit_expect(&it, sizeof(size_t), expected, n);
    par_iter_take(&it, 1);
    return problem == NULL ? kit_refused(&it, EINVAL) : problem;
}

const char *iter_positions_follow_moves(void)
{
    return in_every_pool(check_moved, NULL);
}

/* ---- between ---- */

static const char *check_intersperse(void *arg)
{
    static uint64_t expected[2 * MANY];
    const uint64_t value = 77;
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < LENGTHS && problem == NULL; i++) {
        const size_t n = lengths[i];
        par_iter inner = par_iter_range(0, n);
        par_iter_map(&inner, KIT_WORD, kit_scramble_all, NULL);
        const par_iter it = par_iter_intersperse(&inner, &value);
        for (size_t k = 0; k < 2 * n; k++)
            expected[k] = k % 2 == 0 ? kit_scramble(k / 2) : value;
        problem = kit_expect(&it, KIT_WORD, expected, n == 0 ? 0 : 2 * n - 1);
    }
    return problem;
}

const char *iter_intersperse_puts_a_value_between(void)
{
    return in_every_pool(check_intersperse, NULL);
}

static const char *check_moved_in(void *arg)
{
    static uint64_t expected[2 * MANY];
    const uint64_t value = 77;
    const par_iter inner = par_iter_range(100, 100 + MANY);
    const char *problem = NULL;
    (void)arg;
    for (size_t skip = 0; skip < 4 && problem == NULL; skip++) {
        size_t n = 0;
        par_iter it = par_iter_intersperse(&inner, &value);
        par_iter_skip(&it, skip);
        par_iter_step_by(&it, 1 + skip);
        par_iter_rev(&it);
        for (size_t k = skip; k < 2 * MANY - 1; k += 1 + skip)
            n++;
        for (size_t k = 0; k < n; k++) {
            const size_t at = skip + (n - 1 - k) * (1 + skip);
            expected[k] = at % 2 == 0 ? 100 + at / 2 : value;
        }
        problem = kit_expect(&it, KIT_WORD, expected, n);
    }
    return problem;
}

const char *iter_intersperse_can_be_moved_in(void)
{
    return in_every_pool(check_moved_in, NULL);
}

static const char *check_shortest(void *arg)
{
    static uint64_t expected[2 * MANY];
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < LENGTHS * LENGTHS && problem == NULL; i++) {
        const size_t a_n = lengths[i / LENGTHS];
        const size_t b_n = lengths[i % LENGTHS];
        const par_iter a = par_iter_range(0, a_n);
        const par_iter b = par_iter_range(MANY, MANY + b_n);
        const par_iter it = par_iter_interleave_shortest(&a, &b);
        size_t n = 0;
        for (size_t k = 0; k < a_n; k++) {
            expected[n++] = k;
            if (k >= b_n)
                break;
            expected[n++] = MANY + k;
        }
        problem = kit_expect(&it, KIT_WORD, expected, n);
        if (problem != NULL)
            problem = wrong("%s; %zu and %zu", problem, a_n, b_n);
    }
    return problem;
}

const char *iter_interleave_shortest_ends_with_the_shorter_one(void)
{
    return in_every_pool(check_shortest, NULL);
}

/* ---- fold_chunks ---- */

/* Does not commute. */
static ptrdiff_t fold_digits(void *out, const void *in, size_t n, void *ctx)
{
    uint64_t *acc = out;
    (void)ctx;
    if ((uintptr_t)out % 64 != 0)
        return -5;
    for (size_t i = 0; i < n; i++)
        *acc = *acc * 31 + ((const uint64_t *)in)[i];
    return 0;
}

static const char *check_folds(size_t n, size_t chunk)
{
    static uint64_t expected[MANY];
    const uint64_t identity = 5;
    size_t count = 0;
    par_iter inner = par_iter_range(0, n);
    par_iter_map(&inner, KIT_WORD, kit_scramble_all, NULL);
    for (size_t i = 0; i < n; i++) {
        if (i % chunk == 0)
            expected[count++] = identity;
        expected[count - 1] = expected[count - 1] * 31 + kit_scramble(i);
    }
    par_iter it = par_iter_fold_chunks(&inner, chunk, KIT_WORD, &identity, fold_digits, NULL);
    const char *problem = kit_expect(&it, KIT_WORD, expected, count);
    par_iter_skip(&it, 1);
    if (problem == NULL && count > 0)
        problem = kit_expect(&it, KIT_WORD, expected + 1, count - 1);
    return problem == NULL ? NULL : wrong("%s; %zu in chunks of %zu", problem, n, chunk);
}

static const char *check_fold_chunks(void *arg)
{
    static const size_t chunks[] = {1, 2, 3, 100, 2049, 9999, MANY, SIZE_MAX};
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < LENGTHS * 8 && problem == NULL; i++)
        problem = check_folds(lengths[i / 8], chunks[i % 8]);
    return problem;
}

const char *iter_fold_chunks_folds_each_chunk(void)
{
    return in_every_pool(check_fold_chunks, NULL);
}

/* Folds of folds, in pairs. */
static const char *check_nested_folds(void *arg)
{
    static uint64_t expected[MANY];
    const uint64_t zero = 0;
    const par_iter inner = par_iter_range(0, MANY);
    const par_iter sums = par_iter_fold_chunks(&inner, 10, KIT_WORD, &zero, kit_add, NULL);
    par_iter it = par_iter_fold_chunks(&sums, 10, KIT_WORD, &zero, kit_add, NULL);
    (void)arg;
    for (size_t i = 0; i < MANY; i++) {
        expected[i / 100] = i % 100 == 0 ? i : expected[i / 100] + i;
    }
    return kit_expect(&it, KIT_WORD, expected, MANY / 100);
}

const char *iter_fold_chunks_folds_what_comes_out_of_stages(void)
{
    return in_every_pool(check_nested_folds, NULL);
}

/* Sums of fractions: their bits depend on the brackets. */
static ptrdiff_t add_inverses(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        *(double *)out += 1.0 / (double)(((const uint64_t *)in)[i] + 3);
    return 0;
}

static const char *check_bits(void *arg)
{
    static double expected[20];
    const double zero = 0;
    const par_iter inner = par_iter_range(0, MANY);
    const par_iter it =
        par_iter_fold_chunks(&inner, 1001, sizeof(double), &zero, add_inverses, NULL);
    void *out = NULL;
    size_t n = 0;
    (void)arg;
    for (size_t i = 0; i < MANY; i++) {
        if (i % 1001 == 0)
            expected[i / 1001] = 0;
        expected[i / 1001] += 1.0 / (double)(i + 3);
    }
    const int rc = par_iter_collect_new(&it, &out, &n);
    const bool same = rc == 0 && n == 20 && memcmp(out, expected, sizeof expected) == 0;
    free(out);
    return same ? NULL : wrong("code %d, %zu sums, or other bits", rc, n);
}

const char *iter_fold_chunks_gives_the_same_in_every_pool(void)
{
    return in_every_pool(check_bits, NULL);
}

/* ---- arguments ---- */

const char *iter_form_refuses_bad_arguments(void)
{
    static uint64_t divisor = 3;
    const uint64_t value = 1;
    const par_iter a = par_iter_range(0, 10);
    const par_iter bytes = par_iter_over("x", 1, 1);
    const par_iter half = par_iter_range(0, SIZE_MAX / 2 + 2);
    par_iter filtered = a;
    par_iter_filter(&filtered, kit_drop_multiples, &divisor);
    par_iter its[] = {par_iter_intersperse(&a, NULL),
                      par_iter_intersperse(NULL, &value),
                      par_iter_intersperse(&filtered, &value),
                      par_iter_interleave_shortest(&a, &bytes),
                      par_iter_interleave_shortest(&filtered, &a),
                      par_iter_interleave_shortest(NULL, &a),
                      par_iter_fold_chunks(&a, 0, 8, &value, kit_add, NULL),
                      par_iter_fold_chunks(&a, 1, 0, &value, kit_add, NULL),
                      par_iter_fold_chunks(&a, 1, 8, NULL, kit_add, NULL),
                      par_iter_fold_chunks(&a, 1, 8, &value, NULL, NULL),
                      par_iter_fold_chunks(NULL, 1, 8, &value, kit_add, NULL),
                      par_iter_fold_chunks(&filtered, 1, 8, &value, kit_add, NULL),
                      par_iter_fold_chunks(&a, 1, PAR_ITER_MAX_SIZE + 1, &value, kit_add, NULL),
                      a,
                      a,
                      filtered};
    enum { N = sizeof its / sizeof its[0] };
    par_iter_update(&its[N - 3], NULL, NULL);
    par_iter_positions(&its[N - 2], NULL, NULL);
    par_iter_positions(&its[N - 1], low_find, NULL);
    par_iter_update(NULL, increments_block, NULL);
    par_iter_positions(NULL, low_find, NULL);
    const par_iter large = par_iter_intersperse(&half, &value);
    const char *problem = kit_refused(&large, EOVERFLOW);
    for (size_t i = 0; i < N && problem == NULL; i++) {
        problem = kit_refused(&its[i], EINVAL);
        if (problem != NULL)
            problem = wrong("%zu: %s", i, problem);
    }
    return problem;
}
