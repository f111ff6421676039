/* SPDX-License-Identifier: MIT */
/* join.h - two calls, possibly at the same time. */
#ifndef PAR_JOIN_H
#define PAR_JOIN_H

#include <par/detail/worker.h>

PAR_BEGIN_DECLS

/* A task: what it needs and what it finds stand behind `arg`. */
typedef void par_fn(void *arg);

/* A task that can fail: 0, or a code of the caller's choice. */
typedef int par_try_fn(void *arg);

/* Calls a(a_arg) on the calling thread and b(b_arg) there afterwards, unless an idle thread has
 * taken it by then; returns when both have returned. Both always run. On one thread it is the two
 * calls, in this order.
 *
 * Any thread may call it; a thread outside enters the default pool for the time of the call. While
 * it waits for a b that was taken it runs only what that b forked, so it may be called with a lock
 * held. Blocks until both are done. Allocates nothing; about the cost of the two calls when b is
 * not taken. */
PAR_API PAR_INLINE void par_join(par_fn *a, void *a_arg, par_fn *b, void *b_arg) PAR_NOEXCEPT;

/* The same with tasks that can fail. Both run, whatever the other returns. Returns a's code unless
 * that is 0, else b's. A par_panic in one of them is such a code too. */
PAR_API int par_try_join(par_try_fn *a, void *a_arg, par_try_fn *b, void *b_arg) PAR_NOEXCEPT;

/* The forked side of a par_join in the forker's frame, and how a thief runs it. */
typedef struct par_detail_join {
    par_detail_job job;
    par_fn *fn;
    void *arg;
} par_detail_join;

PAR_API void par_detail_join_run_v1(void *frame) PAR_NOEXCEPT;
PAR_API void par_detail_join_outside_v1(par_fn *a, void *a_arg, par_fn *b,
                                        void *b_arg) PAR_NOEXCEPT;

/* par_join for par.hpp: never inlined, and not noexcept, so that a panic passes. */
PAR_API void par_detail_join_call_v1(par_fn *a, void *a_arg, par_fn *b, void *b_arg);

PAR_INLINE void par_join(par_fn *a, void *a_arg, par_fn *b, void *b_arg) PAR_NOEXCEPT
{
    par_detail_worker *worker = par_detail_self_v1;
    if (PAR_UNLIKELY(worker == NULL)) {
        par_detail_join_outside_v1(a, a_arg, b, b_arg);
        return;
    }
    par_detail_join frame;
    frame.fn = b;
    frame.arg = b_arg;
    par_detail_slot *base = par_detail_head(worker);
    (void)par_detail_push(worker, base, par_detail_join_run_v1, &frame.job);
    a(a_arg);
    if (par_detail_pop(worker, base, par_detail_join_run_v1, &frame.job))
        b(b_arg);
}

PAR_END_DECLS

#endif
