/* SPDX-License-Identifier: MIT */
/* turn.h - a word that threads hold in turn for a few instructions: a lock in its lowest bit, and
 * what the holder leaves in the others. It suits what is held shorter than a sleep would take.
 *
 * T1  Who enters sees all that was done before whoever held it left (acquire, release).
 * T2  ws_turn_pass is entering and leaving at once. Of a thread that {stores x; passes} and one
 *     that {enters; leaves; loads x}, either the second sees the store, or the first sees what the
 *     second left. This is what waiting rests on.
 * T3  Nothing that blocks and no code of the user's runs in between. A holder that the system has
 *     stopped is waited for by yielding, then by short sleeps, so that it gets a processor; the
 *     core is not lent meanwhile, since it does not last longer than that. */
#ifndef WS_STREAM_TURN_H
#define WS_STREAM_TURN_H

#include "base/atomic.h"

#include <par/config.h>

enum { WS_TURN_TAKEN = 1 };

/* Until nobody has it: a value for the word that was seen then. */
size_t ws_turn_await(const size_t *word);
size_t ws_turn_enter_slowly(size_t *word);

/* Returns the word as it was left. */
static inline size_t ws_turn_enter(size_t *word)
{
    const size_t left = ws_load_relaxed(word);
    if (PAR_LIKELY((left & WS_TURN_TAKEN) == 0 && ws_cas_acq_rel(word, left, left | WS_TURN_TAKEN)))
        return left;
    return ws_turn_enter_slowly(word);
}

static inline void ws_turn_leave(size_t *word, size_t value)
{
    ws_store_release(word, value);
}

/* Returns the word as it is between two turns. */
static inline size_t ws_turn_pass(size_t *word)
{
    size_t left;
    do {
        left = ws_turn_await(word);
    } while (!ws_cas_acq_rel(word, left, left));
    return left;
}

#endif
