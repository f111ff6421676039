/* SPDX-License-Identifier: MIT */
/* pstl.cpp - see peer.h: the algorithms of C++17 with a parallel policy, which libstdc++ runs on
 * oneTBB. They have no tasks, and no histograms. */
#include "peers/peer.h"

#include <algorithm>
#include <execution>
#include <functional>
#include <limits>
#include <memory>
#include <numeric>

#include <tbb/global_control.h>

namespace policy = std::execution;

static std::unique_ptr<tbb::global_control> limit_of_threads;

size_t peer_start(size_t threads)
{
    if (threads != 0)
        limit_of_threads = std::make_unique<tbb::global_control>(
            tbb::global_control::max_allowed_parallelism, threads);
    return tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism);
}

const char *peer_name()
{
    return "libstdc++";
}

const char *peer_version()
{
    return __VERSION__;
}

/* ---- tasks and loops: none */

bool peer_has_tasks()
{
    return false;
}

uint64_t peer_fib(uint64_t n)
{
    return n;
}

void peer_loop(size_t n)
{
    (void)n;
}

void peer_two_in_loop()
{
}

void peer_two_in_branches()
{
}

double peer_sum(const double *values, size_t n)
{
    (void)values;
    return static_cast<double>(n);
}

/* ---- arrays */

bool peer_map(float *out, const float *in, size_t n, const peer_curve *curve)
{
    const peer_curve c = *curve;
    std::transform(policy::par_unseq, in, in + n, out, [c](float x) { return c.a * x * x + c.b; });
    return true;
}

bool peer_filter(uint32_t *out, size_t *out_n, const uint32_t *in, size_t n, uint32_t limit)
{
    const uint32_t *const end = in + n;
    *out_n = static_cast<size_t>(
        std::copy_if(policy::par_unseq, in, end, out, [limit](uint32_t x) { return x < limit; }) -
        out);
    return true;
}

/* Their steps are not lazy. */
bool peer_collect(peer_made *made, const uint32_t *in, size_t n, uint32_t limit)
{
    (void)made;
    (void)in;
    (void)n;
    (void)limit;
    return false;
}

void peer_unmake(peer_made *made)
{
    (void)made;
}

bool peer_fused(double *sum, const double *in, size_t n, double limit)
{
    *sum = std::transform_reduce(policy::par_unseq, in, in + n, 0.0, std::plus<double>(),
                                 [limit](double x) { return x * x < limit ? x * x : 0.0; });
    return true;
}

bool peer_fused_in_one(double *sum, const double *in, size_t n, double limit)
{
    return peer_fused(sum, in, n, limit);
}

bool peer_max(float *max, const float *in, size_t n)
{
    *max = std::reduce(policy::par_unseq, in + 1, in + n, in[0],
                       [](float a, float b) { return b > a ? b : a; });
    return true;
}

bool peer_summarize(peer_summary *summary, const double *in, size_t n)
{
    const double infinity = std::numeric_limits<double>::infinity();
    *summary = std::transform_reduce(
        policy::par, in, in + n, peer_summary{0, 0, infinity, -infinity},
        [](const peer_summary &a, const peer_summary &b) {
            return peer_summary{a.n + b.n, a.sum + b.sum, std::min(a.least, b.least),
                                std::max(a.greatest, b.greatest)};
        },
        [](double x) {
            return peer_summary{1, x, x, x};
        });
    return true;
}

bool peer_sum_i64(int64_t *sum, const int64_t *in, size_t n)
{
    *sum = std::reduce(policy::par_unseq, in, in + n, int64_t{0});
    return true;
}

bool peer_scan_f64(double *out, const double *in, size_t n)
{
    std::inclusive_scan(policy::par, in, in + n, out);
    return true;
}

bool peer_scan_i64(int64_t *out, const int64_t *in, size_t n)
{
    std::inclusive_scan(policy::par, in, in + n, out);
    return true;
}

bool peer_find(size_t *index, const uint32_t *in, size_t n, uint32_t value)
{
    *index = static_cast<size_t>(std::find(policy::par_unseq, in, in + n, value) - in);
    return true;
}

bool peer_histogram_u8(size_t *counts, const uint8_t *in, size_t n)
{
    (void)counts;
    (void)in;
    (void)n;
    return false;
}

bool peer_histogram_u32(size_t *counts, const uint32_t *in, size_t n)
{
    (void)counts;
    (void)in;
    (void)n;
    return false;
}

/* ---- sorts */

bool peer_sort_u32(uint32_t *items, size_t n)
{
    std::sort(policy::par, items, items + n);
    return true;
}

bool peer_sort_f64(double *items, size_t n)
{
    std::sort(policy::par, items, items + n);
    return true;
}

bool peer_sort_records(peer_record *items, size_t n, bool stable)
{
    const auto is_before = [](const peer_record &a, const peer_record &b) { return a.key < b.key; };
    if (stable)
        std::stable_sort(policy::par, items, items + n, is_before);
    else
        std::sort(policy::par, items, items + n, is_before);
    return true;
}
