/* SPDX-License-Identifier: MIT */
/* iter_reduce_checks.c - results of par_iter_reduce and par_iter_reduce_with. */
#include "par_iter/lazy/iter_consume_checks.h"
#include "par_iter/lazy/iter_kit.h"

enum { MANY = 300001 };

/* ---- order ---- */

/* 2 x 2 matrices of numbers modulo 2^64. Their product does not commute. */
typedef struct matrix {
    uint64_t m[4];
} matrix;

static matrix product(matrix a, matrix b)
{
    return (matrix){{a.m[0] * b.m[0] + a.m[1] * b.m[2], a.m[0] * b.m[1] + a.m[1] * b.m[3],
                     a.m[2] * b.m[0] + a.m[3] * b.m[2], a.m[2] * b.m[1] + a.m[3] * b.m[3]}};
}

static matrix matrix_of(uint64_t number)
{
    return (matrix){{number, number + 1, 2 * number + 1, 3}};
}

static ptrdiff_t make_matrices(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        ((matrix *)out)[i] = matrix_of(((const uint64_t *)in)[i]);
    return (ptrdiff_t)n;
}

static ptrdiff_t multiply(void *out, const void *in, size_t n, void *ctx)
{
    matrix *acc = out;
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        *acc = product(*acc, ((const matrix *)in)[i]);
    return 0;
}

static void merge_matrices(void *left, const void *right, void *ctx)
{
    (void)ctx;
    *(matrix *)left = product(*(const matrix *)left, *(const matrix *)right);
}

static const matrix one = {{1, 0, 0, 1}};

static const char *judge_matrix(size_t n, int rc, matrix result, matrix expected)
{
    if (rc != 0 || memcmp(&result, &expected, sizeof result) != 0)
        return wrong("n %zu: code %d, or another product", n, rc);
    return NULL;
}

/* Of all numbers, or of those that the filter leaves. */
static const char *check_product(size_t n, bool filtered)
{
    static uint64_t divisor = 5;
    matrix expected = one;
    matrix acc = one;
    matrix result = {{7, 7, 7, 7}};
    for (size_t i = 0; i < n; i++) {
        if (!filtered || i % 5 != 0)
            expected = product(expected, matrix_of(i));
    }
    par_iter it = par_iter_range(0, n);
    if (filtered)
        par_iter_filter(&it, kit_drop_multiples, &divisor);
    par_iter_map(&it, sizeof(matrix), make_matrices, NULL);
    const int rc = par_iter_reduce(&it, &acc, sizeof acc, multiply, merge_matrices, NULL);
    const char *problem = judge_matrix(n, rc, acc, expected);
    const int rc_with = par_iter_reduce_with(&it, &result, multiply, merge_matrices, NULL);
    if (problem != NULL)
        return problem;
    if (n == 0 || (filtered && n == 1))
        return rc_with == ENODATA && result.m[0] == 7 ? NULL : "reduce_with of nothing";
    return judge_matrix(n, rc_with, result, expected);
}

static const char *check_products(void *arg)
{
    static const size_t some[] = {0, 1, 2, 3, 127, 128, 129, 1025, 5000, MANY};
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < sizeof some / sizeof some[0] && problem == NULL; i++) {
        problem = check_product(some[i], false);
        if (problem == NULL)
            problem = check_product(some[i], true);
    }
    return problem;
}

const char *iter_reduce_keeps_the_order_of_elements(void)
{
    return in_every_pool(check_products, NULL);
}

/* Every fold begins with the identity: what is not 0 in it would be counted for each piece. */
static const char *check_identity(void *arg)
{
    const par_iter it = par_iter_range(0, MANY);
    size_t counts[2] = {0, 0};
    (void)arg;
    for (size_t i = 0; i < 2; i++) {
        uint64_t acc = i; /* 1 is no identity, and shows how often it is used */
        if (par_iter_reduce(&it, &acc, sizeof acc, kit_add, kit_add_up, NULL) != 0)
            return "did not run";
        counts[i] = (size_t)(acc - (uint64_t)MANY * (MANY - 1) / 2);
    }
    if (counts[0] != 0 || counts[1] == 0 || counts[1] > 1024)
        return wrong("%zu, and %zu pieces", counts[0], counts[1]);
    return NULL;
}

const char *iter_reduce_begins_each_piece_from_the_identity(void)
{
    return in_every_pool(check_identity, NULL);
}

/* ---- nothing ---- */

/* Keeps what is in a part of the range, in which all other pieces are empty. */
typedef struct part {
    uint64_t begin;
    uint64_t end;
} part;

static ptrdiff_t keep_part(void *out, const void *in, size_t n, void *ctx)
{
    const part *p = ctx;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t number = ((const uint64_t *)in)[i];
        if (number >= p->begin && number < p->end)
            ((uint64_t *)out)[kept++] = number;
    }
    return (ptrdiff_t)kept;
}

