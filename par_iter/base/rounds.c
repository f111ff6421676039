/* SPDX-License-Identifier: MIT */
/* rounds.c - a loop over the tasks for each step. */
#include "par_iter/base/rounds.h"

#include "par_iter/base/travel.h"
#include <par/loop.h>
#include <par/pool.h>
#include <stdint.h>
#include <stdlib.h>

struct step {
    const ws_rounds *rounds;
    size_t number;
};

struct span {
    size_t begin;
    size_t end;
};

static size_t clip(const ws_rounds *rounds, size_t chunk)
{
    return chunk < rounds->n / rounds->chunk + 1 ? chunk * rounds->chunk : rounds->n;
}

/* From chunk `first` on `count` chunks, as far as there are items. */
static struct span span_of(const ws_rounds *rounds, size_t first, size_t count)
{
    const size_t begin = clip(rounds, first);
    const size_t end = clip(rounds, first + count);
    return (struct span){begin, end < rounds->n ? end : rounds->n};
}

/* Chunk `task` of a round. */
static struct span chunk_of(const ws_rounds *rounds, size_t round, size_t task)
{
    return span_of(rounds, round * (rounds->tasks + 1) + task, 1);
}

static int go(const ws_rounds *rounds, size_t number)
{
    const size_t first = number * (rounds->tasks + 1);
    const struct span span =
        number == 0 ? span_of(rounds, first, 1) : span_of(rounds, first - 1, 2);
    return span.begin < span.end ? rounds->go(rounds->arg, span.begin, span.end) : 0;
}

static int end_and_look(const ws_rounds *rounds, size_t number, size_t task)
{
    if (number > 0) {
        const struct span span = chunk_of(rounds, number - 1, task);
        const int code =
            span.begin < span.end ? rounds->end(rounds->arg, task, span.begin, span.end) : 0;
        if (code != 0)
            return code;
    }
    const struct span span = chunk_of(rounds, number, task);
    return span.begin < span.end ? rounds->look(rounds->arg, task, span.begin, span.end) : 0;
}

static int run_tasks(size_t begin, size_t end, void *arg)
{
    const struct step *step = arg;
    int code = 0;
    for (size_t task = begin; task < end && code == 0; task++)
        code = task == 0 ? go(step->rounds, step->number)
                         : end_and_look(step->rounds, step->number, task);
    return code;
}

static void link_round(const ws_rounds *rounds, size_t number)
{
    for (size_t task = 1; task < rounds->tasks; task++) {
        const struct span span = chunk_of(rounds, number, task);
        if (span.begin < span.end)
            rounds->link(rounds->arg, task, span.begin, span.end);
    }
}

void ws_rounds_cut(ws_rounds *rounds, size_t size)
{
    enum { SMALL_TASKS = 4 }; /* for each thread: elements may be costly, and unequal */
    const bool is_small = rounds->n * size < WS_ROUNDS_SMALL;
    const size_t threads = par_num_threads();
    const size_t wanted = is_small && threads > 1 ? threads * SMALL_TASKS : threads;
    rounds->grain = is_small ? 0 : 1;
    rounds->tasks = wanted < rounds->n ? wanted : rounds->n;
    const size_t share = rounds->n / (rounds->tasks + 1) + 1;
    const size_t fits = size < WS_ROUNDS_BYTES ? WS_ROUNDS_BYTES / size : 1;
    rounds->chunk = share < fits ? share : fits;
}

char *ws_rounds_places(const ws_rounds *rounds, size_t places, size_t size)
{
    enum { ALIGNMENT = 64 };
    const size_t bytes = rounds->chunk * size;
    if (bytes > (PTRDIFF_MAX - ALIGNMENT) / places)
        return NULL;
    return aligned_alloc(ALIGNMENT, (places * bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT);
}

int ws_rounds_run(const ws_rounds *rounds)
{
    if (rounds->tasks <= 1)
        return rounds->go(rounds->arg, 0, rounds->n);
    const size_t round = (rounds->tasks + 1) * rounds->chunk;
    const size_t steps = rounds->n / round + 2; /* the last one ends what is left */
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.grain = rounds->grain;
    int code = 0;
    for (size_t number = 0; number < steps && code == 0; number++) {
        struct step step = {rounds, number};
        code = ws_travel_for(0, rounds->tasks, run_tasks, &step, &options);
        if (code == 0)
            link_round(rounds, number);
    }
    return code;
}
