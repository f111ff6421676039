/* SPDX-License-Identifier: MIT */
/* par_runtime.h - the programs that measure par: its default pool, other pools, and what the
 * results say of it. The only part of the harness that knows par. */
#ifndef BENCH_PAR_RUNTIME_H
#define BENCH_PAR_RUNTIME_H

#include "harness/bench.h"

#include <par/pool.h>

/* After bench_begin and before any call of par: makes the default pool, with the threads that
 * --threads asks for, and tells the harness of it. With --list it does nothing. */
void bench_par_begin(bench *b);

/* A pool, for its user to destroy; NULL after a message if there is none to be had. `name` is what
 * it is for. */
par_pool *bench_par_pool(bench *b, const char *name, size_t threads);

#endif
