/* SPDX-License-Identifier: MIT */
/* job_test.c - the checks of job_checks.h under Criterion, and every order in which a thief takes a
 * job and ends it while its forker goes to sleep. */
#include "criterion_front.h"
#include "job/job.h"
#include "job/job_checks.h"

JOB_CHECKS(CHECK_TEST)

static _Alignas(128) char thief[128];

typedef enum step { TAKE, SLEEP, END } step;

/* What must be so after a number of steps. */
typedef struct outlook {
    bool taken;
    bool asleep;
    bool done;
} outlook;

static void assert_looks(par_detail_job *job, outlook now)
{
    size_t mark = 999;
    void *seen = ws_job_thief(job, &mark);
    cr_assert_eq(seen, now.taken && !now.done ? thief : NULL);
    cr_assert_eq(ws_latch_is_set(&job->state), now.done);
    if (seen != NULL)
        cr_assert_eq(mark, 12);
}

static void do_step(par_detail_job *job, step what, outlook *now)
{
    switch (what) {
    case TAKE:
        ws_job_take(job, thief, 12);
        now->taken = true;
        break;
    case SLEEP:
        cr_assert_eq(ws_latch_fall_asleep(&job->state), !now->done);
        now->asleep = !now->done;
        break;
    case END:
        cr_assert_eq(ws_latch_set(&job->state), now->asleep);
        now->done = true;
        break;
    }
}

Test(job, goes_its_way_in_every_order)
{
    static const step orders[][4] = {
        {TAKE, END, SLEEP, SLEEP}, {TAKE, SLEEP, END, SLEEP}, {SLEEP, TAKE, END, SLEEP},
        {TAKE, SLEEP, SLEEP, END}, {SLEEP, TAKE, SLEEP, END}, {SLEEP, SLEEP, TAKE, END},
    };
    for (size_t i = 0; i < sizeof orders / sizeof orders[0]; i++) {
        par_detail_job job = {0, 0, NULL};
        outlook now = {false, false, false};
        assert_looks(&job, now);
        for (size_t j = 0; j < 4; j++) {
            do_step(&job, orders[i][j], &now);
            assert_looks(&job, now);
        }
        cr_assert(now.done);
        cr_assert_eq(job.state, PAR_DETAIL_DONE);
    }
}

Test(job, keeps_the_mark_as_it_is)
{
    static const size_t marks[] = {0, 1, 65535, SIZE_MAX};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        par_detail_job job = {0, 77, NULL};
        size_t mark = 78;
        ws_job_take(&job, thief, marks[i]);
        cr_assert_eq(ws_job_thief(&job, &mark), thief);
        cr_assert_eq(mark, marks[i]);
    }
}

Test(job, does_not_touch_the_group)
{
    int group;
    par_detail_job job = {0, 0, &group};
    ws_job_take(&job, thief, 1);
    ws_latch_fall_asleep(&job.state);
    ws_latch_set(&job.state);
    cr_assert_eq(job.group, &group);
}
