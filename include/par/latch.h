/* SPDX-License-Identifier: MIT */
/* latch.h - waiting until a number of things have happened. */
#ifndef PAR_LATCH_H
#define PAR_LATCH_H

#include <par/group.h>
#include <par/time.h>

PAR_BEGIN_DECLS

/* Counts down from n and stays at 0. It needs no end: who has waited for 0 may free it, even if the
 * last par_latch_count_down has not returned yet. */
typedef struct par_latch {
    size_t state_;
} par_latch;

/* For n up to PAR_LATCH_MAX. Not while somebody uses it. */
#define PAR_LATCH_INIT(n)                                                                          \
    {                                                                                              \
        (size_t)(n) << 1                                                                           \
    }

#define PAR_LATCH_MAX (SIZE_MAX >> 1)

/* EINVAL for n above PAR_LATCH_MAX. Not while somebody uses it. */
PAR_API int par_latch_init(par_latch *latch, size_t n) PAR_NOEXCEPT;

/* `n` more have happened. What the caller wrote before can be seen by those who find 0. EINVAL if
 * fewer are missing; then nothing is counted. Any thread; does not block. A locked instruction, and
 * at 0 a wake-up for each thread that sleeps. */
PAR_API int par_latch_count_down(par_latch *latch, size_t n) PAR_NOEXCEPT;

/* Returns when all have happened. Any thread may call it, tasks too: who waits lends its core. One
 * load if they have. */
PAR_API void par_latch_wait(par_latch *latch) PAR_NOEXCEPT;

/* The same, until `deadline` at most (ETIMEDOUT) or until `group` is canceled (ECANCELED); a NULL
 * group is never canceled. 0 if all have happened. */
PAR_API int par_latch_wait_until(par_latch *latch, par_deadline deadline,
                                 par_group *group) PAR_NOEXCEPT;

/* Whether all have happened; then what was written before can be seen. Any thread; does not
 * block. */
PAR_API bool par_latch_try_wait(const par_latch *latch) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
