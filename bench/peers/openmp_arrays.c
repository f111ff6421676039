/* SPDX-License-Identifier: MIT */
/* openmp_arrays.c - see peer.h. Compiled twice, as openmp.c is. */
#include "peers/peer.h"

#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

bool peer_map(float *restrict out, const float *restrict in, size_t n, const peer_curve *curve)
{
    const float a = curve->a;
    const float b = curve->b;
#pragma omp parallel for simd schedule(static)
    for (size_t i = 0; i < n; i++)
        out[i] = a * in[i] * in[i] + b;
    return true;
}

/* ---- filters: what each block keeps is counted, then written where it belongs. */

enum { BLOCK = 1 << 16 };

static size_t blocks_of(size_t n)
{
    return (n + BLOCK - 1) / BLOCK;
}

static size_t end_of(size_t n, size_t block)
{
    return n - block * BLOCK < BLOCK ? n : (block + 1) * BLOCK;
}

/* Where what each block keeps begins, and behind the last one the number of all; or NULL. */
static size_t *places_of(const uint32_t *in, size_t n, uint32_t limit)
{
    const size_t blocks = blocks_of(n);
    size_t *const places = calloc(blocks + 1, sizeof *places);
    if (places == NULL)
        return NULL;
#pragma omp parallel for schedule(static)
    for (size_t block = 0; block < blocks; block++) {
        const size_t end = end_of(n, block);
        size_t kept = 0;
        for (size_t i = block * BLOCK; i < end; i++)
            kept += in[i] < limit;
        places[block + 1] = kept;
    }
    for (size_t block = 0; block < blocks; block++)
        places[block + 1] += places[block];
    return places;
}

/* The loop over a block ends with the last that it keeps, so no branch hangs on each. */
bool peer_filter(uint32_t *out, size_t *out_n, const uint32_t *in, size_t n, uint32_t limit)
{
    const size_t blocks = blocks_of(n);
    size_t *const places = places_of(in, n, limit);
    if (places == NULL)
        return false;
#pragma omp parallel for schedule(static)
    for (size_t block = 0; block < blocks; block++) {
        const uint32_t *from = in + block * BLOCK;
        for (size_t at = places[block]; at < places[block + 1]; from++) {
            out[at] = *from;
            at += *from < limit;
        }
    }
    *out_n = places[blocks];
    free(places);
    return true;
}

bool peer_collect(peer_made *made, const uint32_t *in, size_t n, uint32_t limit)
{
    const size_t blocks = blocks_of(n);
    size_t *const places = places_of(in, n, limit);
    uint64_t *const out = places == NULL ? NULL : malloc(places[blocks] * sizeof *out);
    if (out == NULL) {
        free(places);
        return false;
    }
#pragma omp parallel for schedule(static)
    for (size_t block = 0; block < blocks; block++) {
        const uint32_t *from = in + block * BLOCK;
        for (size_t at = places[block]; at < places[block + 1]; from++) {
            out[at] = (uint64_t)*from * *from;
            at += *from < limit;
        }
    }
    *made = (peer_made){out, places[blocks], places[blocks]};
    free(places);
    return true;
}

void peer_unmake(peer_made *made)
{
    free(made->items);
}

/* ---- reductions */

/* firstprivate: clang does not see that the shared ones stay as they are. */
bool peer_fused(double *sum, const double *in, size_t n, double limit)
{
    double total = 0;
#pragma omp parallel for simd schedule(static) firstprivate(in, n) reduction(+ : total)
    for (size_t i = 0; i < n; i++) {
        const double square = in[i] * in[i];
        total += square < limit ? square : 0;
    }
    *sum = total;
    return true;
}

bool peer_fused_in_one(double *sum, const double *in, size_t n, double limit)
{
    return peer_fused(sum, in, n, limit);
}

bool peer_max(float *max, const float *in, size_t n)
{
    float greatest = in[0];
#pragma omp parallel for simd schedule(static) firstprivate(in, n) reduction(max : greatest)
    for (size_t i = 1; i < n; i++)
        greatest = in[i] > greatest ? in[i] : greatest;
    *max = greatest;
    return true;
}

static void merge(peer_summary *all, const peer_summary *more)
{
    all->n += more->n;
    all->sum += more->sum;
    all->least = more->least < all->least ? more->least : all->least;
    all->greatest = more->greatest > all->greatest ? more->greatest : all->greatest;
}

