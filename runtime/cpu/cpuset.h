/* SPDX-License-Identifier: MIT */
/* cpuset.h - sets of the system's CPU numbers, as masks and lists give them. */
#ifndef WS_CPU_CPUSET_H
#define WS_CPU_CPUSET_H

#include <stdbool.h>
#include <stddef.h>

/* All zero is the empty set. */
typedef struct ws_cpuset {
    bool *member; /* by CPU number */
    size_t size;  /* numbers below it may be members */
} ws_cpuset;

bool ws_cpuset_has(const ws_cpuset *set, size_t cpu);
size_t ws_cpuset_count(const ws_cpuset *set);
void ws_cpuset_free(ws_cpuset *set);

/* Reads a list such as "0-3,8,10-11". EINVAL, and *out empty, for anything else but a list of at
 * least one number; ENOMEM. */
int ws_cpuset_parse(ws_cpuset *out, const char *list);

/* The affinity mask of the calling thread. EINVAL if the system does not tell; ENOMEM. */
int ws_cpuset_of_thread(ws_cpuset *out);

/* Takes from `set` what is not in `other`, unless nothing would remain: then `other` cannot be
 * about this set, and nothing changes. */
void ws_cpuset_narrow(ws_cpuset *set, const ws_cpuset *other);

#endif
