/* SPDX-License-Identifier: MIT */
/* typed_checks.c - what par/typed.h makes gives what serial loops give, for all kinds of types. */
#include "par_iter/typed/typed_checks.h"
#include "par_iter/base/lengths.h"
#include "par_iter/typed/typed_cxx.h"

#include <par/typed.h>

typedef struct point {
    int64_t x;
    int64_t y;
} point;

static inline double cube(float number)
{
    return (double)number * (double)number * (double)number;
}

static inline uint64_t norm(struct point p)
{
    return (uint64_t)p.x * (uint64_t)p.x + (uint64_t)p.y * (uint64_t)p.y;
}

static inline const char *rest(const char *text)
{
    return text + 1;
}

static inline void turn(point *p)
{
    *p = (point){-p->y, p->x};
}

static inline double add(double left, double right)
{
    return left + right;
}

/* The last of a row: tells the order, not the values. */
static inline point join_spans(point left, point right)
{
    return left.y == right.x ? (point){left.x, right.y} : (point){-1, -1};
}

/* A third of those that have one. */
static inline bool third(uint32_t *out, uint64_t number)
{
    *out = (uint32_t)(number / 3);
    return number % 3 == 0;
}

PAR_DEFINE_MAP(cube_all, double, float, cube)
PAR_DEFINE_MAP(norm_all, uint64_t, struct point, norm)
PAR_DEFINE_MAP(rest_all, const char *, const char *, rest)
PAR_DEFINE_FOR_EACH(turn_all, point, turn)
PAR_DEFINE_FILTER_MAP(thirds_of, uint32_t, uint64_t, third)
PAR_DEFINE_REDUCE_WITH(sum_of, double, add)
PAR_DEFINE_REDUCE_WITH(span_of, point, join_spans)

/* Made and never called: must give no warning. */
PAR_DEFINE_MAP(unused_map, double, float, cube)
PAR_DEFINE_FOR_EACH(unused_each, point, turn)
PAR_DEFINE_FILTER_MAP(unused_filter_map, uint32_t, uint64_t, third)
PAR_DEFINE_REDUCE_WITH(unused_reduce, double, add)

/* ---- map ---- */

static const char *map_numbers(void *arg)
{
    static float in[LENGTH_MAX];
    static double out[LENGTH_MAX];
    (void)arg;
    for (size_t i = 0; i < LENGTH_MAX; i++)
        in[i] = (float)i / 8;
    for (size_t i = 0; i < LENGTHS; i++) {
        memset(out, 0, sizeof out);
        const int rc = cube_all(out, in, lengths[i]);
        if (rc != 0)
            return wrong("returned %d", rc);
        for (size_t k = 0; k < LENGTH_MAX; k++) {
            if (out[k] != (k < lengths[i] ? cube(in[k]) : 0))
                return wrong("element %zu of %zu is %g", k, lengths[i], out[k]);
        }
    }
    return NULL;
}

const char *typed_maps_numbers(void)
{
    return in_every_pool(map_numbers, NULL);
}

static const char *map_others(void *arg)
{
    enum { N = 5000 };
    static point points[N];
    static uint64_t norms[N];
    static const char text[N + 1];
    static const char *in[N];
    static const char *out[N];
    (void)arg;
    for (size_t i = 0; i < N; i++) {
        points[i] = (point){(int64_t)i, -(int64_t)i - 1};
        in[i] = text + i;
    }
    if (norm_all(norms, points, N) != 0 || rest_all(out, in, N) != 0)
        return "returned a code";
    for (size_t i = 0; i < N; i++) {
        if (norms[i] != i * i + (i + 1) * (i + 1) || out[i] != text + i + 1)
            return wrong("element %zu differs", i);
    }
    return NULL;
}

const char *typed_maps_structs_and_pointers(void)
{
    return in_every_pool(map_others, NULL);
}

/* ---- in place ---- */

static const char *turn_points(void *arg)
{
    enum { N = 5000 };
    static point points[N];
    (void)arg;
    for (size_t i = 0; i < N; i++)
        points[i] = (point){(int64_t)i, 7};
    if (turn_all(points, N) != 0)
        return "returned a code";
    for (size_t i = 0; i < N; i++) {
        if (points[i].x != -7 || points[i].y != (int64_t)i)
            return wrong("point %zu differs", i);
    }
    return NULL;
}

const char *typed_works_in_place(void)
{
    return in_every_pool(turn_points, NULL);
}

/* ---- filter and map ---- */

static const char *keep_thirds(void *arg)
{
    static uint64_t in[LENGTH_MAX];
    static uint32_t out[LENGTH_MAX];
    (void)arg;
    for (size_t i = 0; i < LENGTH_MAX; i++)
        in[i] = i * i + i / 5;
    for (size_t i = 0; i < LENGTHS; i++) {
        size_t kept = 0;
        size_t n = SIZE_MAX;
        const int rc = thirds_of(out, &n, in, lengths[i]);
        for (size_t k = 0; k < lengths[i]; k++) {
            uint32_t expected;
            if (third(&expected, in[k]) && out[kept++] != expected)
                return wrong("element %zu of %zu was kept as another", k, lengths[i]);
        }
        if (rc != 0 || n != kept)
            return wrong("n %zu: code %d, %zu kept, not %zu", lengths[i], rc, n, kept);
    }
    return NULL;
}

