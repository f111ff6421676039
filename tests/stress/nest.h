/* SPDX-License-Identifier: MIT */
/* nest.h - seeded random nests of every verb. */
#ifndef TESTS_STRESS_NEST_H
#define TESTS_STRESS_NEST_H

#include "support.h"

/* What there is in a nest, beside joins, loops and scopes. */
typedef struct nest_kinds {
    bool locks;      /* a lock held across what is below some nests */
    bool outward;    /* from below the lock, too, leaves are spawned into the scope around */
    bool broadcasts; /* not together with locks: a broadcast waits for those at the lock, too */
    bool one_pool;   /* no calls into the other pool */
} nest_kinds;

/* Runs so many nests of each caller; NULL, or what is wrong. */
const char *nest_run(nest_kinds kinds, size_t rounds);

#endif
