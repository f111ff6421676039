/* SPDX-License-Identifier: MIT */
/* sleep_test.c - who is woken or hired for what, and how many are counted as running and searching:
 * step by step, on the seats of a crew without threads. Sleepers are put to sleep by hand. */
#include "pool/worker_steps.h"

TestSuite(sleep, .init = make_eight, .fini = end_eight);

/* ---- who is hungry ---- */

Test(sleep, nobody_is_hungry_when_all_cores_are_busy)
{
    bare_crew_put_to_sleep(at(3));
    for (size_t running = 0; running < 12; running++) {
        bare_crew_set_state(&bare, running, 0);
        cr_assert_eq(ws_sleep_is_hungry(crew), running < 8, "%zu run", running);
    }
}

Test(sleep, nobody_is_hungry_when_nobody_can_come)
{
    bare_crew_set_state(&bare, 1, 0);
    cr_assert(ws_sleep_is_hungry(crew), "a spare could come");
    crew->spares_left = 0;
    cr_assert_not(ws_sleep_is_hungry(crew));
    ws_worker *spare = bare_crew_add_spare(&bare);
    bare_crew_put_to_sleep(spare);
    cr_assert(ws_sleep_is_hungry(crew), "a spare sleeps");
}

/* ---- publishing ---- */

Test(sleep, a_publication_wakes_one)
{
    bare_crew_set_state(&bare, 1, 0);
    bare_crew_put_to_sleep(at(3));
    bare_crew_put_to_sleep(at(5));
    ws_sleep_published(crew, at(0));
    cr_assert_eq(woken(), at(3));
    cr_assert(bare_crew_sleeps(at(5)));
    assert_state(2, 1);
    cr_assert_eq(at(0)->counters.woken, 1);
    ws_sleep_published(crew, at(0));
    cr_assert_null(woken(), "while the first one is still looking");
    assert_state(2, 1);
    cr_assert_eq(bare.hired, 0);
}

Test(sleep, a_publication_wakes_nobody_while_somebody_searches)
{
    bare_crew_put_to_sleep(at(3));
    bare_crew_set_state(&bare, 4, 2);
    ws_sleep_published(crew, at(0));
    cr_assert_null(woken());
    assert_state(4, 2);
}

Test(sleep, a_publication_wakes_nobody_for_a_core_that_is_not_free)
{
    bare_crew_put_to_sleep(at(3));
    for (size_t running = 8; running < 10; running++) {
        bare_crew_set_state(&bare, running, 0);
        ws_sleep_published(crew, at(0));
        cr_assert_null(woken());
        assert_state(running, 0);
    }
}

/* From the publisher's place outwards, then itself, then the spares. */
Test(sleep, a_publication_wakes_the_nearest_first)
{
    ws_worker *spare = bare_crew_add_spare(&bare);
    unsigned farthest = PAR_DISTANCE_SMT;
    bare_crew_put_to_sleep(spare);
    for (size_t i = 0; i < 8; i++)
        bare_crew_put_to_sleep(at(i));
    for (size_t i = 0; i < 7; i++) {
        bare_crew_set_state(&bare, 0, 0);
        ws_sleep_published(crew, at(6));
        const ws_worker *next = woken();
        cr_assert_not_null(next);
        cr_assert_neq(next, at(6));
        cr_assert_geq(ws_worker_distance(at(6), next), farthest, "waking %zu", i);
        farthest = ws_worker_distance(at(6), next);
    }
    bare_crew_set_state(&bare, 0, 0);
    ws_sleep_published(crew, at(6));
    cr_assert_eq(woken(), at(6));
    bare_crew_set_state(&bare, 0, 0);
    ws_sleep_published(crew, at(6));
    cr_assert_eq(woken(), spare);
    bare_crew_set_state(&bare, 0, 0);
    ws_sleep_published(crew, at(6));
    cr_assert_null(woken());
    assert_state(0, 0);
}

/* Four cores of two hardware threads: whoever shares the publisher's core is woken last. */
Test(sleep, a_publication_wakes_the_threads_of_its_own_core_last)
{
    ws_topology *machine;
    ws_placement *siblings;
    const ws_placement *before = crew->placement;
    cr_assert_eq(ws_topology_load(&machine, "core:4 pu:2"), 0);
    cr_assert_eq(ws_placement_create(&siblings, machine, &bare.limits, 8, true, WS_AFFINITY_NONE),
                 0);
    crew->placement = siblings;
    for (size_t i = 1; i < 8; i++)
        bare_crew_put_to_sleep(at(i));
    for (size_t i = 1; i < 8; i++) {
        bare_crew_set_state(&bare, 0, 0);
        ws_sleep_published(crew, at(0));
        const ws_worker *next = woken();
        cr_assert_not_null(next);
        cr_assert_eq(ws_worker_distance(at(0), next) == PAR_DISTANCE_SMT, i == 7, "waking %zu", i);
    }
    crew->placement = before;
    ws_placement_free(siblings);
    ws_topology_free(machine);
}

