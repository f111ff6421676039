/* SPDX-License-Identifier: MIT */
/* job_checks.c - a waiter and a thief with the job between them, and groups that many threads fail
 * and ask. */
#include "job/job_checks.h"

#include "base/cacheline.h"
#include "base/park.h"
#include "job/group.h"
#include "job/job.h"

enum { WAITER, THIEF };

typedef struct player {
    WS_OWN_LINE ws_parker parker;
    size_t height;
} player;

/* One job after the other, each in the same place: the waiter hands it over, waits for its end, and
 * writes all over it. */
typedef struct scene {
    par_detail_job job; /* plain to its owner whenever it is nobody else's */
    size_t offered;     /* number of the round, released by the waiter */
    player players[2];
    size_t rounds;
    size_t result; /* plain; written by the thief before it sets the latch */
    size_t slept;
    size_t told;
    size_t mistakes;
    bool takes;  /* the thief enters itself */
    bool sleeps; /* the waiter may sleep; else it spins */
} scene;

static void delay(uint64_t *seed)
{
    const size_t steps = random_below(seed, 200);
    for (volatile size_t i = 0; i < steps;)
        i++;
    if (steps == 0)
        sched_yield();
}

static void run_stolen(scene *play)
{
    uint64_t seed = 1;
    player *self = &play->players[THIEF];
    for (size_t round = 1; round <= play->rounds; round++) {
        while (ws_load_acquire(&play->offered) != round)
            sched_yield();
        delay(&seed);
        if (play->takes) {
            self->height = round * 7;
            ws_job_take(&play->job, self, round * 7);
        }
        delay(&seed);
        play->result = round * 3;
        ws_parker *sleeper = &play->players[WAITER].parker;
        if (ws_latch_set(&play->job.state)) { /* after this line the job is gone */
            play->told++;
            ws_unpark(sleeper);
        }
    }
}

/* Whoever is seen as the thief has left his mark, and what he wrote before. */
static void look_for_thief(scene *play, size_t round)
{
    size_t mark = 0;
    const player *thief = ws_job_thief(&play->job, &mark);
    if (thief != NULL)
        play->mistakes +=
            thief != &play->players[THIEF] || mark != round * 7 || thief->height != mark;
}

static void await_stolen(scene *play, size_t round, uint64_t *seed)
{
    delay(seed);
    for (size_t looks = 1; !ws_latch_is_set(&play->job.state); looks++) {
        look_for_thief(play, round);
        if (looks % 64 == 0)
            sched_yield();
        if (!play->sleeps || random_below(seed, 4) != 0)
            continue;
        if (!ws_latch_fall_asleep(&play->job.state))
            break;
        play->slept++;
        ws_park(&play->players[WAITER].parker);
    }
}

static void fork_and_wait(scene *play)
{
    uint64_t seed = 2;
    for (size_t round = 1; round <= play->rounds; round++) {
        play->job = (par_detail_job){0, 0, NULL};
        ws_store_release(&play->offered, round);
        await_stolen(play, round, &seed);
        play->mistakes += play->result != round * 3;
        size_t mark;
        play->mistakes += ws_job_thief(&play->job, &mark) != NULL;
        memset(&play->job, 0xFF, sizeof play->job);
    }
}

static void play_part(size_t number, void *arg)
{
    scene *play = arg;
    if (number == WAITER)
        fork_and_wait(play);
    else
        run_stolen(play);
}

static const char *perform(bool takes, bool sleeps)
{
    static scene play;
    play = (scene){.rounds = scaled(10000), .takes = takes, .sleeps = sleeps};
    ws_parker_init(&play.players[WAITER].parker);
    crowd_run(2, play_part, &play);
    ws_parker_fini(&play.players[WAITER].parker);
    if (play.mistakes != 0)
        return wrong("%zu times the waiter saw what was not so", play.mistakes);
    /* A waiter may find the end while it says again that it sleeps: it is told all the same. */
    return play.told <= play.slept ? NULL : wrong("slept %zu, told %zu", play.slept, play.told);
}

const char *job_tells_its_end_and_wakes_its_sleeper(void)
{
    return perform(false, true);
}

const char *job_may_be_gone_once_it_is_done(void)
{
    return perform(false, false);
}

const char *job_shows_the_mark_of_whoever_took_it(void)
{
    const char *problem = perform(true, false);
    return problem != NULL ? problem : perform(true, true);
}

/* ---- marks ---- */

