/* SPDX-License-Identifier: MIT */
/* array_maps.c - one element of each, or of some: maps, filters, and chains of both. */
#include "peers/arrays.h"

#include <stdlib.h>

/* Of these values and squares every result is exact in a float. */
enum { PERIOD = 1024 };

static const peer_curve curve = {0.5F, 0.25F};

static const uint32_t half = UINT32_MAX / 2;
static const uint32_t few = UINT32_MAX / 100;

/* The square of the middle one of the values: half of the squares are below it. */
static const double middle = (double)(PERIOD / 2) * (PERIOD / 2);

/* ---- map */

static void fill_floats(array_run *run)
{
    float *const in = run->in;
    for (size_t i = 0; i < run->n; i++)
        in[i] = (float)(i % PERIOD);
}

static bool map_peer(array_run *run)
{
    run->out_n = run->n;
    return peer_map(run->out, run->in, run->n, &curve);
}

static void map_plain(array_run *run)
{
    const float *restrict const in = run->in;
    float *restrict const out = run->out;
    const float a = curve.a;
    const float b = curve.b;
    for (size_t i = 0; i < run->n; i++)
        out[i] = a * in[i] * in[i] + b;
    run->out_n = run->n;
}

/* ---- filter */

static void fill_numbers(array_run *run)
{
    uint32_t *const in = run->in;
    for (size_t i = 0; i < run->n; i++)
        in[i] = (uint32_t)array_random(i);
}

static bool filter_half_peer(array_run *run)
{
    return peer_filter(run->out, &run->out_n, run->in, run->n, half);
}

static bool filter_few_peer(array_run *run)
{
    return peer_filter(run->out, &run->out_n, run->in, run->n, few);
}

/* Without a branch on what nobody can predict. */
static size_t filter(uint32_t *restrict out, const uint32_t *restrict in, size_t n, uint32_t limit)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        out[kept] = in[i];
        kept += in[i] < limit;
    }
    return kept;
}

static void filter_half_plain(array_run *run)
{
    run->out_n = filter(run->out, run->in, run->n, half);
}

/* With a branch, which is nearly always right. */
static void filter_few_plain(array_run *run)
{
    const uint32_t *restrict const in = run->in;
    uint32_t *restrict const out = run->out;
    size_t kept = 0;
    for (size_t i = 0; i < run->n; i++) {
        if (in[i] < few)
            out[kept++] = in[i];
    }
    run->out_n = kept;
}

/* ---- collect */

static bool collect_peer(array_run *run)
{
    if (!peer_collect(&run->made, run->in, run->n, half))
        return false;
    run->unmake = peer_unmake;
    return true;
}

static void collect_end(peer_made *made)
{
    free(made->items);
}

static void collect_plain(array_run *run)
{
    const uint32_t *const in = run->in;
    uint64_t *const out = malloc(run->n * sizeof *out);
    if (out == NULL)
        abort();
    size_t kept = 0;
    for (size_t i = 0; i < run->n; i++) {
        out[kept] = (uint64_t)in[i] * in[i];
        kept += in[i] < half;
    }
    uint64_t *const fitting = realloc(out, (kept + 1) * sizeof *out);
    run->made = (peer_made){fitting == NULL ? out : fitting, kept, kept};
    run->unmake = collect_end;
}

/* ---- fused */

static void fill_values(array_run *run)
{
    double *const in = run->in;
    for (size_t i = 0; i < run->n; i++)
        in[i] = (double)(array_random(i) % PERIOD);
}

static bool fused_peer(array_run *run)
{
    run->out_n = 1;
    return peer_fused(run->out, run->in, run->n, middle);
}

static bool fused_in_one_peer(array_run *run)
{
    run->out_n = 1;
    return peer_fused_in_one(run->out, run->in, run->n, middle);
}

static void fused_plain(array_run *run)
{
    const double *const in = run->in;
    double sum = 0;
    for (size_t i = 0; i < run->n; i++) {
        const double square = in[i] * in[i];
        sum += square < middle ? square : 0;
    }
    *(double *)run->out = sum;
    run->out_n = 1;
}

static void fused_plain_sums(array_run *run)
{
    enum { SUMS = 32 };
    const double *const in = run->in;
    double sums[SUMS] = {0};
    size_t i = 0;
    for (; i + SUMS <= run->n; i += SUMS) {
        for (size_t k = 0; k < SUMS; k++) {
            const double square = in[i + k] * in[i + k];
            sums[k] += square < middle ? square : 0;
        }
    }
    for (; i < run->n; i++)
        sums[0] += in[i] * in[i] < middle ? in[i] * in[i] : 0;
    for (size_t k = 1; k < SUMS; k++)
        sums[0] += sums[k];
    *(double *)run->out = sums[0];
    run->out_n = 1;
}

enum { LARGE = 10 * 1000 * 1000, VERY_LARGE = 50 * 1000 * 1000, QUICK = 300007 };

const array_case array_maps[] = {
    {"map/f32", LARGE, QUICK, sizeof(float), sizeof(float), 0, fill_floats, map_peer, map_plain,
     NULL},
    {"filter/half", LARGE, QUICK, sizeof(uint32_t), sizeof(uint32_t), 0, fill_numbers,
     filter_half_peer, filter_half_plain, NULL},
    {"filter/few", LARGE, QUICK, sizeof(uint32_t), sizeof(uint32_t), 0, fill_numbers,
     filter_few_peer, filter_few_plain, NULL},
    {"collect/kept_squares", LARGE, QUICK, sizeof(uint32_t), sizeof(uint64_t), 0, fill_numbers,
     collect_peer, collect_plain, NULL},
    {"fused/square_keep_sum", VERY_LARGE, QUICK, sizeof(double), sizeof(double), 1, fill_values,
     fused_peer, fused_plain, fused_plain_sums},
    {"fused/in_one", VERY_LARGE, QUICK, sizeof(double), sizeof(double), 1, fill_values,
     fused_in_one_peer, fused_plain, fused_plain_sums},
    {0},
};
