/* SPDX-License-Identifier: MIT */
/* progress.h - a bar on the terminal that shows how much of a loop is done. There is no thread that
 * draws: whoever finishes a piece draws if the last time was long enough ago. */
#ifndef MANDEL_PROGRESS_H
#define MANDEL_PROGRESS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

typedef struct mandel_progress {
    int fd;
    size_t total;
    atomic_size_t done;
    atomic_int_fast64_t next_draw; /* ns of the monotonic clock; who moves it on draws */
} mandel_progress;

/* Begins a bar of `total` steps on a terminal. */
void mandel_progress_init(mandel_progress *progress, int fd, size_t total);

/* Counts n more steps as done. Any thread. */
void mandel_progress_add(mandel_progress *progress, size_t n);

/* Removes the bar. When nobody adds any more. */
void mandel_progress_fini(mandel_progress *progress);

/* Writes the bar for done of total steps, as it is drawn, into a text of at most `size` bytes. */
enum { MANDEL_PROGRESS_SIZE = 80 };
void mandel_progress_format(size_t done, size_t total, char text[MANDEL_PROGRESS_SIZE]);

#endif
