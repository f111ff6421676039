/* SPDX-License-Identifier: MIT */
/* progress.h - a bar on the terminal that shows how much of a loop is done, and how long the rest
 * will take if it goes on like this. There is no thread that draws: whoever finishes a piece draws
 * if the last time was long enough ago. */
#ifndef MANDEL_PROGRESS_H
#define MANDEL_PROGRESS_H

#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>

typedef struct mandel_progress {
    int fd;
    size_t total;
    int64_t begun; /* ns of the monotonic clock */
    atomic_size_t done;
    atomic_int_fast64_t next_draw; /* likewise; who moves it on draws */
} mandel_progress;

/* Nothing is drawn on the terminal before there is something to do. */
void mandel_progress_init(mandel_progress *progress, int fd);

/* Begins `total` steps anew. When nobody adds. */
void mandel_progress_begin(mandel_progress *progress, size_t total);

/* Counts n more steps as done. Any thread. */
void mandel_progress_add(mandel_progress *progress, size_t n);

/* Removes the bar. When nobody adds any more. */
void mandel_progress_fini(mandel_progress *progress);

/* Writes the bar for done of total steps, as it is drawn after so many seconds. */
enum { MANDEL_PROGRESS_SIZE = 96 };
void mandel_progress_format(size_t done, size_t total, double seconds,
                            char text[MANDEL_PROGRESS_SIZE]);

#endif
