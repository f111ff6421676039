/* SPDX-License-Identifier: MIT */
#include "stream/linger.h"

#include "pool/block.h"

#include <sched.h>

/* The rounds are those of ws_block_spin: 2 pauses and 16. Each look takes a line from the other
 * side, so it is not done more often than there may be something to be seen. */
enum { TURN_ROUND = 1, TURN_LOOKS = 16, ROUND = 4, LOOKS = 3 };
enum { TURN_YIELDS = 1, YIELDS = 3 };

bool ws_linger_once(ws_linger *linger, bool is_turn)
{
    ws_block_spin spin = {is_turn ? TURN_ROUND : ROUND};
    if (linger->looks < (is_turn ? TURN_LOOKS : LOOKS) && ws_block_spin_once(&spin)) {
        linger->looks++;
        return true;
    }
    if (linger->yields == (is_turn ? TURN_YIELDS : YIELDS))
        return false;
    linger->yields++;
    sched_yield();
    return true;
}
