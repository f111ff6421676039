/* SPDX-License-Identifier: MIT */
/* together.cpp - the C++ half: compiles all of par as C++17 and calls into it. */
#include "together.h"

static_assert(noexcept(par_join(nullptr, nullptr, nullptr, nullptr)), "the verbs do not throw");
static_assert(noexcept(par_for(0, 0, nullptr, nullptr)), "the verbs do not throw");

static void add_one(void *arg)
{
    *static_cast<int *>(arg) += 1;
}

join_fn *join_of_cxx(void)
{
    return par_join;
}

void add_two_in_cxx(int *first, int *second)
{
    par_join(add_one, first, add_one, second);
}
