/* SPDX-License-Identifier: MIT */
/* micro.h - the micro benchmarks: what one use of one part of par costs. Each function measures the
 * part that its file is named after, in one or more cases. */
#ifndef MICRO_MICRO_H
#define MICRO_MICRO_H

#include "harness/par_runtime.h"

void micro_blocking(bench *b);
void micro_empty_loop(bench *b);
void micro_idle(bench *b);
void micro_join(bench *b);
void micro_long_leaf(bench *b);
void micro_mandelbrot_kernel(bench *b);
void micro_mutex(bench *b);
void micro_panic(bench *b);
void micro_push_pop(bench *b);
void micro_region(bench *b);
void micro_scope(bench *b);
void micro_startup(bench *b);
void micro_steal(bench *b);
void micro_sum(bench *b);
void micro_two_pieces(bench *b);
void micro_wake(bench *b);

/* startup.c measures in processes of its own: this program with `role` as its only argument. True
 * if it was such an argument, and the work is done. */
bool micro_startup_role(const char *role);

/* Tasks that do nothing, in another file, so that no compiler sees through them. */
void micro_nothing(void *arg);
void micro_nothing_range(size_t begin, size_t end, void *arg);

#endif
