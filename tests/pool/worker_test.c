/* SPDX-License-Identifier: MIT */
/* worker_test.c - seats, what can be seen of their work, and what a worker finds, in which order:
 * by one thread, on the seats of a crew without threads. */
#include "pool/worker_steps.h"

/* ---- seats ---- */

TestSuite(worker, .init = make_eight, .fini = end_eight);

Test(worker, has_a_seat_that_is_made_once)
{
    for (size_t i = 0; i < 8; i++) {
        ws_worker *seat = at(i);
        cr_assert_not_null(seat);
        cr_assert_eq(seat->index, i);
        cr_assert_eq(seat->crew, crew);
        cr_assert(ws_forks_is_empty(&seat->forks) && ws_deque_is_empty(&seat->tasks));
        cr_assert_eq(ws_worker_make(crew, i), seat);
        cr_assert_eq((size_t)seat % 128, 0);
        cr_assert_eq((void *)&seat->forks.owner, (void *)seat);
    }
    cr_assert_null(at(8));
    ws_worker *guest = ws_worker_make(crew, 8);
    cr_assert_eq(at(8), guest);
    cr_assert_eq(ws_worker_make(crew, 8), guest);
}

Test(worker, can_be_none)
{
    ws_worker_free(NULL);
    cr_assert_null(ws_worker_self(), "a thread outside");
}

Test(worker, is_the_thread_that_sits_in_it)
{
    par_detail_self_v1 = &at(3)->forks.owner;
    cr_assert_eq(ws_worker_self(), at(3));
    par_detail_self_v1 = ws_worker_serial();
    cr_assert_null(ws_worker_self(), "the stand-in is no seat");
    par_detail_self_v1 = NULL;
}

Test(worker, is_as_far_away_as_the_machine_says)
{
    static const unsigned from_first[] = {
        PAR_DISTANCE_SMT,    PAR_DISTANCE_L2,     PAR_DISTANCE_L3,     PAR_DISTANCE_L3,
        PAR_DISTANCE_REMOTE, PAR_DISTANCE_REMOTE, PAR_DISTANCE_REMOTE, PAR_DISTANCE_REMOTE};
    for (size_t i = 0; i < 8; i++) {
        cr_assert_eq(ws_worker_distance(at(0), at(i)), from_first[i], "worker %zu", i);
        cr_assert_eq(ws_worker_distance(at(i), at(0)), from_first[i], "worker %zu", i);
    }
    const ws_worker *guest = bare_crew_add_guest(&bare);
    const ws_worker *spare = bare_crew_add_spare(&bare);
    cr_assert_eq(ws_worker_distance(at(0), guest), PAR_DISTANCE_REMOTE);
    cr_assert_eq(ws_worker_distance(spare, at(0)), PAR_DISTANCE_REMOTE);
    cr_assert_eq(ws_worker_distance(guest, spare), PAR_DISTANCE_REMOTE);
}

/* ---- work in sight ---- */

static void assert_sight_of_fork(ws_worker *worker)
{
    par_detail_job job;
    cr_assert_not(ws_crew_has_work(crew), "before worker %zu forked", worker->index);
    push_fork(worker, &job);
    cr_assert(ws_crew_has_work(crew), "worker %zu has forked", worker->index);
    pop_fork(worker, &job);
    cr_assert_not(ws_crew_has_work(crew), "after worker %zu has taken it back", worker->index);
}

static void assert_sight_of_task(ws_worker *worker)
{
    const ws_task task = {.owner = NULL};
    ws_item item;
    push_task(worker, &task);
    cr_assert(ws_crew_has_work(crew), "worker %zu has a task", worker->index);
    cr_assert(ws_deque_pop(&worker->tasks, &item));
    cr_assert_not(ws_crew_has_work(crew), "after worker %zu has taken it back", worker->index);
}

Test(worker, of_any_kind_shows_its_work)
{
    ws_worker *seats[] = {at(0), at(7), bare_crew_add_guest(&bare), bare_crew_add_guest(&bare),
                          bare_crew_add_spare(&bare)};
    for (size_t i = 0; i < sizeof seats / sizeof seats[0]; i++) {
        assert_sight_of_fork(seats[i]);
        assert_sight_of_task(seats[i]);
    }
    ws_task task = {.owner = NULL};
    ws_injector_push(&crew->injector, &task.link);
    cr_assert(ws_crew_has_work(crew));
    cr_assert_eq(ws_injector_take(&crew->injector, NULL, NULL), &task.link);
    cr_assert_not(ws_crew_has_work(crew));
}

Test(worker, of_any_kind_can_be_asked_to_look_for_sleepers)
{
    ws_worker *seats[] = {at(0), at(7), bare_crew_add_guest(&bare), bare_crew_add_spare(&bare)};
    for (size_t i = 0; i < 4; i++)
        ws_forks_set_limit(&seats[i]->forks);
    ws_crew_request(crew);
    for (size_t i = 0; i < 4; i++)
        cr_assert(ws_forks_is_requested(&seats[i]->forks), "seat %zu", seats[i]->index);
}

/* ---- finding ---- */

Test(worker, finds_nothing_where_there_is_nothing)
{
    ws_work work;
    bare_crew_add_guest(&bare);
    bare_crew_add_spare(&bare);
    for (int i = 0; i < 200; i++)
        cr_assert_not(ws_worker_find(at(2), &work));
    cr_assert_gt(at(2)->counters.failed_probes, 0);
    cr_assert_eq(at(2)->counters.stolen[PAR_DISTANCE_L2], 0);
}

