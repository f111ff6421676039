/* SPDX-License-Identifier: MIT */
/* iter_position_checks.c - rev, take, skip, step_by and enumerate, in every order. */
#include "par_iter/lazy/iter_both_checks.h"
#include "par_iter/lazy/iter_kit.h"

/* ---- the model ---- */

enum { ELEMENTS = 11 };

typedef struct series {
    size_t n;
    uint64_t numbers[ELEMENTS];
} series;

typedef enum verb { REV, TAKE, SKIP, STEP, NUMBER } verb;

typedef struct op {
    verb verb;
    size_t n;
} op;

static const op ops[] = {{REV, 0},  {TAKE, 0}, {TAKE, 1},  {TAKE, 7},        {TAKE, SIZE_MAX},
                         {SKIP, 0}, {SKIP, 1}, {SKIP, 3},  {SKIP, SIZE_MAX}, {STEP, 1},
                         {STEP, 2}, {STEP, 3}, {STEP, 11}, {STEP, SIZE_MAX}, {NUMBER, 0}};
enum { OPS = sizeof ops / sizeof ops[0] };

static uint64_t add_number(uint64_t number, size_t position)
{
    return number * 1000 + position;
}

static ptrdiff_t add_numbers(void *out, const void *in, size_t n, void *ctx)
{
    const uint64_t *from = in;
    uint64_t *to = out;
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        to[i] = add_number(from[2 * i + 1], from[2 * i]);
    return (ptrdiff_t)n;
}

static void do_to_series(series *s, op o)
{
    const series before = *s;
    const size_t n = o.n < before.n ? o.n : before.n;
    if (o.verb == TAKE)
        s->n = n;
    if (o.verb == SKIP)
        s->n = before.n - n;
    if (o.verb == STEP)
        s->n = o.n > before.n ? before.n > 0 : (before.n + o.n - 1) / o.n;
    for (size_t i = 0; i < s->n; i++) {
        if (o.verb == REV)
            s->numbers[i] = before.numbers[before.n - 1 - i];
        else if (o.verb == SKIP)
            s->numbers[i] = before.numbers[i + n];
        else if (o.verb == STEP)
            s->numbers[i] = before.numbers[i * o.n];
        else if (o.verb == NUMBER)
            s->numbers[i] = add_number(before.numbers[i], i);
    }
}

static void do_to_iter(par_iter *it, op o)
{
    if (o.verb == REV)
        par_iter_rev(it);
    else if (o.verb == TAKE)
        par_iter_take(it, o.n);
    else if (o.verb == SKIP)
        par_iter_skip(it, o.n);
    else if (o.verb == STEP)
        par_iter_step_by(it, o.n);
    else
        par_iter_enumerate(it, 16, 8);
}

/* A sequence of ops is a number with digits of base OPS. An element that was numbered becomes a
 * number directly behind it, or where `late` is set only behind the next op. */
static const char *check_sequence(par_iter it, series s, size_t digits, size_t length, bool late)
{
    bool is_pair = false;
    const size_t all = digits;
    for (size_t i = 0; i < length; i++, digits /= OPS) {
        const op o = ops[digits % OPS];
        if (is_pair && o.verb == NUMBER)
            par_iter_map(&it, KIT_WORD, add_numbers, NULL);
        do_to_iter(&it, o);
        do_to_series(&s, o);
        is_pair = is_pair || o.verb == NUMBER;
        if (is_pair && !late) {
            par_iter_map(&it, KIT_WORD, add_numbers, NULL);
            is_pair = false;
        }
    }
    if (is_pair)
        par_iter_map(&it, KIT_WORD, add_numbers, NULL);
    const char *problem = kit_expect(&it, KIT_WORD, s.numbers, s.n);
    return problem == NULL ? NULL : wrong("ops %zu of length %zu: %s", all, length, problem);
}

static size_t power(size_t n)
{
    return n == 0 ? 1 : OPS * power(n - 1);
}

typedef struct source {
    par_iter it;
    series s;
    size_t depth;
} source;

