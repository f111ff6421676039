/* SPDX-License-Identifier: MIT */
/* deque_model.c - the plain deque of spawned tasks: its owner's push and pop against thieves. Each
 * item is taken once, also where the indices wrap around and where there is no room. */
#include "harnesses.h"

#include "crew.h"

static ws_deque *deque;

static void make(size_t items, size_t first, size_t capacity)
{
    crew_make(1, 0, false);
    model_items(items);
    deque = &crew_seat(0)->tasks;
    deque->bottom = first;
    deque->top = first;
    deque->capacity = capacity;
}

/* What is in a slot is the item and its complement, so that half of one and half of another is no
 * item. */
static void push(size_t item)
{
    if (!ws_deque_push(deque, (ws_item){item, ~item}))
        model_took(item);
}

static void take(ws_item item)
{
    if (item.second != ~item.first)
        model_fail(MODEL_TWICE, "%#zx and %#zx are no item", item.first, item.second);
    model_took(item.first);
}

static void pop(void)
{
    ws_item item;
    if (ws_deque_pop(deque, &item))
        take(item);
}

static void steal(void)
{
    ws_item item;
    if (ws_deque_steal(deque, &item, NULL, NULL))
        take(item);
}

static void *push_two_pop_two(void *arg)
{
    (void)arg;
    push(0);
    push(1);
    pop();
    pop();
    return NULL;
}

static void *push_pop_thrice(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < 3; i++) {
        push(i);
        pop();
    }
    return NULL;
}

static void *push_three_pop_three(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < 3; i++)
        push(i);
    for (size_t i = 0; i < 3; i++)
        pop();
    return NULL;
}

static void *steal_twice(void *arg)
{
    (void)arg;
    steal();
    steal();
    return NULL;
}

static void *steal_once(void *arg)
{
    (void)arg;
    steal();
    return NULL;
}

static void set_up_two(void)
{
    make(2, 0, 4);
    model_thread("owner", push_two_pop_two, NULL);
    model_thread("thief 1", steal_twice, NULL);
    model_thread("thief 2", steal_once, NULL);
}

const model_harness deque_two_harness = {
    .name = "deque_two", .set_up = set_up_two, .short_bound = 3, .long_bound = MODEL_ALL};

static void set_up_last(void)
{
    make(3, 0, 4);
    model_thread("owner", push_pop_thrice, NULL);
    model_thread("thief 1", steal_twice, NULL);
    model_thread("thief 2", steal_once, NULL);
}

const model_harness deque_last_harness = {
    .name = "deque_last", .set_up = set_up_last, .short_bound = 3, .long_bound = MODEL_ALL};

/* The indices of the three items are the largest one, 0 and 1. */
static void set_up_wrap(void)
{
    make(3, SIZE_MAX, 4);
    model_thread("owner", push_three_pop_three, NULL);
    model_thread("thief 1", steal_twice, NULL);
    model_thread("thief 2", steal_once, NULL);
}

const model_harness deque_wrap_harness = {
    .name = "deque_wrap", .set_up = set_up_wrap, .short_bound = 3, .long_bound = MODEL_ALL};

/* The third item has room only when a thief has taken the first one; it gets the same slot. */
static void set_up_full(void)
{
    make(3, SIZE_MAX - 1, 2);
    model_thread("owner", push_three_pop_three, NULL);
    model_thread("thief 1", steal_twice, NULL);
    model_thread("thief 2", steal_once, NULL);
}

const model_harness deque_full_harness = {
    .name = "deque_full", .set_up = set_up_full, .short_bound = 3, .long_bound = MODEL_ALL};
