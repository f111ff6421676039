/* SPDX-License-Identifier: MIT */
/* worker.h - the part of a worker that inlined code touches: the owner's end of its stack of forks.
 * Not API: it is installed because the fast path of a join is compiled into its callers, and
 * changes only with the version in its names. Protocol and proof: docs/design/forks.md. */
#ifndef PAR_DETAIL_WORKER_H
#define PAR_DETAIL_WORKER_H

#include <par/config.h>

PAR_BEGIN_DECLS

/* One entry: what to call and its frame, which begins with a par_detail_job. Thieves read slots
 * while the owner may write them, so both words are only accessed atomically. */
typedef struct par_detail_slot {
    size_t fn;
    size_t frame;
} par_detail_slot;

typedef void par_detail_run_fn(void *frame);

/* What the two sides of a fork tell each other. It lies in the forker's frame.
 *   state  0, or the thief's worker, with PAR_DETAIL_ASLEEP while the forker sleeps for it and
 *          PAR_DETAIL_BROADCASTS once it has waited for every thread; last PAR_DETAIL_DONE: whoever
 * stores that touches the job no more. mark   the thief's height when it took the job, written
 * before it enters itself in state: what lies above it among the thief's forks while the job runs
 * descends from the job. group  what par_canceled asks about in the forked side. */
typedef struct par_detail_job {
    size_t state;
    size_t mark;
    void *group;
} par_detail_job;

#define PAR_DETAIL_DONE ((size_t)1)
#define PAR_DETAIL_ASLEEP ((size_t)2)
#define PAR_DETAIL_UNFORKED ((size_t)4) /* there was no room: the forker runs it when it joins */
#define PAR_DETAIL_BROADCASTS ((size_t)8)

/* The entries are the slots below bottom, which is an address. Strictly last in, first out: between
 * a push and its pop bottom is always the same, so code may keep it in a register, its `head`.
 *   bottom        written by the owner, read by thieves.
 *   group         the owner's alone.
 *   limit         a push at or above this address takes the slow way: there may be no room, or
 *                 somebody asks for work (0). Written by anyone, rarely.
 *   private_from  a pop at or above this address needs no fence: no thief can reach it. Written by
 *                 the owner, and by a thief that takes the privacy away.
 *   serial        set in the stand-in for a worker that refuses every fork. */
typedef struct par_detail_worker {
    size_t bottom;
    void *group;
    size_t serial;
    char pad[128 - 3 * sizeof(size_t)];
    size_t limit;
    size_t private_from;
} par_detail_worker;

/* The worker that the calling thread is, or NULL outside. */
extern PAR_API __thread par_detail_worker *par_detail_self_v1
    __attribute__((tls_model("initial-exec")));

/* The slow half of a push at `head`: room, requests and wake-ups. False: the entry is not there. */
PAR_API bool par_detail_push_slow_v1(par_detail_worker *worker, par_detail_slot *head) PAR_NOEXCEPT;

/* The slow half of taking `job` back from `head`, to which bottom has been lowered: runs it by fn,
 * or waits for the thief who has it. There may have been no room for it. */
PAR_API void par_detail_settle_v1(par_detail_worker *worker, par_detail_slot *head,
                                  par_detail_run_fn *fn, par_detail_job *job) PAR_NOEXCEPT;

/* Ends a job that is not the newest entry, by fn, or waits for the thief who has it. If its entry
 * still stands just below `next`, everything that was forked after it is settled first. There may
 * have been no room for it. */
PAR_API void par_detail_reclaim_v1(par_detail_worker *worker, par_detail_slot *next,
                                   par_detail_run_fn *fn, par_detail_job *job) PAR_NOEXCEPT;

/* Makes a thread from outside a member of the default pool, and ends that. */
PAR_API par_detail_worker *par_detail_enter_v1(void) PAR_NOEXCEPT;
PAR_API void par_detail_leave_v1(par_detail_worker *worker) PAR_NOEXCEPT;

/* The accesses of the inlined path, by name, so that a model checker can put its own in their
 * place. The compiler barrier keeps a store before the load that follows it in the program; the
 * processor may still turn them around. */
#ifndef PAR_DETAIL_LOAD_RELAXED
#define PAR_DETAIL_LOAD_RELAXED(word) __atomic_load_n(word, __ATOMIC_RELAXED)
#define PAR_DETAIL_STORE_RELAXED(word, value) __atomic_store_n(word, value, __ATOMIC_RELAXED)
#define PAR_DETAIL_STORE_RELEASE(word, value) __atomic_store_n(word, value, __ATOMIC_RELEASE)
#define PAR_DETAIL_COMPILER_BARRIER() __atomic_signal_fence(__ATOMIC_SEQ_CST)
#endif

PAR_DETAIL_INLINE par_detail_slot *par_detail_head(const par_detail_worker *worker) PAR_NOEXCEPT
{
    return (par_detail_slot *)worker->bottom;
}

/* Begins a job and pushes it at `head`, where it may be stolen from now on. Returns the new head;
 * the old one if there was no room: then the job runs when it is joined. */
PAR_DETAIL_INLINE par_detail_slot *par_detail_push(par_detail_worker *worker, par_detail_slot *head,
                                                   par_detail_run_fn *fn,
                                                   par_detail_job *job) PAR_NOEXCEPT
{
    job->state = 0;
    job->group = worker->group;
    PAR_DETAIL_STORE_RELAXED(&head->fn, (size_t)fn);
    PAR_DETAIL_STORE_RELAXED(&head->frame, (size_t)job);
    /* Release: whoever reads this bottom reads the slot and the frame. */
    PAR_DETAIL_STORE_RELEASE(&worker->bottom, (size_t)(head + 1));
    /* The limit is read after bottom is stored: who asks sets the one and then reads the other. */
    PAR_DETAIL_COMPILER_BARRIER();
    if (PAR_UNLIKELY((size_t)head >= PAR_DETAIL_LOAD_RELAXED(&worker->limit)) &&
        !par_detail_push_slow_v1(worker, head)) {
        job->state = PAR_DETAIL_UNFORKED;
        return head;
    }
    return head + 1;
}

/* Takes `job` back, which was the newest to be pushed, at `base`. True: it is the caller's to run.
 * False: it has ended, by fn. Also when there was no room for it: then nothing stands at base, and
 * bottom is there already. */
PAR_DETAIL_INLINE bool par_detail_pop(par_detail_worker *worker, par_detail_slot *base,
                                      par_detail_run_fn *fn, par_detail_job *job) PAR_NOEXCEPT
{
    PAR_DETAIL_STORE_RELEASE(&worker->bottom, (size_t)base);
    PAR_DETAIL_COMPILER_BARRIER();
    if (PAR_LIKELY((size_t)base >= PAR_DETAIL_LOAD_RELAXED(&worker->private_from)))
        return true;
    par_detail_settle_v1(worker, base, fn, job);
    return false;
}

PAR_END_DECLS

#endif
