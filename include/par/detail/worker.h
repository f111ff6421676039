/* SPDX-License-Identifier: MIT */
/* worker.h - the part of a worker that inlined code touches: its deque of forks. Not API: it is
 * installed because the fast path of a join is compiled into its callers, and changes only with the
 * version in its names. Protocol and proof: docs/design/deque.md. */
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
 *   state  0, or the thief's worker, with PAR_DETAIL_ASLEEP while the forker sleeps; last
 *          PAR_DETAIL_DONE: whoever stores that touches the job no more.
 *   mark   the thief's height when it took the job, written before it enters itself in state:
 *          what lies above it in the thief's deque while the job runs descends from the job.
 *   group  what par_canceled asks about in the forked side. */
typedef struct par_detail_job {
    size_t state;
    size_t mark;
    void *group;
} par_detail_job;

#define PAR_DETAIL_DONE ((size_t)1)
#define PAR_DETAIL_ASLEEP ((size_t)2)

/* Entries [top, bottom) stand in slots[index & mask]; the owner works at bottom.
 *   bottom        written by the owner, read by thieves.
 *   group         the owner's alone.
 *   limit         a push of index >= limit takes the slow way: the deque may be full, or somebody
 *                 sleeps and wants to be told (0). Written by anyone, rarely.
 *   private_from  a pop of index >= private_from needs no fence: no thief can reach it. */
typedef struct par_detail_worker {
    size_t bottom;
    par_detail_slot *slots;
    size_t mask;
    void *group;
    char pad[128 - 4 * sizeof(size_t)];
    size_t limit;
    size_t private_from;
} par_detail_worker;

/* The worker that the calling thread is, or NULL outside. */
extern PAR_API __thread par_detail_worker *par_detail_self_v1
    __attribute__((tls_model("initial-exec")));

/* The slow half of a push of index `b`: room and wake-ups. False: the entry is not in the deque. */
PAR_API bool par_detail_push_slow_v1(par_detail_worker *worker, size_t b) PAR_NOEXCEPT;

/* The slow half of a pop, after bottom has been lowered to `b`. False: a thief has the entry. */
PAR_API bool par_detail_pop_slow_v1(par_detail_worker *worker, size_t b) PAR_NOEXCEPT;

/* Waits for a stolen job and ends when it is done. */
PAR_API void par_detail_wait_v1(par_detail_worker *worker, par_detail_job *job) PAR_NOEXCEPT;

/* The accesses of the inlined path, by name, so that a model checker can put its own in their
 * place. The compiler barrier keeps a store before the load that follows it in the program; the
 * processor may still turn them around. */
#ifndef PAR_DETAIL_LOAD_RELAXED
#define PAR_DETAIL_LOAD_RELAXED(word) __atomic_load_n(word, __ATOMIC_RELAXED)
#define PAR_DETAIL_STORE_RELAXED(word, value) __atomic_store_n(word, value, __ATOMIC_RELAXED)
#define PAR_DETAIL_STORE_RELEASE(word, value) __atomic_store_n(word, value, __ATOMIC_RELEASE)
#define PAR_DETAIL_COMPILER_BARRIER() __atomic_signal_fence(__ATOMIC_SEQ_CST)
#endif

/* Begins a job and puts it at the bottom of the deque, where it may be stolen from now on. False if
 * there was no room: then the caller runs it itself, later. */
PAR_DETAIL_INLINE bool par_detail_fork(par_detail_worker *worker, par_detail_run_fn *fn,
                                       par_detail_job *job) PAR_NOEXCEPT
{
    job->state = 0;
    job->group = worker->group;
    const size_t b = worker->bottom;
    par_detail_slot *slot = &worker->slots[b & worker->mask];
    PAR_DETAIL_STORE_RELAXED(&slot->fn, (size_t)fn);
    PAR_DETAIL_STORE_RELAXED(&slot->frame, (size_t)job);
    /* Release: whoever reads this bottom reads the slot and the frame. */
    PAR_DETAIL_STORE_RELEASE(&worker->bottom, b + 1);
    /* The limit is read after bottom is stored: a sleeper sets the one and then reads the other. */
    PAR_DETAIL_COMPILER_BARRIER();
    if (PAR_UNLIKELY(b >= PAR_DETAIL_LOAD_RELAXED(&worker->limit)))
        return par_detail_push_slow_v1(worker, b);
    return true;
}

/* Takes the newest entry back. True: it is the caller's to run. False: it was stolen. */
PAR_DETAIL_INLINE bool par_detail_unfork(par_detail_worker *worker) PAR_NOEXCEPT
{
    const size_t b = worker->bottom - 1;
    PAR_DETAIL_STORE_RELEASE(&worker->bottom, b);
    PAR_DETAIL_COMPILER_BARRIER();
    if (PAR_LIKELY(b >= PAR_DETAIL_LOAD_RELAXED(&worker->private_from)))
        return true;
    return par_detail_pop_slow_v1(worker, b);
}

PAR_END_DECLS

#endif
