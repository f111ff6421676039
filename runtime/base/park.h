/* SPDX-License-Identifier: MIT */
/* park.h - one thread sleeps, others wake it. Two implementations, of which the build picks one:
 * park_futex.c and park_condvar.c.
 *
 * A parker holds at most one token. K1: ws_unpark leaves a token, waking the sleeper; any number of
 * calls before the next ws_park leave one. K2: ws_park takes the token, sleeping until there is
 * one. K3: what came before ws_unpark has happened for whoever took its token. A token may be left
 * from earlier, so the sleeper always looks again at what it waits for. */
#ifndef WS_BASE_PARK_H
#define WS_BASE_PARK_H

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>

/* A deadline that never comes. */
#define WS_PARK_FOREVER UINT64_MAX

typedef struct ws_parker {
    unsigned word;         /* 0 no token, 1 token, 2 no token and the thread sleeps */
    pthread_mutex_t mutex; /* park_condvar.c only */
    pthread_cond_t ready;  /* park_condvar.c only */
} ws_parker;

void ws_parker_init(ws_parker *parker);
void ws_parker_fini(ws_parker *parker);

/* Called by one thread at a time. */
void ws_park(ws_parker *parker);

/* The same until the clock of base/clock.h shows `deadline` at the latest. False: it came first,
 * and no token was taken. */
bool ws_park_until(ws_parker *parker, uint64_t deadline);

/* Any thread. */
void ws_unpark(ws_parker *parker);

#endif
