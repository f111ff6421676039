/* SPDX-License-Identifier: MIT */
/* measure_test.c - medians, and that a benchmark did what it says. */
#include "mandelbrot/picture/measure.h"

#include "mandelbrot/field/reference.h"

#include <criterion/criterion.h>

Test(measure, the_median_of_an_odd_number_is_in_the_middle)
{
    double values[] = {5.0, 1.0, 9.0, 3.0, 4.0};
    const mandel_spread spread = mandel_measure_spread(values, 5);
    cr_assert(spread.median == 4.0 && spread.min == 1.0 && spread.max == 9.0);
}

Test(measure, the_median_of_an_even_number_is_between_two)
{
    double values[] = {4.0, 1.0, 2.0, 9.0};
    const mandel_spread spread = mandel_measure_spread(values, 4);
    cr_assert(spread.median == 3.0 && spread.min == 1.0 && spread.max == 9.0);
}

Test(measure, one_value_is_all_three)
{
    double value = 2.5;
    const mandel_spread spread = mandel_measure_spread(&value, 1);
    cr_assert(spread.median == 2.5 && spread.min == 2.5 && spread.max == 2.5);
}

Test(measure, the_clock_does_not_go_back)
{
    double last = mandel_measure_now();
    for (int i = 0; i < 1000; i++) {
        const double now = mandel_measure_now();
        cr_assert(now >= last);
        last = now;
    }
}

Test(measure, a_benchmark_counts_what_it_did)
{
    enum { WIDTH = 301, HEIGHT = 40, LIMIT = 100, RUNS = 3 };
    const mandel_view view = {WIDTH, HEIGHT, {-2.25, 1.125}, {0.75, -1.125}};
    const reference_view same = {WIDTH, HEIGHT, -2.25, 1.125, 0.75, -1.125};
    uint64_t iterations = 0;
    for (size_t i = 0; i < WIDTH * HEIGHT; i++)
        iterations +=
            reference_count(reference_re(&same, i % WIDTH), reference_im(&same, i / WIDTH), LIMIT);
    mandel_image image;
    mandel_image serial;
    mandel_crew crew;
    cr_assert_eq(mandel_image_init(&image, MANDEL_LAYOUT_GREY, WIDTH, HEIGHT), 0);
    cr_assert_eq(mandel_image_init(&serial, MANDEL_LAYOUT_GREY, WIDTH, HEIGHT), 0);
    cr_assert_eq(mandel_crew_init(&crew, 3), 0);
    const mandel_render render = {.view = &view,
                                  .limit = LIMIT,
                                  .kernel = mandel_kernel_scalar,
                                  .image = &image,
                                  .crew = &crew};
    mandel_bench bench;
    cr_assert_eq(mandel_measure_bench(&render, &serial, RUNS, &bench), 0);
    cr_assert(bench.runs == RUNS && bench.threads == crew.threads);
    cr_assert_eq(bench.pixels, WIDTH * HEIGHT);
    cr_assert_eq(bench.iterations, iterations);
    cr_assert(bench.same);
    cr_assert(bench.serial.min > 0.0 && bench.parallel.min > 0.0);
    cr_assert(bench.speed_up.min <= bench.speed_up.median &&
              bench.speed_up.median <= bench.speed_up.max);
    serial.pixels[77] ^= 1;
    cr_assert_not(mandel_measure_same(&image, &serial));
    mandel_crew_fini(&crew);
    mandel_image_fini(&image);
    mandel_image_fini(&serial);
}
