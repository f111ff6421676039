/* SPDX-License-Identifier: MIT */
/* thread.h - what the other threads of this floor are made of. */
#ifndef WS_STREAM_THREAD_H
#define WS_STREAM_THREAD_H

#include "job/panic.h"
#include "pool/block.h"

#include <par/thread.h>

/* Whether the options are ones that a thread can be started with. */
bool ws_thread_options_valid(const par_thread_options *options);

/* Calls fn(arg) and tells how it ended: by a code and no message, or by a panic. */
void ws_thread_call(par_try_fn *fn, void *arg, par_failure *outcome);

/* Whether the calling thread is that one. */
bool ws_thread_is_self(const par_thread *thread);

#endif
