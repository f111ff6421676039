/* SPDX-License-Identifier: MIT */
/* park_checks.c - parkers, alone and between threads. A check that must see a thread asleep asks
 * the system for the thread's state, and waits for it as long as it takes. */
#include "base/park_checks.h"

#include "base/clock.h"
#include "base/park.h"
#include "base/park_poke.h"

#include <signal.h>
#include <sys/syscall.h>
#include <unistd.h>

/* A thread that parks `rounds` times and counts each. */
typedef struct sleeper {
    ws_parker parker;
    pthread_t thread;
    size_t rounds;
    atomic_long id;
    atomic_size_t woken;
} sleeper;

static void *park_in_rounds(void *arg)
{
    sleeper *self = arg;
    atomic_store(&self->id, syscall(SYS_gettid));
    for (size_t i = 0; i < self->rounds; i++) {
        ws_park(&self->parker);
        atomic_fetch_add(&self->woken, 1);
    }
    return NULL;
}

/* Starts it with `tokens` left before it parks for the first time. */
static void sleeper_start(sleeper *self, size_t rounds, size_t tokens)
{
    ws_parker_init(&self->parker);
    for (size_t i = 0; i < tokens; i++)
        ws_unpark(&self->parker);
    self->rounds = rounds;
    atomic_store(&self->id, 0);
    atomic_store(&self->woken, 0);
    if (pthread_create(&self->thread, NULL, park_in_rounds, self) != 0)
        abort();
}

static void sleeper_end(sleeper *self)
{
    pthread_join(self->thread, NULL);
    ws_parker_fini(&self->parker);
}

/* The state letter of /proc: S is asleep. '?' without a /proc: then nothing is waited for. */
static char state_of(long id)
{
    char path[64];
    char line[512];
    snprintf(path, sizeof path, "/proc/self/task/%ld/stat", id);
    FILE *file = fopen(path, "r");
    if (file == NULL)
        return '?';
    const char *text = fgets(line, sizeof line, file);
    (void)fclose(file);
    const char *after_name = text == NULL ? NULL : strrchr(text, ')');
    return after_name == NULL ? '?' : after_name[2];
}

/* Returns when the thread has been seen asleep in many looks, one after the other, or has ended. */
static void await_asleep(sleeper *self)
{
    enum { LOOKS = 20 };
    while (atomic_load(&self->id) == 0)
        sched_yield();
    for (int seen = 0; seen < LOOKS;) {
        const char state = state_of(atomic_load(&self->id));
        if (state == '?')
            return;
        seen = state == 'S' ? seen + 1 : 0;
        sched_yield();
    }
}

const char *park_takes_a_token_that_was_left(void)
{
    ws_parker parker;
    ws_parker_init(&parker);
    for (int i = 0; i < 1000; i++) {
        ws_unpark(&parker);
        ws_park(&parker); /* would sleep for ever without the token */
    }
    ws_parker_fini(&parker);
    return NULL;
}

const char *park_keeps_one_token_of_many(void)
{
    static sleeper one;
    sleeper_start(&one, 2, 5);
    await_count(&one.woken, 1);
    await_asleep(&one);
    const size_t woken = atomic_load(&one.woken);
    ws_unpark(&one.parker);
    sleeper_end(&one);
    return woken == 1 ? NULL : wrong("five calls left %zu tokens", woken);
}

const char *park_sleeps_until_the_token_comes(void)
{
    enum { ROUNDS = 20 };
    static sleeper one;
    sleeper_start(&one, ROUNDS, 0);
    for (size_t i = 0; i < ROUNDS; i++) {
        await_asleep(&one);
        const size_t woken = atomic_load(&one.woken);
        if (woken != i)
            return wrong("woken %zu times by %zu tokens", woken, i);
        ws_unpark(&one.parker);
        await_count(&one.woken, i + 1);
    }
    sleeper_end(&one);
    return NULL;
}

const char *park_sleeps_on_when_woken_for_nothing(void)
{
    static sleeper one;
    sleeper_start(&one, 1, 0);
    for (size_t i = 0; i < 20; i++) {
        await_asleep(&one);
        park_poke(&one.parker);
    }
    await_asleep(&one);
    const size_t woken = atomic_load(&one.woken);
    ws_unpark(&one.parker);
    sleeper_end(&one);
    return woken == 0 ? NULL : wrong("woken without a token");
}

/* ---- two threads ---- */