#define NOTHING                                                                                    \
    (peer_summary)                                                                                 \
    {                                                                                              \
        0, 0, (double)INFINITY, -(double)INFINITY                                                  \
    }
#pragma omp declare reduction(merge:peer_summary                                                   \
                              : merge(&omp_out, &omp_in)) initializer(omp_priv = NOTHING)

bool peer_summarize(peer_summary *summary, const double *in, size_t n)
{
    peer_summary all = NOTHING;
#pragma omp parallel for schedule(static) reduction(merge : all)
    for (size_t i = 0; i < n; i++) {
        all.n++;
        all.sum += in[i];
        all.least = in[i] < all.least ? in[i] : all.least;
        all.greatest = in[i] > all.greatest ? in[i] : all.greatest;
    }
    *summary = all;
    return true;
}

bool peer_sum_i64(int64_t *sum, const int64_t *in, size_t n)
{
    int64_t total = 0;
#pragma omp parallel for simd schedule(static) firstprivate(in, n) reduction(+ : total)
    for (size_t i = 0; i < n; i++)
        total += in[i];
    *sum = total;
    return true;
}

/* ---- running sums and searches */

/* Each thread's share is added up, then gone through. OpenMP's own scans take a copy of the array,
 * which clang puts on the stack, and several times as long as one thread. */

static size_t share_of(size_t n, size_t thread, size_t threads)
{
    return n / threads * thread + (thread < n % threads ? thread : n % threads);
}

#define SCAN(name, type)                                                                           \
    bool name(type *restrict out, const type *restrict in, size_t n)                               \
    {                                                                                              \
        type *const sums = calloc((size_t)omp_get_max_threads(), sizeof *sums);                    \
        if (sums == NULL)                                                                          \
            return false;                                                                          \
        _Pragma("omp parallel")                                                                    \
        {                                                                                          \
            const size_t thread = (size_t)omp_get_thread_num();                                    \
            const size_t threads = (size_t)omp_get_num_threads();                                  \
            const size_t begin = share_of(n, thread, threads);                                     \
            const size_t end = share_of(n, thread + 1, threads);                                   \
            type sum = 0;                                                                          \
            for (size_t i = begin; i < end; i++)                                                   \
                sum += in[i];                                                                      \
            sums[thread] = sum;                                                                    \
            _Pragma("omp barrier") sum = 0;                                                        \
            for (size_t i = 0; i < thread; i++)                                                    \
                sum += sums[i];                                                                    \
            for (size_t i = begin; i < end; i++)                                                   \
                out[i] = sum += in[i];                                                             \
        }                                                                                          \
        free(sums);                                                                                \
        return true;                                                                               \
    }

SCAN(peer_scan_f64, double)
SCAN(peer_scan_i64, int64_t)

bool peer_find(size_t *index, const uint32_t *in, size_t n, uint32_t value)
{
    const size_t blocks = blocks_of(n);
    size_t first = n;
#pragma omp parallel for schedule(dynamic)
    for (size_t block = 0; block < blocks; block++) {
        size_t known;
        size_t i = block * BLOCK;
        const size_t end = end_of(n, block);
#pragma omp atomic read
        known = first;
        if (i > known)
            continue;
        while (i < end && in[i] != value)
            i++;
        if (i == end)
            continue;
#pragma omp critical
        if (i < first) {
#pragma omp atomic write
            first = i;
        }
    }
    *index = first;
    return true;
}

/* ---- histograms */

bool peer_histogram_u8(size_t *counts, const uint8_t *in, size_t n)
{
    memset(counts, 0, PEER_BYTES * sizeof *counts);
#pragma omp parallel for schedule(static) reduction(+ : counts[:PEER_BYTES])
    for (size_t i = 0; i < n; i++)
        counts[in[i]]++;
    return true;
}

bool peer_histogram_u32(size_t *counts, const uint32_t *in, size_t n)
{
    memset(counts, 0, PEER_BINS * sizeof *counts);
#pragma omp parallel for schedule(static) reduction(+ : counts[:PEER_BINS])
    for (size_t i = 0; i < n; i++)
        counts[in[i]]++;
    return true;
}
