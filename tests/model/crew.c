/* SPDX-License-Identifier: MIT */
/* crew.c - the crew of the harnesses, and what stands in for the parts of the runtime that are not
 * checked: memory, threads, the machine, the process. */
#include "crew.h"

#include "base/log.h"
#include "base/memory.h"
#include "base/thread.h"
#include "heap.h"
#include "pool/hire.h"
#include "pool/process.h"

#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { MOST_THREADS = 4, MOST_RING = 1024, NAMED_SLOTS = 6 };

ws_crew *the_crew;

static ws_pu pus[MOST_THREADS];
static ws_place places[MOST_THREADS];
static ws_victim victims[MOST_THREADS][MOST_THREADS];
static ws_placement placement;

/* ---- making it ------------------------------------------------------------------------------- */

static void make_machine(size_t threads)
{
    placement.threads = threads;
    placement.places = places;
    for (size_t i = 0; i < threads; i++) {
        pus[i].cpu = (unsigned)i;
        places[i].pu = &pus[i];
        places[i].victims = victims[i];
        for (size_t other = 1; other < threads; other++)
            victims[i][other - 1].worker = (unsigned)((i + other) % threads);
    }
}

static void name_word(const size_t *word, const char *who, const char *what)
{
    model_name(word, sizeof *word, "%s.%s", who, what);
}

static void name_seat(const ws_worker *worker, const char *who)
{
    model_name(worker, sizeof *worker, "%s", who);
    name_word(&worker->forks.owner.bottom, who, "bottom");
    name_word(&worker->forks.owner.limit, who, "limit");
    name_word(&worker->forks.owner.private_from, who, "private_from");
    name_word(&worker->forks.top, who, "top");
    name_word(&worker->forks.public_to, who, "public_to");
    name_word(&worker->tasks.bottom, who, "tasks.bottom");
    name_word(&worker->tasks.top, who, "tasks.top");
    name_word(&worker->parker.token, who, "token");
    for (size_t i = 0; i < NAMED_SLOTS; i++) {
        model_name(&worker->forks.slots[i], sizeof(par_detail_slot), "%s.slot%zu", who, i);
        model_name(&worker->tasks.slots[i], sizeof(par_detail_slot), "%s.task%zu", who, i);
    }
}

static bool never_hire(ws_crew *of)
{
    ws_store_relaxed(&of->spares_left, 0);
    return false;
}

void crew_make(size_t threads, size_t guests, bool asymmetric)
{
    model_local((void **)(void *)&par_detail_self_v1);
    make_machine(threads);
    the_crew = model_new(sizeof *the_crew);
    the_crew->threads = threads;
    the_crew->started = threads;
    the_crew->max_threads = threads + WS_GUESTS + MOST_THREADS;
    the_crew->asymmetric = asymmetric;
    the_crew->hire = never_hire;
    the_crew->placement = &placement;
    the_crew->guests_made = guests;
    the_crew->sleeping_words = (the_crew->max_threads + WS_WORD_BITS - 1) / WS_WORD_BITS;
    the_crew->workers = model_new(the_crew->max_threads * sizeof(size_t));
    the_crew->sleeping = model_new(the_crew->sleeping_words * sizeof(size_t));
    ws_injector_init(&the_crew->injector);
    pthread_mutex_init(&the_crew->lock, NULL);
    strcpy(the_crew->name, "model");
    model_name(the_crew, sizeof *the_crew, "crew");
    model_name(&the_crew->state, sizeof(size_t), "state");
    model_name(&the_crew->injector, sizeof the_crew->injector, "injector");
    model_name(the_crew->sleeping, the_crew->sleeping_words * sizeof(size_t), "sleeping");
    static char names[2 * MOST_THREADS][8];
    for (size_t i = 0; i < threads + guests; i++) {
        (void)snprintf(names[i], sizeof names[i], i < threads ? "w%zu" : "g%zu",
                       i < threads ? i : i - threads);
        name_seat(ws_worker_make(the_crew, i), names[i]);
    }
}

ws_worker *crew_seat(size_t index)
{
    return ws_worker_at(the_crew, index);
}

ws_worker *crew_guest(size_t index)
{
    return ws_worker_at(the_crew, the_crew->threads + index);
}

void crew_count(size_t running, size_t searching)
{
    the_crew->state = running * WS_RUNNING + searching * WS_SEARCHING;
}

