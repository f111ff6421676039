/* SPDX-License-Identifier: MIT */
/* sort_key_checks.c - the sorts of numbers and by keys, against qsort and against their own
 * promise of stability. */
#include "par_iter/sort/sort_checks.h"
#include "par_iter/sort/sort_data.h"

#include <math.h>

enum { N_MOST = 300007 };

static size_t lengths_tried(size_t i)
{
    static const size_t lengths[] = {0, 1, 2, 25, 500, 5000, 70001, N_MOST};
    return lengths[i];
}

/* Sanitizers make the longest slow. */
static size_t count_lengths(void)
{
    return scaled(10) == 10 ? 8 : 7;
}

/* ---- numbers ---- */

/* Numbers of one type, and the unsigned integers that stand in the same order. */
typedef struct number_kind {
    size_t size;
    int (*sort)(void *items, size_t n);
    uint64_t (*rank)(const void *item);
} number_kind;

#define KIND(name, T, U, expression)                                                               \
    static int sort_##name(void *items, size_t n)                                                  \
    {                                                                                              \
        return par_sort_##name(items, n);                                                          \
    }                                                                                              \
    static uint64_t rank_##name(const void *item)                                                  \
    {                                                                                              \
        U bits;                                                                                    \
        memcpy(&bits, item, sizeof(T));                                                            \
        return (U)(expression);                                                                    \
    }

#define SIGN(U) ((U)1 << (sizeof(U) * 8 - 1))

KIND(u32, uint32_t, uint32_t, bits)
KIND(i32, int32_t, uint32_t, bits + SIGN(uint32_t))
KIND(f32, float, uint32_t, bits &SIGN(uint32_t) ? ~bits : bits + SIGN(uint32_t))
KIND(u64, uint64_t, uint64_t, bits)
KIND(i64, int64_t, uint64_t, bits + SIGN(uint64_t))
KIND(f64, double, uint64_t, bits &SIGN(uint64_t) ? ~bits : bits + SIGN(uint64_t))

static const number_kind kinds[] = {
    {4, sort_u32, rank_u32}, {4, sort_i32, rank_i32}, {4, sort_f32, rank_f32},
    {8, sort_u64, rank_u64}, {8, sort_i64, rank_i64}, {8, sort_f64, rank_f64},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static char numbers[N_MOST * 8];

/* The bits of number i: spread over the whole width, or few and far apart, or close together. */
static uint64_t bits_of(sort_shape shape, size_t i, size_t n, uint64_t *seed)
{
    const uint64_t key = sort_key(shape, i, n, seed);
    return key << 32 | (key * 0x9e3779b9U & 0xffffffff);
}

static uint64_t hash(uint64_t rank)
{
    uint64_t state = rank;
    return random_next(&state);
}

static const char *judge_numbers(const number_kind *kind, size_t n, uint64_t sum)
{
    uint64_t before = 0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t rank = kind->rank(numbers + i * kind->size);
        if (i > 0 && rank < before)
            return wrong("n %zu: number %zu stands wrongly", n, i);
        before = rank;
        sum -= hash(rank);
    }
    return sum == 0 ? NULL : wrong("n %zu: not the same numbers", n);
}

static const char *check_kind(const number_kind *kind, size_t n, sort_shape shape, unsigned shift)
{
    uint64_t seed = n;
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t wide = bits_of(shape, i, n, &seed) >> shift;
        const uint32_t narrow = (uint32_t)(wide >> (shift == 0 ? 32 : 0));
        memcpy(numbers + i * kind->size, kind->size == 4 ? (const void *)&narrow : &wide,
               kind->size);
        sum += hash(kind->rank(numbers + i * kind->size));
    }
    const int rc = kind->sort(numbers, n);
    return rc == 0 ? judge_numbers(kind, n, sum) : wrong("returned %d", rc);
}

static const char *check_shapes(const number_kind *kind, size_t n)
{
    const char *problem = NULL;
    for (int shape = 0; shape < SORT_SHAPES && problem == NULL; shape++)
        problem = check_kind(kind, n, (sort_shape)shape, 0);
    return problem;
}

static const char *check_numbers(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < KINDS * count_lengths(); i++) {
        const char *problem = check_shapes(&kinds[i % KINDS], lengths_tried(i / KINDS));
        if (problem != NULL)
            return wrong("kind %zu: %s", i % KINDS, problem);
    }
    return NULL;
}

const char *sort_orders_numbers(void)
{
    return in_every_pool(check_numbers, NULL);
}

/* Keys of which most share all high bits, so that one bucket gets nearly everything. */
static const char *check_skewed(void *arg)
{
    const size_t n = lengths_tried(count_lengths() - 1);
    (void)arg;
    for (size_t shift = 1; shift < 64; shift += 9) {
        const char *problem = check_kind(&kinds[3], n, SORT_RANDOM, (unsigned)shift);
        if (problem == NULL)
            problem = check_kind(&kinds[0], n, SORT_NEARLY, (unsigned)shift);
        if (problem != NULL)
            return wrong("shift %zu: %s", shift, problem);
    }
    return NULL;
}

/* Powers of two, each half as often as the one above: every level leaves half in one bucket. */
static const char *check_powers(void)
{
    const size_t n = lengths_tried(count_lengths() - 1);
    uint64_t seed = 5;
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t number = random_next(&seed) >> random_below(&seed, 64);
        memcpy(numbers + i * 8, &number, 8);
        sum += hash(number);
    }
    return par_sort_u64((uint64_t *)(void *)numbers, n) == 0 ? judge_numbers(&kinds[3], n, sum)
                                                             : "returned a code";
}

