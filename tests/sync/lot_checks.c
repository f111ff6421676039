/* SPDX-License-Identifier: MIT */
/* lot_checks.c - threads that wait at addresses. */
#include "sync/lot_checks.h"

static const ws_block_reason reason = {"waits in a test for", NULL, NULL};

const char *lot_does_not_wait_for_another_value(void)
{
    size_t word = 3;
    if (ws_lot_wait(&word, 4, &reason, PAR_FOREVER, NULL) != 0)
        return "waited for a value that is not there";
    if (ws_lot_wait(&word, 3, &reason, PAR_NO_WAIT, NULL) != ETIMEDOUT)
        return "did not wait";
    par_group group = PAR_GROUP_INIT;
    par_cancel(&group);
    if (ws_lot_wait(&word, 3, &reason, PAR_FOREVER, &group) != ECANCELED)
        return "waited with a canceled group";
    ws_lot_wake(&word);
    return NULL;
}

/* ---- addresses ---- */

/* More than there are buckets, so some share one. */
enum { WORDS = 200 };

typedef struct words {
    size_t word[WORDS];
    atomic_size_t asleep;
    atomic_size_t returns; /* of waits */
    atomic_size_t woken[WORDS];
} words;

static void wait_at_own(size_t number, void *arg)
{
    words *all = arg;
    atomic_fetch_add(&all->asleep, 1);
    while (ws_load_acquire(&all->word[number]) == 0) {
        (void)ws_lot_wait(&all->word[number], 0, &reason, PAR_FOREVER, NULL);
        atomic_fetch_add(&all->returns, 1);
    }
    atomic_store(&all->woken[number], 1);
}

const char *lot_wakes_who_waits_at_the_address_alone(void)
{
    static crowd sleepers;
    static words all;
    all = (words){.asleep = 0};
    crowd_start(&sleepers, WORDS, wait_at_own, &all);
    await_count(&all.asleep, WORDS);
    for (size_t i = WORDS; i-- > 0;) {
        ws_store_release(&all.word[i], 1);
        ws_lot_wake(&all.word[i]);
        await_count(&all.woken[i], 1);
    }
    crowd_end(&sleepers);
    if (atomic_load(&all.returns) > WORDS)
        return wrong("%zu waits at %d words", atomic_load(&all.returns), WORDS);
    return NULL;
}

/* ---- tokens ---- */

typedef struct poked {
    size_t word;
    size_t blocker;
    atomic_size_t returned;
} poked;

static void wait_poked(size_t number, void *arg)
{
    poked *self = arg;
    (void)number;
    ws_store_release(&self->blocker, (size_t)ws_blocker_self());
    (void)ws_lot_wait(&self->word, 0, &reason, PAR_FOREVER, NULL);
    atomic_fetch_add(&self->returned, 1 + ws_load_acquire(&self->word));
}

const char *lot_stays_asleep_through_other_tokens(void)
{
    static crowd sleeper;
    poked self = {.word = 0};
    crowd_start(&sleeper, 1, wait_poked, &self);
    while (ws_load_acquire(&self.blocker) == 0)
        sched_yield();
    for (int i = 0; i < 100; i++) {
        ws_blocker_unpark((ws_blocker *)ws_load_acquire(&self.blocker));
        yield_times(3);
    }
    ws_store_release(&self.word, 1);
    ws_lot_wake(&self.word);
    crowd_end(&sleeper);
    return atomic_load(&self.returned) == 2 ? NULL : "a token of somebody else ended the wait";
}

/* ---- giving up ---- */

enum { SLEEPERS = 6 };

typedef struct impatient {
    size_t word;
    size_t rounds;
    atomic_size_t ended;
    atomic_size_t odd;
} impatient;

/* The word counts up; each waits for it to change, with patience or not. A wake-up may come late,
 * and find it unchanged since. */
static void wait_for_each(size_t number, void *arg)
{
    impatient *all = arg;
    uint64_t random = number;
    size_t seen = 0;
    while (seen < all->rounds) {
        const uint64_t patience = random_below(&random, 5) * PAR_US(15);
        const par_deadline deadline = patience == 0 ? PAR_FOREVER : par_in(patience);
        const int code = ws_lot_wait(&all->word, seen, &reason, deadline, NULL);
        const size_t now = ws_load_acquire(&all->word);
        if (code != 0 && code != ETIMEDOUT)
            atomic_fetch_add(&all->odd, 1);
        seen = now;
    }
    atomic_fetch_add(&all->ended, 1);
}

const char *lot_gives_up_in_any_order(void)
{
    static crowd sleepers;
    impatient all = {.rounds = scaled(3000)};
    crowd_start(&sleepers, SLEEPERS, wait_for_each, &all);
    for (size_t i = 1; i <= all.rounds; i++) {
        ws_store_release(&all.word, i);
        ws_lot_wake(&all.word);
        yield_times(i % 4);
    }
    crowd_end(&sleepers);
    return atomic_load(&all.odd) == 0 ? NULL : wrong("%zu odd ends", atomic_load(&all.odd));
}

/* ---- ping-pong: a wake-up that is forgotten ends it ---- */

typedef struct table {
    size_t word;
    size_t rounds;
} table;

static void play(size_t number, void *arg)
{
    table *all = arg;
    for (size_t i = number; i < all->rounds; i += 2) {
        size_t now;
        while ((now = ws_load_acquire(&all->word)) != i)
            (void)ws_lot_wait(&all->word, now, &reason, PAR_FOREVER, NULL);
        ws_store_release(&all->word, i + 1);
        ws_lot_wake(&all->word);
    }
}

const char *lot_forgets_no_wake_up(void)
{
    table all = {.rounds = scaled(40000)};
    crowd_run(2, play, &all);
    return all.word == all.rounds ? NULL : wrong("%zu of %zu", all.word, all.rounds);
}
