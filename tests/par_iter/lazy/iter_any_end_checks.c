/* SPDX-License-Identifier: MIT */
/* iter_any_end_checks.c - what is not begun any more once a stage lets none pass. */
#include "par_iter/lazy/iter_any_checks.h"
#include "par_iter/lazy/iter_kit.h"

#include <par/iter_any.h>

enum { MANY = 50000 };

static bool is_one(uint64_t number)
{
    return number == 1;
}

PAR_DEFINE_WHILE(ones, uint64_t, is_one)

/* No thread could come to the end of its part of these. */
static const char *check_huge(void *arg)
{
    uint64_t one = 1;
    uint64_t number = 0;
    size_t n = 0;
    (void)arg;
    par_iter it = par_iter_repeat(&one, KIT_WORD, SIZE_MAX);
    par_iter_take_any(&it, 12345);
    if (par_iter_count(&it, &n) != 0 || n != 12345)
        return wrong("%zu of SIZE_MAX came out", n);
    if (par_iter_for_each(&it, kit_see_nothing, NULL) != 0)
        return "for_each fails";
    if (par_iter_reduce_with(&it, &number, kit_add, kit_add_up, NULL) != 0 || number != 12345)
        return "reduce_with gave something else";
    par_iter_take_any_while(&it, ones_while, NULL);
    if (par_iter_count(&it, &n) != 0 || n != 12345)
        return wrong("%zu ones came out", n);
    par_iter none = par_iter_range(2, SIZE_MAX);
    par_iter_take_any_while(&none, ones_while, NULL);
    return par_iter_count(&none, &n) == 0 && n == 0 ? NULL : wrong("%zu of none came out", n);
}

const char *iter_any_ends_huge_ranges(void)
{
    return in_every_pool(check_huge, NULL);
}

static ptrdiff_t find_none(const void *in, size_t n, bool last, void *ctx)
{
    (void)in;
    (void)last;
    (void)ctx;
    return (ptrdiff_t)n;
}

static ptrdiff_t count_seen(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    atomic_fetch_add((atomic_size_t *)ctx, n);
    return 0;
}

/* On one thread, of the elements behind the end no more are seen than stand in one block. */
static const char *check_end(void *arg)
{
    atomic_size_t seen = 0;
    par_iter it = par_iter_range(0, SIZE_MAX);
    (void)arg;
    par_iter_inspect(&it, count_seen, &seen);
    par_iter_take_any(&it, 10);
    if (par_iter_find_any(&it, NULL, NULL, find_none, NULL) != ENODATA)
        return "found something";
    if (atomic_load(&seen) > PAR_ITER_MAX_SIZE)
        return wrong("%zu were seen", atomic_load(&seen));
    atomic_store(&seen, 0);
    size_t n = 0;
    if (par_iter_count(&it, &n) != 0 || n != 10 || atomic_load(&seen) > PAR_ITER_MAX_SIZE)
        return wrong("%zu were seen for %zu", atomic_load(&seen), n);
    return NULL;
}

const char *iter_any_begins_nothing_behind_the_end(void)
{
    return in_pool(1, check_end, NULL);
}

/* Each number becomes 3000 of them, in several puts. */
static int thousands(par_sink *sink, const void *in, size_t n, void *ctx)
{
    const uint64_t *from = in;
    int code = 0;
    (void)ctx;
    for (size_t i = 0; i < n * 3000 && code == 0; i++)
        code = par_sink_put(sink, &from[i / 3000], 1);
    return code;
}

static const char *check_flat(void *arg)
{
    size_t n = 0;
    (void)arg;
    par_iter it = par_iter_range(0, MANY);
    par_iter_take_any(&it, 7);
    par_iter_flat_map(&it, KIT_WORD, thousands, NULL);
    if (par_iter_count(&it, &n) != 0 || n != 21000)
        return wrong("%zu came out of 7, not 21000", n);
    par_iter_take_any(&it, 20999);
    if (par_iter_count(&it, &n) != 0 || n != 20999)
        return wrong("%zu came out, not 20999", n);
    return NULL;
}

const char *iter_any_takes_all_of_a_flat_map_behind_it(void)
{
    return in_every_pool(check_flat, NULL);
}

static const char *check_anew(void *arg)
{
    par_iter it = par_iter_range(0, MANY);
    (void)arg;
    par_iter_take_any(&it, 100);
    for (size_t i = 0; i < 50; i++) {
        size_t n = 0;
        if (par_iter_count(&it, &n) != 0 || n != 100)
            return wrong("%zu came out in call %zu", n, i);
    }
    return NULL;
}

const char *iter_any_counts_anew_in_each_call(void)
{
    return in_every_pool(check_anew, NULL);
}

/* ---- on one thread --------------------------------------------------------------------------- */

static bool is_not_5(uint64_t number)
{
    return number != 5;
}

PAR_DEFINE_WHILE(not_5, uint64_t, is_not_5)

static bool copy_but_5(uint64_t *copy, uint64_t number)
{
    *copy = number;
    return number != 5;
}

PAR_DEFINE_WHILE_SOME(but_5, uint64_t, uint64_t, copy_but_5)

/* What comes behind the 5 would pass if it were asked. */
static const char *check_first(void *arg)
{
    par_iter its[3];
    const size_t expected[] = {5, MANY - 5, 5};
    (void)arg;
    for (size_t i = 0; i < 3; i++)
        its[i] = par_iter_range(0, MANY);
    par_iter_take_any_while(&its[0], not_5_while, NULL);
    par_iter_skip_any_while(&its[1], not_5_while, NULL);
    par_iter_while_some(&its[2], KIT_WORD, but_5_some, NULL);
    for (size_t i = 0; i < 3; i++) {
        size_t n = 0;
        if (par_iter_count(&its[i], &n) != 0 || n != expected[i])
            return wrong("iterator %zu: %zu came out, not %zu", i, n, expected[i]);
    }
    return NULL;
}

const char *iter_any_remembers_what_it_met(void)
{
    return in_pool(1, check_first, NULL);
}

/* All is one piece, which ends with the first side of the chain. */
static const char *check_chain(void *arg)
{
    atomic_size_t seen = 0;
    const par_iter left = par_iter_range(0, 10);
    par_iter right = par_iter_range(0, 10);
    (void)arg;
    par_iter_inspect(&right, count_seen, &seen);
    par_iter it = par_iter_chain(&left, &right);
    par_iter_take_any(&it, 5);
    par_iter_pieces(&it, 20, 0, 0);
    if (par_iter_for_each(&it, kit_see_nothing, NULL) != 0 || atomic_load(&seen) != 0)
        return wrong("%zu of the other side were seen", atomic_load(&seen));
    return NULL;
}

const char *iter_any_ends_all_that_stands_before_it(void)
{
    return in_pool(1, check_chain, NULL);
}