typedef struct table {
    ws_parker parkers[2];
    size_t rounds;
    size_t ball; /* plain: whose turn it is may touch it */
    size_t mistakes[2];
} table;

static void play(size_t number, void *arg)
{
    table *shared = arg;
    for (size_t i = 0; i < shared->rounds; i++) {
        ws_park(&shared->parkers[number]);
        shared->mistakes[number] += shared->ball != 2 * i + number;
        shared->ball++;
        ws_unpark(&shared->parkers[1 - number]);
    }
}

const char *park_plays_ping_pong(void)
{
    table shared = {.rounds = scaled(100000)};
    ws_parker_init(&shared.parkers[0]);
    ws_parker_init(&shared.parkers[1]);
    ws_unpark(&shared.parkers[0]);
    crowd_run(2, play, &shared);
    ws_parker_fini(&shared.parkers[0]);
    ws_parker_fini(&shared.parkers[1]);
    const size_t mistakes = shared.mistakes[0] + shared.mistakes[1];
    if (mistakes != 0)
        return wrong("%zu times it was not the player's turn", mistakes);
    return shared.ball == 2 * shared.rounds ? NULL : wrong("%zu strokes", shared.ball);
}

/* The token may be there already, or come while the thread falls asleep, or while it sleeps: the
 * producer waits a different time before each. */
typedef struct handover {
    ws_parker filled;
    ws_parker emptied;
    size_t value;
    size_t rounds;
    size_t mistakes;
} handover;

static void hand_over(size_t number, void *arg)
{
    handover *shared = arg;
    uint64_t seed = number;
    for (size_t i = 1; i <= shared->rounds; i++) {
        const size_t delay = random_below(&seed, 400);
        for (volatile size_t j = 0; j < delay;)
            j++;
        if (number == 0) {
            shared->value = i;
            ws_unpark(&shared->filled);
            ws_park(&shared->emptied);
        } else {
            ws_park(&shared->filled);
            shared->mistakes += shared->value != i;
            ws_unpark(&shared->emptied);
        }
    }
}

const char *park_hands_over_what_came_before(void)
{
    handover shared = {.rounds = scaled(50000)};
    ws_parker_init(&shared.filled);
    ws_parker_init(&shared.emptied);
    crowd_run(2, hand_over, &shared);
    ws_parker_fini(&shared.filled);
    ws_parker_fini(&shared.emptied);
    return shared.mistakes == 0 ? NULL : wrong("%zu stale values", shared.mistakes);
}

/* ---- signals ---- */

static atomic_size_t signals_taken;

static void take_signal(int number)
{
    (void)number;
    atomic_fetch_add(&signals_taken, 1);
}

const char *park_sleeps_on_through_signals(void)
{
    enum { SIGNALS = 50 };
    if (SUPPORT_TSAN) /* it keeps signals back from a thread that sleeps in a system call */
        return NULL;
    struct sigaction action = {.sa_handler = take_signal}; /* without SA_RESTART: EINTR */
    struct sigaction before;
    sigaction(SIGUSR1, &action, &before);
    atomic_store(&signals_taken, 0);
    static sleeper one;
    sleeper_start(&one, 2, 0);
    for (size_t i = 0; i < SIGNALS; i++) {
        await_asleep(&one);
        pthread_kill(one.thread, SIGUSR1);
        await_count(&signals_taken, i + 1);
    }
    await_asleep(&one);
    const size_t woken = atomic_load(&one.woken);
    ws_unpark(&one.parker);
    await_count(&one.woken, 1);
    await_asleep(&one);
    const size_t tokens = atomic_load(&one.woken);
    ws_unpark(&one.parker);
    sleeper_end(&one);
    sigaction(SIGUSR1, &before, NULL);
    if (woken != 0)
        return wrong("a signal woke the sleeper");
    return tokens == 1 ? NULL : wrong("one token woke it %zu times", tokens);
}

/* ---- many that wake ---- */

typedef struct crush {
    ws_parker parker;
    size_t rounds;
    size_t wakers;
    atomic_size_t told; /* what the wakers have told so far */
    size_t seen;
    atomic_size_t wakings;
} crush;

static void tell(size_t number, void *arg)
{
    crush *shared = arg;
    if (number < shared->wakers) {
        for (size_t i = 0; i < shared->rounds; i++) {
            atomic_fetch_add_explicit(&shared->told, 1, memory_order_relaxed);
            ws_unpark(&shared->parker);
        }
        return;
    }
    /* Each look comes after a token; after the last one everything has been told. */
    while (shared->seen < shared->wakers * shared->rounds) {
        ws_park(&shared->parker);
        shared->seen = atomic_load_explicit(&shared->told, memory_order_relaxed);
        atomic_fetch_add(&shared->wakings, 1);
    }
}

