/* SPDX-License-Identifier: MIT */
/* pool.h - the threads that run parallel work: which pool a call uses, making one's own, and asking
 * where one is.
 *
 * A call into par runs in the pool that its thread is in. A thread that is in none enters the
 * default pool for the time of the call: it takes part in the work itself. The default pool is
 * made at the first such call, from the environment, and lasts as long as the process. */
#ifndef PAR_POOL_H
#define PAR_POOL_H

#include <par/join.h>

PAR_BEGIN_DECLS

typedef struct par_pool par_pool;

#define PAR_NO_INDEX ((size_t)-1)

/* The parallelism P of the pool that a call from this thread would run in. Makes the default pool
 * if need be. */
PAR_API size_t par_num_threads(void) PAR_NOEXCEPT;

/* A bound of every index that par_thread_index gives in that pool: for arrays with a place per
 * thread. Constant for the life of the pool. */
PAR_API size_t par_max_threads(void) PAR_NOEXCEPT;

/* The calling thread's number in the pool it is in: no other thread in the pool has it at the same
 * time, and it stays the same until the thread leaves the pool or ends its outermost call. The
 * pool's own threads have 0 .. P-1. PAR_NO_INDEX outside. Does not block; a few loads. */
PAR_API size_t par_thread_index(void) PAR_NOEXCEPT;

/* Which processors a pool's threads are bound to. */
typedef enum par_affinity {
    PAR_AFFINITY_DEFAULT, /* PAR_AFFINITY of the environment, else auto */
    PAR_AFFINITY_AUTO,    /* bind if the threads fill all the cores, and nothing narrows them */
    PAR_AFFINITY_NONE,    /* never bind */
    PAR_AFFINITY_CORE     /* bind each thread to a core, as far as there are cores */
} par_affinity;

/* What a waiting join may run. */
typedef enum par_wait {
    PAR_WAIT_DEFAULT,     /* PAR_WAIT of the environment, else descendants */
    PAR_WAIT_DESCENDANTS, /* only what it forked: safe with a lock held, stack bounded */
    PAR_WAIT_ANY          /* whatever is there, as Rayon does; for comparison */
} par_wait;

typedef struct par_pool_options {
    size_t size;           /* of this struct; set by PAR_POOL_OPTIONS_INIT */
    size_t num_threads;    /* P; 0 = PAR_NUM_THREADS, else one per core this process may use */
    par_affinity affinity; /* of the threads */
    par_wait wait;         /* in joins */
    int smt;               /* count and use both hardware threads of a core: 1, 0, -1 = PAR_SMT */
    long spin_us;    /* how long an idle thread looks for work before it sleeps; -1 = PAR_SPIN_US */
    long max_spares; /* threads kept for lent cores; -1 = PAR_MAX_SPARES */
    size_t stack_size; /* bytes, of each thread; 0 = PAR_STACK_SIZE */
    const char *name;  /* prefix of the threads' names, copied; NULL = "par" */
    void (*on_start)(size_t index, void *arg); /* on each thread of the pool before it works */
    void (*on_exit)(size_t index, void *arg);  /* ... and after it has */
    void *handler_arg;                         /* passed to both */
} par_pool_options;

#define PAR_POOL_OPTIONS_INIT                                                                      \
    {                                                                                              \
        sizeof(par_pool_options), 0, PAR_AFFINITY_DEFAULT, PAR_WAIT_DEFAULT, -1, -1, -1, 0, NULL,  \
            NULL, NULL, NULL                                                                       \
    }

/* Makes a pool and stores it in *out, for the caller to destroy. NULL options: all from the
 * environment. A thread that cannot be created lowers the pool's P; with none at all, work runs on
 * the threads that enter it. Returns 0; EINVAL for options out of range or of an unknown size;
 * ENOMEM, with *out untouched. Blocks while it starts the threads. */
PAR_API int par_pool_create(par_pool **out, const par_pool_options *options) PAR_NOEXCEPT;

/* Runs fn(arg) on the calling thread, as a member of `pool`, and returns when it has returned: fn
 * and everything it forks run in that pool. NULL is the default pool. Pools nest: inside another
 * pool the thread is a member of both until fn returns. Any thread may call it; it never waits for
 * a place: past par_max_threads() members fn runs serially. Returns 0; EINVAL without a function;
 * ECANCELED once the pool is being destroyed. */
PAR_API int par_pool_run(par_pool *pool, par_fn *fn, void *arg) PAR_NOEXCEPT;

/* Hands fn(arg) to the pool and returns at once; nobody waits for it but par_pool_destroy. NULL is
 * the default pool, whose tasks are lost when the process ends first. Any thread may call it.
 * Returns 0; EINVAL without a function; ENOMEM; EAGAIN if the pool has no thread of its own;
 * ECANCELED once the pool is being destroyed. One allocation. A par_panic that leaves fn ends the
 * process with a message: there is nobody to tell. */
PAR_API int par_pool_spawn(par_pool *pool, par_fn *fn, void *arg) PAR_NOEXCEPT;

/* Ends a pool: waits until every started par_pool_run has returned and every spawned task has run,
 * joins the threads and frees the pool. From its beginning on, new calls into the pool get
 * ECANCELED; the memory is gone when it returns, so whoever may still call must have stopped by
 * then. Returns 0; EINVAL for NULL; EDEADLK from a thread that is inside the pool, which changes
 * nothing. */
PAR_API int par_pool_destroy(par_pool *pool) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
