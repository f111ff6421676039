/* SPDX-License-Identifier: MIT */
/* linger.h - the short while before a wait sleeps, in which it looks again and again. */
#ifndef WS_STREAM_LINGER_H
#define WS_STREAM_LINGER_H

#include <stdbool.h>

/* Start from {0}. */
typedef struct ws_linger {
    unsigned looks;
} ws_linger;

/* Lets a moment pass. False: none is left, sleep. `is_turn`: at most a few elements go at a time,
 * so the other side is answered at once; otherwise it is given time for several. Where threads
 * share one processor there is none. */
bool ws_linger_once(ws_linger *linger, bool is_turn);

#endif
