/* SPDX-License-Identifier: MIT */
/* nest_wide_threads.c - random nests in which things below a lock or a broadcast reach out: into
 * the scope around, and into the other pool. */
#include "stress/nest.h"

static const char *nest_with_leaves_from_below_locks(void)
{
    return nest_run((nest_kinds){.locks = true, .outward = true}, 600);
}

static const char *nest_with_broadcasts_between_pools(void)
{
    return nest_run((nest_kinds){.outward = true, .broadcasts = true}, 300);
}

#define NEST_WIDE_CHECKS(X)                                                                        \
    X(nest, with_leaves_from_below_locks)                                                          \
    X(nest, with_broadcasts_between_pools)

const check checks[] = {NEST_WIDE_CHECKS(CHECK_ROW){NULL, NULL}};
