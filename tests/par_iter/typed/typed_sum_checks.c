/* SPDX-License-Identifier: MIT */
/* typed_sum_checks.c - sums and products: what serial loops give, the same bits everywhere, and
 * smaller errors. */
#include "par_iter/base/lengths.h"
#include "par_iter/typed/typed_checks.h"

#include <par/iter.h>
#include <par/typed_sum.h>

PAR_DEFINE_SUM(sum_bytes, uint8_t)
PAR_DEFINE_SUM(sum_shorts, int16_t)
PAR_DEFINE_SUM(sum_ints, int)
PAR_DEFINE_SUM(sum_longs, uint64_t)
PAR_DEFINE_SUM(sum_floats, float)
PAR_DEFINE_SUM(sum_doubles, double)
PAR_DEFINE_PRODUCT(multiply_bytes, uint8_t)
PAR_DEFINE_PRODUCT(multiply_longs, uint64_t)
PAR_DEFINE_PRODUCT(multiply_doubles, double)

/* Made and never called: must give no warning. */
PAR_DEFINE_SUM(unused_sum, double)
PAR_DEFINE_PRODUCT(unused_product, float)

/* ---- whole numbers ---- */

typedef struct numbers {
    uint8_t bytes[LENGTH_MAX];
    int16_t shorts[LENGTH_MAX];
    int ints[LENGTH_MAX];
    uint64_t longs[LENGTH_MAX];
} numbers;

/* Any two neighbours differ, and so do lanes. Small enough for sums without overflow. */
static const numbers *some_numbers(void)
{
    static numbers all;
    for (size_t i = 0; i < LENGTH_MAX; i++) {
        all.bytes[i] = (uint8_t)(i * 31 + i / 257);
        all.shorts[i] = (int16_t)((i % 2 == 0 ? 1 : -1) * (int)(i % 101));
        all.ints[i] = (int)(i % 8001) - 4000;
        all.longs[i] = i * UINT64_C(0x9e3779b97f4a7c15) + 1;
    }
    return &all;
}

static const char *add_length(const numbers *all, size_t n)
{
    uint8_t bytes = 0;
    int shorts = 0;
    int ints = 0;
    uint64_t longs = 0;
    for (size_t i = 0; i < n; i++) {
        bytes = (uint8_t)(bytes + all->bytes[i]);
        shorts += all->shorts[i];
        ints += all->ints[i];
        longs += all->longs[i];
    }
    uint8_t byte_sum = 1;
    int16_t short_sum = 1;
    int int_sum = 1;
    uint64_t long_sum = 1;
    if (sum_bytes(&byte_sum, all->bytes, n) != 0 || sum_shorts(&short_sum, all->shorts, n) != 0 ||
        sum_ints(&int_sum, all->ints, n) != 0 || sum_longs(&long_sum, all->longs, n) != 0)
        return wrong("n %zu: returned a code", n);
    if (byte_sum != bytes || short_sum != shorts || int_sum != ints || long_sum != longs)
        return wrong("n %zu: the sums are %d, %d, %d, %llu", n, byte_sum, short_sum, int_sum,
                     (unsigned long long)long_sum);
    return NULL;
}

static const char *add_lengths(void *arg)
{
    const char *problem = NULL;
    for (size_t i = 0; i < LENGTHS && problem == NULL; i++)
        problem = add_length(arg, lengths[i]);
    for (size_t n = 0; n < 200 && problem == NULL; n++) /* around each number of lanes */
        problem = add_length(arg, n);
    return problem;
}

const char *typed_sum_adds_up_numbers_of_all_sizes(void)
{
    return in_every_pool(add_lengths, (void *)(uintptr_t)some_numbers());
}

static const char *multiply_length(const numbers *all, size_t n)
{
    static uint8_t odd_bytes[LENGTH_MAX];
    static uint64_t odd_longs[LENGTH_MAX];
    uint8_t bytes = 1;
    uint64_t longs = 1;
    for (size_t i = 0; i < n; i++) {
        odd_bytes[i] = (uint8_t)(all->bytes[i] * 2 + 1); /* products of odd numbers stay odd */
        odd_longs[i] = all->longs[i] * 2 + 1;
        bytes = (uint8_t)(bytes * odd_bytes[i]);
        longs *= odd_longs[i];
    }
    uint8_t byte_product = 0;
    uint64_t long_product = 0;
    if (multiply_bytes(&byte_product, odd_bytes, n) != 0 ||
        multiply_longs(&long_product, odd_longs, n) != 0)
        return wrong("n %zu: returned a code", n);
    if (byte_product != bytes || long_product != longs)
        return wrong("n %zu: the products are %d and %llu", n, byte_product,
                     (unsigned long long)long_product);
    return NULL;
}

static const char *multiply_lengths(void *arg)
{
    const char *problem = NULL;
    for (size_t i = 0; i < LENGTHS && problem == NULL; i++)
        problem = multiply_length(arg, lengths[i]);
    for (size_t n = 0; n < 200 && problem == NULL; n++)
        problem = multiply_length(arg, n);
    return problem;
}

const char *typed_sum_multiplies(void)
{
    return in_every_pool(multiply_lengths, (void *)(uintptr_t)some_numbers());
}

/* ---- floating-point numbers ---- */

enum { MANY = 1000003 };

typedef struct fractions {
    float floats[MANY];
    double doubles[MANY];
    float float_sum;
    double double_sum;
    double product;
    bool known;
} fractions;

