/* SPDX-License-Identifier: MIT */
/* mutex.h - what condition variables need of a mutex beside its public face. */
#ifndef WS_SYNC_MUTEX_H
#define WS_SYNC_MUTEX_H

#include "sync/lock.h"

#include <par/mutex.h>

static inline par_detail_lock *ws_mutex_lock_of(par_mutex *mutex)
{
    return &mutex->lock_;
}

#endif
