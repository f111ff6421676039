/* SPDX-License-Identifier: MIT */
/* tbb.cpp - see peer.h. */
#include "peers/peer.h"

extern "C" {
#include "harness/sum.h"
}

#include <functional>
#include <memory>

#include <tbb/blocked_range.h>
#include <tbb/global_control.h>
#include <tbb/info.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_invoke.h>
#include <tbb/parallel_reduce.h>
#include <tbb/parallel_sort.h>
#include <tbb/task_group.h>
#include <tbb/version.h>

static std::unique_ptr<tbb::global_control> limit;

size_t peer_start(size_t threads)
{
    if (threads != 0)
        limit = std::make_unique<tbb::global_control>(tbb::global_control::max_allowed_parallelism,
                                                      threads);
    return tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism);
}

const char *peer_name()
{
    return "oneTBB";
}

const char *peer_version()
{
    return TBB_VERSION_STRING;
}

bool peer_has_tasks()
{
    return true;
}

uint64_t peer_fib(uint64_t n)
{
    if (n < 2)
        return n;
    uint64_t left = 0;
    tbb::task_group group;
    group.run([&left, n] { left = peer_fib(n - 1); });
    const uint64_t right = peer_fib(n - 2);
    group.wait();
    return left + right;
}

void peer_loop(size_t n)
{
    tbb::parallel_for(size_t{0}, n, [](size_t i) { peer_item(i); });
}

void peer_two_in_loop()
{
    tbb::parallel_for(
        tbb::blocked_range<int>(0, 2, 1),
        [](const tbb::blocked_range<int> &range) {
            for (int i = range.begin(); i < range.end(); i++)
                peer_piece();
        },
        tbb::simple_partitioner());
}

void peer_two_in_branches()
{
    tbb::parallel_invoke(peer_piece, peer_piece);
}

double peer_sum(const double *values, size_t n)
{
    return tbb::parallel_reduce(
        tbb::blocked_range<size_t>(0, n), 0.0,
        [values](const tbb::blocked_range<size_t> &range, double sum) {
            return sum + bench_sum(values + range.begin(), range.size());
        },
        std::plus<double>());
}

bool peer_sort_u32(uint32_t *items, size_t n)
{
    tbb::parallel_sort(items, items + n);
    return true;
}

bool peer_sort_f64(double *items, size_t n)
{
    tbb::parallel_sort(items, items + n);
    return true;
}

bool peer_sort_records(peer_record *items, size_t n, bool stable)
{
    if (stable)
        return false;
    tbb::parallel_sort(items, items + n,
                       [](const peer_record &a, const peer_record &b) { return a.key < b.key; });
    return true;
}
