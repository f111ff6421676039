/* SPDX-License-Identifier: MIT */
/* injector_checks.c - threads that put links into one injector, and threads that take them out. */
#include "deque/injector_checks.h"

#include "deque/injector.h"

enum { PUTTERS = 3, TAKERS = 3 };

typedef struct parcel {
    ws_link link; /* first */
    size_t putter;
    size_t number;
    atomic_size_t taken;
} parcel;

typedef struct office {
    ws_injector injector;
    bool choose; /* each taker takes only what one of the putters has put */
    size_t each; /* parcels of a putter */
    parcel *parcels[PUTTERS];
    atomic_size_t out;
    atomic_size_t mistakes;
} office;

static bool is_from(const ws_link *link, const void *ctx)
{
    return ((const parcel *)(const void *)link)->putter == *(const size_t *)ctx;
}

static void put(office *place, size_t number)
{
    for (size_t i = 0; i < place->each; i++) {
        parcel *mine = &place->parcels[number][i];
        mine->putter = number;
        mine->number = i;
        ws_injector_push(&place->injector, &mine->link);
        if (i % 64 == 0)
            sched_yield();
    }
}

/* What comes from one putter comes in its order, however many take: each taker sees a part of it.
 */
static void take(office *place, size_t number)
{
    size_t next[PUTTERS] = {0};
    while (atomic_load(&place->out) < PUTTERS * place->each) {
        ws_link *link = ws_injector_take(&place->injector, place->choose ? is_from : NULL, &number);
        if (link == NULL) {
            sched_yield();
            continue;
        }
        parcel *found = (parcel *)(void *)link;
        const bool ordered = found->number >= next[found->putter];
        const bool chosen = !place->choose || found->putter == number;
        next[found->putter] = found->number + 1;
        if (atomic_fetch_add(&found->taken, 1) != 0 || !ordered || !chosen)
            atomic_fetch_add(&place->mistakes, 1);
        atomic_fetch_add(&place->out, 1);
    }
}

static void work(size_t number, void *arg)
{
    office *place = arg;
    if (number < PUTTERS)
        put(place, number);
    else
        take(place, number - PUTTERS);
}

static const char *open_office(bool choose)
{
    static office place;
    place = (office){.choose = choose, .each = scaled(20000)};
    for (size_t i = 0; i < PUTTERS; i++) {
        place.parcels[i] = calloc(place.each, sizeof(parcel));
        if (place.parcels[i] == NULL)
            abort();
    }
    ws_injector_init(&place.injector);
    crowd_run(PUTTERS + TAKERS, work, &place);
    const bool empty = ws_injector_is_empty(&place.injector) &&
                       ws_injector_take(&place.injector, NULL, NULL) == NULL;
    ws_injector_fini(&place.injector);
    for (size_t i = 0; i < PUTTERS; i++)
        free(place.parcels[i]);
    if (atomic_load(&place.mistakes) != 0)
        return wrong("%zu links came twice or out of order", atomic_load(&place.mistakes));
    return empty ? NULL : wrong("something is left");
}

const char *injector_gives_each_link_once_and_in_order(void)
{
    return open_office(false);
}

const char *injector_gives_each_taker_its_own(void)
{
    return open_office(true);
}
