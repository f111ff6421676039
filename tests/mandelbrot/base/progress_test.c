/* SPDX-License-Identifier: MIT */
/* progress_test.c - the bar as text, and that it is drawn and removed. */
#include "mandelbrot/base/progress.h"

#include "mandelbrot/base/crew.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NONE "                                                  "
#define HALF "#########################                         "
#define FULL "##################################################"

static void expect_text(size_t done, size_t total, double seconds, const char *expected)
{
    char text[MANDEL_PROGRESS_SIZE];
    mandel_progress_format(done, total, seconds, text);
    cr_expect_str_eq(text, expected, "%zu of %zu after %g s: '%s'", done, total, seconds, text);
}

Test(progress, the_bar_grows_with_what_is_done)
{
    expect_text(5, 10, 30.0, "\r[" HALF "]  50 %  0:30 left\033[K");
    expect_text(10, 10, 30.0, "\r[" FULL "] 100 %  0:00 left\033[K");
}

Test(progress, nothing_is_foretold_before_anything_is_done)
{
    expect_text(0, 10, 0.0, "\r[" NONE "]   0 %\033[K");
    expect_text(0, 10, 1e6, "\r[" NONE "]   0 %\033[K");
}

Test(progress, a_loop_without_steps_is_done)
{
    expect_text(0, 0, 0.0, "\r[" FULL "] 100 %  0:00 left\033[K");
    expect_text(0, 0, 5.0, "\r[" FULL "] 100 %  0:00 left\033[K");
}

