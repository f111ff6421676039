/* SPDX-License-Identifier: MIT */
/* panic_steps.h - small steps that the checks of panics share. */
#ifndef TESTS_SCOPE_PANIC_STEPS_H
#define TESTS_SCOPE_PANIC_STEPS_H

#include "support.h"

#include <par/panic.h>

static inline void count_up(void *arg)
{
    atomic_fetch_add((atomic_size_t *)arg, 1);
}

/* NULL if a call returned `expected`, and *failure tells the same. */
static inline const char *arrived(int code, const par_failure *failure, int expected,
                                  unsigned suppressed, const char *message)
{
    if (code == expected && failure->code == expected && failure->suppressed == suppressed &&
        strcmp(failure->message, message) == 0)
        return NULL;
    return wrong("returned %d; code %d, %u suppressed, '%s' instead of %d, %u, '%s'", code,
                 failure->code, failure->suppressed, failure->message, expected, suppressed,
                 message);
}

#endif
