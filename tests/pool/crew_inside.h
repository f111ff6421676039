/* SPDX-License-Identifier: MIT */
/* crew_inside.h - pools as their users make them, looked at from the inside. A pool is quiet when
 * all its threads sleep; that it becomes so is waited for. */
#ifndef TESTS_POOL_CREW_INSIDE_H
#define TESTS_POOL_CREW_INSIDE_H

#include "pool/pool.h"
#include "support.h"

static inline par_pool *pool_with(size_t threads, long spin_us, long max_spares)
{
    par_pool_options options = PAR_POOL_OPTIONS_INIT;
    options.num_threads = threads;
    options.spin_us = spin_us;
    options.max_spares = max_spares;
    par_pool *pool = NULL;
    if (par_pool_create(&pool, &options) != 0)
        abort();
    return pool;
}

static inline bool sleeps(const ws_crew *crew, size_t index)
{
    const size_t word = ws_load_seq_cst(&crew->sleeping[index / WS_WORD_BITS]);
    return (word >> (index % WS_WORD_BITS) & 1) != 0;
}

static inline size_t count_sleepers(const ws_crew *crew)
{
    size_t count = 0;
    for (size_t i = 0; i < crew->sleeping_words * WS_WORD_BITS; i++)
        count += sleeps(crew, i);
    return count;
}

static inline void await_quiet(const ws_crew *crew)
{
    while (ws_load_seq_cst(&crew->state) != 0 ||
           count_sleepers(crew) < crew->started + ws_load_acquire(&crew->spares_made))
        sched_yield();
}

/* The bits are those of the seats that have a thread, and of no others. */
static inline const char *problem_when_quiet(const ws_crew *crew)
{
    await_quiet(crew);
    const size_t spares = ws_load_acquire(&crew->spares_made);
    for (size_t i = 0; i < crew->sleeping_words * WS_WORD_BITS; i++) {
        const bool own = i < crew->started;
        const bool spare = i >= crew->threads + WS_GUESTS && i < crew->threads + WS_GUESTS + spares;
        if (sleeps(crew, i) != (own || spare))
            return wrong("seat %zu of %zu, %zu spares: sleeps %d", i, crew->threads, spares,
                         sleeps(crew, i));
    }
    if (ws_crew_has_work(crew))
        return wrong("work is in sight");
    const size_t state = ws_load_seq_cst(&crew->state);
    return state == 0 ? NULL : wrong("state %#zx", state);
}

#endif
