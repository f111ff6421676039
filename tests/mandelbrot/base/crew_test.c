/* SPDX-License-Identifier: MIT */
/* crew_test.c - a crew's threads, places, loops and sums. */
#include "mandelbrot/base/crew.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <stdatomic.h>

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

/* ---- loops ---------------------------------------------------------------------------------- */

enum { MOST = 1000 };

/* What a loop has done. Bodies only count; the test looks at it afterwards. */
typedef struct notes {
    const mandel_crew *crew; /* NULL: none */
    size_t n;
    size_t grain;
    atomic_size_t calls;
    atomic_size_t too_large;
    atomic_size_t outside; /* of the range, or of the crew's places */
    atomic_uint times[MOST];
    pthread_t thread; /* of the last call */
} notes;

static void note(size_t begin, size_t end, void *arg)
{
    notes *const seen = arg;
    const bool is_placed = seen->crew == NULL || mandel_crew_place() < seen->crew->places;
    atomic_fetch_add(&seen->calls, 1);
    if (begin >= end || end > seen->n || !is_placed) {
        atomic_fetch_add(&seen->outside, 1);
        return;
    }
    if (end - begin > seen->grain)
        atomic_fetch_add(&seen->too_large, 1);
    for (size_t i = begin; i < end; i++)
        atomic_fetch_add(&seen->times[i], 1);
    if (seen->crew == NULL)
        seen->thread = pthread_self();
}

/* Runs a loop, and expects every index once and the rest of `times` untouched. */
static void run(notes *seen, const mandel_crew *crew, size_t n, size_t grain)
{
    *seen = (notes){.crew = crew, .n = n, .grain = grain};
    cr_assert_eq(mandel_crew_for(crew, n, grain, note, seen), 0);
    cr_assert_eq(seen->outside, 0);
    cr_assert_eq(seen->too_large, 0, "%zu in pieces of %zu", n, grain);
    for (size_t i = 0; i < MOST; i++)
        cr_assert_eq(seen->times[i], i < n, "index %zu of %zu: %u times", i, n, seen->times[i]);
}

Test(crew, a_loop_does_every_index_once_in_pieces_no_larger_than_the_grain)
{
    static const size_t ns[] = {1, 2, 7, 64, 999, MOST};
    static const size_t grains[] = {1, 3, 64, 998, MOST, SIZE_MAX};
    static notes seen;
    for (size_t threads = 0; threads <= 3; threads++) {
        mandel_crew crew;
        cr_assert_eq(mandel_crew_init(&crew, threads), 0);
        for (size_t i = 0; i < sizeof ns / sizeof ns[0]; i++) {
            for (size_t k = 0; k < sizeof grains / sizeof grains[0]; k++) {
                run(&seen, &crew, ns[i], grains[k]);
                const size_t least = (ns[i] - 1) / grains[k] + 1;
                cr_assert_geq(seen.calls, least);
            }
        }
        mandel_crew_fini(&crew);
    }
}

Test(crew, a_loop_over_nothing_calls_nothing)
{
    static notes seen;
    mandel_crew crew;
    cr_assert_eq(mandel_crew_init(&crew, 2), 0);
    run(&seen, &crew, 0, 1);
    cr_assert_eq(seen.calls, 0);
    run(&seen, &crew, 0, MOST);
    cr_assert_eq(seen.calls, 0);
    mandel_crew_fini(&crew);
    run(&seen, NULL, 0, 1);
    cr_assert_eq(seen.calls, 0);
}

Test(crew, without_a_crew_a_loop_is_one_call_on_the_calling_thread)
{
    static notes seen;
    static const size_t ns[] = {1, 7, MOST};
    for (size_t i = 0; i < sizeof ns / sizeof ns[0]; i++) {
        seen = (notes){.n = ns[i], .grain = MOST};
        /* The grain is not asked for. */
        cr_assert_eq(mandel_crew_for(NULL, ns[i], 1, note, &seen), 0);
        cr_assert_eq(seen.calls, 1);
        cr_assert(pthread_equal(seen.thread, pthread_self()));
        cr_assert(seen.times[0] == 1 && seen.times[ns[i] - 1] == 1 && seen.outside == 0);
    }
}
