/* SPDX-License-Identifier: MIT */
/* settle.h - in the model every fork is ended by the pop of its own join. */
#ifndef MODEL_POOL_SETTLE_H
#define MODEL_POOL_SETTLE_H

#include "job/panic.h"
#include "pool/worker.h"

static inline void ws_settle_init(void)
{
}

static inline void ws_settle_note_refused(par_detail_worker *owner, const par_detail_slot *head)
{
    (void)owner;
    (void)head;
}

static inline void ws_settle_forget(par_detail_worker *owner, par_detail_job *job)
{
    (void)owner;
    (void)job;
}

static inline void ws_settle_end(par_detail_job *job)
{
    (void)job;
}

static inline bool ws_settle_is_over(const par_detail_worker *owner, const par_detail_job *job)
{
    (void)owner;
    (void)job;
    return false;
}

#endif
