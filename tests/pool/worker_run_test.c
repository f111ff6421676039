/* SPDX-License-Identifier: MIT */
/* worker_run_test.c - how a worker finds the tasks of one owner, what running a task or a fork
 * does, and its mail: by one thread, on the seats of a crew without threads. */
#include "pool/worker_steps.h"

TestSuite(worker_run, .init = make_eight, .fini = end_eight);

/* ---- finding what belongs to one owner ---- */

Test(worker_run, finds_a_task_of_an_owner_in_its_own_queue)
{
    const int owners[2] = {0};
    ws_task tasks[] = {{.owner = &owners[0]},
                       {.owner = &owners[1]},
                       {.owner = &owners[0]},
                       {.owner = &owners[1]},
                       {.owner = NULL}};
    ws_work work;
    for (size_t i = 0; i < 5; i++)
        push_task(at(0), &tasks[i]);
    cr_assert(ws_worker_find_of(at(0), &owners[0], &work) && found_task(&work) == &tasks[2]);
    /* What lay above it can be had by anybody, in any order. */
    cr_assert_eq(ws_deque_count(&at(0)->tasks), 2);
    cr_assert(ws_worker_find_of(at(0), &owners[1], &work) && found_task(&work) == &tasks[1]);
    cr_assert(ws_worker_find_of(at(1), &owners[1], &work) && found_task(&work) == &tasks[3]);
    cr_assert(ws_worker_find_of(at(0), &owners[0], &work) && found_task(&work) == &tasks[0]);
    cr_assert_not(ws_worker_find_of(at(0), &owners[0], &work));
    cr_assert_not(ws_worker_find_of(at(0), &owners[1], &work));
    cr_assert(ws_worker_find_of(at(0), NULL, &work) && found_task(&work) == &tasks[4]);
    cr_assert_not(ws_crew_has_work(crew));
}

Test(worker_run, leaves_its_queue_alone_when_nothing_in_it_is_the_owners)
{
    const int owners[2] = {0};
    const ws_task tasks[] = {{.owner = &owners[1]}, {.owner = NULL}};
    ws_work work;
    push_task(at(0), &tasks[0]);
    push_task(at(0), &tasks[1]);
    cr_assert_not(ws_worker_find_of(at(0), &owners[0], &work));
    cr_assert_eq(ws_deque_count(&at(0)->tasks), 2);
    cr_assert(ws_injector_is_empty(&crew->injector));
}

Test(worker_run, takes_of_others_only_what_is_the_owners)
{
    const int owners[2] = {0};
    const ws_task foreign = {.owner = &owners[1]};
    const ws_task mine = {.owner = &owners[0]};
    ws_work work;
    par_detail_job job;
    push_fork(at(1), &job);
    push_task(at(1), &foreign);
    push_task(at(2), &mine);
    cr_assert(ws_worker_find_of(at(0), &owners[0], &work) && found_task(&work) == &mine);
    cr_assert_eq(at(0)->counters.stolen[PAR_DISTANCE_L3], 1);
    cr_assert_not(ws_worker_find_of(at(0), &owners[0], &work));
    cr_assert_eq(ws_deque_count(&at(1)->tasks), 1);
    cr_assert_eq(ws_forks_height(&at(1)->forks), 1);
}

Test(worker_run, digs_a_task_of_the_owner_out_from_below_strangers)
{
    const int owners[2] = {0};
    ws_task tasks[] = {{.owner = &owners[1]}, {.owner = &owners[0]}, {.owner = NULL}};
    ws_work work;
    for (size_t i = 0; i < 3; i++)
        push_task(at(1), &tasks[i]);
    cr_assert(ws_worker_find_of(at(0), &owners[0], &work) && found_task(&work) == &tasks[1]);
    cr_assert_eq(ws_injector_take(&crew->injector, NULL, NULL), &tasks[0].link);
    cr_assert_eq(ws_deque_count(&at(1)->tasks), 1);
}

Test(worker_run, takes_from_the_injector_only_what_is_the_owners)
{
    const int owners[2] = {0};
    ws_task tasks[] = {{.owner = &owners[1]}, {.owner = &owners[0]}, {.owner = NULL}};
    ws_work work;
    for (size_t i = 0; i < 3; i++)
        ws_injector_push(&crew->injector, &tasks[i].link);
    cr_assert(ws_worker_find_of(at(0), &owners[0], &work) && found_task(&work) == &tasks[1]);
    cr_assert_not(ws_worker_find_of(at(0), &owners[0], &work));
    cr_assert_eq(ws_injector_take(&crew->injector, NULL, NULL), &tasks[0].link);
    cr_assert_eq(ws_injector_take(&crew->injector, NULL, NULL), &tasks[2].link);
}

/* ---- running ---- */

static ws_worker *runner;
static const void *group_around;
static size_t runs;

static void *group_inside;

static void see_group(ws_task *task)
{
    (void)task;
    group_inside = runner->forks.owner.group;
    runs++;
}

Test(worker_run, runs_a_task_in_none_of_the_groups_below_it)
{
    int group;
    ws_task task = {.run = see_group};
    runner = at(0);
    runner->forks.owner.group = &group;
    group_inside = &group;
    ws_worker_run(runner, (ws_work){NULL, ws_task_item(&task)});
    cr_assert_eq(runs, 1);
    cr_assert_null(group_inside);
    cr_assert_eq(runner->forks.owner.group, &group);
    cr_assert_eq(runner->counters.executed, 1);
}

