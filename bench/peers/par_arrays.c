/* SPDX-License-Identifier: MIT */
/* par_arrays.c - see peer.h. */
#include "peers/peer.h"

#include <math.h>
#include <par/par.h>
#include <stdlib.h>

/* ---- map and filter */

static inline float on_curve(float x, const peer_curve *curve)
{
    return curve->a * x * x + curve->b;
}

PAR_DEFINE_MAP_CTX(map_curve, float, float, peer_curve, on_curve)

bool peer_map(float *out, const float *in, size_t n, const peer_curve *curve)
{
    return map_curve(out, in, n, curve) == 0;
}

static inline bool is_below(uint32_t x, const uint32_t *limit)
{
    return x < *limit;
}

PAR_DEFINE_FILTER_CTX(below, uint32_t, uint32_t, is_below)

bool peer_filter(uint32_t *out, size_t *out_n, const uint32_t *in, size_t n, uint32_t limit)
{
    return below(out, out_n, in, n, &limit) == 0;
}

/* ---- chains */

static inline uint64_t long_square(uint32_t x)
{
    return (uint64_t)x * x;
}

PAR_DEFINE_MAP(long_squares, uint64_t, uint32_t, long_square)

bool peer_collect(peer_made *made, const uint32_t *in, size_t n, uint32_t limit)
{
    void *items;
    par_iter it = par_iter_over(in, sizeof *in, n);
    par_iter_filter(&it, below_block, &limit);
    par_iter_map(&it, sizeof(uint64_t), long_squares_block, NULL);
    if (par_iter_collect_new(&it, &items, &made->n) != 0)
        return false;
    made->items = items;
    return true;
}

void peer_unmake(peer_made *made)
{
    free(made->items);
}

static inline double square(double x)
{
    return x * x;
}

static inline bool is_low(double x, const double *limit)
{
    return x < *limit;
}

PAR_DEFINE_MAP(squares, double, double, square)
PAR_DEFINE_FILTER_CTX(low, double, double, is_low)
PAR_DEFINE_SUM(total, double)

bool peer_fused(double *sum, const double *in, size_t n, double limit)
{
    par_iter it = par_iter_over(in, sizeof *in, n);
    par_iter_map(&it, sizeof(double), squares_block, NULL);
    par_iter_filter(&it, low_block, &limit);
    *sum = 0;
    return par_iter_reduce(&it, sum, sizeof *sum, total_fold, total_merge, NULL) == 0;
}

static inline double low_square(double x, const double *limit)
{
    return x * x < *limit ? x * x : 0;
}

static inline double add_f64(double a, double b)
{
    return a + b;
}

PAR_DEFINE_MAP_REDUCE_CTX(sum_low_squares, double, double, double, low_square, add_f64)

bool peer_fused_in_one(double *sum, const double *in, size_t n, double limit)
{
    *sum = 0;
    return sum_low_squares(sum, in, n, &limit) == 0;
}

/* ---- reductions */

static inline float greater(float a, float b)
{
    return b > a ? b : a;
}

PAR_DEFINE_REDUCE_WITH(greatest, float, greater)

bool peer_max(float *max, const float *in, size_t n)
{
    return greatest(max, in, n) == 0;
}

static inline peer_summary add_one(peer_summary all, double x)
{
    all.n++;
    all.sum += x;
    all.least = x < all.least ? x : all.least;
    all.greatest = x > all.greatest ? x : all.greatest;
    return all;
}

static inline peer_summary add_all(peer_summary a, peer_summary b)
{
    a.n += b.n;
    a.sum += b.sum;
    a.least = b.least < a.least ? b.least : a.least;
    a.greatest = b.greatest > a.greatest ? b.greatest : a.greatest;
    return a;
}

PAR_DEFINE_REDUCE(summarize, peer_summary, double, add_one, add_all)

bool peer_summarize(peer_summary *summary, const double *in, size_t n)
{
    *summary = (peer_summary){0, 0, (double)INFINITY, -(double)INFINITY};
    return summarize(summary, in, n) == 0;
}

PAR_DEFINE_SUM(total_i64, int64_t)

bool peer_sum_i64(int64_t *sum, const int64_t *in, size_t n)
{
    return total_i64(sum, in, n) == 0;
}

static inline uint32_t byte_bin(uint8_t x)
{
    return x;
}

static inline uint32_t number_bin(uint32_t x)
{
    return x;
}

PAR_DEFINE_HISTOGRAM(count_bytes, uint8_t, byte_bin)
PAR_DEFINE_HISTOGRAM(count_numbers, uint32_t, number_bin)

bool peer_histogram_u8(size_t *counts, const uint8_t *in, size_t n)
{
    return count_bytes(counts, PEER_BYTES, in, n) == 0;
}

bool peer_histogram_u32(size_t *counts, const uint32_t *in, size_t n)
{
    return count_numbers(counts, PEER_BINS, in, n) == 0;
}

/* ---- running sums and searches */

static inline int64_t add_i64(int64_t a, int64_t b)
{
    return a + b;
}

PAR_DEFINE_SCAN(running_f64, double, add_f64, 0)
PAR_DEFINE_SCAN(running_i64, int64_t, add_i64, 0)

bool peer_scan_f64(double *out, const double *in, size_t n)
{
    return running_f64(out, in, n) == 0;
}

bool peer_scan_i64(int64_t *out, const int64_t *in, size_t n)
{
    return running_i64(out, in, n) == 0;
}

static inline bool is_equal(uint32_t x, const uint32_t *value)
{
    return x == *value;
}

PAR_DEFINE_FIND_CTX(equal, uint32_t, uint32_t, is_equal)

bool peer_find(size_t *index, const uint32_t *in, size_t n, uint32_t value)
{
    *index = n;
    const int code = equal_first(in, n, index, &value);
    return code == 0 || code == ENODATA;
}
