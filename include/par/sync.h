/* SPDX-License-Identifier: MIT */
/* sync.h - locks, what else threads wait at, and what they own together. Each part can also be
 * included alone. */
#ifndef PAR_SYNC_H
#define PAR_SYNC_H

#include <par/arc.h>
#include <par/barrier.h>
#include <par/condvar.h>
#include <par/latch.h>
#include <par/mutex.h>
#include <par/once.h>
#include <par/rwlock.h>

#endif