static size_t mark_inside;
static void *thief_inside;
static bool done_inside;

static void see_job(void *frame)
{
    const par_detail_job *job = frame;
    thief_inside = ws_job_thief(job, &mark_inside);
    done_inside = ws_latch_is_set(&job->state);
    group_around = ((const ws_group *)runner->forks.owner.group)->around;
    runs++;
}

static void run_stolen(par_detail_job *job)
{
    ws_work work;
    par_detail_push(&at(0)->forks.owner, par_detail_head(&at(0)->forks.owner), see_job, job);
    cr_assert(ws_worker_find(runner, &work) && found_fork(&work) == job);
    ws_worker_run(runner, work);
}

Test(worker_run, runs_a_fork_with_its_mark_and_its_group_and_says_when_it_ends)
{
    int groups[2];
    par_detail_job below[2];
    par_detail_job job;
    runner = at(1);
    runner->forks.owner.group = &groups[0];
    at(0)->forks.owner.group = &groups[1];
    push_fork(runner, &below[0]);
    push_fork(runner, &below[1]);
    run_stolen(&job);
    cr_assert_eq(runs, 1);
    cr_assert_eq(thief_inside, runner);
    cr_assert_eq(mark_inside, 2, "above two forks of the thief");
    cr_assert_not(done_inside);
    cr_assert_eq(group_around, &groups[1], "within the group it comes from");
    cr_assert_eq(runner->forks.owner.group, &groups[0]);
    cr_assert(ws_latch_is_set(&job.state));
    cr_assert_eq(runner->counters.executed, 1);
    cr_assert_not(bare_crew_was_woken(at(0)), "the forker does not sleep");
}

static void sleep_and_see(void *frame)
{
    par_detail_job *job = frame;
    cr_assert(ws_latch_fall_asleep(&job->state)); /* what the forker would do meanwhile */
}

Test(worker_run, wakes_the_forker_that_sleeps)
{
    par_detail_job job;
    ws_work work;
    par_detail_push(&at(0)->forks.owner, par_detail_head(&at(0)->forks.owner), sleep_and_see, &job);
    cr_assert(ws_worker_find(at(1), &work));
    ws_worker_run(at(1), work);
    cr_assert(ws_latch_is_set(&job.state));
    cr_assert(bare_crew_was_woken(at(0)));
    cr_assert_not(bare_crew_was_woken(at(1)));
}

/* ---- mail ---- */

enum { LETTERS = 6 };

typedef struct letter {
    ws_mail mail; /* first */
    int number;
    ws_worker *reader;
    int answer; /* a letter to send, and to open, while this one is read; 0: none */
} letter;

static letter letters[LETTERS + 1];
static int read_order[LETTERS + 1];
static size_t letters_read;

static void read_letter(ws_mail *mail, ws_worker *worker)
{
    letter *self = (letter *)(void *)mail;
    read_order[letters_read++] = self->number;
    self->reader = worker;
    if (self->answer != 0)
        ws_worker_send(worker, &letters[self->answer].mail);
}

static void send_letter(int number)
{
    letters[number].mail.open = read_letter;
    letters[number].number = number;
    ws_worker_send(at(0), &letters[number].mail);
}

Test(worker_run, opens_its_mail_in_the_order_in_which_it_came)
{
    cr_assert_not(ws_worker_has_mail(at(0)));
    cr_assert_not(ws_worker_open_mail(at(0)));
    for (int i = 1; i <= LETTERS; i++)
        send_letter(i);
    cr_assert(ws_worker_has_mail(at(0)));
    cr_assert_not(ws_worker_has_mail(at(1)));
    cr_assert_not(ws_worker_open_mail(at(1)));
    for (int i = 1; i <= LETTERS; i++) {
        cr_assert(ws_worker_has_mail(at(0)));
        cr_assert(ws_worker_open_mail(at(0)));
        cr_assert_eq(letters_read, (size_t)i);
        cr_assert_eq(read_order[i - 1], i);
        cr_assert_eq(letters[i].reader, at(0));
    }
    cr_assert_not(ws_worker_has_mail(at(0)));
    cr_assert_not(ws_worker_open_mail(at(0)));
}

Test(worker_run, opens_later_mail_after_what_it_has)
{
    send_letter(1);
    send_letter(2);
    cr_assert(ws_worker_open_mail(at(0)));
    send_letter(3);
    cr_assert(ws_worker_open_mail(at(0)));
    send_letter(4);
    cr_assert(ws_worker_open_mail(at(0)));
    cr_assert(ws_worker_open_mail(at(0)));
    for (int i = 0; i < 4; i++)
        cr_assert_eq(read_order[i], i + 1);
}

Test(worker_run, takes_mail_that_comes_while_it_reads)
{
    letters[3].mail.open = read_letter;
    letters[3].number = 3;
    letters[1].answer = 3;
    send_letter(1);
    send_letter(2);
    for (int i = 0; i < 3; i++) {
        cr_assert(ws_worker_open_mail(at(0)));
        cr_assert_eq(read_order[i], i + 1);
    }
    cr_assert_not(ws_worker_open_mail(at(0)));
}

Test(worker_run, is_woken_by_mail)
{
    send_letter(1);
    cr_assert(bare_crew_was_woken(at(0)));
    cr_assert_not(bare_crew_was_woken(at(1)));
}
