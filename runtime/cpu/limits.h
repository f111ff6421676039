/* SPDX-License-Identifier: MIT */
/* limits.h - how much of the machine this process may use: affinity mask, cpuset and quotas. */
#ifndef WS_CPU_LIMITS_H
#define WS_CPU_LIMITS_H

#include <stdbool.h>
#include <stddef.h>

typedef struct ws_limits {
    bool *allowed;        /* by the system's CPU number: in mask and cpuset */
    size_t allowed_size;  /* entries of `allowed` */
    size_t allowed_count; /* how many are true, at least 1 */
    bool narrowed;        /* fewer are allowed than are online */
    double quota;         /* CPUs' worth of time: the least of all ancestors'; 0 = none */
    char *quota_source;   /* the file that said so, or NULL */
} ws_limits;

/* Reads the limits of the calling process; `root` is put before /proc and /sys, "" in earnest, a
 * folder of recorded files in tests (the mask is then what the recorded status file says). Files
 * that are missing or make no sense are no limit. cgroup v1 and v2, every ancestor that can be
 * seen. 0 or ENOMEM. */
int ws_limits_read(ws_limits *out, const char *root);
void ws_limits_free(ws_limits *limits);

#endif