static const char *check_parts(void *arg)
{
    static const part parts[] = {{0, 0},       {0, 1},         {MANY - 1, MANY},
                                 {1000, 1001}, {1000, 200000}, {0, MANY}};
    (void)arg;
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        part p = parts[i];
        const uint64_t sum =
            p.begin == p.end ? 0 : (p.end * (p.end - 1) - p.begin * p.begin + p.begin) / 2;
        uint64_t acc = 0;
        uint64_t result = 7;
        size_t n = 7;
        par_iter it = par_iter_range(0, MANY);
        par_iter_filter(&it, keep_part, &p);
        const int rc = par_iter_reduce(&it, &acc, sizeof acc, kit_add, kit_add_up, NULL);
        const int rc_with = par_iter_reduce_with(&it, &result, kit_add, kit_add_up, NULL);
        if (rc != 0 || acc != sum || par_iter_count(&it, &n) != 0 || n != p.end - p.begin)
            return wrong("part %zu: code %d, or another sum", i, rc);
        if (rc_with != (n == 0 ? ENODATA : 0) || result != (n == 0 ? 7 : sum))
            return wrong("part %zu: code %d, or another sum without identity", i, rc_with);
    }
    return NULL;
}

const char *iter_reduce_leaves_out_what_filters_left_empty(void)
{
    return in_every_pool(check_parts, NULL);
}

/* ---- bits ---- */

static ptrdiff_t make_fractions(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        const uint64_t number = kit_scramble(((const uint64_t *)in)[i]);
        ((double *)out)[i] = (double)(int64_t)number / (double)(kit_scramble(number) >> 1);
    }
    return (ptrdiff_t)n;
}

static ptrdiff_t add_fractions(void *out, const void *in, size_t n, void *ctx)
{
    double sum = *(double *)out;
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        sum += ((const double *)in)[i];
    *(double *)out = sum;
    return 0;
}

static void merge_fractions(void *left, const void *right, void *ctx)
{
    (void)ctx;
    *(double *)left += *(const double *)right;
}

enum { SUMS = 4 };

/* With and without identity and filter; cut in other pieces at every call. */
static const char *sum_fractions(void *arg)
{
    static size_t call;
    static uint64_t divisor = 7;
    double *sums = arg;
    for (size_t i = 0; i < SUMS; i++) {
        sums[i] = 0;
        par_iter it = par_iter_range(0, MANY);
        if (i >= 2)
            par_iter_filter(&it, kit_drop_multiples, &divisor);
        par_iter_map(&it, sizeof(double), make_fractions, NULL);
        par_iter_pieces(&it, call % 3 * 1000, call % 4 * 3000, call % 5);
        call++;
        const int rc =
            i % 2 == 0 ? par_iter_reduce(&it, &sums[i], sizeof(double), add_fractions,
                                         merge_fractions, NULL)
                       : par_iter_reduce_with(&it, &sums[i], add_fractions, merge_fractions, NULL);
        if (rc != 0)
            return wrong("returned %d", rc);
    }
    return NULL;
}

const char *iter_reduce_gives_the_same_bits_in_every_pool(void)
{
    static const size_t threads[] = {1, 2, 3, 5, 8, 12, 16};
    double first[SUMS];
    const char *problem = sum_fractions(first);
    for (size_t i = 0; i < sizeof threads / sizeof threads[0] && problem == NULL; i++) {
        double sums[SUMS];
        problem = in_pool(threads[i], sum_fractions, sums);
        if (problem == NULL && memcmp(sums, first, sizeof sums) != 0)
            problem = wrong("other bits with %zu threads", threads[i]);
    }
    return problem;
}

/* ---- accumulators ---- */

/* A histogram, strictly aligned, and too large for any stack. */
enum { BINS = 4096 };

typedef struct histogram {
    _Alignas(64) uint32_t bins[BINS];
} histogram;

static ptrdiff_t sort_in(void *out, const void *in, size_t n, void *ctx)
{
    histogram *h = out;
    (void)ctx;
    if ((uintptr_t)out % _Alignof(histogram) != 0)
        return -1;
    for (size_t i = 0; i < n; i++)
        h->bins[((const uint64_t *)in)[i] % BINS]++;
    return 0;
}

static void merge_histograms(void *left, const void *right, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < BINS; i++)
        ((histogram *)left)->bins[i] += ((const histogram *)right)->bins[i];
}

