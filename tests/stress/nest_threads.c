/* SPDX-License-Identifier: MIT */
/* nest_threads.c - random nests of everything. */
#include "stress/nest.h"

static const char *nest_with_locks(void)
{
    return nest_run((nest_kinds){.locks = true}, 600);
}

static const char *nest_with_broadcasts(void)
{
    return nest_run((nest_kinds){.outward = true, .broadcasts = true, .one_pool = true}, 300);
}

#define NEST_CHECKS(X)                                                                             \
    X(nest, with_locks)                                                                            \
    X(nest, with_broadcasts)

const check checks[] = {NEST_CHECKS(CHECK_ROW){NULL, NULL}};