/* A few values and, where no sample is taken, two large ones in the wrong order. */
static const char *check_strangers(uint64_t values)
{
    enum { N = 70001 };
    uint64_t sum = 0;
    for (size_t i = 0; i < N; i++) {
        const uint64_t number = i < N - 2 ? i * 7 % values << 8 : (uint64_t)(N - i) << 50;
        memcpy(numbers + i * 8, &number, 8);
        sum += hash(number);
    }
    return par_sort_u64((uint64_t *)(void *)numbers, N) == 0 ? judge_numbers(&kinds[3], N, sum)
                                                             : "returned a code";
}

const char *sort_orders_skewed_numbers(void)
{
    const char *problem = check_strangers(5);
    if (problem == NULL)
        problem = check_strangers(200);
    if (problem == NULL)
        problem = check_powers();
    return problem == NULL ? in_every_pool(check_skewed, NULL) : problem;
}

static const char *check_floats(void *arg)
{
    const double in[] = {1,
                         (double)NAN,
                         -0.0,
                         (double)INFINITY,
                         -1e300,
                         0.0,
                         -(double)INFINITY,
                         -(double)NAN,
                         5e-324,
                         -5e-324,
                         1e300,
                         -1};
    enum { N = sizeof in / sizeof in[0] };
    double wide[N];
    float narrow[N];
    (void)arg;
    for (size_t i = 0; i < N; i++) {
        wide[i] = in[i];
        narrow[i] = (float)in[i];
    }
    if (par_sort_f64(wide, N) != 0 || par_sort_f32(narrow, N) != 0)
        return "returned a code";
    if (!isnan(wide[0]) || !signbit(wide[0]) || !isnan(wide[N - 1]) || signbit(wide[N - 1]))
        return "the NaN are not at the ends";
    if (!isnan(narrow[0]) || !isnan(narrow[N - 1]) || !isinf(narrow[1]) || !isinf(narrow[N - 2]))
        return "the short NaN and infinities are not at the ends";
    if (!isinf(wide[1]) || !isinf(wide[N - 2]) || wide[2] != -1e300 || wide[N - 3] != 1e300)
        return "the infinities are not next";
    return signbit(wide[5]) && !signbit(wide[6]) && wide[5] == 0 && wide[6] == 0
               ? NULL
               : "-0 is not just before 0";
}

const char *sort_orders_floats_totally(void)
{
    return in_every_pool(check_floats, NULL);
}

/* ---- keys ---- */

static sort_item items[N_MOST];

/* Counts its calls, if there is a count. */
static uint32_t key_u32(const void *item, void *ctx)
{
    if (ctx != NULL)
        atomic_fetch_add((atomic_size_t *)ctx, 1);
    return ((const sort_item *)item)->key;
}

static uint64_t key_u64(const void *item, void *ctx)
{
    return (uint64_t)key_u32(item, ctx) << 20;
}

static void key_of(void *key, const void *item, void *ctx)
{
    *(uint32_t *)key = key_u32(item, ctx);
}

enum { LARGE_KEY = 1000 };

static void large_key_of(void *key, const void *item, void *ctx)
{
    memset(key, 0x5a, LARGE_KEY);
    key_of(key, item, ctx);
}

static int compare_keys(const void *a, const void *b, void *ctx)
{
    (void)ctx;
    const uint32_t left = *(const uint32_t *)a;
    const uint32_t right = *(const uint32_t *)b;
    return (left > right) - (left < right);
}

static int sort_by(size_t which, size_t n, void *ctx)
{
    const size_t size = sizeof *items;
    switch (which) {
    case 0:
        return par_sort_by_u32(items, size, n, key_u32, ctx);
    case 1:
        return par_sort_by_u64(items, size, n, key_u64, ctx);
    case 2:
        return par_sort_by_cached_key(items, size, n, sizeof(uint32_t), key_of, compare_keys, ctx);
    case 3:
        return par_sort_by_key(items, size, n, sizeof(uint32_t), key_of, compare_keys, ctx);
    default:
        return par_sort_by_key(items, size, n, LARGE_KEY, large_key_of, compare_keys, ctx);
    }
}

static const char *check_by(size_t which, size_t n)
{
    for (int shape = 0; shape < SORT_SHAPES; shape++) {
        sort_fill(items, n, (sort_shape)shape);
        const int rc = sort_by(which, n, NULL);
        const char *problem =
            rc == 0 ? sort_judge(items, n, (sort_shape)shape, true) : wrong("returned %d", rc);
        if (problem != NULL)
            return wrong("by key %zu: %s", which, problem);
    }
    return NULL;
}

static const char *check_keys(void *arg)
{
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < 4 * count_lengths() && problem == NULL; i++)
        problem = check_by(i % 4, lengths_tried(i / 4));
    return problem == NULL ? check_by(4, 3000) : problem;
}

const char *sort_by_keys_is_stable(void)
{
    return in_every_pool(check_keys, NULL);
}

static const char *count_keys(void *arg)
{
    enum { N = 20000 };
    (void)arg;
    for (size_t which = 0; which < 3; which++) {
        atomic_size_t calls = 0;
        sort_fill(items, N, SORT_RANDOM);
        const int rc = sort_by(which, N, &calls);
        if (rc != 0 || atomic_load(&calls) != N)
            return wrong("by key %zu: code %d, %zu keys", which, rc, atomic_load(&calls));
    }
    return NULL;
}

const char *sort_makes_each_cached_key_once(void)
{
    return in_every_pool(count_keys, NULL);
}
