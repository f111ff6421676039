/* SPDX-License-Identifier: MIT */
/* bridge.c - a serial producer, parallel work, and results in order.
 *
 * Tasks of a scope take turns at three kinds of work: handing on the results that are next in
 * order, calling the producer, and working on the chunk that they have got from it. A task that may
 * do none of them ends.
 *
 * R1  The lock guards the words below it, and is never held while a function of the user runs.
 * R2  `is_pulling` and `is_handing` make one task at a time call the producer and the receiver;
 *     their memory is passed on through the lock.
 * R3  A slot is free, or has a chunk under way. There are as many slots as chunks may be under way,
 *     and no more tasks than slots or threads.
 * R4  A task ends only if whatever it could have done hangs on another one that is at work and that
 *     will look again: the producer is being called, a receiver is being called, the next in order
 *     is being worked on, or all is over. So the last task leaves nothing undone.
 * R5  Who calls the producer or frees a slot calls another task if it could produce. It need not:
 *     R4 alone leads to the end, and a task that cannot be spawned costs only time.
 * R6  Results are handed on in the order of the chunks: ring[i % slots] is the slot of chunk i, for
 *     those from `handed` up to `pulled`. */
#include <par/bridge.h>
#include <par/group.h>
#include <par/pool.h>

#include "par_iter/base/array.h"
#include "par_iter/base/travel.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    CHUNK_BYTES = 16 * 1024, /* that chunks grow to */
    CHUNKS_OF_A_LENGTH = 16, /* until it is doubled */
    SLOTS_PER_THREAD = 4,
    ALIGNMENT = 64
};

/* Where a chunk stands, and what has been made of it. */
typedef struct slot {
    char *elements;
    char *results;
    size_t n; /* elements */
    size_t n_results;
    bool is_done;
} slot;

typedef struct bridge bridge;

/* Works on a chunk, or hands its results on. Returns 0, or what stops the call. */
typedef int chunk_fn(bridge *b, slot *chunk);

struct bridge {
    par_next_fn *next;
    void *next_ctx;
    size_t size;
    size_t chunk;    /* elements; 0: grows */
    size_t longest;  /* chunk */
    size_t out_size; /* of a result, or of the accumulator */
    par_block_fn *fn;
    void *ctx;
    chunk_fn *work;
    chunk_fn *hand_on; /* NULL: there is no order */
    par_put_fn *put;
    void *put_ctx;
    par_merge_fn *merge;
    void *acc; /* the identity until all is over */
    char *total;
    size_t slots_n;
    size_t tasks_most;
    slot *slots;

    pthread_mutex_t lock;
    int code;     /* of the first failure */
    bool is_over; /* the producer has no more */
    bool is_pulling;
    bool is_handing;
    size_t tasks;
    size_t pulled;
    size_t handed;
    size_t free_n;
    size_t *free_slots; /* the last to become free is the first to be taken */
    size_t *ring;
};

/* ---- what there is to do. With the lock held --------------------------------------------------
 */

static bool can_pull(const bridge *b)
{
    return b->code == 0 && !b->is_over && !b->is_pulling && b->free_n > 0;
}

static slot *next_in_order(const bridge *b)
{
    if (b->hand_on == NULL || b->code != 0 || b->is_handing || b->handed == b->pulled)
        return NULL;
    slot *const first = &b->slots[b->ring[b->handed % b->slots_n]];
    return first->is_done ? first : NULL;
}

static void release(bridge *b, slot *chunk)
{
    chunk->is_done = false;
    b->free_slots[b->free_n++] = (size_t)(chunk - b->slots);
}

static void fail(bridge *b, int code)
{
    if (b->code == 0)
        b->code = code;
}

/* ---- tasks ----------------------------------------------------------------------------------- */

static void run_task(par_scope *scope, void *arg);

/* R5. Called and returns with the lock held. */
static void call_another(bridge *b, par_scope *scope)
{
    if (!can_pull(b) || b->tasks >= b->tasks_most)
        return;
    b->tasks++;
    pthread_mutex_unlock(&b->lock);
    const int code = par_scope_spawn(scope, run_task, b);
    pthread_mutex_lock(&b->lock);
    if (code != 0)
        b->tasks--;
}

static void hand_next(bridge *b, slot *chunk, par_scope *scope)
{
    b->is_handing = true;
    pthread_mutex_unlock(&b->lock);
    const int code = b->hand_on(b, chunk);
    pthread_mutex_lock(&b->lock);
    b->is_handing = false;
    b->handed++;
    release(b, chunk);
    fail(b, code);
    call_another(b, scope);
}