const char *park_is_woken_by_any_of_many(void)
{
    enum { WAKERS = 7 };
    crush shared = {.rounds = scaled(20000), .wakers = WAKERS};
    ws_parker_init(&shared.parker);
    crowd_run(WAKERS + 1, tell, &shared);
    ws_parker_fini(&shared.parker);
    const size_t told = WAKERS * shared.rounds;
    if (shared.seen != told)
        return wrong("saw %zu of %zu", shared.seen, told);
    return atomic_load(&shared.wakings) <= told ? NULL : wrong("woken more often than told");
}

/* ---- deadlines ---- */

const char *park_gives_up_at_a_deadline_that_has_passed(void)
{
    const uint64_t now = ws_clock_ns();
    const uint64_t deadlines[] = {0, 1, 999999999, 1000000000, now / 2, now};
    ws_parker parker;
    ws_parker_init(&parker);
    const char *problem = NULL;
    for (size_t i = 0; i < sizeof deadlines / sizeof deadlines[0] && problem == NULL; i++) {
        if (ws_park_until(&parker, deadlines[i]))
            problem =
                wrong("a token came from nowhere before %llu", (unsigned long long)deadlines[i]);
    }
    ws_parker_fini(&parker);
    return problem;
}

const char *park_takes_a_token_rather_than_a_deadline(void)
{
    ws_parker parker;
    ws_parker_init(&parker);
    size_t taken = 0;
    size_t left = 0;
    for (size_t i = 0; i < 100; i++) {
        ws_unpark(&parker);
        taken += ws_park_until(&parker, 0);
        left += ws_park_until(&parker, 0);
    }
    ws_unpark(&parker);
    const bool forever = ws_park_until(&parker, WS_PARK_FOREVER);
    ws_parker_fini(&parker);
    return taken == 100 && left == 0 && forever
               ? NULL
               : wrong("%zu of 100 tokens taken, then %zu more", taken, left);
}

const char *park_gives_up_at_a_deadline_to_come(void)
{
    ws_parker parker;
    ws_parker_init(&parker);
    const char *problem = NULL;
    for (size_t i = 0; i < 20 && problem == NULL; i++) {
        const uint64_t deadline = ws_clock_ns() + i * 100000;
        if (ws_park_until(&parker, deadline))
            problem = wrong("a token came from nowhere");
        else if (ws_clock_ns() < deadline)
            problem = wrong("it gave up before its deadline");
    }
    ws_unpark(&parker);
    ws_park(&parker); /* it works on */
    ws_parker_fini(&parker);
    return problem;
}

/* Each of the two answers once for each token; deadlines come at any time in between. */
typedef struct hurry {
    ws_parker parkers[2];
    size_t rounds;
    size_t ball;
    size_t mistakes[2];
} hurry;

static void play_in_a_hurry(size_t number, void *arg)
{
    enum { SPAN_NS = 100000 };
    hurry *shared = arg;
    uint64_t seed = number;
    for (size_t i = 0; i < shared->rounds; i++) {
        uint64_t deadline;
        do
            deadline = ws_clock_ns() + random_below(&seed, SPAN_NS);
        while (!ws_park_until(&shared->parkers[number], deadline));
        shared->mistakes[number] += shared->ball != 2 * i + number;
        shared->ball++;
        /* So that the other one's deadline and its token come about together. */
        for (deadline = ws_clock_ns() + random_below(&seed, SPAN_NS); ws_clock_ns() < deadline;)
            continue;
        ws_unpark(&shared->parkers[1 - number]);
    }
}

const char *park_loses_no_token_to_deadlines(void)
{
    hurry shared = {.rounds = scaled(10000)};
    ws_parker_init(&shared.parkers[0]);
    ws_parker_init(&shared.parkers[1]);
    ws_unpark(&shared.parkers[0]);
    crowd_run(2, play_in_a_hurry, &shared);
    ws_parker_fini(&shared.parkers[0]);
    ws_parker_fini(&shared.parkers[1]);
    const size_t mistakes = shared.mistakes[0] + shared.mistakes[1];
    if (mistakes != 0)
        return wrong("%zu times it was not the player's turn", mistakes);
    return shared.ball == 2 * shared.rounds ? NULL : wrong("%zu strokes", shared.ball);
}
