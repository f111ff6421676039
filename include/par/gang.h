/* SPDX-License-Identifier: MIT */
/* gang.h - several threads at the same time, for code whose parts wait for each other. */
#ifndef PAR_GANG_H
#define PAR_GANG_H

#include <par/config.h>

PAR_BEGIN_DECLS

/* Where the members of a gang meet. It exists while its par_gang does. */
typedef struct par_gang_barrier par_gang_barrier;

/* Calls fn(index, barrier, arg) for 0 <= index < n on n different threads, all of them at the same
 * time, and returns when all calls have ended. The caller is one of them, with index 0; the others
 * are sleeping threads of the pool that the caller is in, or of the default pool, and spares.
 * Either all n are to be had, or nothing is called: tasks that are running are not waited for.
 *
 * Ordinary tasks may run in any order and must not wait for each other; members of a gang may. Any
 * thread may call it. Blocks until done. Returns 0, also for n = 0; EINVAL without a function;
 * EAGAIN if there are not n threads; ENOMEM. */
PAR_API int par_gang(size_t n, void (*fn)(size_t index, par_gang_barrier *barrier, void *arg),
                     void *arg) PAR_NOEXCEPT;

/* Waits until all members of the gang have called it equally often. Only its members may call it.
 * Spins for the pool's spin time, then sleeps. When a member has panicked (par/panic.h) it panics
 * with ECANCELED, in those that wait and in those that come. */
PAR_API void par_gang_wait(par_gang_barrier *barrier) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