static const char *check_sequences(void *arg)
{
    const source *from = arg;
    const char *problem = NULL;
    for (size_t length = 1; length <= from->depth; length++) {
        for (size_t i = 0; i < power(length) && problem == NULL; i++) {
            problem = check_sequence(from->it, from->s, i, length, false);
            if (problem == NULL)
                problem = check_sequence(from->it, from->s, i, length, true);
        }
    }
    return problem;
}

/* All sequences of three in pools that differ, of four by the caller alone. */
const char *iter_position_agrees_with_a_model_in_every_order(void)
{
    source from = {.it = par_iter_range(0, ELEMENTS), .s = {.n = ELEMENTS}, .depth = 3};
    for (size_t i = 0; i < ELEMENTS; i++)
        from.s.numbers[i] = i;
    if (SUPPORT_TSAN || SUPPORT_ASAN)
        return in_pool(2, check_sequences, &from);
    const char *problem = in_pool(3, check_sequences, &from);
    from.depth = 4;
    return problem == NULL ? in_pool(1, check_sequences, &from) : problem;
}

/* ---- every source ---- */

static int fill(void *out, size_t first, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        ((uint64_t *)out)[i] = first + i;
    return 0;
}

static ptrdiff_t number_cells(void *out, const void *in, size_t n, void *ctx)
{
    const par_cell *cells = in;
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        ((uint64_t *)out)[i] = cells[i].row * 3 + cells[i].column;
    return (ptrdiff_t)n;
}

static ptrdiff_t number_slices(void *out, const void *in, size_t n, void *ctx)
{
    const par_slice *slices = in;
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        ((uint64_t *)out)[i] = *(const uint64_t *)slices[i].base;
    return (ptrdiff_t)n;
}

static ptrdiff_t first_of_pairs(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        ((uint64_t *)out)[i] = ((const uint64_t *)in)[2 * i];
    return (ptrdiff_t)n;
}

static const char *check_source(par_iter it, size_t n)
{
    source from = {.it = it, .s = {.n = n}, .depth = 2};
    for (size_t i = 0; i < n; i++)
        from.s.numbers[i] = i;
    return check_sequences(&from);
}

/* Each gives 0, 1, 2... */
static const char *check_sources(void *arg)
{
    static const uint64_t numbers[2 * ELEMENTS] = {0, 0, 1, 1, 2, 2, 3, 3, 4, 4,  5,
                                                   5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10};
    static const uint64_t plain[ELEMENTS] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    const par_iter low = par_iter_range(0, 5);
    const par_iter high = par_iter_range(5, ELEMENTS);
    const par_iter all = par_iter_range(0, ELEMENTS);
    par_iter even = all;
    par_iter odd = all;
    par_iter_step_by(&even, 2);
    par_iter_skip(&odd, 1);
    par_iter_step_by(&odd, 2);
    par_iter its[] = {
        par_iter_over(plain, KIT_WORD, ELEMENTS),
        par_iter_strided(numbers, KIT_WORD, 2 * KIT_WORD, ELEMENTS),
        par_iter_generate(KIT_WORD, ELEMENTS, fill, NULL),
        par_iter_chain(&low, &high),
        par_iter_interleave(&even, &odd),
        par_iter_grid(3, 3),
        par_iter_chunks(plain, KIT_WORD, ELEMENTS, 1),
        par_iter_windows(plain, KIT_WORD, ELEMENTS, 2),
        par_iter_chunks_of(&all, 1),
        par_iter_zip(&all, &all, 16, 8),
    };
    static const size_t lengths[] = {11, 11, 11, 11, 11, 9, 11, 10, 11, 11};
    const char *problem = NULL;
    (void)arg;
    par_iter_map(&its[5], KIT_WORD, number_cells, NULL);
    for (size_t i = 6; i < 9; i++)
        par_iter_map(&its[i], KIT_WORD, number_slices, NULL);
    par_iter_map(&its[9], KIT_WORD, first_of_pairs, NULL);
    for (size_t i = 0; i < 10 && problem == NULL; i++) {
        problem = check_source(its[i], lengths[i]);
        if (problem != NULL)
            problem = wrong("source %zu: %s", i, problem);
    }
    return problem;
}

