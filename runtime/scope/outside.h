/* SPDX-License-Identifier: MIT */
/* outside.h - a verb called from a thread that is in no pool: it enters the default pool for the
 * time of the call, or, if there is none to be had, runs without. */
#ifndef WS_SCOPE_OUTSIDE_H
#define WS_SCOPE_OUTSIDE_H

#include "job/panic.h"
#include "pool/pool.h"

static inline bool ws_outside(void)
{
    return par_detail_self_v1 == NULL;
}

/* Calls fn(arg) with the calling thread in the default pool, or on the serial stand-in. */
void ws_outside_run(par_fn *fn, void *arg);

/* The same for an fn that no panic leaves. */
void ws_outside_run_safe(par_fn *fn, void *arg);

#endif
