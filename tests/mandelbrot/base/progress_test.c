/* SPDX-License-Identifier: MIT */
/* progress_test.c - the bar as text, and that it is drawn and removed. */
#include "mandelbrot/base/progress.h"

#include <criterion/criterion.h>
#include <string.h>
#include <unistd.h>

Test(progress, the_bar_grows_with_what_is_done)
{
    char text[MANDEL_PROGRESS_SIZE];
    mandel_progress_format(0, 10, text);
    cr_assert_str_eq(text, "\r[                                                  ]   0 %");
    mandel_progress_format(5, 10, text);
    cr_assert_str_eq(text, "\r[#########################                         ]  50 %");
    mandel_progress_format(10, 10, text);
    cr_assert_str_eq(text, "\r[##################################################] 100 %");
    mandel_progress_format(0, 0, text);
    cr_assert_str_eq(text, "\r[##################################################] 100 %");
}

Test(progress, it_is_full_only_when_all_is_done)
{
    char text[MANDEL_PROGRESS_SIZE];
    for (size_t done = 0; done < 1000; done++) {
        mandel_progress_format(done, 1000, text);
        cr_assert_null(strstr(text, "100 %"));
        cr_assert_not_null(strstr(text, " ]"));
    }
}

static size_t drain(int fd, char *text, size_t size)
{
    const ssize_t n = read(fd, text, size - 1);
    cr_assert_geq(n, 0);
    text[n] = '\0';
    return (size_t)n;
}

Test(progress, it_is_drawn_when_it_is_time_and_removed_at_the_end)
{
    int ends[2];
    char text[1000];
    cr_assert_eq(pipe(ends), 0);
    mandel_progress progress;
    mandel_progress_init(&progress, ends[1], 100);
    /* As if the last bar was long ago. */
    atomic_store(&progress.next_draw, 0);
    mandel_progress_add(&progress, 30);
    drain(ends[0], text, sizeof text);
    cr_assert_not_null(strstr(text, "]  30 %"), "'%s'", text);
    /* As if it was just now: nothing is drawn, but the steps count. */
    atomic_store(&progress.next_draw, INT64_MAX);
    mandel_progress_add(&progress, 20);
    mandel_progress_fini(&progress);
    drain(ends[0], text, sizeof text);
    cr_assert_str_eq(text, "\r\033[K");
    cr_assert_eq(atomic_load(&progress.done), 50);
}