void crew_nobody_asks(ws_worker *worker)
{
    ws_forks_set_limit(&worker->forks);
}

void crew_sit_down(ws_worker *worker)
{
    par_detail_self_v1 = &worker->forks.owner;
}

/* ---- real workers ---------------------------------------------------------------------------- */

void crew_searcher(ws_worker *worker)
{
    if (ws_hire_thread(worker) != 0)
        model_fail(MODEL_MISUSE, "no thread for seat %zu", worker->index);
}

static void *(*life)(void *);
static void *(*before_life)(void *); /* NULL: it begins with a search */

static void *sleep_first(void *arg)
{
    ws_worker *worker = arg;
    while ((ws_load_acquire(&the_crew->sleeping[0]) >> worker->index & 1) != 0)
        ws_park(&worker->parker);
    return life(arg);
}

static void *end_task_first(void *arg)
{
    ws_sleep_search(arg);
    return life(arg);
}

static void begin_with(ws_worker *worker, void *(*first)(void *))
{
    before_life = first;
    crew_searcher(worker);
    before_life = NULL;
}

void crew_sleeper(ws_worker *worker)
{
    the_crew->sleeping[0] |= (size_t)1 << worker->index;
    begin_with(worker, sleep_first);
}

void crew_busy(ws_worker *worker)
{
    begin_with(worker, end_task_first);
}

int ws_thread_start(pthread_t *thread, size_t stack_size, void *(*run)(void *), void *arg)
{
    static const char *const names[] = {"worker 0", "worker 1", "worker 2", "worker 3"};
    const ws_worker *worker = arg;
    (void)stack_size;
    memset(thread, 0, sizeof *thread);
    life = run;
    model_daemon(names[worker->index % MOST_THREADS], before_life != NULL ? before_life : run, arg);
    return 0;
}

void ws_thread_name(const char *name)
{
    (void)name;
}

/* ---- what is not checked --------------------------------------------------------------------- */

void *ws_memory_new(size_t size)
{
    return heap_is_made() ? heap_new(size) : model_new(size);
}

void ws_memory_delete(void *memory)
{
    if (heap_is_made())
        heap_free(memory);
}

/* Rings are small, so that there is little to put back before each execution. */
void *ws_memory_reserve(size_t size)
{
    return size > MOST_RING ? NULL : model_new(size);
}

void ws_memory_release(void *memory, size_t size)
{
    (void)memory;
    (void)size;
}

void ws_log_die(const char *format, ...)
{
    char text[256];
    va_list args;
    va_start(args, format);
    (void)vsnprintf(text, sizeof text, format, args);
    va_end(args);
    model_fail(MODEL_INVARIANT, "%s", text);
}

void ws_log(const char *format, ...)
{
    (void)format;
}

void ws_process_init(void)
{
}

size_t ws_process_generation(void)
{
    return 0;
}

void ws_process_refuse(const ws_crew *of)
{
    model_fail(MODEL_MISUSE, "%s is stale", of->name);
}

size_t ws_placement_worker_on(const ws_placement *of, unsigned cpu)
{
    (void)of;
    return cpu;
}

void ws_placement_enter(const ws_placement *of, size_t worker)
{
    (void)of;
    (void)worker;
}

void ws_placement_memory(const ws_placement *of, size_t worker, void *memory, size_t size)
{
    (void)of;
    (void)worker;
    (void)memory;
    (void)size;
}

unsigned ws_topology_distance(const ws_pu *a, const ws_pu *b)
{
    (void)a;
    (void)b;
    return 0;
}

/* ---- the system, by the names that seam.h gives it ------------------------------------------- */

static size_t *lock_word(pthread_mutex_t *mutex)
{
    return (size_t *)(void *)mutex;
}

int pthread_mutex_lock(pthread_mutex_t *mutex)
{
    model_lock(lock_word(mutex), MODEL_SITE);
    return 0;
}

int pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    model_unlock(lock_word(mutex), MODEL_SITE);
    return 0;
}

/* Whoever only tries does so again and again, and waits in the end. */
int pthread_mutex_trylock(pthread_mutex_t *mutex)
{
    return pthread_mutex_lock(mutex);
}

int nanosleep(const struct timespec *span, struct timespec *left)
{
    (void)span;
    (void)left;
    model_yield(MODEL_SITE);
    return 0;
}

int sched_yield(void)
{
    model_yield(MODEL_SITE);
    return 0;
}

int sched_getcpu(void)
{
    return 0;
}