/* One job after the other is taken, and somebody looks at each the moment he can. */
typedef struct row {
    player thief;
    size_t count;
    par_detail_job *jobs;
    atomic_bool watched;
    size_t mistakes;
} row;

static void take_all(row *shared)
{
    while (!atomic_load(&shared->watched))
        sched_yield();
    for (size_t i = 0; i < shared->count; i++) {
        shared->jobs[i].group = &shared->jobs[i]; /* plain, as whatever a thief has done before */
        ws_job_take(&shared->jobs[i], &shared->thief, i + 1);
    }
}

static void watch_all(row *shared)
{
    atomic_store(&shared->watched, true);
    for (size_t i = 0; i < shared->count; i++) {
        size_t mark = 0;
        for (size_t looks = 1; ws_job_thief(&shared->jobs[i], &mark) == NULL; looks++) {
            if (looks % 4096 == 0)
                sched_yield();
        }
        shared->mistakes += mark != i + 1 || shared->jobs[i].group != &shared->jobs[i];
    }
}

static void take_or_watch(size_t number, void *arg)
{
    if (number == 0)
        take_all(arg);
    else
        watch_all(arg);
}

const char *job_shows_no_thief_before_its_mark(void)
{
    static row shared;
    shared = (row){.count = scaled(200000)};
    shared.jobs = calloc(shared.count, sizeof *shared.jobs);
    if (shared.jobs == NULL)
        abort();
    crowd_run(2, take_or_watch, &shared);
    free(shared.jobs);
    return shared.mistakes == 0 ? NULL : wrong("%zu marks came late", shared.mistakes);
}

/* ---- groups ---- */

enum { FAILERS = 4 };

typedef struct trial {
    size_t rounds;
    ws_group *groups;
    par_group *asked;
    atomic_size_t arrived;
    atomic_size_t mistakes;
} trial;

static void fail_all(size_t number, void *arg)
{
    trial *shared = arg;
    for (size_t i = 0; i < shared->rounds; i++) {
        ws_group *group = &shared->groups[i];
        ws_group_fail(group, (int)(number + 1) * (i % 2 == 0 ? 1 : -1));
        const int first = ws_group_code(group);
        const int seen = i % 2 == 0 ? first : -first;
        const bool right = seen >= 1 && seen <= FAILERS && ws_group_is_stopped(group);
        ws_group_fail(group, 1000);
        if (!right || ws_group_code(group) != first)
            atomic_fetch_add(&shared->mistakes, 1);
    }
}

const char *job_keeps_one_of_many_codes(void)
{
    trial shared = {.rounds = scaled(50000)};
    shared.groups = calloc(shared.rounds, sizeof *shared.groups);
    if (shared.groups == NULL)
        abort();
    crowd_run(FAILERS, fail_all, &shared);
    free(shared.groups);
    const size_t mistakes = atomic_load(&shared.mistakes);
    return mistakes == 0 ? NULL : wrong("%zu codes changed or were nobody's", mistakes);
}

/* One thread stops the group in the middle or its outermost one; the others ask the innermost until
 * they see it. */
static void stop_or_ask(size_t number, void *arg)
{
    trial *shared = arg;
    if (number == 0) {
        await_count(&shared->arrived, FAILERS - 1);
        if (shared->asked != NULL)
            par_cancel(shared->asked);
        else
            ws_group_fail(&shared->groups[1], 5);
        return;
    }
    if (ws_group_is_stopped(&shared->groups[0]))
        atomic_fetch_add(&shared->mistakes, 1);
    atomic_fetch_add(&shared->arrived, 1);
    while (!ws_group_is_stopped(&shared->groups[0]))
        sched_yield();
    if (ws_group_is_stopped(&shared->groups[2]) != (shared->asked != NULL))
        atomic_fetch_add(&shared->mistakes, 1);
}

const char *job_stops_everything_inside(void)
{
    for (int i = 0; i < 50; i++) {
        par_group asked = PAR_GROUP_INIT;
        ws_group nest[3] = {{.around = &nest[1]}, {.around = &nest[2]}, {.asked = &asked}};
        trial shared = {.groups = nest, .asked = i % 2 == 0 ? &asked : NULL};
        crowd_run(FAILERS, stop_or_ask, &shared);
        if (atomic_load(&shared.mistakes) != 0)
            return wrong("round %d: %zu saw what was not so", i, atomic_load(&shared.mistakes));
    }
    return NULL;
}