static size_t length_of(const bridge *b, size_t chunk)
{
    if (b->chunk > 0)
        return b->chunk;
    const size_t doubled = chunk / CHUNKS_OF_A_LENGTH;
    return doubled < 30 && (size_t)1 << doubled < b->longest ? (size_t)1 << doubled : b->longest;
}

/* Returns the slot of the next chunk, or NULL if there is none. */
static slot *pull(bridge *b, par_scope *scope)
{
    slot *const chunk = &b->slots[b->free_slots[--b->free_n]];
    const size_t most = length_of(b, b->pulled);
    b->is_pulling = true;
    pthread_mutex_unlock(&b->lock);
    const ptrdiff_t n = b->next(chunk->elements, most, b->next_ctx);
    pthread_mutex_lock(&b->lock);
    b->is_pulling = false;
    fail(b, ws_array_code(n));
    b->is_over = n <= 0;
    if (b->code != 0 || b->is_over) {
        release(b, chunk);
        return NULL;
    }
    chunk->n = (size_t)n;
    b->ring[b->pulled++ % b->slots_n] = (size_t)(chunk - b->slots);
    call_another(b, scope);
    return chunk;
}

static void work_on(bridge *b, slot *chunk)
{
    pthread_mutex_unlock(&b->lock);
    const int code = b->work(b, chunk);
    pthread_mutex_lock(&b->lock);
    fail(b, code);
    chunk->is_done = true;
    if (b->hand_on == NULL)
        release(b, chunk);
}

/* Does one thing, or says that there is nothing to do. */
static bool step(bridge *b, par_scope *scope)
{
    slot *const done = next_in_order(b);
    if (done != NULL) {
        hand_next(b, done, scope);
        return true;
    }
    if (!can_pull(b))
        return false;
    if (par_canceled()) {
        fail(b, ECANCELED);
        return false;
    }
    slot *const chunk = pull(b, scope);
    if (chunk != NULL)
        work_on(b, chunk);
    return true;
}

static void stop_after_panic(void *arg)
{
    bridge *const b = arg;
    if (!par_panicking())
        return;
    pthread_mutex_lock(&b->lock);
    fail(b, ECANCELED);
    pthread_mutex_unlock(&b->lock);
}

static void run_task(par_scope *scope, void *arg)
{
    bridge *const b = arg;
    PAR_DEFER(stop_after_panic, b);
    pthread_mutex_lock(&b->lock);
    while (step(b, scope))
        continue;
    b->tasks--;
    pthread_mutex_unlock(&b->lock);
}

/* ---- memory ---------------------------------------------------------------------------------- */

