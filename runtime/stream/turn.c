/* SPDX-License-Identifier: MIT */
#include "stream/turn.h"

#include "pool/block.h"

#include <sched.h>
#include <time.h>

enum { YIELDS = 16, NAP_NS = 50000, LONGEST_NAP_NS = 1000000 };

typedef struct patience {
    ws_block_spin spin;
    unsigned yields;
    long nap_ns;
} patience;

/* The holder is running and done in no time, or it is not running and needs a processor. */
static void wait_a_little(patience *left)
{
    if (ws_block_spin_once(&left->spin))
        return;
    if (left->yields < YIELDS) {
        left->yields++;
        sched_yield();
        return;
    }
    left->nap_ns = left->nap_ns == 0               ? NAP_NS
                   : left->nap_ns < LONGEST_NAP_NS ? left->nap_ns * 2
                                                   : LONGEST_NAP_NS;
    nanosleep(&(const struct timespec){0, left->nap_ns}, NULL);
}

static size_t await(const size_t *word, patience *left)
{
    for (;;) {
        const size_t value = ws_load_acquire(word);
        if ((value & WS_TURN_TAKEN) == 0)
            return value;
        wait_a_little(left);
    }
}

size_t ws_turn_await(const size_t *word)
{
    patience left = {{0}, 0, 0};
    return await(word, &left);
}

size_t ws_turn_enter_slowly(size_t *word)
{
    patience left = {{0}, 0, 0};
    for (;;) {
        const size_t value = await(word, &left);
        if (ws_cas_acq_rel(word, value, value | WS_TURN_TAKEN))
            return value;
        wait_a_little(&left);
    }
}
