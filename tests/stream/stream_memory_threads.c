/* SPDX-License-Identifier: MIT */
/* stream_memory_threads.c - what pipelines and producers' threads allocate and give back, and what
 * they return when there is no memory, or no thread, to be had: each allocation and each start of a
 * thread fails once. The linker sends the library's calls through allocator.c. */
#include "allocator.h"
#include "support.h"

#include <par/off_thread.h>
#include <par/pipeline.h>

/* ---- calls ----------------------------------------------------------------------------------- */

enum { NUMBERS = 500 };

typedef struct sums {
    size_t made;
    size_t sum;
} sums;

static int make_number(void *element, void *ctx)
{
    sums *all = ctx;
    *(size_t *)element = all->made;
    return all->made++ < NUMBERS ? 0 : PAR_STAGE_END;
}

static int do_nothing(void *element, void *ctx)
{
    (void)element;
    (void)ctx;
    return 0;
}

static int add_up(void *element, void *ctx)
{
    ((sums *)ctx)->sum += *(const size_t *)element;
    return 0;
}

/* Runs a call once. Returns its code, or -1 if its result is wrong or a failure began something. */
typedef int call_fn(void);

static int run(int (*way)(const par_stage *, size_t, const par_pipeline_options *))
{
    sums all = {.made = 0};
    const par_stage stages[] = {{PAR_STAGE_SERIAL, make_number, &all, NULL, 0},
                                {PAR_STAGE_PARALLEL, do_nothing, NULL, NULL, 2},
                                {PAR_STAGE_SERIAL, do_nothing, NULL, NULL, 0},
                                {PAR_STAGE_SERIAL_IN_ORDER, add_up, &all, NULL, 0}};
    par_pipeline_options options = PAR_PIPELINE_OPTIONS_INIT;
    options.element_size = sizeof(size_t);
    options.tokens = 9;
    const int code = way(stages, 4, &options);
    const size_t expected = code == 0 ? (size_t)NUMBERS * (NUMBERS - 1) / 2 : 0;
    return all.sum == expected && (code == 0 || all.made == 0) ? code : -1;
}

static int run_tokens(void)
{
    return run(par_pipeline_run);
}

static int run_threads(void)
{
    return run(par_thread_pipeline_run);
}

static ptrdiff_t next_number(void *out, size_t most, void *ctx)
{
    (void)most;
    return make_number(out, ctx) == 0 ? 1 : 0;
}

static int run_off_thread(void)
{
    sums all = {.made = 0};
    par_off_thread *source = NULL;
    const int code = par_off_thread_start(&source, sizeof(size_t), 9, next_number, &all);
    if (code != 0)
        return source == NULL && all.made == 0 ? code : -1;
    size_t number = 0;
    while (par_off_thread_next(source, &number) == 0)
        all.sum += number;
    par_off_thread_end(source, NULL, NULL);
    return all.sum == (size_t)NUMBERS * (NUMBERS - 1) / 2 ? 0 : -1;
}

/* ---- checks ---------------------------------------------------------------------------------- */

static call_fn *const calls[] = {run_tokens, run_threads, run_off_thread};

enum { CALLS = 3 };

/* Queues and lists of the runtime may grow at first, and stay. */
static void warm_up(void)
{
    (void)par_num_threads();
    for (size_t i = 0; i < 20; i++) {
        for (size_t k = 0; k < CALLS; k++)
            (void)calls[k]();
    }
}

/* What one call allocates at least is what it does without luck: a thread may be new to the
 * runtime, which then makes a record for it. */
static size_t allocations_of(call_fn *call)
{
    size_t least = SIZE_MAX;
    for (size_t i = 0; i < 20; i++) {
        const size_t before = allocator_allocations();
        (void)call();
        const size_t n = allocator_allocations() - before;
        least = n < least ? n : least;
    }
    return least;
}

static const char *memory_is_allocated_once_in_a_run(void)
{
    warm_up();
    const size_t n = allocations_of(run_tokens);
    return n == 1 ? NULL : wrong("%zu allocations for %d elements", n, NUMBERS);
}

static const char *memory_is_given_back(void)
{
    warm_up();
    for (size_t i = 0; i < CALLS; i++) {
        size_t least = SIZE_MAX;
        for (size_t k = 0; k < 20; k++) {
            const size_t before = allocator_live();
            if (calls[i]() != 0)
                return wrong("call %zu does not work", i);
            least = allocator_live() - before < least ? allocator_live() - before : least;
        }
        if (least != 0)
            return wrong("%zu blocks remain of call %zu", least, i);
    }
    return NULL;
}

static const char *memory_that_fails_is_told(void)
{
    warm_up();
    for (size_t i = 0; i < CALLS; i++) {
        bool has_failed = false;
        for (int k = 0; k < 40; k++) {
            const size_t before = allocator_live();
            allocator_skip_after(ALLOCATOR_MEMORY, k);
            const int code = calls[i]();
            allocator_restore(ALLOCATOR_MEMORY);
            has_failed = has_failed || code == ENOMEM;
            if (code != 0 && code != ENOMEM)
                return wrong("call %zu: code %d when allocation %d fails", i, code, k);
            if (code == ENOMEM && allocator_live() != before)
                return wrong("call %zu keeps memory when allocation %d fails", i, k);
        }
        if (!has_failed)
            return wrong("call %zu was never without memory", i);
    }
    return NULL;
}

static const char *memory_of_threads_that_fail_is_given_back(void)
{
    warm_up();
    for (size_t i = 1; i < CALLS; i++) {
        const int threads = i == 1 ? 5 : 1;
        for (int k = 0; k < threads; k++) {
            const size_t before = allocator_live();
            /* None for a while: the library tries again. */
            allocator_end_after(ALLOCATOR_THREADS, k);
            const int code = calls[i]();
            allocator_restore(ALLOCATOR_THREADS);
            if (code != EAGAIN || allocator_live() > before + (size_t)k)
                return wrong("call %zu: code %d without thread %d, %zu blocks remain", i, code, k,
                             allocator_live() - before);
        }
    }
    return NULL;
}

#define CHECKS(X)                                                                                  \
    X(memory, is_allocated_once_in_a_run)                                                          \
    X(memory, is_given_back)                                                                       \
    X(memory, that_fails_is_told)                                                                  \
    X(memory, of_threads_that_fail_is_given_back)

const check checks[] = {CHECKS(CHECK_ROW){NULL, NULL}};
