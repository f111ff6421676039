/* SPDX-License-Identifier: MIT */
/* barrier.h - n threads that go on together, again and again. */
#ifndef PAR_BARRIER_H
#define PAR_BARRIER_H

#include <par/group.h>
#include <par/time.h>

PAR_BEGIN_DECLS

/* Where n threads meet. It must outlive all calls that were given it; it needs no end. */
typedef struct par_barrier {
    size_t n_;
    size_t state_;
} par_barrier;

/* For n from 1 to PAR_BARRIER_MAX. */
#define PAR_BARRIER_INIT(n)                                                                        \
    {                                                                                              \
        (n), 0                                                                                     \
    }

#define PAR_BARRIER_MAX (SIZE_MAX >> (sizeof(size_t) * 4 + 1))

/* EINVAL for n = 0 or above PAR_BARRIER_MAX. Not while somebody uses it. */
PAR_API int par_barrier_init(par_barrier *barrier, size_t n) PAR_NOEXCEPT;

/* Waits until n threads have come, of which the last is the leader (true). Then it begins anew.
 * What each wrote before can be seen by all after.
 *
 * Any thread may call it, tasks too: who waits lends its core, so that tasks that have not begun
 * can come, as long as the pool has spare threads (PAR_MAX_SPARES). par_gang has its threads for
 * sure. A locked instruction, and a wake-up for each thread that sleeps. */
PAR_API bool par_barrier_wait(par_barrier *barrier) PAR_NOEXCEPT;

/* The same, until `deadline` at most (ETIMEDOUT) or until `group` is canceled (ECANCELED); a NULL
 * group is never canceled. Then the caller has not come: the others wait for one more. 0 if all
 * came; *leader tells whether this one came last, and is false else. `leader` may be NULL. */
PAR_API int par_barrier_wait_until(par_barrier *barrier, bool *leader, par_deadline deadline,
                                   par_group *group) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
