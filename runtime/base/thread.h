/* SPDX-License-Identifier: MIT */
/* thread.h - starting and naming threads. */
#ifndef WS_BASE_THREAD_H
#define WS_BASE_THREAD_H

#include <pthread.h>
#include <stddef.h>

/* Starts a thread with all signals blocked but those that a fault raises, so that signals reach the
 * program's own threads. `stack_size` in bytes, 0 for the system's default, raised to the system's
 * least. EAGAIN is tried again a few times. 0 or the errno code. */
int ws_thread_start(pthread_t *thread, size_t stack_size, void *(*run)(void *), void *arg);

/* Names the calling thread; cut to what the system keeps. */
void ws_thread_name(const char *name);

#endif
