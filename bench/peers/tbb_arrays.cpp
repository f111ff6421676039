/* SPDX-License-Identifier: MIT */
/* tbb_arrays.cpp - see peer.h. */
#include "peers/peer.h"

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <functional>
#include <limits>
#include <numeric>
#include <vector>

#include <tbb/blocked_range.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>
#include <tbb/parallel_reduce.h>
#include <tbb/parallel_scan.h>

using range = tbb::blocked_range<size_t>;

bool peer_map(float *out, const float *in, size_t n, const peer_curve *curve)
{
    const peer_curve c = *curve;
    tbb::parallel_for(range(0, n), [=](const range &r) {
        for (size_t i = r.begin(); i < r.end(); i++)
            out[i] = c.a * in[i] * in[i] + c.b;
    });
    return true;
}

/* ---- filters: what each block keeps is counted, then written where it belongs. */

namespace
{

constexpr size_t block_length = size_t{1} << 16;

size_t blocks_of(size_t n)
{
    return (n + block_length - 1) / block_length;
}

/* Where what each block keeps begins, and behind the last one the number of all. */
template <typename In, typename Keep>
std::vector<size_t> places_of(const In *in, size_t n, const Keep &keep)
{
    std::vector<size_t> places(blocks_of(n) + 1);
    tbb::parallel_for(size_t{0}, blocks_of(n), [&](size_t block) {
        const size_t begin = block * block_length;
        places[block] = static_cast<size_t>(
            std::count_if(in + begin, in + std::min(n, begin + block_length), keep));
    });
    std::exclusive_scan(places.begin(), places.end(), places.begin(), size_t{0});
    return places;
}

/* The loop over a block ends with the last that it keeps, so no branch hangs on each. */
template <typename Out, typename In, typename Keep, typename Map>
void put_kept(Out *out, const std::vector<size_t> &places, const In *in, size_t n, const Keep &keep,
              const Map &map)
{
    tbb::parallel_for(size_t{0}, blocks_of(n), [&](size_t block) {
        const In *from = in + block * block_length;
        for (size_t at = places[block]; at < places[block + 1]; from++) {
            out[at] = map(*from);
            at += keep(*from);
        }
    });
}

} // namespace

bool peer_filter(uint32_t *out, size_t *out_n, const uint32_t *in, size_t n, uint32_t limit)
{
    const auto keep = [limit](uint32_t x) { return x < limit; };
    const std::vector<size_t> places = places_of(in, n, keep);
    put_kept(out, places, in, n, keep, [](uint32_t x) { return x; });
    *out_n = places.back();
    return true;
}

bool peer_collect(peer_made *made, const uint32_t *in, size_t n, uint32_t limit)
{
    const auto keep = [limit](uint32_t x) { return x < limit; };
    const std::vector<size_t> places = places_of(in, n, keep);
    made->n = places.back();
    made->items = static_cast<uint64_t *>(std::malloc(made->n * sizeof(uint64_t)));
    if (made->items == nullptr)
        return false;
    put_kept(made->items, places, in, n, keep,
             [](uint32_t x) { return static_cast<uint64_t>(x) * x; });
    return true;
}

void peer_unmake(peer_made *made)
{
    std::free(made->items);
}

/* ---- reductions */

bool peer_fused(double *sum, const double *in, size_t n, double limit)
{
    *sum = tbb::parallel_reduce(
        range(0, n), 0.0,
        [=](const range &r, double part) {
            for (size_t i = r.begin(); i < r.end(); i++) {
                const double square = in[i] * in[i];
                part += square < limit ? square : 0;
            }
            return part;
        },
        std::plus<double>());
    return true;
}

bool peer_fused_in_one(double *sum, const double *in, size_t n, double limit)
{
    return peer_fused(sum, in, n, limit);
}

bool peer_max(float *max, const float *in, size_t n)
{
    const auto greater = [](float a, float b) { return b > a ? b : a; };
    *max = tbb::parallel_reduce(
        range(1, n), in[0],
        [=](const range &r, float part) {
            for (size_t i = r.begin(); i < r.end(); i++)
                part = greater(part, in[i]);
            return part;
        },
        greater);
    return true;
}

bool peer_summarize(peer_summary *summary, const double *in, size_t n)
{
    const double infinity = std::numeric_limits<double>::infinity();
    *summary = tbb::parallel_reduce(
        range(0, n), peer_summary{0, 0, infinity, -infinity},
        [=](const range &r, peer_summary all) {
            for (size_t i = r.begin(); i < r.end(); i++) {
                all.n++;
                all.sum += in[i];
                all.least = std::min(all.least, in[i]);
                all.greatest = std::max(all.greatest, in[i]);
            }
            return all;
        },
        [](const peer_summary &a, const peer_summary &b) {
            return peer_summary{a.n + b.n, a.sum + b.sum, std::min(a.least, b.least),
                                std::max(a.greatest, b.greatest)};
        });
    return true;
}

bool peer_sum_i64(int64_t *sum, const int64_t *in, size_t n)
{
    *sum = tbb::parallel_reduce(
        range(0, n), int64_t{0},
        [=](const range &r, int64_t part) {
            for (size_t i = r.begin(); i < r.end(); i++)
                part += in[i];
            return part;
        },
        std::plus<int64_t>());
    return true;
}

/* ---- running sums and searches */

namespace
{

template <typename T> bool scan(T *out, const T *in, size_t n)
{
    tbb::parallel_scan(
        range(0, n), T{0},
        [=](const range &r, T sum, bool is_final) {
            if (!is_final) {
                for (size_t i = r.begin(); i < r.end(); i++)
                    sum += in[i];
                return sum;
            }
            for (size_t i = r.begin(); i < r.end(); i++)
                out[i] = sum += in[i];
            return sum;
        },
        std::plus<T>());
    return true;
}

} // namespace

bool peer_scan_f64(double *out, const double *in, size_t n)
{
    return scan(out, in, n);
}

bool peer_scan_i64(int64_t *out, const int64_t *in, size_t n)
{
    return scan(out, in, n);
}

bool peer_find(size_t *index, const uint32_t *in, size_t n, uint32_t value)
{
    std::atomic<size_t> first{n};
    tbb::parallel_for(range(0, n, block_length), [&](const range &r) {
        if (r.begin() > first.load(std::memory_order_relaxed))
            return;
        const uint32_t *const end = in + r.end();
        const uint32_t *const at = std::find(in + r.begin(), end, value);
        const auto found = static_cast<size_t>(at - in);
        size_t before = first.load(std::memory_order_relaxed);
        while (at != end && found < before && !first.compare_exchange_weak(before, found))
            ;
    });
    *index = first;
    return true;
}

/* ---- histograms */

namespace
{

template <typename T> bool histogram(size_t *counts, size_t bins, const T *in, size_t n)
{
    tbb::enumerable_thread_specific<std::vector<size_t>> tables(
        [=] { return std::vector<size_t>(bins); });
    tbb::parallel_for(range(0, n, block_length), [&](const range &r) {
        size_t *const table = tables.local().data();
        for (size_t i = r.begin(); i < r.end(); i++)
            table[in[i]]++;
    });
    std::fill(counts, counts + bins, size_t{0});
    for (const std::vector<size_t> &table : tables)
        std::transform(table.begin(), table.end(), counts, counts, std::plus<size_t>());
    return true;
}

} // namespace

bool peer_histogram_u8(size_t *counts, const uint8_t *in, size_t n)
{
    return histogram(counts, PEER_BYTES, in, n);
}

bool peer_histogram_u32(size_t *counts, const uint32_t *in, size_t n)
{
    return histogram(counts, PEER_BINS, in, n);
}
