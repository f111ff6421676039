/* SPDX-License-Identifier: MIT */
/* forks_steps.h - one stack of forks, and steps of its owner and its thieves that are checked as
 * they are made, by one thread. */
#ifndef TESTS_DEQUE_FORKS_STEPS_H
#define TESTS_DEQUE_FORKS_STEPS_H

#include "deque/forks_owner.h"

#include <criterion/criterion.h>

enum { CAPACITY = 64, ROOM = CAPACITY - 1 };

static ws_forks forks;

static inline void begin(bool has_private)
{
    cr_assert_eq(ws_forks_init(&forks, CAPACITY, has_private), 0);
    cr_assert_eq(forks.capacity, CAPACITY);
}

static inline ws_item item_of(size_t number)
{
    return (ws_item){number, ~number};
}

static inline bool is_item(const ws_item *item, size_t number)
{
    return item->first == number && item->second == ~number;
}

static inline void push(size_t number)
{
    cr_assert(forks_owner_push(&forks, item_of(number)), "number %zu", number);
}

static inline void push_range(size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        push(i);
}

static inline void pop(size_t number)
{
    ws_item item;
    cr_assert(forks_owner_pop(&forks, &item), "number %zu is stolen", number);
    cr_assert(is_item(&item, number), "%zu instead of %zu", item.first, number);
}

static inline void pop_stolen(void)
{
    ws_item item;
    const size_t height = ws_forks_height(&forks);
    cr_assert_not(forks_owner_pop(&forks, &item), "was not stolen");
    cr_assert_eq(ws_forks_height(&forks), height - 1);
}

static inline bool steal(ws_item *item)
{
    return ws_forks_steal(&forks, item, 0, NULL, NULL);
}

static inline void steal_number(size_t number)
{
    ws_item item;
    cr_assert(steal(&item), "number %zu cannot be stolen", number);
    cr_assert(is_item(&item, number), "%zu instead of %zu", item.first, number);
}

static inline void steal_nothing(void)
{
    ws_item item;
    cr_assert_not(ws_forks_has_public(&forks));
    cr_assert_not(steal(&item));
}

/* ---- the private part ---- */

static inline size_t public_part(void)
{
    return forks.public_to;
}

/* Whether a pop of the slot `index` needs no fence. */
static inline bool is_fast(size_t index)
{
    return (size_t)(forks.slots + index) >= forks.owner.private_from;
}

/* F3: thieves reach nothing that the owner takes without a fence. */
static inline void assert_apart(void)
{
    if (forks.owner.private_from < WS_REVOKING)
        cr_assert_leq(public_part(),
                      (size_t)((const par_detail_slot *)forks.owner.private_from - forks.slots));
}

#endif
