/* SPDX-License-Identifier: MIT */
/* park_condvar.c - parking on a mutex and a condition variable, for systems without futexes. */
#include "base/park.h"

#include <time.h>

enum { EMPTY = 0, TOKEN = 1 };

void ws_parker_init(ws_parker *parker)
{
    parker->word = EMPTY;
    pthread_mutex_init(&parker->mutex, NULL);
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&parker->ready, &attributes);
    pthread_condattr_destroy(&attributes);
}

void ws_parker_fini(ws_parker *parker)
{
    pthread_cond_destroy(&parker->ready);
    pthread_mutex_destroy(&parker->mutex);
}

void ws_park(ws_parker *parker)
{
    pthread_mutex_lock(&parker->mutex);
    while (parker->word == EMPTY)
        pthread_cond_wait(&parker->ready, &parker->mutex);
    parker->word = EMPTY;
    pthread_mutex_unlock(&parker->mutex);
}

bool ws_park_until(ws_parker *parker, uint64_t deadline)
{
    enum { NS = 1000000000 };
    if (deadline == WS_PARK_FOREVER) {
        ws_park(parker);
        return true;
    }
    const struct timespec at = {(time_t)(deadline / NS), (long)(deadline % NS)};
    pthread_mutex_lock(&parker->mutex);
    int rc = 0;
    while (parker->word == EMPTY && rc == 0)
        rc = pthread_cond_timedwait(&parker->ready, &parker->mutex, &at);
    const bool token = parker->word != EMPTY;
    parker->word = EMPTY;
    pthread_mutex_unlock(&parker->mutex);
    return token;
}

void ws_unpark(ws_parker *parker)
{
    pthread_mutex_lock(&parker->mutex);
    parker->word = TOKEN;
    pthread_cond_signal(&parker->ready);
    pthread_mutex_unlock(&parker->mutex);
}
