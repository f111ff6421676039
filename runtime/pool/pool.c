/* SPDX-License-Identifier: MIT */
#include "pool/pool.h"

#include "base/barrier.h"
#include "base/memory.h"
#include "base/option.h"
#include "job/panic.h"
#include "pool/hire.h"
#include "pool/process.h"
#include "pool/stats.h"

#include <errno.h>
#include <string.h>

enum { FIRST_PATIENCE_NS = 30000 };

/* ---- options --------------------------------------------------------------------------------- */

static bool are_valid(const par_pool_options *options)
{
    return options->size == sizeof *options && options->affinity >= PAR_AFFINITY_DEFAULT &&
           options->affinity <= PAR_AFFINITY_CORE && options->wait >= PAR_WAIT_DEFAULT &&
           options->wait <= PAR_WAIT_ANY && options->smt >= -1 && options->smt <= 1 &&
           (options->num_threads == 0 ||
            ws_option_accepts(WS_OPTION_NUM_THREADS, (int64_t)options->num_threads)) &&
           (options->spin_us == -1 || ws_option_accepts(WS_OPTION_SPIN_US, options->spin_us)) &&
           (options->max_spares == -1 ||
            ws_option_accepts(WS_OPTION_MAX_SPARES, options->max_spares)) &&
           (options->stack_size == 0 ||
            ws_option_accepts(WS_OPTION_STACK_SIZE, (int64_t)options->stack_size));
}

/* The call's value, or the environment's, or the default. */
static int64_t choose(bool given, int64_t value, ws_option option)
{
    return given ? value : ws_option_get(option);
}

static void set_options(ws_crew *crew, const par_pool_options *options)
{
    const long spin = options->spin_us;
    const long spares = options->max_spares;
    const size_t stack = options->stack_size;
    const int wait = options->wait == PAR_WAIT_ANY;
    crew->spin_ns = (uint64_t)choose(spin != -1, spin, WS_OPTION_SPIN_US) * 1000;
    crew->spares_left = (size_t)choose(spares != -1, spares, WS_OPTION_MAX_SPARES);
    crew->stack_size = (size_t)choose(stack != 0, (int64_t)stack, WS_OPTION_STACK_SIZE);
    crew->wait_any = choose(options->wait != PAR_WAIT_DEFAULT, wait, WS_OPTION_WAIT) != 0;
    crew->asymmetric = ws_option_get(WS_OPTION_FENCE) == 0 && ws_barrier_available();
    crew->count_forks = ws_option_get(WS_OPTION_STATS) != 0;
    crew->on_start = options->on_start;
    crew->on_exit = options->on_exit;
    crew->handler_arg = options->handler_arg;
    const char *name = options->name != NULL ? options->name : "par";
    strncpy(crew->name, name, sizeof crew->name - 1);
}

/* ---- machine --------------------------------------------------------------------------------- */

static int read_machine(par_pool *pool, const par_pool_options *options)
{
    int rc = ws_limits_read(&pool->limits, "");
    if (rc == 0)
        rc = ws_topology_load(&pool->topology, ws_option_text(WS_OPTION_TOPOLOGY));
    if (rc != 0)
        return rc;
    const bool smt = choose(options->smt != -1, options->smt, WS_OPTION_SMT) != 0;
    const ws_affinity affinity = (ws_affinity)choose(
        options->affinity != PAR_AFFINITY_DEFAULT,
        (int64_t)options->affinity - (int64_t)PAR_AFFINITY_AUTO, WS_OPTION_AFFINITY);
    size_t threads = (size_t)choose(options->num_threads != 0, (int64_t)options->num_threads,
                                    WS_OPTION_NUM_THREADS);
    if (threads == 0)
        threads = ws_placement_default_threads(pool->topology, &pool->limits, smt);
    return ws_placement_create(&pool->placement, pool->topology, &pool->limits, threads, smt,
                               affinity);
}

/* ---- crew ------------------------------------------------------------------------------------ */

