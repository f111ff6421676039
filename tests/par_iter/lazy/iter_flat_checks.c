/* SPDX-License-Identifier: MIT */
/* iter_flat_checks.c - iterators inside a flat_map, and data that are divided. */
#include "par_iter/lazy/iter_form_checks.h"
#include "par_iter/lazy/iter_kit.h"

#include <par/iter_any.h>
#include <par/text.h>

enum { MANY = 2000, MOST = 60000 };

static uint64_t expected[MOST];

/* ---- iterators ---- */

/* x becomes x * 10, x * 10 + 1 ... up to x % 7 of them. */
static int few_of(par_iter *inner, const void *element, void *ctx)
{
    const uint64_t number = *(const uint64_t *)element;
    (void)ctx;
    *inner = par_iter_range(number * 10, number * 10 + number % 7);
    return 0;
}

static const char *check_few(void *arg)
{
    static uint64_t divisor = 2;
    size_t n = 0;
    (void)arg;
    par_iter it = par_iter_range(0, MANY);
    par_iter_flat_map_iter(&it, KIT_WORD, few_of, NULL);
    par_iter_filter(&it, kit_drop_multiples, &divisor);
    for (uint64_t i = 0; i < MANY; i++) {
        for (uint64_t k = 0; k < i % 7; k++) {
            if ((i * 10 + k) % 2 != 0)
                expected[n++] = i * 10 + k;
        }
    }
    const char *problem = kit_expect(&it, KIT_WORD, expected, n);
    const par_iter none = par_iter_range(0, 0);
    it = none;
    par_iter_flat_map_iter(&it, KIT_WORD, few_of, NULL);
    return problem == NULL ? kit_expect(&it, KIT_WORD, expected, 0) : problem;
}

const char *iter_flat_map_iter_runs_an_iterator_for_each_element(void)
{
    return in_every_pool(check_few, NULL);
}

/* Long enough for other threads; of the second some pieces are asked for. */
static int long_of(par_iter *inner, const void *element, void *ctx)
{
    const uint64_t number = *(const uint64_t *)element;
    (void)ctx;
    *inner = par_iter_range(0, number == 1 ? 300 : 10000);
    if (number == 1)
        par_iter_pieces(inner, 0, 10, 0);
    par_iter_map(inner, KIT_WORD, kit_scramble_all, NULL);
    return 0;
}

static const char *check_long(void *arg)
{
    size_t n = 0;
    (void)arg;
    par_iter it = par_iter_range(0, 4);
    par_iter_flat_map_iter(&it, KIT_WORD, long_of, NULL);
    for (uint64_t i = 0; i < 4; i++) {
        for (uint64_t k = 0; k < (i == 1 ? 300 : 10000); k++)
            expected[n++] = kit_scramble(k);
    }
    const char *problem = kit_expect(&it, KIT_WORD, expected, n);
    par_iter_take_any(&it, 777);
    size_t taken = 0;
    if (problem == NULL && (par_iter_count(&it, &taken) != 0 || taken != 777))
        problem = wrong("%zu were taken, not 777", taken);
    return problem;
}

const char *iter_flat_map_iter_runs_long_ones(void)
{
    return in_every_pool(check_long, NULL);
}

/* A flat_map in an iterator in a flat_map, twice in the order of the inner elements. */
static int spread_of(par_sink *sink, const void *in, size_t n, void *ctx)
{
    int code = 0;
    (void)ctx;
    for (size_t i = 0; i < n && code == 0; i++) {
        const uint64_t number = ((const uint64_t *)in)[i];
        const par_iter a = par_iter_range(number, number + 5);
        const par_iter b = par_iter_range(0, 2);
        par_iter both = par_iter_chain(&a, &b);
        par_iter_flat_map(&both, KIT_WORD, kit_spread, NULL);
        par_iter_flat_map_iter(&both, KIT_WORD, few_of, NULL);
        code = par_sink_put_iter(sink, &both);
    }
    return code;
}

static size_t list_spread(uint64_t number, uint64_t *list)
{
    size_t n = 0;
    for (uint64_t j = 0; j < number % 3; j++) {
        for (uint64_t k = 0; k < (number + j) % 7; k++)
            list[n++] = (number + j) * 10 + k;
    }
    return n;
}

static const char *check_nested(void *arg)
{
    size_t n = 0;
    (void)arg;
    par_iter it = par_iter_range(0, MANY);
    par_iter_flat_map(&it, KIT_WORD, spread_of, NULL);
    for (uint64_t i = 0; i < MANY; i++) {
        for (uint64_t k = 0; k < 7; k++)
            n += list_spread(k < 5 ? i + k : k - 5, expected + n);
    }
    return kit_expect(&it, KIT_WORD, expected, n);
}

const char *iter_flat_map_iter_nests(void)
{
    return in_every_pool(check_nested, NULL);
}

static int fail_at_100(par_iter *inner, const void *element, void *ctx)
{
    *inner = par_iter_range(0, 3);
    (void)ctx;
    return *(const uint64_t *)element == 100 ? -8 : 0;
}

static int fail_inside(par_iter *inner, const void *element, void *ctx)
{
    const bool *is_long = ctx;
    *inner = par_iter_chunks(NULL, 1, 0, *(const uint64_t *)element == 100 ? 0 : 1);
    if (*is_long) {
        *inner = par_iter_range(0, 5000);
        par_iter_map(inner, KIT_WORD, NULL, NULL);
    }
    return 0;
}

static int make_nothing(par_iter *inner, const void *element, void *ctx)
{
    (void)inner;
    (void)element;
    (void)ctx;
    return 0;
}

