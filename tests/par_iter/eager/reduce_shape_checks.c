/* SPDX-License-Identifier: MIT */
/* reduce_shape_checks.c - accumulators that are strictly aligned or large, and reductions inside
 * each other. */
#include "par_iter/base/lengths.h"
#include "par_iter/eager/reduce_checks.h"

/* ---- accumulators ---- */

/* As strict as any type; `words` makes some fit the stack and some not. */
typedef struct wide {
    _Alignas(64) uint64_t words[8];
} wide;

static ptrdiff_t add_aligned(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    if ((uintptr_t)out % _Alignof(wide) != 0)
        return -1;
    for (size_t i = 0; i < n; i++)
        ((wide *)out)->words[i % 8] += ((const uint64_t *)in)[i];
    return 0;
}

static void merge_wide(void *left, const void *right, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < 8; i++)
        ((wide *)left)->words[i] += ((const wide *)right)->words[i];
}

static const char *sum_wide(void *arg)
{
    static uint64_t ones[LENGTH_MAX];
    (void)arg;
    for (size_t i = 0; i < LENGTH_MAX; i++)
        ones[i] = 1;
    for (size_t i = 0; i < LENGTHS; i++) {
        const size_t n = lengths[i];
        wide acc = {{0}};
        const int rc =
            par_reduce(&acc, sizeof acc, ones, sizeof *ones, n, add_aligned, merge_wide, NULL);
        uint64_t sum = 0;
        for (size_t word = 0; word < 8; word++)
            sum += acc.words[word];
        if (rc != 0 || sum != n)
            return wrong("n %zu: code %d, sum %llu", n, rc, (unsigned long long)sum);
    }
    return NULL;
}

const char *reduce_aligns_accumulators(void)
{
    return in_every_pool(sum_wide, NULL);
}

/* A histogram: partial results that no stack should hold. */
enum { BINS = 4096 };

static ptrdiff_t count_bins(void *out, const void *in, size_t n, void *ctx)
{
    uint32_t *bins = out;
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        bins[((const uint64_t *)in)[i] % BINS]++;
    return 0;
}

static void merge_bins(void *left, const void *right, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < BINS; i++)
        ((uint32_t *)left)[i] += ((const uint32_t *)right)[i];
}

static const char *count_histogram(void *arg)
{
    enum { N = 10 * BINS + 5 };
    static uint64_t items[N];
    static uint32_t bins[BINS];
    (void)arg;
    for (size_t i = 0; i < N; i++)
        items[i] = i * 3;
    memset(bins, 0, sizeof bins);
    const int rc =
        par_reduce(bins, sizeof bins, items, sizeof *items, N, count_bins, merge_bins, NULL);
    if (rc != 0)
        return wrong("returned %d", rc);
    for (size_t i = 0; i < BINS; i++) {
        const size_t turn = i * 2731 % BINS; /* 3 * 2731 = 1 modulo 4096 */
        if (bins[i] != 10U + (turn < 5))
            return wrong("bin %zu has %u", i, bins[i]);
    }
    return NULL;
}

const char *reduce_takes_large_accumulators(void)
{
    return in_every_pool(count_histogram, NULL);
}

/* ---- inside each other ---- */

enum { ROWS = 50, COLUMNS = 300 };

typedef struct row {
    double numbers[COLUMNS];
} row;

static ptrdiff_t add_all(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        *(double *)out += ((const double *)in)[i];
    return 0;
}

static void merge_sums(void *left, const void *right, void *ctx)
{
    (void)ctx;
    *(double *)left += *(const double *)right;
}

static ptrdiff_t add_rows(void *out, const void *in, size_t n, void *ctx)
{
    const row *rows = in;
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        if (par_reduce(&sum, sizeof sum, rows[i].numbers, sizeof sum, COLUMNS, add_all, merge_sums,
                       ctx) != 0)
            return -1;
        *(double *)out += sum;
    }
    return 0;
}

static const char *sum_rows(void *arg)
{
    static row rows[ROWS];
    double sum = 0;
    for (size_t i = 0; i < (size_t)ROWS * COLUMNS; i++)
        rows[i / COLUMNS].numbers[i % COLUMNS] = (double)i;
    const int rc =
        par_reduce(&sum, sizeof sum, rows, sizeof rows[0], ROWS, add_rows, merge_sums, arg);
    const double last = (double)ROWS * COLUMNS - 1;
    if (rc != 0 || sum != last * (last + 1) / 2)
        return wrong("code %d, sum %.17g", rc, sum);
    return NULL;
}

const char *reduce_nests(void)
{
    return in_every_pool(sum_rows, NULL);
}