static int make_seats(par_pool *pool)
{
    ws_crew *crew = &pool->crew;
    crew->threads = pool->placement->threads;
    crew->max_threads = crew->threads + WS_GUESTS + crew->spares_left;
    crew->sleeping_words = (crew->max_threads + WS_WORD_BITS - 1) / WS_WORD_BITS;
    crew->workers = ws_memory_new(crew->max_threads * sizeof(size_t));
    crew->sleeping = ws_memory_new(crew->sleeping_words * sizeof(size_t));
    if (crew->workers == NULL || crew->sleeping == NULL)
        return ENOMEM;
    for (size_t i = 0; i < crew->threads; i++) {
        if (ws_worker_make(crew, i) == NULL)
            return ENOMEM;
    }
    return 0;
}

/* More threads than CPUs: a spinning one would keep another from its work. */
static void adapt_to_machine(par_pool *pool)
{
    pool->crew.crowded = pool->crew.threads > pool->limits.allowed_count;
    if (pool->crew.crowded)
        pool->crew.spin_ns = 0;
}

/* Starts as many threads as the system grants; they wait for the lock. */
static void start_threads(ws_crew *crew)
{
    pthread_mutex_lock(&crew->lock);
    const size_t wanted = crew->threads;
    while (crew->started < wanted && ws_hire_thread(ws_worker_at(crew, crew->started)) == 0)
        crew->started++;
    crew->state = crew->started * (WS_RUNNING + WS_SEARCHING);
    if (crew->started < wanted) {
        crew->threads = crew->started > 0 ? crew->started : 1;
        crew->spares_left = 0;
    }
    pthread_mutex_unlock(&crew->lock);
}

static void free_pool(par_pool *pool)
{
    ws_crew *crew = &pool->crew;
    for (size_t i = 0; crew->workers != NULL && i < crew->max_threads; i++)
        ws_worker_free(ws_worker_at(crew, i));
    ws_memory_delete(crew->workers);
    ws_memory_delete(crew->sleeping);
    ws_placement_free(pool->placement);
    ws_topology_free(pool->topology);
    ws_limits_free(&pool->limits);
    ws_injector_fini(&crew->injector);
    ws_parker_fini(&crew->quiet);
    pthread_mutex_destroy(&crew->lock);
    ws_memory_delete(pool);
}

int par_pool_create(par_pool **out, const par_pool_options *options)
{
    const par_pool_options defaults = PAR_POOL_OPTIONS_INIT;
    if (options == NULL)
        options = &defaults;
    if (out == NULL || !are_valid(options))
        return EINVAL;
    ws_process_init();
    par_pool *pool = ws_memory_new(sizeof *pool);
    if (pool == NULL)
        return ENOMEM;
    ws_crew *crew = &pool->crew;
    ws_injector_init(&crew->injector);
    ws_parker_init(&crew->quiet);
    pthread_mutex_init(&crew->lock, NULL);
    crew->generation = ws_process_generation();
    crew->hire = ws_hire_spare;
    crew->patience_ns = FIRST_PATIENCE_NS;
    set_options(crew, options);
    int rc = read_machine(pool, options);
    if (rc == 0) {
        crew->topology = pool->topology;
        crew->placement = pool->placement;
        rc = make_seats(pool);
    }
    if (rc != 0) {
        free_pool(pool);
        return rc;
    }
    adapt_to_machine(pool);
    start_threads(crew);
    *out = pool;
    return 0;
}

/* ---- the default pool ------------------------------------------------------------------------ */

static size_t default_pool; /* a par_pool *, or 0 */
static pthread_mutex_t default_lock = PTHREAD_MUTEX_INITIALIZER;

par_pool *ws_pool_default_if_made(void)
{
    par_pool *pool = (par_pool *)ws_load_acquire(&default_pool);
    return pool != NULL && !ws_process_is_stale(&pool->crew) ? pool : NULL;
}

/* A child of fork may find the lock held by a thread that it does not have. */
static void lock_default(void)
{
    static size_t lock_generation;
    if (ws_load_relaxed(&lock_generation) != ws_process_generation()) {
        ws_store_relaxed(&lock_generation, ws_process_generation());
        pthread_mutex_init(&default_lock, NULL);
    }
    pthread_mutex_lock(&default_lock);
}

