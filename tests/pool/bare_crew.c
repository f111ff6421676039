/* SPDX-License-Identifier: MIT */
#include "pool/bare_crew.h"

#include "base/memory.h"
#include "pool/process.h"

#include <stdlib.h>
#include <string.h>

static bool note_hire(ws_crew *crew)
{
    bare_crew *bare = (bare_crew *)(void *)crew;
    bare->hired++;
    if (bare->on_hire != NULL)
        bare->on_hire(crew);
    if (bare->refuses)
        return false;
    ws_add_seq_cst(&crew->spares_left, (size_t)-1);
    return true;
}

void bare_crew_make(bare_crew *bare, size_t threads, size_t spares, bool asymmetric)
{
    memset(bare, 0, sizeof *bare);
    ws_process_init();
    if (ws_limits_read(&bare->limits, "") != 0 ||
        ws_topology_load(&bare->machine, BARE_MACHINE) != 0 ||
        ws_placement_create(&bare->where, bare->machine, &bare->limits, threads, false,
                            WS_AFFINITY_NONE) != 0)
        abort();
    ws_crew *crew = &bare->crew;
    ws_injector_init(&crew->injector);
    ws_parker_init(&crew->quiet);
    pthread_mutex_init(&crew->lock, NULL);
    crew->generation = ws_process_generation();
    crew->hire = note_hire;
    crew->topology = bare->machine;
    crew->placement = bare->where;
    crew->asymmetric = asymmetric;
    crew->threads = threads;
    crew->started = threads;
    crew->spares_left = spares;
    crew->max_threads = threads + WS_GUESTS + spares;
    crew->sleeping_words = (crew->max_threads + WS_WORD_BITS - 1) / WS_WORD_BITS;
    crew->workers = ws_memory_new(crew->max_threads * sizeof(size_t));
    crew->sleeping = ws_memory_new(crew->sleeping_words * sizeof(size_t));
    for (size_t i = 0; i < threads; i++) {
        if (ws_worker_make(crew, i) == NULL)
            abort();
    }
}

void bare_crew_free(bare_crew *bare)
{
    ws_crew *crew = &bare->crew;
    for (size_t i = 0; i < crew->max_threads; i++)
        ws_worker_free(ws_worker_at(crew, i));
    ws_memory_delete(crew->workers);
    ws_memory_delete(crew->sleeping);
    ws_placement_free(bare->where);
    ws_topology_free(bare->machine);
    ws_limits_free(&bare->limits);
    ws_injector_fini(&crew->injector);
    ws_parker_fini(&crew->quiet);
    pthread_mutex_destroy(&crew->lock);
}

ws_worker *bare_crew_add_guest(bare_crew *bare)
{
    ws_crew *crew = &bare->crew;
    ws_worker *seat = ws_worker_make(crew, crew->threads + crew->guests_made);
    crew->guests_made++;
    return seat;
}

ws_worker *bare_crew_add_spare(bare_crew *bare)
{
    ws_crew *crew = &bare->crew;
    ws_worker *seat = ws_worker_make(crew, crew->threads + WS_GUESTS + crew->spares_made);
    crew->spares_made++;
    return seat;
}

bool bare_crew_was_woken(ws_worker *worker)
{
    if (worker->parker.word != 1)
        return false;
    ws_park(&worker->parker);
    return true;
}

void bare_crew_put_to_sleep(ws_worker *worker)
{
    worker->crew->sleeping[worker->index / WS_WORD_BITS] |= (size_t)1
                                                            << (worker->index % WS_WORD_BITS);
}

bool bare_crew_sleeps(const ws_worker *worker)
{
    const size_t word = ws_load_acquire(&worker->crew->sleeping[worker->index / WS_WORD_BITS]);
    return (word >> (worker->index % WS_WORD_BITS) & 1) != 0;
}

void bare_crew_set_state(bare_crew *bare, size_t running, size_t searching)
{
    bare->crew.state = running * WS_RUNNING + searching * WS_SEARCHING;
}
