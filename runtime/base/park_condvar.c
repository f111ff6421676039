/* SPDX-License-Identifier: MIT */
/* park_condvar.c - parking on a mutex and a condition variable, for systems without futexes. */
#include "base/park.h"

enum { EMPTY = 0, TOKEN = 1 };

void ws_parker_init(ws_parker *parker)
{
    parker->word = EMPTY;
    pthread_mutex_init(&parker->mutex, NULL);
    pthread_cond_init(&parker->ready, NULL);
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

void ws_unpark(ws_parker *parker)
{
    pthread_mutex_lock(&parker->mutex);
    parker->word = TOKEN;
    pthread_cond_signal(&parker->ready);
    pthread_mutex_unlock(&parker->mutex);
}
