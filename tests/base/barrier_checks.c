/* SPDX-License-Identifier: MIT */
/* barrier_checks.c - the store-buffering litmus: one side stores and loads with a compiler barrier
 * in between, the other stores, calls the barrier and loads. At least one sees the other's store;
 * without the barrier, both loads often come too early on a processor with store buffers.
 *
 * Each side counts its rounds in its own word and notes for each how far it saw the other. The
 * cheap side is much the faster one, so that some round of it falls on every round of the dear
 * side, and they need not begin together. In rounds c and d neither saw the other if the note of c
 * is less than d, and that of d less than c. */
#include "base/barrier_checks.h"

#include "base/atomic.h"
#include "base/barrier.h"
#include "base/cacheline.h"

enum { CHEAP_SIDES = 3, CHEAP_ROUNDS = 1 << 16, DEAR_ROUNDS = 100 };

typedef struct cheap_side {
    WS_OWN_LINE size_t word;
    WS_OWN_LINE size_t rounds;
    size_t saw[CHEAP_ROUNDS + 1]; /* [round], of the dear side's */
} cheap_side;

typedef struct litmus {
    WS_OWN_LINE size_t dear_word;
    WS_OWN_LINE atomic_size_t ready; /* cheap sides that have begun */
    WS_OWN_LINE atomic_bool end;
    size_t cheap_sides;
    cheap_side cheap[CHEAP_SIDES];
    size_t saw[DEAR_ROUNDS + 1][CHEAP_SIDES]; /* [round], of the cheap sides' */
} litmus;

static void run_cheap_side(litmus *test, cheap_side *side)
{
    atomic_fetch_add(&test->ready, 1);
    size_t round = 0;
    while (round < CHEAP_ROUNDS && !atomic_load_explicit(&test->end, memory_order_relaxed)) {
        ws_store_relaxed(&side->word, ++round);
        atomic_signal_fence(memory_order_seq_cst);
        side->saw[round] = ws_load_relaxed(&test->dear_word);
    }
    side->rounds = round;
}

static void run_dear_side(litmus *test)
{
    await_count(&test->ready, test->cheap_sides);
    for (size_t round = 1; round <= DEAR_ROUNDS; round++) {
        ws_store_relaxed(&test->dear_word, round);
        ws_barrier_all();
        for (size_t i = 0; i < test->cheap_sides; i++)
            test->saw[round][i] = ws_load_relaxed(&test->cheap[i].word);
    }
    atomic_store(&test->end, true);
}

static void run_side(size_t number, void *arg)
{
    litmus *test = arg;
    if (number < test->cheap_sides)
        run_cheap_side(test, &test->cheap[number]);
    else
        run_dear_side(test);
}

/* The notes of a side never fall, so of the rounds that the dear side did not see, the first is the
 * one to look at. */
static size_t count_missed(const litmus *test)
{
    size_t missed = 0;
    for (size_t round = 1; round <= DEAR_ROUNDS; round++) {
        for (size_t i = 0; i < test->cheap_sides; i++) {
            const size_t unseen = test->saw[round][i] + 1;
            missed += unseen <= test->cheap[i].rounds && test->cheap[i].saw[unseen] < round;
        }
    }
    return missed;
}

static const char *try_litmus(size_t cheap_sides, size_t rounds)
{
    static litmus test;
    if (!ws_barrier_available())
        return NULL;
    size_t missed = 0;
    for (size_t done = 0; done < rounds; done += DEAR_ROUNDS) {
        test.dear_word = 0;
        atomic_store(&test.ready, 0);
        atomic_store(&test.end, false);
        test.cheap_sides = cheap_sides;
        for (size_t i = 0; i < cheap_sides; i++)
            test.cheap[i].word = 0;
        crowd_run(cheap_sides + 1, run_side, &test);
        missed += count_missed(&test);
    }
    return missed == 0 ? NULL : wrong("in %zu of %zu rounds neither saw the other", missed, rounds);
}

const char *barrier_answers_always_the_same(void)
{
    const bool first = ws_barrier_available();
    for (int i = 0; i < 100; i++) {
        if (ws_barrier_available() != first)
            return wrong("available at first: %d, later not so", first);
    }
    return NULL;
}

const char *barrier_replaces_the_fence_of_the_other_side(void)
{
    return try_litmus(1, scaled(30000));
}

const char *barrier_reaches_every_thread(void)
{
    return try_litmus(CHEAP_SIDES, scaled(10000));
}