/* Adds the bytes of one more thing. False if they are too many. */
static bool add(size_t *sum, size_t n, size_t size)
{
    if (n > (PTRDIFF_MAX - *sum - ALIGNMENT) / size)
        return false;
    *sum += (n * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return true;
}

/* Takes the next n * size bytes. */
static void *take(char **from, size_t n, size_t size)
{
    char *const taken = *from;
    *from += (n * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    return taken;
}

static int make_slots(bridge *b, size_t out_bytes, char **memory)
{
    size_t of_slot = 0;
    size_t sum = 0;
    if (!add(&of_slot, b->longest, b->size) || !add(&of_slot, 1, out_bytes + 1) ||
        !add(&sum, 1, b->out_size + 1) || !add(&sum, b->slots_n, of_slot) ||
        !add(&sum, b->slots_n, sizeof(slot)) || !add(&sum, b->slots_n, sizeof(size_t)) ||
        !add(&sum, b->slots_n, sizeof(size_t)))
        return ENOMEM;
    char *from = *memory = aligned_alloc(ALIGNMENT, sum);
    if (from == NULL)
        return ENOMEM;
    b->slots = take(&from, b->slots_n, sizeof(slot));
    b->free_slots = take(&from, b->slots_n, sizeof(size_t));
    b->ring = take(&from, b->slots_n, sizeof(size_t));
    b->total = take(&from, 1, b->out_size + 1);
    for (size_t i = b->slots_n; i-- > 0;) {
        b->slots[i] = (slot){.elements = take(&from, b->longest, b->size)};
        b->slots[i].results = take(&from, 1, out_bytes + 1);
        release(b, &b->slots[i]);
    }
    return 0;
}

/* ---- what the three calls do with a chunk ---------------------------------------------------- */

static int each_chunk(bridge *b, slot *chunk)
{
    return ws_array_code(b->fn(chunk->elements, NULL, chunk->n, b->ctx));
}

static int map_chunk(bridge *b, slot *chunk)
{
    const ptrdiff_t n = b->fn(chunk->results, chunk->elements, chunk->n, b->ctx);
    chunk->n_results = n < 0 ? 0 : (size_t)n;
    return ws_array_code(n);
}

static int put_chunk(bridge *b, slot *chunk)
{
    return chunk->n_results == 0 ? 0 : b->put(chunk->results, chunk->n_results, b->put_ctx);
}

static int fold_chunk(bridge *b, slot *chunk)
{
    memcpy(chunk->results, b->acc, b->out_size);
    return ws_array_code(b->fn(chunk->results, chunk->elements, chunk->n, b->ctx));
}

static int merge_chunk(bridge *b, slot *chunk)
{
    if (b->handed == 0) /* which only changes between two of these */
        memcpy(b->total, chunk->results, b->out_size);
    else
        b->merge(b->total, chunk->results, b->ctx);
    return 0;
}

/* ---- calls ----------------------------------------------------------------------------------- */

/* So that nothing that is computed of it is too long for memory's address range. */
static int check(const bridge *b, size_t results)
{
    if (b->next == NULL || b->fn == NULL || b->size == 0 || b->out_size == 0)
        return EINVAL;
    if (b->longest > PTRDIFF_MAX / b->size || results > PTRDIFF_MAX / b->out_size)
        return EOVERFLOW;
    return 0;
}

static size_t longest_chunk(size_t chunk, size_t size)
{
    if (chunk > 0)
        return chunk;
    return size == 0 || size > CHUNK_BYTES ? 1 : CHUNK_BYTES / size;
}

static int run_in_slots(bridge *b)
{
    b->lock = (pthread_mutex_t)PTHREAD_MUTEX_INITIALIZER; /* of which nothing is to be given back */
    b->tasks = 1;
    ws_travel_scope(run_task, b);
    return b->code;
}

/* Of each chunk come at most so many results. */
static int run(bridge *b, size_t results)
{
    char *memory = NULL;
    int code = check(b, results);
    if (code != 0)
        return code;
    const size_t threads = par_num_threads();
    if (b->slots_n == 0)
        b->slots_n = b->hand_on == NULL ? threads : SLOTS_PER_THREAD * threads;
    b->tasks_most = threads < b->slots_n ? threads : b->slots_n;
    code = make_slots(b, results * b->out_size, &memory);
    PAR_DEFER(free, memory);
    if (code == 0)
        code = run_in_slots(b);
    if (code == 0 && b->merge != NULL && b->handed > 0)
        memcpy(b->acc, b->total, b->out_size);
    return code;
}

int par_bridge_for_each(par_next_fn *next, void *next_ctx, size_t size, size_t chunk,
                        par_block_fn *each, void *ctx)
{
    bridge b = {.next = next,
                .next_ctx = next_ctx,
                .size = size,
                .chunk = chunk,
                .longest = longest_chunk(chunk, size),
                .out_size = 1,
                .fn = each,
                .ctx = ctx,
                .work = each_chunk};
    return run(&b, 0);
}

int par_bridge_reduce(par_next_fn *next, void *next_ctx, size_t size, size_t chunk, void *acc,
                      size_t acc_size, par_block_fn *fold, par_merge_fn *merge, void *ctx)
{
    bridge b = {.next = next,
                .next_ctx = next_ctx,
                .size = size,
                .chunk = chunk,
                .longest = longest_chunk(chunk, size),
                .out_size = acc_size,
                .fn = fold,
                .ctx = ctx,
                .work = fold_chunk,
                .hand_on = merge_chunk,
                .merge = merge,
                .acc = acc};
    return acc == NULL || merge == NULL ? EINVAL : run(&b, 1);
}

int par_bridge_map(par_next_fn *next, void *next_ctx, size_t size, size_t chunk, size_t window,
                   size_t out_size, par_block_fn *map, void *map_ctx, par_put_fn *put,
                   void *put_ctx)
{
    bridge b = {.next = next,
                .next_ctx = next_ctx,
                .size = size,
                .chunk = chunk,
                .longest = longest_chunk(chunk, size),
                .out_size = out_size,
                .fn = map,
                .ctx = map_ctx,
                .work = map_chunk,
                .hand_on = put_chunk,
                .put = put,
                .put_ctx = put_ctx,
                .slots_n = window};
    return put == NULL ? EINVAL : run(&b, b.longest);
}