static const char *check_histogram(void *arg)
{
    static histogram h;
    (void)arg;
    memset(&h, 0, sizeof h);
    const par_iter it = par_iter_range(0, (size_t)30 * BINS);
    const int rc = par_iter_reduce(&it, &h, sizeof h, sort_in, merge_histograms, NULL);
    for (size_t i = 0; i < BINS; i++) {
        if (rc != 0 || h.bins[i] != 30)
            return wrong("code %d, %u in bin %zu", rc, (unsigned)h.bins[i], i);
    }
    return NULL;
}

const char *iter_reduce_takes_large_and_aligned_accumulators(void)
{
    return in_every_pool(check_histogram, NULL);
}

static ptrdiff_t never(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    (void)n;
    (void)ctx;
    return -1;
}

const char *iter_reduce_leaves_the_accumulator_without_memory(void)
{
    static const size_t sizes[] = {SIZE_MAX, SIZE_MAX / 128, PTRDIFF_MAX};
    const par_iter it = par_iter_range(0, 128);
    char acc = 'a';
    for (size_t i = 0; i < 3; i++) {
        const int rc = par_iter_reduce(&it, &acc, sizes[i], never, kit_add_up, NULL);
        if (rc != ENOMEM || acc != 'a')
            return wrong("accumulators of %zu bytes: returned %d", sizes[i], rc);
    }
    return NULL;
}

/* ---- failures ---- */

static ptrdiff_t add_or_fail(void *out, const void *in, size_t n, void *ctx)
{
    const uint64_t at = *(const uint64_t *)ctx;
    for (size_t i = 0; i < n; i++) {
        if (((const uint64_t *)in)[i] == at)
            return -1 - (ptrdiff_t)at;
    }
    return kit_add(out, in, n, ctx);
}

static const char *check_failures(void *arg)
{
    enum { ELEMENTS = 300 };
    const par_iter it = par_iter_range(0, ELEMENTS);
    (void)arg;
    for (uint64_t at = 0; at <= ELEMENTS; at++) { /* the first of a piece need not be folded */
        uint64_t acc = 0;
        uint64_t result = 7;
        const int rc = par_iter_reduce(&it, &acc, sizeof acc, add_or_fail, kit_add_up, &at);
        const int rc_with = par_iter_reduce_with(&it, &result, add_or_fail, kit_add_up, &at);
        const int expected = at < ELEMENTS ? -1 - (int)at : 0;
        if (rc != expected || (rc != 0 && acc != 0))
            return wrong("element %llu: code %d", (unsigned long long)at, rc);
        if ((rc_with != expected && rc_with != 0) || (rc_with != 0 && result != 7))
            return wrong("element %llu: code %d without identity", (unsigned long long)at, rc_with);
    }
    return NULL;
}

const char *iter_reduce_leaves_the_result_when_a_block_fails(void)
{
    return in_every_pool(check_failures, NULL);
}

static ptrdiff_t fail_late(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    (void)n;
    return atomic_fetch_add((atomic_size_t *)ctx, 1) == 50 ? -4 : 0;
}

static const char *check_huge_reduce(void *arg)
{
    const par_iter all = par_iter_range(0, SIZE_MAX);
    atomic_size_t blocks = 0;
    uint64_t acc = 3;
    (void)arg;
    const int rc = par_iter_reduce(&all, &acc, sizeof acc, fail_late, kit_add_up, &blocks);
    return rc == -4 && acc == 3 ? NULL : wrong("returned %d", rc);
}

const char *iter_reduce_skips_blocks_after_a_failure(void)
{
    return in_every_pool(check_huge_reduce, NULL);
}

const char *iter_reduce_refuses_bad_arguments(void)
{
    const par_iter it = par_iter_range(0, 5);
    const par_iter none = par_iter_range(0, 0);
    uint64_t acc = 3;
    const int rcs[] = {
        par_iter_reduce(NULL, &acc, 8, never, kit_add_up, NULL),
        par_iter_reduce(&it, NULL, 8, never, kit_add_up, NULL),
        par_iter_reduce(&it, &acc, 0, never, kit_add_up, NULL),
        par_iter_reduce(&it, &acc, 8, NULL, kit_add_up, NULL),
        par_iter_reduce(&none, &acc, 8, never, NULL, NULL),
        par_iter_reduce_with(NULL, &acc, never, kit_add_up, NULL),
        par_iter_reduce_with(&none, NULL, never, kit_add_up, NULL),
        par_iter_reduce_with(&it, &acc, NULL, kit_add_up, NULL),
        par_iter_reduce_with(&it, &acc, never, NULL, NULL),
        par_iter_count(NULL, &(size_t){0}),
        par_iter_count(&none, NULL),
    };
    for (size_t i = 0; i < sizeof rcs / sizeof rcs[0]; i++) {
        if (rcs[i] != EINVAL)
            return wrong("call %zu returned %d", i, rcs[i]);
    }
    return acc == 3 ? NULL : "something was changed";
}
