/* SPDX-License-Identifier: MIT */
/* crew.h - what the workers of a pool share, without its life cycle.
 *
 * A worker is a seat: a deque, a queue, counters and a place to sleep. Seats 0 .. threads-1 belong
 * to the pool's own threads. The seats above are made when first needed: the next WS_GUESTS for
 * guests (threads from outside, for the time of a call), the last ones for spares (threads that
 * take over the core of one that waits).
 *
 * C1  `state` packs how many members there are and how many of them run and search, so that they
 *     change together; docs/design/sleep.md has the protocol that uses it.
 * C2  A bit in `sleeping` is set by the worker it stands for, and cleared by the one who wakes it,
 *     who also counts it as running and searching.
 * C3  Whoever may be needed to run work is counted: work in sight and running < threads means that
 *     somebody searches, is being woken, or there is nobody to wake.
 * C4  A seat, once made, lasts as long as the crew. */
#ifndef WS_POOL_CREW_H
#define WS_POOL_CREW_H

#include "base/park.h"
#include "cpu/placement.h"
#include "deque/deque.h"
#include "deque/injector.h"
#include "observe/counters.h"

enum { WS_GUESTS = 64, WS_WORD_BITS = 64 };

/* state: bits 0-19 running, 20-39 searching, 40-59 members, 60 closing. */
#define WS_RUNNING ((size_t)1)
#define WS_SEARCHING ((size_t)1 << 20)
#define WS_MEMBER ((size_t)1 << 40)
#define WS_CLOSING ((size_t)1 << 60)
#define WS_FIELD_MASK (((size_t)1 << 20) - 1)

static inline size_t ws_state_running(size_t state)
{
    return state & WS_FIELD_MASK;
}

static inline size_t ws_state_searching(size_t state)
{
    return (state >> 20) & WS_FIELD_MASK;
}

static inline size_t ws_state_members(size_t state)
{
    return (state >> 40) & WS_FIELD_MASK;
}

struct ws_worker;

typedef struct ws_crew {
    WS_OWN_LINE size_t state;
    size_t detached;           /* spawned tasks that have not ended */
    WS_OWN_LINE size_t ending; /* 1: threads are to leave when they find nothing to do */
    size_t guests_made;        /* guest seats in use so far: the first ones */
    size_t spares_made;        /* likewise spare seats */
    size_t spares_left;        /* how many more may be made */
    size_t tickets;            /* of those who have asked all owners; even */
    size_t heard;              /* the last one's, odd once every owner has heard it; or 0 */
    ws_injector injector;
    size_t told_shortage; /* 1 once it has been said that there are too few spares */
    size_t told_waits;    /* 1 once it has been said that everybody waits */
    pthread_mutex_t lock; /* guards the making of seats and spares, and the last steps of closing */
    ws_parker quiet;      /* where the destroyer waits for the last member */
    size_t patience_ns;   /* how long a searcher waits for an owner's answer */
    ws_counters counters; /* of threads without a seat; shared */

    /* Constant once the pool is made. */
    WS_OWN_LINE size_t threads; /* P; the seats of the pool's own threads */
    size_t started;             /* how many of those threads exist: P, or 0 when P says 1 */
    size_t max_threads;         /* P + guests + spares: entries of `workers` */
    size_t generation;          /* of the process that made it: another one after a fork */
    uint64_t spin_ns;
    size_t stack_size;
    bool asymmetric; /* owners need no fences: sleepers and thieves use base/barrier.h */
    bool wait_any;   /* PAR_WAIT=any */
    bool crowded;    /* more threads than CPUs */
    bool count_forks;
    char name[12];
    void (*on_start)(size_t index, void *arg);
    void (*on_exit)(size_t index, void *arg);
    void *handler_arg;
    bool (*hire)(struct ws_crew *crew); /* starts a spare that is counted already; see hire.h */
    const ws_topology *topology;
    const ws_placement *placement;
    size_t *workers;  /* [max_threads] ws_worker *, 0 until made; see ws_worker_at */
    size_t *sleeping; /* [sleeping_words], a bit per seat */
    size_t sleeping_words;
} ws_crew;

#endif
