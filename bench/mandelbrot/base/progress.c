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

void mandel_progress_init(mandel_progress *progress, int fd)
{
    progress->fd = fd;
    mandel_progress_begin(progress, 0);
}

void mandel_progress_begin(mandel_progress *progress, size_t total)
{
    progress->total = total;
    progress->begun = clock_ns();
    atomic_init(&progress->done, 0);
    atomic_init(&progress->next_draw, progress->begun + draw_every_ns);
}

/* Hours, minutes and seconds that are left; nothing as long as nothing is done. */
static void format_rest(double part, double seconds, char *text, size_t size)
{
    static const double too_many = 1e6 * 3600;
    const double rest = part > 0.0 ? seconds * (1.0 - part) / part : too_many;
    if (!(rest < too_many)) {
        text[0] = '\0';
        return;
    }
    const unsigned long whole = (unsigned long)(rest + 0.5);
    if (whole < 3600)
        snprintf(text, size, "  %lu:%02lu left", whole / 60, whole % 60);
    else
        snprintf(text, size, "  %lu:%02lu:%02lu left", whole / 3600, whole / 60 % 60, whole % 60);
}

void mandel_progress_format(size_t done, size_t total, double seconds,
                            char text[MANDEL_PROGRESS_SIZE])
{
    const double part = total == 0 ? 1.0 : (double)done / (double)total;
    const int filled = (int)(part * BAR_WIDTH);
    char bar[BAR_WIDTH + 1];
    char rest[32];
    memset(bar, ' ', BAR_WIDTH);
    memset(bar, '#', (size_t)filled);
    bar[BAR_WIDTH] = '\0';
    format_rest(part, seconds, rest, sizeof rest);
    /* What the last bar had beyond this one is erased. */
    snprintf(text, MANDEL_PROGRESS_SIZE, "\r[%s] %3d %%%s\033[K", bar, (int)(part * 100.0), rest);
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
    mandel_progress_format(done, progress->total, 1e-9 * (double)(now - progress->begun), text);
    put(progress->fd, text);
}

void mandel_progress_fini(mandel_progress *progress)
{
    put(progress->fd, "\r\033[K");
}