const char *typed_keeps_what_is_asked_for(void)
{
    return in_every_pool(keep_thirds, NULL);
}

/* ---- reduce ---- */

enum { SUMMED = 100003 };

typedef struct sums {
    double numbers[SUMMED];
    double sum;
    bool known;
} sums;

static const char *compare_sums(void *arg)
{
    sums *all = arg;
    double sum = 0;
    const int rc = sum_of(&sum, all->numbers, SUMMED);
    if (rc != 0)
        return wrong("returned %d", rc);
    if (all->known && memcmp(&sum, &all->sum, sizeof sum) != 0)
        return wrong("%.17g, but %.17g before", sum, all->sum);
    all->sum = sum;
    all->known = true;
    return NULL;
}

const char *typed_reduces_to_the_same_bits(void)
{
    static sums all;
    all.known = false;
    double exact = 0;
    for (size_t i = 0; i < SUMMED; i++) {
        all.numbers[i] = 1.0 / (double)(i + 1);
        exact += all.numbers[i];
    }
    const char *problem = in_every_pool(compare_sums, &all);
    if (problem == NULL && !(all.sum > exact - 1e-9 && all.sum < exact + 1e-9))
        return wrong("%.17g is not near %.17g", all.sum, exact);
    return problem;
}

static const char *join_all_spans(void *arg)
{
    static point spans[LENGTH_MAX];
    (void)arg;
    for (size_t i = 0; i < LENGTH_MAX; i++)
        spans[i] = (point){(int64_t)i, (int64_t)i + 1};
    for (size_t i = 1; i < LENGTHS; i++) {
        point all = {0, 0};
        const int rc = span_of(&all, spans, lengths[i]);
        if (rc != 0 || all.x != 0 || all.y != (int64_t)lengths[i])
            return wrong("n %zu: code %d, from %lld to %lld", lengths[i], rc, (long long)all.x,
                         (long long)all.y);
    }
    return NULL;
}

const char *typed_reduces_in_order(void)
{
    return in_every_pool(join_all_spans, NULL);
}

/* ---- the rest ---- */

/* The block functions serve the untyped calls too. */
const char *typed_makes_block_functions(void)
{
    enum { N = 1000 };
    float in[N];
    double out[N];
    double sum = 0;
    point points[2] = {{1, 2}, {3, 4}};
    for (size_t i = 0; i < N; i++)
        in[i] = 2;
    if (par_map(out, sizeof *out, in, sizeof *in, N, cube_all_block, NULL) != 0 ||
        par_reduce(&sum, sizeof sum, out, sizeof *out, N, sum_of_fold, sum_of_merge, NULL) != 0 ||
        par_for_each(points, sizeof *points, 2, turn_all_block, NULL) != 0)
        return "returned a code";
    if (sum != 8.0 * N || points[1].x != -4)
        return wrong("the sum is %g, the point %lld", sum, (long long)points[1].x);
    return NULL;
}

const char *typed_returns_codes(void)
{
    double numbers[2] = {1, 2};
    float in[2] = {1, 2};
    double result = 5;
    if (sum_of(&result, numbers, 0) != ENODATA || result != 5)
        return "an empty array has a sum";
    if (sum_of(NULL, numbers, 2) != EINVAL || sum_of(&result, NULL, 2) != EINVAL)
        return "a reduction took NULL";
    if (cube_all(NULL, in, 1) != EINVAL || cube_all(numbers, NULL, 1) != EINVAL)
        return "a map took NULL";
    if (turn_all(NULL, 1) != EINVAL || turn_all(NULL, 0) != 0)
        return "a loop in place misjudged NULL";
    const uint64_t ints[2] = {3, 6};
    uint32_t kept[2];
    size_t n = 7;
    if (thirds_of(NULL, &n, ints, 2) != EINVAL || thirds_of(kept, &n, NULL, 2) != EINVAL ||
        thirds_of(kept, NULL, ints, 2) != EINVAL || n != 7)
        return "a filter took NULL";
    return sum_of(&result, numbers, SIZE_MAX) == EOVERFLOW ? NULL : "an array was beyond memory";
}

const char *typed_works_in_cxx(void)
{
    enum { N = 1000 };
    int in[N];
    double out[N];
    long numbers[N];
    for (size_t i = 0; i < N; i++) {
        in[i] = (int)i;
        numbers[i] = (long)(i * 7919 % N) - 3;
    }
    long least = 0;
    if (cxx_halve_all(out, in, N) != 0 || cxx_least(&least, numbers, N) != 0 ||
        cxx_negate_all(in, N) != 0)
        return "returned a code";
    for (size_t i = 0; i < N; i++) {
        if (out[i] != (double)i / 2 || in[i] != -(int)i)
            return wrong("element %zu differs", i);
    }
    if (least != -3 || cxx_least(&least, numbers, 0) != ENODATA)
        return wrong("the least is %ld", least);
    return cxx_other_lines();
}
