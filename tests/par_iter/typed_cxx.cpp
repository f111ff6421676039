/* SPDX-License-Identifier: MIT */
/* typed_cxx.cpp - the lines of par/typed.h in C++17: with a template, a noexcept function, and in a
 * namespace. */
#include "par_iter/typed_cxx.h"

#include <par/typed.h>

namespace
{

double halve(int number) noexcept
{
    return number / 2.0;
}

template <typename Number> Number lesser(Number left, Number right)
{
    return right < left ? right : left;
}

void negate(int *number)
{
    *number = -*number;
}

PAR_DEFINE_MAP(halve_all, double, int, halve)
PAR_DEFINE_REDUCE_WITH(least, long, lesser)
PAR_DEFINE_FOR_EACH(negate_all, int, negate)

} // namespace

static_assert(noexcept(halve_all(nullptr, nullptr, 0)), "the verbs do not throw");
static_assert(noexcept(least(nullptr, nullptr, 0)), "the verbs do not throw");
static_assert(noexcept(negate_all(nullptr, 0)), "the verbs do not throw");

int cxx_halve_all(double *out, const int *in, size_t n)
{
    return halve_all(out, in, n);
}

int cxx_least(long *result, const long *in, size_t n)
{
    return least(result, in, n);
}

int cxx_negate_all(int *items, size_t n)
{
    return negate_all(items, n);
}
