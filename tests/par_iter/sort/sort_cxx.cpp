/* SPDX-License-Identifier: MIT */
/* sort_cxx.cpp - the lines of par/sort.h in C++17: with a template and a noexcept function, in a
 * namespace. */
#include "par_iter/sort/sort_cxx.h"

#include <par/sort.h>

namespace
{

template <typename Number> bool is_less(Number left, Number right)
{
    return left < right;
}

bool is_more(double left, double right) noexcept
{
    return left > right;
}

PAR_DEFINE_SORT(sort_up, double, is_less)
PAR_DEFINE_SORT_UNSTABLE(sort_down, double, is_more)

} // namespace

static_assert(noexcept(sort_up(nullptr, 0)), "the verbs do not throw");
static_assert(noexcept(sort_down(nullptr, 0)), "the verbs do not throw");

int cxx_sort(double *items, size_t n)
{
    return sort_up(items, n);
}

int cxx_sort_down(double *items, size_t n)
{
    return sort_down(items, n);
}