static const char *check_codes(void *arg)
{
    par_iter its[5];
    bool is_long[] = {false, true};
    (void)arg;
    for (size_t i = 0; i < 5; i++)
        its[i] = par_iter_range(0, MANY);
    par_iter_flat_map_iter(&its[0], KIT_WORD, fail_at_100, NULL);
    par_iter_flat_map_iter(&its[1], sizeof(par_slice), fail_inside, &is_long[0]);
    par_iter_flat_map_iter(&its[2], KIT_WORD, fail_inside, &is_long[1]);
    par_iter_flat_map_iter(&its[3], KIT_WORD, make_nothing, NULL);
    par_iter_flat_map_iter(&its[4], 4, few_of, NULL); /* of another size */
    const char *problem = kit_fails(&its[0], -8);
    for (size_t i = 1; i < 5 && problem == NULL; i++)
        problem = kit_fails(&its[i], EINVAL);
    par_iter none = par_iter_range(0, 1);
    par_iter_flat_map_iter(&none, 8, NULL, NULL);
    return problem == NULL ? kit_refused(&none, EINVAL) : problem;
}

const char *iter_flat_map_iter_passes_codes_on(void)
{
    return in_every_pool(check_codes, NULL);
}

/* ---- divided data ---- */

typedef struct span {
    uint64_t begin;
    uint64_t end;
} span;

/* How a span is divided: in halves, or one by one from the right or from the left. */
enum shape { HALVES, FROM_LEFT, FROM_RIGHT, SHAPES };

static int divide_span(void *left, void *right, const void *data, void *ctx)
{
    const span s = *(const span *)data;
    const uint64_t n = s.end - s.begin;
    const enum shape *shape = ctx;
    if (n <= 3)
        return 0;
    const uint64_t middle = *shape == HALVES      ? s.begin + n / 2
                            : *shape == FROM_LEFT ? s.begin + 2
                                                  : s.end - 2;
    *(span *)left = (span){s.begin, middle};
    *(span *)right = (span){middle, s.end};
    return 1;
}

static size_t list_parts(span s, enum shape shape, uint64_t *list)
{
    span left;
    span right;
    if (divide_span(&left, &right, &s, &shape) == 0) {
        list[0] = s.begin * 8 + (s.end - s.begin);
        return 1;
    }
    const size_t n = list_parts(left, shape, list);
    return n + list_parts(right, shape, list + n);
}

static ptrdiff_t number_spans(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        const span s = ((const span *)in)[i];
        ((uint64_t *)out)[i] = s.begin * 8 + (s.end - s.begin);
    }
    return (ptrdiff_t)n;
}

static const char *check_divided(uint64_t n, enum shape shape)
{
    const span all = {0, n};
    par_iter it = par_iter_divide(&all, sizeof all, divide_span, &shape);
    const size_t count = list_parts(all, shape, expected);
    par_iter_map(&it, KIT_WORD, number_spans, NULL);
    const char *problem = kit_expect(&it, KIT_WORD, expected, count);
    uint64_t sum = 0;
    if (problem == NULL && (par_iter_reduce(&it, &sum, 8, kit_add, kit_add_up, NULL) != 0))
        problem = "cannot be reduced";
    for (size_t i = 0; i < count; i++)
        sum -= expected[i];
    if (problem == NULL && sum != 0)
        problem = "reduced to something else";
    par_iter_take(&it, 1);
    if (problem == NULL)
        problem = kit_refused(&it, EINVAL);
    return problem == NULL ? NULL : wrong("%s; %llu", problem, (unsigned long long)n);
}

static const char *check_parts(void *arg)
{
    static const uint64_t some[] = {0, 1, 3, 4, 5, 100, 12287, 12288, 50000, 100000};
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < 10 && problem == NULL; i++)
        problem = check_divided(some[i], HALVES);
    return problem;
}

const char *iter_divide_gives_parts_from_left_to_right(void)
{
    return in_every_pool(check_parts, NULL);
}

static const char *check_lopsided(void *arg)
{
    const char *problem = check_divided(4000, FROM_LEFT);
    (void)arg;
    if (problem == NULL)
        problem = check_divided(4000, FROM_RIGHT);
    return problem == NULL ? check_divided(30, FROM_RIGHT) : problem;
}

const char *iter_divide_divides_lopsided_data(void)
{
    return in_every_pool(check_lopsided, NULL);
}

static int fail_to_divide(void *left, void *right, const void *data, void *ctx)
{
    enum shape shape = HALVES;
    (void)ctx;
    return ((const span *)data)->begin == 500 ? -9 : divide_span(left, right, data, &shape);
}

static const char *check_divide_codes(void *arg)
{
    const span all = {0, 1000};
    const par_iter it = par_iter_divide(&all, sizeof all, fail_to_divide, NULL);
    const par_iter bad[] = {par_iter_divide(NULL, sizeof all, fail_to_divide, NULL),
                            par_iter_divide(&all, 0, fail_to_divide, NULL),
                            par_iter_divide(&all, PAR_ITER_MAX_SIZE + 1, fail_to_divide, NULL),
                            par_iter_divide(&all, sizeof all, NULL, NULL)};
    const char *problem = kit_fails(&it, -9);
    (void)arg;
    for (size_t i = 0; i < 4 && problem == NULL; i++)
        problem = kit_refused(&bad[i], EINVAL);
    return problem;
}

const char *iter_divide_returns_the_code_of_its_function(void)
{
    return in_every_pool(check_divide_codes, NULL);
}