static fractions *some_fractions(void)
{
    static fractions all;
    uint64_t state = 1;
    all.known = false;
    for (size_t i = 0; i < MANY; i++) {
        all.doubles[i] = 0.5 + (double)(random_next(&state) >> 11) * 0x1p-53;
        all.floats[i] = (float)all.doubles[i];
    }
    return &all;
}

static bool are_the_same(const void *a, const void *b, size_t size)
{
    return memcmp(a, b, size) == 0;
}

static const char *compare_bits(void *arg)
{
    fractions *const all = arg;
    float float_sum = 0;
    double double_sum = 0;
    double product = 0;
    if (sum_floats(&float_sum, all->floats, MANY) != 0 ||
        sum_doubles(&double_sum, all->doubles, MANY) != 0 ||
        multiply_doubles(&product, all->doubles, 1000) != 0)
        return "returned a code";
    if (all->known && (!are_the_same(&float_sum, &all->float_sum, sizeof float_sum) ||
                       !are_the_same(&double_sum, &all->double_sum, sizeof double_sum) ||
                       !are_the_same(&product, &all->product, sizeof product)))
        return wrong("%.9g, %.17g and %.17g, but %.9g, %.17g and %.17g before", (double)float_sum,
                     double_sum, product, (double)all->float_sum, all->double_sum, all->product);
    all->float_sum = float_sum;
    all->double_sum = double_sum;
    all->product = product;
    all->known = true;
    return NULL;
}

const char *typed_sum_gives_the_same_bits_in_every_pool(void)
{
    return in_every_pool(compare_bits, some_fractions());
}

static long double distance(long double a, long double b)
{
    return a < b ? b - a : a - b;
}

/* What is to be near `exact`: one number after the other, all in one block, and the whole call. */
typedef struct sums {
    long double exact;
    long double serial;
    long double block;
    long double call;
} sums;

static const char *judge_sums(const char *type, const sums *all)
{
    const long double serial = distance(all->serial, all->exact);
    const long double block = distance(all->block, all->exact);
    const long double call = distance(all->call, all->exact);
    if (block * 4 > serial || call * 10 > serial)
        return wrong("%s are off by %Lg, in one block by %Lg, one by one by %Lg", type, call, block,
                     serial);
    return NULL;
}

static const char *judge_floats(const fractions *all)
{
    sums off = {0, 0, 0, 0};
    volatile float serial = 0; /* of its own type after each addition */
    float block = 0;
    float call = 0;
    for (size_t i = 0; i < MANY; i++) {
        off.exact += (long double)all->floats[i];
        serial = serial + all->floats[i];
    }
    if (sum_floats(&call, all->floats, MANY) != 0)
        return "returned a code";
    (void)sum_floats_fold(&block, all->floats, MANY, NULL);
    off.serial = (long double)serial;
    off.block = (long double)block;
    off.call = (long double)call;
    return judge_sums("floats", &off);
}

static const char *judge_doubles(const fractions *all)
{
    sums off = {0, 0, 0, 0};
    volatile double serial = 0;
    double block = 0;
    double call = 0;
    for (size_t i = 0; i < MANY; i++) {
        off.exact += (long double)all->doubles[i];
        serial = serial + all->doubles[i];
    }
    if (sum_doubles(&call, all->doubles, MANY) != 0)
        return "returned a code";
    (void)sum_doubles_fold(&block, all->doubles, MANY, NULL);
    off.serial = (long double)serial;
    off.block = (long double)block;
    off.call = (long double)call;
    return judge_sums("doubles", &off);
}

const char *typed_sum_is_closer_than_a_serial_loop(void)
{
    const fractions *const all = some_fractions();
    const char *problem = judge_floats(all);
    return problem == NULL ? judge_doubles(all) : problem;
}

/* ---- the rest ---- */

static ptrdiff_t halves(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        ((double *)out)[i] = (double)((const size_t *)in)[i] / 2;
    return (ptrdiff_t)n;
}

static const char *add_halves(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < LENGTHS; i++) {
        double sum = 0;
        par_iter it = par_iter_range(0, lengths[i]);
        par_iter_map(&it, sizeof(double), halves, NULL);
        const int rc =
            par_iter_reduce(&it, &sum, sizeof sum, sum_doubles_fold, sum_doubles_merge, NULL);
        const double n = (double)lengths[i];
        if (rc != 0 || sum != n * (n - 1) / 4)
            return wrong("n %zu: code %d, sum %g", lengths[i], rc, sum);
    }
    return NULL;
}

const char *typed_sum_takes_what_an_iterator_gives(void)
{
    return in_every_pool(add_halves, NULL);
}

const char *typed_sum_returns_codes(void)
{
    const double two[2] = {2, 3};
    double result = 5;
    if (sum_doubles(&result, NULL, 1) != EINVAL || sum_doubles(NULL, two, 2) != EINVAL ||
        multiply_doubles(&result, NULL, 1) != EINVAL || sum_doubles(NULL, NULL, 0) != EINVAL)
        return "NULL was taken";
    if (sum_doubles(&result, two, SIZE_MAX) != EOVERFLOW || result != 5)
        return "a failure changed the result";
    if (sum_doubles(&result, NULL, 0) != 0 || result != 0)
        return "the sum of nothing is not 0";
    if (multiply_doubles(&result, NULL, 0) != 0 || result != 1)
        return "the product of nothing is not 1";
    if (multiply_doubles(&result, two, 2) != 0 || result != 6)
        return "2 times 3 is not 6";
    return NULL;
}
