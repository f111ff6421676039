/* SPDX-License-Identifier: MIT */
/* detail.h - what the out-of-line halves of par/detail share with the rest of this floor. */
#ifndef WS_POOL_DETAIL_H
#define WS_POOL_DETAIL_H

#include "pool/worker.h"

/* Returns when the job, which a thief has, is done; meanwhile runs what it forked. */
void ws_detail_wait(ws_worker *worker, par_detail_job *job);

#endif