const char *iter_position_reaches_every_source(void)
{
    return in_pool(2, check_sources, NULL);
}

/* ---- numbers ---- */

static const char *check_numbers(void *arg)
{
    enum { MANY = 10000 };
    static uint64_t before[2 * MANY];
    static uint64_t after[2 * MANY];
    size_t n = 0;
    (void)arg;
    par_iter first = par_iter_range(0, MANY);
    par_iter_enumerate(&first, 16, 8);
    par_iter_skip(&first, 10);
    par_iter_rev(&first);
    par_iter second = par_iter_range(0, MANY);
    par_iter_skip(&second, 10);
    par_iter_rev(&second);
    par_iter_enumerate(&second, 16, 8);
    if (par_iter_collect(&first, before, MANY, &n) != 0 || n != MANY - 10 ||
        par_iter_collect(&second, after, MANY, &n) != 0 || n != MANY - 10)
        return "did not run";
    for (size_t i = 0; i < n; i++) {
        if (before[2 * i] != MANY - 1 - i || before[2 * i + 1] != MANY - 1 - i)
            return wrong("numbered before: %zu is (%llu, %llu)", i,
                         (unsigned long long)before[2 * i], (unsigned long long)before[2 * i + 1]);
        if (after[2 * i] != i || after[2 * i + 1] != MANY - 1 - i)
            return wrong("numbered after: %zu is (%llu, %llu)", i, (unsigned long long)after[2 * i],
                         (unsigned long long)after[2 * i + 1]);
    }
    return NULL;
}

const char *iter_position_numbers_before_and_after_moves(void)
{
    return in_every_pool(check_numbers, NULL);
}

const char *iter_position_takes_and_skips_of_huge_ranges(void)
{
    const uint64_t first[] = {0, 1, 2};
    const uint64_t last[] = {SIZE_MAX - 1, SIZE_MAX - 2};
    const uint64_t steps[] = {SIZE_MAX - 1, SIZE_MAX - 1 - (SIZE_MAX / 4)};
    const par_iter all = par_iter_range(0, SIZE_MAX);
    par_iter it = all;
    par_iter_take(&it, 3);
    const char *problem = kit_expect(&it, KIT_WORD, first, 3);
    it = all;
    par_iter_skip(&it, SIZE_MAX - 2);
    par_iter_rev(&it);
    if (problem == NULL)
        problem = kit_expect(&it, KIT_WORD, last, 2);
    it = all;
    par_iter_rev(&it);
    par_iter_step_by(&it, SIZE_MAX / 4);
    par_iter_take(&it, 2);
    return problem == NULL ? kit_expect(&it, KIT_WORD, steps, 2) : problem;
}

/* ---- what is left out ---- */

static ptrdiff_t count_seen(void *out, const void *in, size_t n, void *ctx)
{
    atomic_fetch_add((atomic_size_t *)ctx, n);
    return kit_scramble_all(out, in, n, NULL);
}

static const char *check_evaluations(void *arg)
{
    atomic_size_t seen = 0;
    size_t n = 0;
    (void)arg;
    par_iter it = par_iter_range(0, 10000);
    par_iter_map(&it, KIT_WORD, count_seen, &seen);
    par_iter few = it;
    par_iter_skip(&few, 100);
    par_iter_step_by(&few, 3);
    par_iter_take(&few, 50);
    if (par_iter_count(&few, &n) != 0 || n != 50 || atomic_load(&seen) != 50)
        return wrong("%zu elements came out, %zu were evaluated", n, atomic_load(&seen));
    const par_iter pairs = par_iter_zip(&it, &few, 16, 8);
    if (par_iter_count(&pairs, &n) != 0 || n != 50 || atomic_load(&seen) != 150)
        return wrong("%zu pairs, %zu elements evaluated", n, atomic_load(&seen) - 50);
    return NULL;
}

const char *iter_position_evaluates_only_what_is_taken(void)
{
    return in_every_pool(check_evaluations, NULL);
}
