/* SPDX-License-Identifier: MIT */
/* hpp_checks.c - runs the checks of hpp_cxx.cpp in every pool. */
#include "par_iter/typed/hpp_checks.h"

static const char *run(void *arg)
{
    check_fn *const *const fn = arg;
    return (*fn)();
}

#define HPP_CHECK(suite, name)                                                                     \
    const char *suite##_##name(void)                                                               \
    {                                                                                              \
        check_fn *fn = suite##_cxx_##name;                                                         \
        return in_every_pool(run, &fn);                                                            \
    }

HPP_CHECKS(HPP_CHECK)
