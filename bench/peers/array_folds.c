/* SPDX-License-Identifier: MIT */
/* array_folds.c - one result of all elements: reductions, sums, histograms. */
#include "peers/arrays.h"

#include <math.h>
#include <string.h>

/* ---- the greatest */

static void fill_floats(array_run *run)
{
    float *const in = run->in;
    for (size_t i = 0; i < run->n; i++)
        in[i] = (float)(array_random(i) >> 40);
}

static bool max_peer(array_run *run)
{
    run->out_n = 1;
    return peer_max(run->out, run->in, run->n);
}

static void max_plain(array_run *run)
{
    const float *const in = run->in;
    float max = in[0];
    for (size_t i = 1; i < run->n; i++)
        max = in[i] > max ? in[i] : max;
    *(float *)run->out = max;
    run->out_n = 1;
}

/* ---- a struct */

/* Of small whole numbers all sums are exact. */
static void fill_values(array_run *run)
{
    enum { VALUES = 1024 };
    double *const in = run->in;
    for (size_t i = 0; i < run->n; i++)
        in[i] = (double)(array_random(i) % VALUES);
}

static bool summary_peer(array_run *run)
{
    run->out_n = 1;
    return peer_summarize(run->out, run->in, run->n);
}

static void summary_plain(array_run *run)
{
    const double *const in = run->in;
    peer_summary all = {0, 0, (double)INFINITY, -(double)INFINITY};
    for (size_t i = 0; i < run->n; i++) {
        all.n++;
        all.sum += in[i];
        all.least = in[i] < all.least ? in[i] : all.least;
        all.greatest = in[i] > all.greatest ? in[i] : all.greatest;
    }
    *(peer_summary *)run->out = all;
    run->out_n = 1;
}

/* ---- sum */

static void fill_integers(array_run *run)
{
    int64_t *const in = run->in;
    for (size_t i = 0; i < run->n; i++)
        in[i] = (int64_t)(array_random(i) >> 40);
}

static bool sum_peer(array_run *run)
{
    run->out_n = 1;
    return peer_sum_i64(run->out, run->in, run->n);
}

static void sum_plain(array_run *run)
{
    const int64_t *const in = run->in;
    int64_t sum = 0;
    for (size_t i = 0; i < run->n; i++)
        sum += in[i];
    *(int64_t *)run->out = sum;
    run->out_n = 1;
}

/* ---- histograms */

static void fill_bytes(array_run *run)
{
    uint8_t *const in = run->in;
    for (size_t i = 0; i < run->n; i++)
        in[i] = (uint8_t)array_random(i);
}

static bool bytes_peer(array_run *run)
{
    run->out_n = PEER_BYTES;
    return peer_histogram_u8(run->out, run->in, run->n);
}

static void bytes_plain(array_run *run)
{
    const uint8_t *restrict const in = run->in;
    size_t *restrict const counts = run->out;
    memset(counts, 0, PEER_BYTES * sizeof *counts);
    for (size_t i = 0; i < run->n; i++)
        counts[in[i]]++;
    run->out_n = PEER_BYTES;
}

static void fill_bins(array_run *run)
{
    uint32_t *const in = run->in;
    for (size_t i = 0; i < run->n; i++)
        in[i] = (uint32_t)(array_random(i) % PEER_BINS);
}

static bool bins_peer(array_run *run)
{
    run->out_n = PEER_BINS;
    return peer_histogram_u32(run->out, run->in, run->n);
}

static void bins_plain(array_run *run)
{
    const uint32_t *restrict const in = run->in;
    size_t *restrict const counts = run->out;
    memset(counts, 0, PEER_BINS * sizeof *counts);
    for (size_t i = 0; i < run->n; i++)
        counts[in[i]]++;
    run->out_n = PEER_BINS;
}

enum { LARGE = 20 * 1000 * 1000, VERY_LARGE = 50 * 1000 * 1000, QUICK = 300007 };

const array_case array_folds[] = {
    {"reduce/max_f32", VERY_LARGE, QUICK, sizeof(float), sizeof(float), 1, fill_floats, max_peer,
     max_plain, NULL},
    {"reduce/struct", VERY_LARGE, QUICK, sizeof(double), sizeof(peer_summary), 1, fill_values,
     summary_peer, summary_plain, NULL},
    {"reduce/sum_i64", VERY_LARGE, QUICK, sizeof(int64_t), sizeof(int64_t), 1, fill_integers,
     sum_peer, sum_plain, NULL},
    {"histogram/u8_256", VERY_LARGE, QUICK, sizeof(uint8_t), sizeof(size_t), PEER_BYTES, fill_bytes,
     bytes_peer, bytes_plain, NULL},
    {"histogram/u32_65536", LARGE, QUICK, sizeof(uint32_t), sizeof(size_t), PEER_BINS, fill_bins,
     bins_peer, bins_plain, NULL},
    {0},
};
