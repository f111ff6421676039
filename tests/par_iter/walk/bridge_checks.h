/* SPDX-License-Identifier: MIT */
/* bridge_checks.h - what par/bridge.h promises, as a list of checks; and the producer that they
 * use. */
#ifndef TESTS_PAR_ITER_BRIDGE_CHECKS_H
#define TESTS_PAR_ITER_BRIDGE_CHECKS_H

#include "support.h"

#include <par/bridge.h>

#define BRIDGE_CHECKS(X)                                                                           \
    X(bridge, for_each_works_on_each_element_once)                                                 \
    X(bridge, for_each_is_not_held_up_by_a_long_chunk)                                             \
    X(bridge, chunks_grow_unless_they_are_given)                                                   \
    X(bridge, reduce_is_in_order)                                                                  \
    X(bridge, reduce_has_the_same_bits_in_every_pool)                                              \
    X(bridge, map_is_in_order)                                                                     \
    X(bridge, map_may_leave_some_out)                                                              \
    X(bridge, window_bounds_what_is_under_way)                                                     \
    X(bridge, producer_goes_on_while_results_are_received)                                         \
    X(bridge, slow_functions_change_nothing)                                                       \
    X(bridge, producer_is_not_called_after_its_end)                                                \
    X(bridge, returns_the_code_of_each_function)                                                   \
    X(bridge, reduce_leaves_the_accumulator_after_a_failure)                                       \
    X(bridge, ends_inside_a_canceled_loop)                                                         \
    X(bridge, functions_may_use_par)                                                               \
    X(bridge, runs_inside_tasks)                                                                   \
    X(bridge, begins_nothing_without_memory)                                                       \
    X(bridge, refuses_bad_arguments)

BRIDGE_CHECKS(CHECK_PROTOTYPE)

/* Gives the numbers 0 to n - 1, each at the beginning of an element of `size` bytes. */
typedef struct numbers {
    size_t size;
    size_t n;
    size_t at;
    size_t short_every; /* that many calls give fewer than they could; 0: none */
    size_t fail_at;     /* the call that gives this number fails instead */
    size_t yields;      /* in each call: a slow producer */
    size_t calls;
    bool has_ended;
    bool was_called_after;
    atomic_bool is_inside;
    atomic_size_t overlaps; /* calls while there was another */
} numbers;

#define NO_FAILURE SIZE_MAX
enum { NEXT_CODE = -11 };

static inline numbers numbers_of(size_t size, size_t n)
{
    return (numbers){.size = size, .n = n, .fail_at = SIZE_MAX};
}

static inline ptrdiff_t next_numbers(void *out, size_t most, void *ctx)
{
    numbers *const from = ctx;
    atomic_fetch_add(&from->overlaps, atomic_exchange(&from->is_inside, true));
    yield_times(from->yields);
    from->was_called_after = from->was_called_after || from->has_ended;
    from->calls++;
    size_t count = from->n - from->at < most ? from->n - from->at : most;
    if (from->short_every > 0 && from->calls % from->short_every == 0 && count > 1)
        count /= 2;
    for (size_t i = 0; i < count; i++) {
        const size_t number = from->at + i;
        memcpy((char *)out + i * from->size, &number, from->size < 8 ? from->size : 8);
    }
    const bool fails = from->fail_at >= from->at && from->fail_at < from->at + count;
    from->at += count;
    from->has_ended = fails || count == 0;
    atomic_store(&from->is_inside, false);
    return fails ? NEXT_CODE : (ptrdiff_t)count;
}

static inline size_t number_at(const void *elements, size_t size, size_t i)
{
    size_t number = 0;
    memcpy(&number, (const char *)elements + i * size, size < 8 ? size : 8);
    return number;
}

/* NULL, or what the producer has to complain about. */
static inline const char *judge_producer(numbers *from)
{
    if (atomic_load(&from->overlaps) > 0)
        return "the producer was called by two at once";
    return from->was_called_after ? "the producer was called after its end" : NULL;
}

/* Receives numbers in order. */
typedef struct receiver {
    size_t size;
    size_t expected;
    size_t step; /* between numbers */
    size_t fail_at;
    size_t yields;
    size_t puts;
    bool is_wrong;
    atomic_bool is_inside;
    atomic_size_t overlaps;
} receiver;

enum { PUT_CODE = -13 };

static inline int put_numbers(const void *results, size_t n, void *ctx)
{
    receiver *const to = ctx;
    int code = 0;
    atomic_fetch_add(&to->overlaps, atomic_exchange(&to->is_inside, true));
    yield_times(to->yields);
    to->puts++;
    to->is_wrong = to->is_wrong || n == 0;
    for (size_t i = 0; i < n; i++) {
        to->is_wrong = to->is_wrong || number_at(results, to->size, i) != to->expected;
        code = to->expected == to->fail_at ? PUT_CODE : code;
        to->expected += to->step;
    }
    atomic_store(&to->is_inside, false);
    return code;
}

#endif
