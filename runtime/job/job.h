/* SPDX-License-Identifier: MIT */
/* job.h - a fork that was taken: the latch in its frame also names who took it.
 *
 * J1  state is 0 from the fork on, then the thief's address (which is aligned, so that the flag
 *     bits are free), then done. The flags may be added before the thief's address is.
 * J2  mark is written before the address and not after: who reads the address reads the mark. */
#ifndef WS_JOB_JOB_H
#define WS_JOB_JOB_H

#include "job/latch.h"

#define WS_JOB_FLAGS (PAR_DETAIL_DONE | PAR_DETAIL_ASLEEP | PAR_DETAIL_BROADCASTS)

/* The thief enters itself, with its deque at height `mark`. */
static inline void ws_job_take(par_detail_job *job, const void *thief, size_t mark)
{
    ws_store_relaxed(&job->mark, mark);
    ws_add_seq_cst(&job->state, (size_t)thief); /* J2: pairs with ws_job_thief */
}

/* Who runs the job, and above which height what it forks lies there; NULL if it is done or nobody
 * has entered yet. */
static inline void *ws_job_thief(const par_detail_job *job, size_t *mark)
{
    const size_t state = ws_load_acquire(&job->state);
    if (state == PAR_DETAIL_DONE)
        return NULL;
    *mark = ws_load_relaxed(&job->mark);
    return (void *)(state & ~WS_JOB_FLAGS);
}

#endif