par_pool *ws_pool_default(void)
{
    par_pool *pool = ws_pool_default_if_made();
    if (pool != NULL)
        return pool;
    lock_default();
    pool = ws_pool_default_if_made();
    if (pool == NULL && par_pool_create(&pool, NULL) == 0) {
        ws_store_release(&default_pool, (size_t)pool);
        ws_stats_print_at_exit();
    }
    pthread_mutex_unlock(&default_lock);
    return pool;
}

par_pool *ws_pool_current(void)
{
    ws_worker *worker = ws_worker_self();
    return worker != NULL ? ws_pool_of(worker->crew) : ws_pool_default();
}

int ws_pool_enter_default(ws_member *member)
{
    par_pool *pool = ws_pool_default();
    return pool == NULL ? ENOMEM : ws_member_enter(member, &pool->crew);
}

/* ---- calls ----------------------------------------------------------------------------------- */

int par_pool_run(par_pool *pool, par_fn *fn, void *arg)
{
    if (fn == NULL)
        return EINVAL;
    if (pool == NULL)
        pool = ws_pool_default();
    const ws_worker *worker = ws_worker_self();
    if (pool == NULL || ws_process_is_stale(&pool->crew) ||
        (worker != NULL && worker->crew == &pool->crew)) {
        fn(arg);
        return 0;
    }
    ws_member member;
    ws_catch catch;
    bool failed;
    if (ws_member_go_back(&member, &pool->crew)) {
        failed = ws_panic_catch(&catch, fn, arg);
        ws_member_return(&member);
    } else {
        const int rc = ws_member_enter(&member, &pool->crew);
        if (rc != 0)
            return rc;
        failed = ws_panic_catch(&catch, fn, arg);
        ws_member_leave(&member);
    }
    if (failed)
        ws_panic_raise(&catch.failure);
    return 0;
}

static void join_run(ws_crew *crew, size_t first, size_t n)
{
    for (size_t i = first; i < first + n; i++)
        ws_unpark(&ws_worker_at(crew, i)->parker);
    for (size_t i = first; i < first + n; i++)
        pthread_join(ws_worker_at(crew, i)->thread, NULL);
}

static bool is_quiet(const ws_crew *crew)
{
    return ws_state_members(ws_load_seq_cst(&crew->state)) == 0 &&
           ws_load_seq_cst(&crew->detached) == 0;
}

int par_pool_destroy(par_pool *pool)
{
    if (pool == NULL)
        return EINVAL;
    ws_crew *crew = &pool->crew;
    if (ws_process_is_stale(crew))
        return 0;
    if (ws_member_is_inside(crew))
        return EDEADLK;
    if ((ws_or_seq_cst(&crew->state, WS_CLOSING) & WS_CLOSING) != 0)
        return ECANCELED;
    pthread_mutex_lock(&crew->lock);
    while (!is_quiet(crew)) {
        pthread_mutex_unlock(&crew->lock);
        ws_park(&crew->quiet);
        pthread_mutex_lock(&crew->lock);
    }
    ws_store_release(&crew->ending, 1);
    pthread_mutex_unlock(&crew->lock);
    join_run(crew, 0, crew->started);
    join_run(crew, crew->threads + WS_GUESTS, crew->spares_made);
    free_pool(pool);
    return 0;
}

/* ---- who am I -------------------------------------------------------------------------------- */

size_t par_num_threads(void)
{
    const par_pool *pool = ws_pool_current();
    return pool == NULL ? 1 : pool->crew.threads;
}

size_t par_max_threads(void)
{
    const par_pool *pool = ws_pool_current();
    return pool == NULL ? 1 : pool->crew.max_threads;
}

size_t par_thread_index(void)
{
    const ws_worker *worker = ws_worker_self();
    return worker == NULL ? PAR_NO_INDEX : worker->index;
}

const char *par_version(void)
{
    return PAR_VERSION;
}
