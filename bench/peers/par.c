/* SPDX-License-Identifier: MIT */
/* par.c - see peer.h. */
#include "peers/peer.h"

#include "harness/sum.h"

#include <par/par.h>
#include <stdio.h>
#include <stdlib.h>

size_t peer_start(size_t threads)
{
    if (threads != 0) {
        char text[24];
        snprintf(text, sizeof text, "%zu", threads);
        setenv("PAR_NUM_THREADS", text, 1);
    }
    return par_num_threads();
}

const char *peer_name(void)
{
    return "par";
}

const char *peer_version(void)
{
    return par_version();
}

bool peer_has_tasks(void)
{
    return true;
}

PAR_TASK_1(uint64_t, fib, uint64_t, n)
{
    if (n < 2)
        return n;
    PAR_FORK(fib, right, n - 2);
    const uint64_t left = PAR_CALL(fib, n - 1);
    return left + PAR_JOIN(fib, right);
}

uint64_t peer_fib(uint64_t n)
{
    return fib(n);
}

static void items(size_t begin, size_t end, void *arg)
{
    (void)arg;
    for (size_t i = begin; i < end; i++)
        peer_item(i);
}

void peer_loop(size_t n)
{
    par_for(0, n, items, NULL);
}

static void pieces(size_t begin, size_t end, void *arg)
{
    (void)arg;
    for (size_t i = begin; i < end; i++)
        peer_piece();
}

static void piece(void *arg)
{
    (void)arg;
    peer_piece();
}

void peer_two_in_loop(void)
{
    par_for_grain(0, 2, 1, pieces, NULL);
}

void peer_two_in_branches(void)
{
    par_join(piece, NULL, piece, NULL);
}

static ptrdiff_t sum_fold(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    *(double *)out += bench_sum(in, n);
    return 0;
}

static void sum_merge(void *left, const void *right, void *ctx)
{
    (void)ctx;
    *(double *)left += *(const double *)right;
}

double peer_sum(const double *values, size_t n)
{
    double total = 0;
    par_reduce(&total, sizeof total, values, sizeof *values, n, sum_fold, sum_merge, NULL);
    return total;
}

bool peer_sort_u32(uint32_t *items, size_t n)
{
    return par_sort_u32(items, n) == 0;
}

bool peer_sort_f64(double *items, size_t n)
{
    return par_sort_f64(items, n) == 0;
}

static inline bool is_before(peer_record a, peer_record b)
{
    return a.key < b.key;
}

PAR_DEFINE_SORT(sort_records, peer_record, is_before)
PAR_DEFINE_SORT_UNSTABLE(sort_records_unstable, peer_record, is_before)

bool peer_sort_records(peer_record *items, size_t n, bool stable)
{
    return (stable ? sort_records(items, n) : sort_records_unstable(items, n)) == 0;
}
