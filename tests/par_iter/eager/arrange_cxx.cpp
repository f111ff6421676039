/* SPDX-License-Identifier: MIT */
/* arrange_cxx.cpp - the lines of par/scan.h and par/arrange.h in C++17: with a template, a noexcept
 * function, and in a namespace. */
#include "par_iter/eager/arrange_cxx.h"

#include <par/arrange.h>
#include <par/scan.h>

#include <climits>

namespace
{

template <typename Number> Number greater(Number left, Number right)
{
    return left < right ? right : left;
}

bool is_odd(long number) noexcept
{
    return number % 2 != 0;
}

bool is_above(long number, const long *limit)
{
    return number > *limit;
}

bool is_same_step(long left, long right, const long *divisor)
{
    return left / *divisor == right / *divisor;
}

uint32_t rest(long number, const long *divisor)
{
    return static_cast<uint32_t>(number % *divisor);
}

PAR_DEFINE_SCAN(running_most, long, greater, LONG_MIN)
PAR_DEFINE_FILTER(odd, long, is_odd)
PAR_DEFINE_FILTER_CTX(above, long, long, is_above)
PAR_DEFINE_PARTITION(odd_first, long, is_odd)
PAR_DEFINE_UNIQUE_CTX(steps, long, long, is_same_step)
PAR_DEFINE_HISTOGRAM_CTX(rests, long, long, rest)

/* Made and never called: must give no warning. */
PAR_DEFINE_PARTITION_CTX(unused_partition, long, long, is_above)

} // namespace

static_assert(noexcept(running_most(nullptr, nullptr, 0)), "the verbs do not throw");
static_assert(noexcept(odd(nullptr, nullptr, nullptr, 0)), "the verbs do not throw");

int cxx_running_most(long *out, const long *in, size_t n)
{
    return running_most(out, in, n);
}

int cxx_odd(long *out, size_t *out_n, const long *in, size_t n)
{
    return odd(out, out_n, in, n);
}

int cxx_above(long *out, size_t *out_n, const long *in, size_t n, const long *limit)
{
    return above(out, out_n, in, n, limit);
}

int cxx_odd_first(long *out, size_t *kept, const long *in, size_t n)
{
    return odd_first(out, kept, in, n);
}

int cxx_steps(long *out, size_t *out_n, const long *in, size_t n, const long *divisor)
{
    return steps(out, out_n, in, n, divisor);
}

int cxx_rests(size_t *counts, size_t bins, const long *in, size_t n, const long *divisor)
{
    return rests(counts, bins, in, n, divisor);
}