Test(progress, what_is_left_is_told_in_minutes_and_hours)
{
    static const struct {
        double seconds; /* as many are left */
        const char *expected;
    } rows[] = {
        {0.0, "  0:00 left"},         {0.4, "  0:00 left"},
        {0.6, "  0:01 left"},         {59.4, "  0:59 left"},
        {59.6, "  1:00 left"},        {61.0, "  1:01 left"},
        {600.0, "  10:00 left"},      {3599.4, "  59:59 left"},
        {3599.6, "  1:00:00 left"},   {3661.0, "  1:01:01 left"},
        {90000.0, "  25:00:00 left"}, {359999.0, "  99:59:59 left"},
        {3.6e6, "  1000:00:00 left"}, {3.6e9 - 1, "  999999:59:59 left"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        char expected[MANDEL_PROGRESS_SIZE];
        snprintf(expected, sizeof expected, "\r[" HALF "]  50 %%%s\033[K", rows[i].expected);
        expect_text(50, 100, rows[i].seconds, expected);
    }
    /* A quarter is done: the rest takes three times as long. */
    char text[MANDEL_PROGRESS_SIZE];
    mandel_progress_format(25, 100, 20.0, text);
    cr_assert_not_null(strstr(text, "]  25 %  1:00 left\033[K"), "'%s'", text);
}

Test(progress, times_that_nobody_waits_for_are_left_out)
{
    static const double absurd[] = {3.6e9, 1e18, 1e300, INFINITY, NAN};
    for (size_t i = 0; i < sizeof absurd / sizeof absurd[0]; i++)
        expect_text(5, 10, absurd[i], "\r[" HALF "]  50 %\033[K");
    expect_text(1, SIZE_MAX, 1.0, "\r[" NONE "]   0 %\033[K");
}

/* Beyond its end the text is untouched, and it ends as it should. */
static void expect_fits(size_t done, size_t total, double seconds)
{
    static const char end[] = "\033[K";
    char room[2 * MANDEL_PROGRESS_SIZE];
    memset(room, 'x', sizeof room);
    mandel_progress_format(done, total, seconds, room);
    const size_t length = strlen(room);
    cr_assert_lt(length, MANDEL_PROGRESS_SIZE);
    cr_assert_str_eq(room + length - strlen(end), end, "%zu of %zu after %g s is cut off", done,
                     total, seconds);
    cr_assert_eq(room[MANDEL_PROGRESS_SIZE], 'x');
}

Test(progress, the_text_always_fits)
{
    static const size_t totals[] = {0, 1, 3, 1000, (size_t)1 << 62, SIZE_MAX};
    static const double times[] = {0.0,   1e-9,  0.5,   59.5,  3599.5,   1e5,
                                   3.6e8, 3.5e9, 3.6e9, 1e300, INFINITY, NAN};
    for (size_t i = 0; i < sizeof totals / sizeof totals[0]; i++) {
        const size_t total = totals[i];
        const size_t done[] = {0, total / 1000000, total / 1000, total / 2, total};
        for (size_t k = 0; k < sizeof done / sizeof done[0]; k++)
            for (size_t l = 0; l < sizeof times / sizeof times[0]; l++)
                expect_fits(done[k], total, times[l]);
    }
}

Test(progress, it_is_full_only_when_all_is_done)
{
    char text[MANDEL_PROGRESS_SIZE];
    for (size_t done = 0; done < 1000; done++) {
        mandel_progress_format(done, 1000, 1.0, text);
        cr_assert_null(strstr(text, "100 %"));
        cr_assert_not_null(strstr(text, " ]"));
    }
}

/* ---- drawing -------------------------------------------------------------------------------- */

/* A terminal that can be read. */
static int ends[2];

static mandel_progress started(size_t total)
{
    cr_assert_eq(pipe(ends), 0);
    mandel_progress progress;
    mandel_progress_init(&progress, ends[1]);
    mandel_progress_begin(&progress, total);
    return progress;
}

static const char *drain(void)
{
    static char text[1000];
    const ssize_t n = read(ends[0], text, sizeof text - 1);
    cr_assert_geq(n, 0);
    text[n] = '\0';
    return text;
}

static void let_draw(mandel_progress *progress, bool is_time)
{
    atomic_store(&progress->next_draw, is_time ? 0 : INT64_MAX);
}

Test(progress, it_is_drawn_when_it_is_time_and_removed_at_the_end)
{
    mandel_progress progress = started(100);
    let_draw(&progress, true);
    mandel_progress_add(&progress, 30);
    const char *const text = drain();
    cr_assert_not_null(strstr(text, "]  30 %"), "'%s'", text);
    cr_assert_gt(atomic_load(&progress.next_draw), 0, "the next one is later");
    /* As if it was just now: nothing is drawn, but the steps count. */
    let_draw(&progress, false);
    mandel_progress_add(&progress, 20);
    mandel_progress_fini(&progress);
    cr_assert_str_eq(drain(), "\r\033[K");
    cr_assert_eq(atomic_load(&progress.done), 50);
}

Test(progress, nothing_is_drawn_before_there_is_something_to_do)
{
    cr_assert_eq(pipe(ends), 0);
    mandel_progress progress;
    mandel_progress_init(&progress, ends[1]);
    mandel_progress_begin(&progress, 10);
    mandel_progress_fini(&progress);
    cr_assert_str_eq(drain(), "\r\033[K");
}

Test(progress, the_time_that_is_left_follows_from_the_time_that_went_by)
{
    mandel_progress progress = started(1 << 20);
    progress.begun -= INT64_C(3600) * 1000000000;
    let_draw(&progress, true);
    mandel_progress_add(&progress, 1 << 10);
    /* 1023 hours and what the test took. */
    const char *const text = drain();
    cr_assert_not_null(strstr(text, "]   0 %  10"), "'%s'", text);
    cr_assert_not_null(strstr(text, " left\033[K"), "'%s'", text);
}

Test(progress, it_can_begin_anew)
{
    mandel_progress progress = started(10);
    let_draw(&progress, false);
    mandel_progress_add(&progress, 10);
    const int64_t begun = progress.begun;
    mandel_progress_begin(&progress, 40);
    cr_assert_eq(atomic_load(&progress.done), 0);
    cr_assert_geq(progress.begun, begun);
    cr_assert_gt(atomic_load(&progress.next_draw), progress.begun);
    cr_assert_lt(atomic_load(&progress.next_draw), INT64_MAX);
    let_draw(&progress, true);
    mandel_progress_add(&progress, 20);
    const char *const text = drain();
    cr_assert_not_null(strstr(text, "]  50 %"), "'%s'", text);
}

static void add_each(size_t begin, size_t end, void *arg)
{
    for (size_t i = begin; i < end; i++)
        mandel_progress_add(arg, 1);
}

Test(progress, every_thread_may_add)
{
    mandel_progress progress = started(10000);
    mandel_crew crew;
    cr_assert_eq(mandel_crew_init(&crew, 3), 0);
    let_draw(&progress, false);
    cr_assert_eq(mandel_crew_for(&crew, 10000, 10, add_each, &progress), 0);
    mandel_crew_fini(&crew);
    cr_assert_eq(atomic_load(&progress.done), 10000);
}
