/* SPDX-License-Identifier: MIT */
/* array_scans.c - where the order of the elements matters: running sums, and the first of a kind.
 */
#include "peers/arrays.h"

/* ---- running sums */

/* Of small whole numbers all sums are exact. */
enum { VALUES = 1024 };

static void fill_values(array_run *run)
{
    double *const in = run->in;
    for (size_t i = 0; i < run->n; i++)
        in[i] = (double)(array_random(i) % VALUES);
}

static bool scan_f64_peer(array_run *run)
{
    run->out_n = run->n;
    return peer_scan_f64(run->out, run->in, run->n);
}

static void scan_f64_plain(array_run *run)
{
    const double *restrict const in = run->in;
    double *restrict const out = run->out;
    double sum = 0;
    for (size_t i = 0; i < run->n; i++)
        out[i] = sum += in[i];
    run->out_n = run->n;
}

static void fill_integers(array_run *run)
{
    int64_t *const in = run->in;
    for (size_t i = 0; i < run->n; i++)
        in[i] = (int64_t)(array_random(i) % VALUES);
}

static bool scan_i64_peer(array_run *run)
{
    run->out_n = run->n;
    return peer_scan_i64(run->out, run->in, run->n);
}

static void scan_i64_plain(array_run *run)
{
    const int64_t *restrict const in = run->in;
    int64_t *restrict const out = run->out;
    int64_t sum = 0;
    for (size_t i = 0; i < run->n; i++)
        out[i] = sum += in[i];
    run->out_n = run->n;
}

/* ---- the first of a kind */

/* Even; all others are odd. */
static const uint32_t wanted = 2;

static void fill_without(array_run *run)
{
    uint32_t *const in = run->in;
    for (size_t i = 0; i < run->n; i++)
        in[i] = (uint32_t)array_random(i) | 1;
}

/* Several, of which the first is in the middle. */
static void fill_with(array_run *run)
{
    uint32_t *const in = run->in;
    fill_without(run);
    in[run->n / 2] = wanted;
    in[run->n / 8 * 5] = wanted;
    in[run->n - 1] = wanted;
}

static bool find_peer(array_run *run)
{
    run->out_n = 1;
    return peer_find(run->out, run->in, run->n, wanted);
}

static void find_plain(array_run *run)
{
    const uint32_t *const in = run->in;
    size_t i = 0;
    while (i < run->n && in[i] != wanted)
        i++;
    *(size_t *)run->out = i;
    run->out_n = 1;
}

enum { LARGE = 20 * 1000 * 1000, VERY_LARGE = 50 * 1000 * 1000, QUICK = 300007 };

const array_case array_scans[] = {
    {"scan/f64", LARGE, QUICK, sizeof(double), sizeof(double), 0, fill_values, scan_f64_peer,
     scan_f64_plain, NULL},
    {"scan/i64", LARGE, QUICK, sizeof(int64_t), sizeof(int64_t), 0, fill_integers, scan_i64_peer,
     scan_i64_plain, NULL},
    {"find_first/half", VERY_LARGE, QUICK, sizeof(uint32_t), sizeof(size_t), 1, fill_with,
     find_peer, find_plain, NULL},
    {"find_first/absent", VERY_LARGE, QUICK, sizeof(uint32_t), sizeof(size_t), 1, fill_without,
     find_peer, find_plain, NULL},
    {0},
};
