/* SPDX-License-Identifier: MIT */
/* peer.h - what is asked of each runtime that par is compared with, par among them. A file for each
 * runtime implements it, in the way its users would write it; main.c measures it. What is called
 * from inside the parallel work is the same machine code for all: peer_item, peer_piece and
 * bench_sum. */
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

/* Does nothing, unseen by any compiler. */
void peer_item(size_t index);

/* Keeps its thread busy for ten microseconds. */
void peer_piece(void);

#ifdef __cplusplus
}
#endif

#endif
