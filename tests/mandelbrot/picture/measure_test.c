/* SPDX-License-Identifier: MIT */
/* measure_test.c - medians, and that a benchmark did what it says. */
#include "mandelbrot/picture/measure.h"

#include "mandelbrot/field/reference.h"

#include <criterion/criterion.h>
#include <errno.h>

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

enum { WIDTH = 301, HEIGHT = 40, LIMIT = 100, RUNS = 3 };

/* A picture that is made on a crew, and an image to make it serially. */
typedef struct bench_scene {
    mandel_shade shade;
    mandel_image image;
    mandel_image serial;
    mandel_crew crew;
    mandel_picture picture;
} bench_scene;

static void bench_init(bench_scene *s, mandel_colouring colouring)
{
    const mandel_layout layout =
        colouring == MANDEL_COLOUR_GREY ? MANDEL_LAYOUT_GREY : MANDEL_LAYOUT_RGB;
    cr_assert_eq(mandel_image_init(&s->image, layout, WIDTH, HEIGHT), 0);
    cr_assert_eq(mandel_image_init(&s->serial, layout, WIDTH, HEIGHT), 0);
    cr_assert_eq(mandel_crew_init(&s->crew, 3), 0);
    cr_assert_eq(
        mandel_shade_init(&s->shade, colouring, LIMIT, &mandel_palette_at(0)->palette, 64.0), 0);
    s->picture = (mandel_picture){
        .view = {WIDTH, HEIGHT, {-2.25, 1.125}, {0.75, -1.125}},
        .sampler = {.instructions = &mandel_kernel_scalar, .limit = LIMIT, .pixel = 0.01},
        .shade = &s->shade,
        .image = &s->image,
        .crew = &s->crew,
    };
}

static void bench_fini(bench_scene *s)
{
    mandel_crew_fini(&s->crew);
    mandel_shade_fini(&s->shade);
    mandel_image_fini(&s->image);
    mandel_image_fini(&s->serial);
}

Test(measure, a_benchmark_counts_what_it_did)
{
    const reference_view same = {WIDTH, HEIGHT, -2.25, 1.125, 0.75, -1.125};
    uint64_t iterations = 0;
    for (size_t i = 0; i < WIDTH * HEIGHT; i++)
        iterations +=
            reference_count(reference_re(&same, i % WIDTH), reference_im(&same, i / WIDTH), LIMIT);
    bench_scene s;
    bench_init(&s, MANDEL_COLOUR_GREY);
    mandel_bench bench;
    cr_assert_eq(mandel_measure_bench(&s.picture, &s.serial, RUNS, &bench), 0);
    cr_assert(bench.runs == RUNS && bench.threads == s.crew.threads);
    cr_assert_eq(bench.pixels, WIDTH * HEIGHT);
    cr_assert_eq(bench.iterations, iterations);
    cr_assert(bench.same);
    cr_assert(bench.serial.min > 0.0 && bench.parallel.min > 0.0);
    cr_assert(bench.speed_up.min <= bench.speed_up.median &&
              bench.speed_up.median <= bench.speed_up.max);
    s.serial.pixels[77] ^= 1;
    cr_assert_not(mandel_measure_same(&s.image, &s.serial));
    bench_fini(&s);
}

Test(measure, pictures_of_all_kinds_are_the_same)
{
    for (int i = 0; i < 8; i++) {
        bench_scene s;
        bench_init(&s, (mandel_colouring)(i / 2));
        s.picture.subdivide = i % 2 != 0;
        s.picture.antialias = i % 2 != 0 ? 2 : 0;
        mandel_bench bench;
        cr_assert_eq(mandel_measure_bench(&s.picture, &s.serial, 1, &bench), 0);
        cr_assert(bench.same, "colouring %d", i / 2);
        cr_assert_eq(bench.pixels, WIDTH * HEIGHT);
        bench_fini(&s);
    }
}

/* A field that no machine has room for. */
Test(measure, an_error_ends_a_benchmark)
{
    bench_scene s;
    bench_init(&s, MANDEL_COLOUR_GREY);
    s.picture.subdivide = true;
    s.picture.view.width = s.picture.view.height = MANDEL_VIEW_MAX_SIDE;
    mandel_bench bench;
    cr_assert_eq(mandel_measure_bench(&s.picture, &s.serial, RUNS, &bench), ENOMEM);
    bench_fini(&s);
}
