/* SPDX-License-Identifier: MIT */
/* scatter.c - each task counts its elements by bucket, the counts become places, and each task puts
 * its elements there. */
#include "par_iter/base/scatter.h"

#include <par/loop.h>
#include <par/pool.h>

#include "par_iter/base/travel.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { TASKS = 4 }; /* for each thread */

struct run {
    const ws_scatter *scatter;
    size_t tasks;
    size_t *places; /* a row of buckets for each task: counts, then places */
};

static size_t lesser(size_t a, size_t b)
{
    return a < b ? a : b;
}

static size_t begin_of(const struct run *run, size_t task)
{
    const size_t n = run->scatter->n;
    return task * (n / run->tasks) + lesser(task, n % run->tasks);
}

static void count(size_t *counts, const uint32_t *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        counts[numbers[i]]++;
}

static int do_task(const struct run *run, size_t task, bool puts)
{
    const ws_scatter *scatter = run->scatter;
    size_t *const row = run->places + task * scatter->buckets;
    const size_t end = begin_of(run, task + 1);
    uint32_t numbers[WS_SCATTER_AT_ONCE];
    for (size_t at = begin_of(run, task); at < end; at += WS_SCATTER_AT_ONCE) {
        const size_t n = lesser(WS_SCATTER_AT_ONCE, end - at);
        if (par_canceled())
            return ECANCELED;
        scatter->number(numbers, at, n, scatter->arg);
        if (puts)
            scatter->put(row, numbers, at, n, scatter->arg);
        else
            count(row, numbers, n);
    }
    return 0;
}

static int count_tasks(size_t begin, size_t end, void *arg)
{
    int code = 0;
    for (size_t task = begin; task < end && code == 0; task++)
        code = do_task(arg, task, false);
    return code;
}

static int put_tasks(size_t begin, size_t end, void *arg)
{
    int code = 0;
    for (size_t task = begin; task < end && code == 0; task++)
        code = do_task(arg, task, true);
    return code;
}

/* Bucket by bucket, and in it task by task (T1). */
static void find_places(const struct run *run)
{
    const size_t buckets = run->scatter->buckets;
    size_t place = 0;
    for (size_t bucket = 0; bucket < buckets; bucket++) {
        run->scatter->begins[bucket] = place;
        for (size_t task = 0; task < run->tasks; task++) {
            size_t *at = &run->places[task * buckets + bucket];
            const size_t here = *at;
            *at = place;
            place += here;
        }
    }
    run->scatter->begins[buckets] = place;
}

int ws_scatter_run(const ws_scatter *scatter)
{
    const size_t shares = scatter->n / WS_SCATTER_AT_ONCE + 1;
    struct run run = {scatter, lesser(TASKS * par_num_threads(), shares), NULL};
    run.places = calloc(run.tasks, scatter->buckets * sizeof *run.places);
    if (run.places == NULL)
        return ENOMEM;
    PAR_DEFER(free, run.places);
    int code = ws_travel_for(0, run.tasks, count_tasks, &run, NULL);
    if (code == 0) {
        find_places(&run);
        code = ws_travel_for(0, run.tasks, put_tasks, &run, NULL);
    }
    return code;
}
