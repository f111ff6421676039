/* SPDX-License-Identifier: MIT */
#include "stream/linger.h"

#include "pool/block.h"

/* The rounds are those of ws_block_spin: 2 pauses and 16. Each look takes a line from the other
 * side, so it is not done more often than there may be something to be seen. */
enum { TURN_ROUND = 1, TURN_LOOKS = 16, ROUND = 4, LOOKS = 3 };

bool ws_linger_once(ws_linger *linger, bool is_turn)
{
    ws_block_spin spin = {is_turn ? TURN_ROUND : ROUND};
    if (linger->looks == (is_turn ? TURN_LOOKS : LOOKS) || !ws_block_spin_once(&spin))
        return false;
    linger->looks++;
    return true;
}
