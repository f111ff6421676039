/* SPDX-License-Identifier: MIT */
/* plain_threads.h - a thread bound to each processor that this process may use, all of which do the
 * same thing at a time: parallelism without a runtime, to compare with. */
#ifndef MICRO_PLAIN_THREADS_H
#define MICRO_PLAIN_THREADS_H

#include <stddef.h>

typedef struct micro_plain_threads micro_plain_threads;

typedef void micro_slice_fn(size_t index, size_t of, void *arg);

/* NULL if they are not to be had. */
micro_plain_threads *micro_plain_threads_create(void);
void micro_plain_threads_destroy(micro_plain_threads *threads);

size_t micro_plain_threads_count(const micro_plain_threads *threads);

/* Calls fn on each of them, and returns when all calls have ended. They sleep in between. */
void micro_plain_threads_run(micro_plain_threads *threads, micro_slice_fn *fn, void *arg);

#endif
