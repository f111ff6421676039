/* SPDX-License-Identifier: MIT */
/* panic.h - in the model no task panics: what is caught is called. */
#ifndef MODEL_JOB_PANIC_H
#define MODEL_JOB_PANIC_H

#include <par/panic.h>

typedef struct ws_catch {
    par_failure failure;
} ws_catch;

static inline bool ws_panic_catch(ws_catch *catch, par_fn *fn, void *arg)
{
    (void)catch;
    fn(arg);
    return false;
}

static inline void ws_panic_leave(par_detail_job *job, const par_failure *failure)
{
    (void)job;
    (void)failure;
}

#endif
