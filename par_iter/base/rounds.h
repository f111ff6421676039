/* SPDX-License-Identifier: MIT */
/* rounds.h - runs a chain of items of which each needs what all before it come to, in parallel, so
 * that each is read from memory once. Knows nothing of what the items are. Used by scans, filters
 * and partitions.
 *
 * The items are cut into chunks that fit into a second-level cache. A round is as many chunks as
 * there are tasks, and one more. What comes before the first chunk of a round is known, so it is
 * worked on at once; meanwhile the other tasks look ahead at theirs, to learn what these come to.
 * Then that is linked, from left to right, and the tasks end their chunks, which still are in their
 * caches. The last chunk of a round is not looked at: what comes before it is known by then, and
 * task 0 goes on from it into the next round. So a step is the end of one round and the beginning
 * of the next:
 *
 *     task 0       go through the last chunk of round r - 1 and the first one of round r
 *     task i > 0   end chunk i of round r - 1, look at chunk i of round r
 *     then         link the chunks looked at, in order
 *
 * R1  Each item is either gone through, or looked at, linked and ended, in this order.
 * R2  Those gone through and those linked are so in the order of the items.
 * R3  In a step, what is ended lies before what is gone through, and that before what is looked at.
 * R4  Task i is one call at a time, so what it keeps of a chunk from `look` to `end` can stand in a
 *     place of its own. */
#ifndef WS_PAR_ITER_ROUNDS_H
#define WS_PAR_ITER_ROUNDS_H

#include <stddef.h>

enum {
    WS_ROUNDS_BYTES = 256 * 1024,  /* of a chunk: room is left in the cache for results */
    WS_ROUNDS_SMALL = 1024 * 1024, /* below, an array may not be worth more than one thread */
};

/* Those that return a code return 0 to go on. Ranges are never empty. */
typedef int ws_rounds_go(void *arg, size_t begin, size_t end);
typedef int ws_rounds_work(void *arg, size_t task, size_t begin, size_t end);
typedef void ws_rounds_link(void *arg, size_t task, size_t begin, size_t end);

typedef struct ws_rounds {
    size_t n;     /* items */
    size_t chunk; /* items in a chunk */
    size_t tasks;
    size_t grain; /* of the loop over the tasks: 1, or 0 where it may not be worth it */
    ws_rounds_go *go;
    ws_rounds_work *look;
    ws_rounds_link *link;
    ws_rounds_work *end;
    void *arg;
} ws_rounds;

/* Sets chunk, tasks and grain, for n items of `size` bytes and the threads that there are. */
void ws_rounds_cut(ws_rounds *rounds, size_t size);

/* Room for `places` chunks of elements of `size` bytes, aligned for any type, to be given to free;
 * or NULL. */
char *ws_rounds_places(const ws_rounds *rounds, size_t places, size_t size);

/* Runs it. Returns the first code of a call, or ECANCELED. */
int ws_rounds_run(const ws_rounds *rounds);

#endif
