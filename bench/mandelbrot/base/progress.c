/* SPDX-License-Identifier: MIT */
/* progress.c - see progress.h. */
#include "mandelbrot/base/progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BAR_WIDTH = 50 };

static const int64_t draw_every_ns = 100000000;

static int64_t clock_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* One piece, so that nothing comes between. A bar that cannot be drawn is left out. */
static void put(int fd, const char *text)
{
    const ssize_t written = write(fd, text, strlen(text));
    (void)written;
}

void mandel_progress_init(mandel_progress *progress, int fd, size_t total)
{
    progress->fd = fd;
    progress->total = total;
    atomic_init(&progress->done, 0);
    atomic_init(&progress->next_draw, clock_ns() + draw_every_ns);
}

void mandel_progress_format(size_t done, size_t total, char text[MANDEL_PROGRESS_SIZE])
{
    const double part = total == 0 ? 1.0 : (double)done / (double)total;
    const int filled = (int)(part * BAR_WIDTH);
    char bar[BAR_WIDTH + 1];
    memset(bar, ' ', BAR_WIDTH);
    memset(bar, '#', (size_t)filled);
    bar[BAR_WIDTH] = '\0';
    snprintf(text, MANDEL_PROGRESS_SIZE, "\r[%s] %3d %%", bar, (int)(part * 100.0));
}

/* The order of these accesses does not matter: the bar is only a picture of about now. */
void mandel_progress_add(mandel_progress *progress, size_t n)
{
    const size_t done = atomic_fetch_add_explicit(&progress->done, n, memory_order_relaxed) + n;
    const int64_t now = clock_ns();
    int_fast64_t next = atomic_load_explicit(&progress->next_draw, memory_order_relaxed);
    if (now < next ||
        !atomic_compare_exchange_strong_explicit(&progress->next_draw, &next, now + draw_every_ns,
                                                 memory_order_relaxed, memory_order_relaxed))
        return;
    char text[MANDEL_PROGRESS_SIZE];
    mandel_progress_format(done, progress->total, text);
    put(progress->fd, text);
}

void mandel_progress_fini(mandel_progress *progress)
{
    put(progress->fd, "\r\033[K");
}