/* Its forks are taken by whoever forked them, with a join. */
Test(worker, does_not_find_its_own_forks)
{
    ws_work work;
    par_detail_job job;
    push_fork(at(2), &job);
    cr_assert_not(ws_worker_find(at(2), &work));
    cr_assert(ws_worker_find(at(3), &work));
    cr_assert_eq(found_fork(&work), &job);
    cr_assert_eq(work.forker, at(2));
}

Test(worker, finds_its_own_newest_task_first)
{
    ws_work work;
    ws_task tasks[3] = {{.owner = NULL}};
    par_detail_job job;
    push_fork(at(1), &job);
    push_task(at(0), &tasks[0]);
    push_task(at(0), &tasks[1]);
    ws_injector_push(&crew->injector, &tasks[2].link);
    cr_assert(ws_worker_find(at(0), &work) && found_task(&work) == &tasks[1]);
    cr_assert(ws_worker_find(at(0), &work) && found_task(&work) == &tasks[0]);
    cr_assert(ws_worker_find(at(0), &work) && found_fork(&work) == &job);
    cr_assert(ws_worker_find(at(0), &work) && found_task(&work) == &tasks[2]);
    cr_assert_not(ws_worker_find(at(0), &work));
}

Test(worker, takes_a_victims_forks_before_its_tasks_and_its_oldest_first)
{
    ws_work work;
    par_detail_job jobs[2];
    const ws_task tasks[2] = {{.owner = NULL}, {.owner = NULL}};
    for (size_t i = 0; i < 2; i++) {
        push_task(at(5), &tasks[i]);
        push_fork(at(5), &jobs[i]);
    }
    cr_assert(ws_worker_find(at(4), &work) && found_fork(&work) == &jobs[0]);
    cr_assert(ws_worker_find(at(4), &work) && found_fork(&work) == &jobs[1]);
    cr_assert(ws_worker_find(at(4), &work) && found_task(&work) == &tasks[0]);
    cr_assert(ws_worker_find(at(4), &work) && found_task(&work) == &tasks[1]);
    cr_assert_eq(at(4)->counters.stolen[PAR_DISTANCE_L2], 4);
}

/* Every worker has a fork to give, and so has a guest; the thief sees the near ones first. */
Test(worker, robs_the_near_before_the_far)
{
    static const unsigned order[] = {PAR_DISTANCE_L2,     PAR_DISTANCE_L3,     PAR_DISTANCE_L3,
                                     PAR_DISTANCE_REMOTE, PAR_DISTANCE_REMOTE, PAR_DISTANCE_REMOTE,
                                     PAR_DISTANCE_REMOTE};
    par_detail_job jobs[9];
    ws_task task = {.owner = NULL};
    ws_work work;
    ws_worker *guest = bare_crew_add_guest(&bare);
    for (size_t i = 1; i < 8; i++)
        push_fork(at(i), &jobs[i]);
    push_fork(guest, &jobs[8]);
    ws_injector_push(&crew->injector, &task.link);
    for (size_t i = 0; i < 7; i++) {
        cr_assert(ws_worker_find(at(0), &work));
        cr_assert_lt(work.forker->index, 8, "a guest before a placed worker");
        cr_assert_eq(ws_worker_distance(at(0), work.forker), order[i], "steal %zu", i);
    }
    cr_assert(ws_worker_find(at(0), &work) && found_fork(&work) == &jobs[8]);
    cr_assert(ws_worker_find(at(0), &work) && found_task(&work) == &task);
}

Test(worker, goes_back_to_its_last_victim)
{
    par_detail_job jobs[3];
    ws_work work;
    push_fork(at(7), &jobs[0]);
    cr_assert(ws_worker_find(at(0), &work) && work.forker == at(7));
    push_fork(at(1), &jobs[1]);
    push_fork(at(7), &jobs[2]);
    cr_assert(ws_worker_find(at(0), &work) && found_fork(&work) == &jobs[2]);
    cr_assert(ws_worker_find(at(0), &work) && found_fork(&work) == &jobs[1]);
}

Test(worker, of_any_kind_robs_any_other)
{
    ws_worker *seats[11];
    for (size_t i = 0; i < 8; i++)
        seats[i] = at(i);
    seats[8] = bare_crew_add_guest(&bare);
    seats[9] = bare_crew_add_guest(&bare);
    seats[10] = bare_crew_add_spare(&bare);
    for (size_t thief = 0; thief < 11; thief++) {
        for (size_t victim = 0; victim < 11; victim++) {
            par_detail_job job;
            ws_work work;
            if (thief == victim)
                continue;
            push_fork(seats[victim], &job);
            cr_assert(ws_worker_find(seats[thief], &work), "%zu from %zu", thief, victim);
            cr_assert_eq(work.forker, seats[victim]);
            finish(seats[victim], &job);
        }
    }
}

/* There is always something to steal, and still what was injected does not wait for ever. */
Test(worker, does_not_starve_the_injector)
{
    ws_task task = {.owner = NULL};
    ws_injector_push(&crew->injector, &task.link);
    for (int i = 0; i < 1000 && !ws_injector_is_empty(&crew->injector); i++) {
        par_detail_job job;
        ws_work work;
        push_fork(at(1), &job);
        cr_assert(ws_worker_find(at(0), &work));
        if (found_task(&work) == &task)
            return;
        finish(at(1), &job);
    }
    cr_assert_fail("a thousand steals, and the injected task is still there");
}
