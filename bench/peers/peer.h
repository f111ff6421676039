/* SPDX-License-Identifier: MIT */
/* peer.h - what is asked of each runtime that par is compared with, par among them. The files of a
 * runtime implement it, in the way its users would write it; main.c, arrays.c and sort.c measure
 * it. What tasks and loops call from inside the parallel work is the same machine code for all:
 * peer_item, peer_piece and bench_sum. Arrays are compared with their loops, as each compiler
 * makes them. */
#ifndef PEERS_PEER_H
#define PEERS_PEER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Sets the runtime's number of threads, or lets it choose if that is 0. Returns how many it has.
 * Called once, before all others. */
size_t peer_start(size_t threads);

const char *peer_name(void);
const char *peer_version(void);

/* Whether the runtime runs code that is not about an array. If not, what follows here, as far as
 * peer_sum, is not called. */
bool peer_has_tasks(void);

/* The Fibonacci number, by its definition, with a task for each n >= 2. */
uint64_t peer_fib(uint64_t n);

/* peer_item(0) .. peer_item(n - 1), as a parallel loop. */
void peer_loop(size_t n);

/* peer_piece() twice, on two threads if it can be: as a loop, and as two branches. */
void peer_two_in_loop(void);
void peer_two_in_branches(void);

/* The sum of n doubles, by bench_sum of parts of them. */
double peer_sum(const double *values, size_t n);

typedef struct peer_record {
    uint64_t key;
    uint64_t values[3];
} peer_record;

/* Sort n items, in the fastest way that the runtime has for them: numbers, of which none is NaN;
 * records by their key, with or without keeping the order of those with the same key. False if it
 * has no such sort. */
bool peer_sort_u32(uint32_t *items, size_t n);
bool peer_sort_f64(double *items, size_t n);
bool peer_sort_records(peer_record *items, size_t n, bool stable);

/* ---- arrays: false if the runtime has no such thing. The arrays do not overlap. */

typedef struct peer_curve {
    float a;
    float b;
} peer_curve;

/* out[i] = a x x + b, of x = in[i]. */
bool peer_map(float *out, const float *in, size_t n, const peer_curve *curve);

/* The numbers below the limit, in order, to an array with room for n. */
bool peer_filter(uint32_t *out, size_t *out_n, const uint32_t *in, size_t n, uint32_t limit);

/* An array that the runtime allocated. */
typedef struct peer_made {
    uint64_t *items;
    size_t n;
    size_t capacity;
} peer_made;

/* The squares of the numbers below the limit, in order, in a new array; and the end of that.
 * Several steps in one, if the runtime can. */
bool peer_collect(peer_made *made, const uint32_t *in, size_t n, uint32_t limit);
void peer_unmake(peer_made *made);

/* The sum of the squares below the limit, as a chain of a map, a filter and a sum if the runtime
 * has such chains. Sums are exact in any order. */
bool peer_fused(double *sum, const double *in, size_t n, double limit);

/* The same, by one function that makes 0 of a number whose square is not below the limit. */
bool peer_fused_in_one(double *sum, const double *in, size_t n, double limit);

/* The greatest of n numbers, by the runtime's reduction with a function of two; n is not 0. */
bool peer_max(float *max, const float *in, size_t n);

/* What is kept of numbers while they pass; of none: 0, 0, infinity, -infinity. */
typedef struct peer_summary {
    uint64_t n;
    double sum;
    double least;
    double greatest;
} peer_summary;

bool peer_summarize(peer_summary *summary, const double *in, size_t n);

bool peer_sum_i64(int64_t *sum, const int64_t *in, size_t n);

/* out[i] = in[0] + ... + in[i] */
bool peer_scan_f64(double *out, const double *in, size_t n);
bool peer_scan_i64(int64_t *out, const int64_t *in, size_t n);

/* The index of the first number that is equal to `value`, or n. */
bool peer_find(size_t *index, const uint32_t *in, size_t n, uint32_t value);

/* How many numbers there are of each value. Those of the second are below PEER_BINS. */
enum { PEER_BYTES = 256, PEER_BINS = 65536 };
bool peer_histogram_u8(size_t *counts, const uint8_t *in, size_t n);
bool peer_histogram_u32(size_t *counts, const uint32_t *in, size_t n);

/* ---- what the parallel work calls */

/* Does nothing, unseen by any compiler. */
void peer_item(size_t index);

/* Keeps its thread busy for ten microseconds. */
void peer_piece(void);

#ifdef __cplusplus
}
#endif

#endif
