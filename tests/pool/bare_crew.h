/* SPDX-License-Identifier: MIT */
/* bare_crew.h - a crew without threads, so that a test can do by hand, one after the other, what
 * the threads of several seats would do. Its machine is drawn on paper; it hires nobody, but notes
 * that it was asked to. */
#ifndef TESTS_POOL_BARE_CREW_H
#define TESTS_POOL_BARE_CREW_H

#include "pool/sleep.h"

/* Eight cores: two packages, each with one third-level cache over two second-level caches, each of
 * these over two cores; a worker on each core, round and round. */
#define BARE_MACHINE "pack:2 l3:1 l2:2 core:2 pu:1"

typedef struct bare_crew {
    ws_crew crew; /* first */
    ws_limits limits;
    ws_topology *machine;
    ws_placement *where;
    size_t hired;                   /* how often it was asked to hire */
    bool refuses;                   /* whether hiring fails */
    void (*on_hire)(ws_crew *crew); /* or NULL; what happens meanwhile */
} bare_crew;

/* With the seats of `threads` own threads, and room for `spares`. Nobody runs. `asymmetric`: forks
 * have a private part. Ends the program if it cannot be made. */
void bare_crew_make(bare_crew *bare, size_t threads, size_t spares, bool asymmetric);
void bare_crew_free(bare_crew *bare);

/* The next seat for a guest or for a spare comes into use. */
ws_worker *bare_crew_add_guest(bare_crew *bare);
ws_worker *bare_crew_add_spare(bare_crew *bare);

/* Whether the seat's parker holds a token; takes it. */
bool bare_crew_was_woken(ws_worker *worker);

/* By hand: the worker sleeps; a number of members run and search. */
void bare_crew_put_to_sleep(ws_worker *worker);
bool bare_crew_sleeps(const ws_worker *worker);
void bare_crew_set_state(bare_crew *bare, size_t running, size_t searching);

#endif
