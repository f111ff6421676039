/* SPDX-License-Identifier: MIT */
/* remote.h - how long it takes until another thread executes the first instruction of something.
 * One at a time. Used by steal.c and wake.c. */
#ifndef MICRO_REMOTE_H
#define MICRO_REMOTE_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

/*   seen   when the other side ran; 0 before
 *   gave_up  that the waiting side went on alone, written and read by it alone */
typedef struct micro_remote {
    _Atomic int64_t seen;
    bool gave_up;
} micro_remote;

void micro_remote_reset(micro_remote *remote);

/* The side that ought to run elsewhere: notes the time. */
void micro_remote_note(void *remote);

/* The side that stays: keeps its thread busy until the other has run, or for so long that nobody
 * seems to come. */
void micro_remote_await(void *remote);

/* Nanoseconds from `start`, or NaN if nobody came. */
double micro_remote_since(micro_remote *remote, int64_t start);

#endif
