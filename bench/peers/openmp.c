/* SPDX-License-Identifier: MIT */
/* openmp.c - see peer.h. Compiled twice: by gcc, for libgomp, and by clang, for libomp. The build
 * says which it is in PEER_NAME. */
#include "peers/peer.h"

#include "harness/sum.h"

#include <omp.h>

size_t peer_start(size_t threads)
{
    if (threads != 0)
        omp_set_num_threads((int)threads);
    return (size_t)omp_get_max_threads();
}

const char *peer_name(void)
{
    return PEER_NAME;
}

const char *peer_version(void)
{
    return __VERSION__;
}

bool peer_has_tasks(void)
{
    return true;
}

static uint64_t fib(uint64_t n)
{
    if (n < 2)
        return n;
    uint64_t left;
    uint64_t right;
#pragma omp task shared(left)
    left = fib(n - 1);
    right = fib(n - 2);
#pragma omp taskwait
    return left + right;
}

uint64_t peer_fib(uint64_t n)
{
    uint64_t result = 0;
#pragma omp parallel
#pragma omp single
    result = fib(n);
    return result;
}

void peer_loop(size_t n)
{
#pragma omp parallel for schedule(static)
    for (size_t i = 0; i < n; i++)
        peer_item(i);
}

void peer_two_in_loop(void)
{
#pragma omp parallel for schedule(static, 1)
    for (int i = 0; i < 2; i++)
        peer_piece();
}

void peer_two_in_branches(void)
{
#pragma omp parallel sections
    {
#pragma omp section
        peer_piece();
#pragma omp section
        peer_piece();
    }
}

double peer_sum(const double *values, size_t n)
{
    enum { block = 1 << 16 };
    const size_t blocks = (n + block - 1) / block;
    double total = 0;
#pragma omp parallel for schedule(static) reduction(+ : total)
    for (size_t i = 0; i < blocks; i++)
        total += bench_sum(values + i * block, i + 1 < blocks ? block : n - i * block);
    return total;
}

bool peer_sort_u32(uint32_t *items, size_t n)
{
    (void)items;
    (void)n;
    return false;
}

bool peer_sort_f64(double *items, size_t n)
{
    (void)items;
    (void)n;
    return false;
}

bool peer_sort_records(peer_record *items, size_t n, bool stable)
{
    (void)items;
    (void)n;
    (void)stable;
    return false;
}
