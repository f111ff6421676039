/* SPDX-License-Identifier: MIT */
/* broadcast.h - once on every thread of the pool. */
#ifndef PAR_BROADCAST_H
#define PAR_BROADCAST_H

#include <par/config.h>

PAR_BEGIN_DECLS

/* Calls fn(index, arg) once on each of the par_num_threads() threads of the pool that the caller is
 * in, or of the default pool, and returns when all calls have ended; `index` is that thread's
 * par_thread_index(). A thread takes its call up between tasks, or while it waits for a task that
 * broadcasts. A caller that is not one of these threads only waits. While it waits, a thread of the
 * pool also runs the calls of other broadcasts, so that two at once cannot wait for each other.
 *
 * Any thread may call it. Blocks for as long as the busiest thread's current task: do not hold a
 * lock that tasks of the pool need. Returns 0; EINVAL without a function; ENOMEM; EAGAIN if the
 * pool has no thread at all, and then nothing was called. */
PAR_API int par_broadcast(void (*fn)(size_t index, void *arg), void *arg) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