Test(sleep, a_publication_from_outside_wakes_one)
{
    bare_crew_put_to_sleep(at(3));
    ws_sleep_published(crew, NULL);
    cr_assert_eq(woken(), at(3));
    assert_state(1, 1);
    cr_assert_eq(crew->counters.woken, 1);
}

Test(sleep, a_push_is_a_publication)
{
    par_detail_job job;
    bare_crew_set_state(&bare, 1, 0);
    bare_crew_put_to_sleep(at(3));
    push_fork(at(0), &job);
    cr_assert_eq(woken(), at(3));
    assert_state(2, 1);
}

Test(sleep, nobody_is_woken_in_a_forked_child)
{
    bare_crew_put_to_sleep(at(3));
    crew->generation++;
    ws_sleep_published(crew, at(0));
    cr_assert_null(woken());
    assert_state(0, 0);
}

/* ---- hiring ---- */

static const ws_task task = {.owner = NULL};

Test(sleep, a_spare_is_hired_when_nobody_sleeps)
{
    push_task(at(0), &task);
    bare_crew_set_state(&bare, 7, 0);
    ws_sleep_published(crew, at(0));
    cr_assert_eq(bare.hired, 1);
    assert_state(8, 1);
    cr_assert_eq(at(0)->counters.woken, 1);
    ws_sleep_published(crew, at(0));
    cr_assert_eq(bare.hired, 1);
}

Test(sleep, a_spare_that_sleeps_is_woken_before_another_is_hired)
{
    ws_worker *spare = bare_crew_add_spare(&bare);
    bare_crew_put_to_sleep(spare);
    push_task(at(0), &task);
    ws_sleep_published(crew, at(0));
    cr_assert_eq(woken(), spare);
    cr_assert_eq(bare.hired, 0);
}

Test(sleep, nobody_is_hired_without_work_in_sight)
{
    bare_crew_set_state(&bare, 3, 0);
    ws_sleep_published(crew, at(0));
    cr_assert_eq(bare.hired, 0);
    assert_state(3, 0);
}

Test(sleep, nobody_is_hired_when_no_spares_are_left)
{
    push_task(at(0), &task);
    crew->spares_left = 0;
    ws_sleep_published(crew, at(0));
    cr_assert_eq(bare.hired, 0);
    assert_state(0, 0);
}

static void refuse_for_ever(ws_crew *self)
{
    ws_store_relaxed(&self->spares_left, 0);
}

Test(sleep, who_cannot_be_hired_is_not_counted)
{
    bare.refuses = true;
    bare.on_hire = refuse_for_ever;
    push_task(at(0), &task);
    bare_crew_set_state(&bare, 2, 0);
    ws_sleep_published(crew, at(0));
    cr_assert_eq(bare.hired, 1);
    assert_state(2, 0);
    cr_assert_eq(at(0)->counters.woken, 0);
}

/* W4: somebody lay down while the publisher was counting on another one. */
static void lie_down_meanwhile(ws_crew *self)
{
    bare_crew_put_to_sleep(ws_worker_at(self, 5));
    refuse_for_ever(self);
}

Test(sleep, who_lay_down_while_hiring_failed_is_woken)
{
    bare.refuses = true;
    bare.on_hire = lie_down_meanwhile;
    push_task(at(0), &task);
    bare_crew_set_state(&bare, 2, 0);
    ws_sleep_published(crew, at(0));
    cr_assert_eq(woken(), at(5));
    assert_state(3, 1);
}

/* ---- searching ---- */

Test(sleep, searchers_are_counted)
{
    bare_crew_set_state(&bare, 2, 0);
    ws_sleep_search(at(0));
    assert_state(2, 1);
    ws_sleep_search(at(1));
    assert_state(2, 2);
    ws_sleep_found(at(0));
    assert_state(2, 1);
    ws_sleep_found(at(1));
    assert_state(2, 0);
}

Test(sleep, the_last_searcher_that_finds_something_wakes_another_for_the_rest)
{
    push_task(at(0), &task);
    bare_crew_put_to_sleep(at(3));
    bare_crew_put_to_sleep(at(4));
    bare_crew_set_state(&bare, 3, 2);
    ws_sleep_found(at(1));
    cr_assert_null(woken(), "another still searches");
    assert_state(3, 1);
    ws_sleep_found(at(2));
    cr_assert_not_null(woken());
    assert_state(4, 1);
}

Test(sleep, a_searcher_that_leaves_nothing_behind_wakes_nobody)
{
    bare_crew_put_to_sleep(at(3));
    bare_crew_set_state(&bare, 2, 1);
    ws_sleep_found(at(1));
    cr_assert_null(woken());
    assert_state(2, 0);
}
