/* SPDX-License-Identifier: MIT */
/* latch.h - one word that is set once, and that one thread may sleep for.
 *
 * L1  The word goes from 0, or a carrier's word (see job.h), to PAR_DETAIL_DONE and stays there.
 * L2  Only the waiter adds PAR_DETAIL_ASLEEP, to a word that is not done, and takes it away.
 * L3  ws_latch_set tells whether the waiter sleeps; it wakes nobody. Its exchange is the setter's
 *     last access: the waiter may return, and the word be gone, right after it. Whom to wake must
 *     be known before.
 * L4  What the waiter waits for adds PAR_DETAIL_BROADCASTS before it waits for every thread itself,
 *     so also for the waiter: it must make the calls of broadcasts meanwhile. */
#ifndef WS_JOB_LATCH_H
#define WS_JOB_LATCH_H

#include "base/atomic.h"

#include <par/detail/worker.h>

/* Acquire: pairs with ws_latch_set; what the setter did before has happened. */
static inline bool ws_latch_is_set(const size_t *word)
{
    return ws_load_acquire(word) == PAR_DETAIL_DONE;
}

/* True if the waiter sleeps and must be woken. */
static inline bool ws_latch_set(size_t *word)
{
    return (ws_exchange_acq_rel(word, PAR_DETAIL_DONE) & PAR_DETAIL_ASLEEP) != 0;
}

/* The waiter says that it will sleep until it is woken. False if the latch is already set. */
static inline bool ws_latch_fall_asleep(size_t *word)
{
    for (;;) {
        const size_t seen = ws_load_acquire(word);
        if (seen == PAR_DETAIL_DONE)
            return false;
        /* Sequentially consistent: the waiter looks once more for what it may run. */
        if ((seen & PAR_DETAIL_ASLEEP) != 0 || ws_cas_seq_cst(word, seen, seen | PAR_DETAIL_ASLEEP))
            return true;
    }
}

static inline void ws_latch_get_up(size_t *word)
{
    ws_and_seq_cst(word, ~PAR_DETAIL_ASLEEP);
}

/* Pairs with ws_latch_fall_asleep; see ws_wait_tell. */
static inline bool ws_latch_has_sleeper(const size_t *word)
{
    return (ws_load_seq_cst(word) & PAR_DETAIL_ASLEEP) != 0;
}

static inline void ws_latch_mark_broadcast(size_t *word)
{
    ws_or_seq_cst(word, PAR_DETAIL_BROADCASTS);
}

static inline bool ws_latch_is_broadcast(const size_t *word)
{
    return (ws_load_acquire(word) & PAR_DETAIL_BROADCASTS) != 0;
}

#endif
