/* SPDX-License-Identifier: MIT */
/* worker.h - a seat and how it finds, takes and runs work. Who sits in it, and when it sleeps, is
 * told elsewhere (hire.h, member.h, sleep.h).
 *
 * W1  Fork-join entries stand in `forks`, strictly last in, first out. Spawned tasks stand in
 *     `tasks`, beside their owner.
 * W2  Between two tasks at its base a worker's `forks` is empty.
 * W3  `mail` takes calls that this very thread must make; the sender unparks the worker. */
#ifndef WS_POOL_WORKER_H
#define WS_POOL_WORKER_H

#include "base/random.h"
#include "deque/forks.h"
#include "job/group.h"
#include "job/job.h"
#include "job/task.h"
#include "pool/crew.h"

typedef struct ws_mail {
    struct ws_mail *next;
    void (*open)(struct ws_mail *mail, struct ws_worker *worker);
} ws_mail;

typedef struct ws_worker {
    ws_forks forks; /* first: inlined code knows the worker by its address */
    ws_deque tasks;
    WS_OWN_LINE ws_counters counters;
    WS_OWN_LINE ws_parker parker; /* every sleep of the thread in this seat */
    size_t mail;                  /* newest ws_mail that was sent, or 0 */
    size_t reserved;              /* 1 while somebody claims its sleep and sends it a letter */
    size_t taken;                 /* guest seats: 1 while a thread sits in it */
    size_t blocker;               /* ws_blocker * of the thread that sits in it, or 0 */
    WS_OWN_LINE ws_crew *crew;    /* from here on the owner's alone, or constant */
    size_t index;
    ws_mail *unopened; /* oldest ws_mail that was taken out of `mail` */
    size_t last_victim;
    size_t rounds;
    ws_random random;
    size_t home;              /* the placed worker whose victim order it uses */
    par_detail_worker *outer; /* what the thread in it was before; NULL: outside */
    size_t lent; /* how many waits the thread is in, one within the other: 0, or its core is lent */
    size_t waits;     /* how many it has begun; for those who ask whether everybody waits */
    size_t foreign;   /* how many of those it is in may end without anybody in the pool */
    pthread_t thread; /* of the pool's own threads and spares */
} ws_worker;

/* One thing to do: an entry of somebody's `forks`, or a task. */
typedef struct ws_work {
    ws_worker *forker; /* whose fork it is; NULL: a task */
    ws_item item;
} ws_work;

/* Makes the seat `index` if it is not there yet. NULL without memory. Under the crew's lock, or
 * before anyone else knows the crew. */
ws_worker *ws_worker_make(ws_crew *crew, size_t index);
void ws_worker_free(ws_worker *worker);

/* A thread past the last seat runs serially: its owner part is a stand-in on which every fork is
 * refused. */
static inline bool ws_worker_is_serial(const par_detail_worker *owner)
{
    return owner->serial != 0;
}

/* The stand-in of the calling thread. */
par_detail_worker *ws_worker_serial(void);

/* The seat of the calling thread; NULL outside, and on the stand-in. */
static inline ws_worker *ws_worker_self(void)
{
    par_detail_worker *owner = par_detail_self_v1;
    return owner == NULL || ws_worker_is_serial(owner) ? NULL : (ws_worker *)(void *)owner;
}

/* The caller's own, or NULL. */
static inline struct ws_blocker *ws_worker_blocker(const ws_worker *worker)
{
    return (struct ws_blocker *)worker->blocker;
}

/* The calling thread sits in the seat from now on. */
void ws_worker_seat(ws_worker *worker);

static inline ws_worker *ws_worker_at(const ws_crew *crew, size_t index)
{
    /* Acquire: pairs with the release in ws_worker_make. */
    return (ws_worker *)ws_load_acquire(&crew->workers[index]);
}

/* Takes something to do, from near to far. False: nothing was found. */
bool ws_worker_find(ws_worker *worker, ws_work *work);

/* After a search in vain: whether some deque holds forks that only its owner can reach. Asks the
 * owner for them, and takes them from him by force if he does not answer for as long as that costs.
 * *since is the searcher's, 0 at first. */
bool ws_worker_insist(ws_worker *worker, uint64_t *since);

/* Runs it and tells its forker. */
void ws_worker_run(ws_worker *worker, ws_work work);

/* Whether anyone might take anything, anywhere. */
bool ws_crew_has_work(const ws_crew *crew);

/* How far apart two workers are: an enum par_distance. */
unsigned ws_worker_distance(const ws_worker *worker, const ws_worker *other);

/* Makes the next push of every worker look for sleepers. */
void ws_crew_request(const ws_crew *crew);

/* Takes one task of `owner` from wherever it may lie. Strangers that lie before it in a queue go to
 * the injector, which is to be announced then. False: there is none. */
bool ws_worker_find_of(ws_worker *worker, const void *owner, ws_work *work);

/* Mail: any thread sends, the worker opens the oldest one. False: there is none. */
void ws_worker_send(ws_worker *worker, ws_mail *mail);
bool ws_worker_open_mail(ws_worker *worker);

static inline bool ws_worker_has_mail(const ws_worker *worker)
{
    return worker->unopened != NULL || ws_load_relaxed(&worker->mail) != 0;
}

#endif
