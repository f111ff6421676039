/* SPDX-License-Identifier: MIT */
/* crew_test.c - a crew's threads, places and sums. */
#include "mandelbrot/base/crew.h"

#include <criterion/criterion.h>

Test(crew, it_has_the_threads_that_were_asked_for)
{
    for (size_t threads = 1; threads <= 5; threads++) {
        mandel_crew crew;
        cr_assert_eq(mandel_crew_init(&crew, threads), 0);
        cr_assert_eq(crew.threads, threads);
        cr_assert_geq(crew.places, threads);
        cr_assert_not_null(crew.pool);
        mandel_crew_fini(&crew);
        cr_assert_null(crew.pool);
    }
}

Test(crew, without_a_number_it_is_par_s_default_pool)
{
    mandel_crew crew;
    cr_assert_eq(mandel_crew_init(&crew, 0), 0);
    cr_assert_null(crew.pool);
    cr_assert_eq(crew.threads, par_num_threads());
    cr_assert_eq(crew.places, par_max_threads());
    mandel_crew_fini(&crew);
}

Test(crew, a_pool_that_cannot_be_is_an_error)
{
    mandel_crew crew;
    cr_assert_neq(mandel_crew_init(&crew, SIZE_MAX), 0);
    cr_assert_null(crew.pool);
    cr_assert_null(crew.tallies);
}

static void note_place(void *arg)
{
    size_t *const place = arg;
    *place = mandel_crew_place();
}

Test(crew, everybody_has_a_place)
{
    mandel_crew crew;
    cr_assert_eq(mandel_crew_init(&crew, 3), 0);
    size_t place = SIZE_MAX;
    cr_assert_eq(mandel_crew_run(&crew, note_place, &place), 0);
    cr_assert_lt(place, crew.places);
    cr_assert_eq(mandel_crew_place(), 0);
    mandel_crew_fini(&crew);
}

Test(crew, tallies_are_added_up_and_cleared)
{
    mandel_crew crew;
    cr_assert_eq(mandel_crew_init(&crew, 2), 0);
    mandel_tally total = mandel_crew_total(&crew);
    cr_assert(total.pixels == 0 && total.iterations == 0);
    crew.tallies[0] = (mandel_tally){3, 40};
    crew.tallies[crew.places - 1] = (mandel_tally){5, 60};
    total = mandel_crew_total(&crew);
    cr_assert(total.pixels == 8 && total.iterations == 100);
    mandel_crew_reset(&crew);
    total = mandel_crew_total(&crew);
    cr_assert(total.pixels == 0 && total.iterations == 0);
    mandel_crew_fini(&crew);
}

/* Two workers that count must not write to the same cache line. */
Test(crew, tallies_are_apart)
{
    cr_assert_eq(sizeof(mandel_tally) % 128, 0);
    mandel_crew crew;
    cr_assert_eq(mandel_crew_init(&crew, 2), 0);
    cr_assert_eq((uintptr_t)crew.tallies % 128, 0);
    mandel_crew_fini(&crew);
}
