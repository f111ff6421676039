/* SPDX-License-Identifier: MIT */
/* bridge_code_checks.c - failures on a bridge, and functions of a bridge that use par. */
#include "par_iter/walk/bridge_checks.h"

#include <par/algorithm.h>
#include <par/loop.h>

enum { N = 300, EACH_CODE = -17 };

/* ---- failures -------------------------------------------------------------------------------- */

static ptrdiff_t fail_each(void *out, const void *in, size_t n, void *ctx)
{
    const size_t at = *(const size_t *)ctx;
    (void)in;
    for (size_t i = 0; i < n; i++) {
        if (number_at(out, 8, i) == at)
            return EACH_CODE;
    }
    return 0;
}

static ptrdiff_t fail_map(void *out, const void *in, size_t n, void *ctx)
{
    const size_t at = *(const size_t *)ctx;
    for (size_t i = 0; i < n; i++) {
        if (number_at(in, 8, i) == at)
            return EACH_CODE;
    }
    memcpy(out, in, n * 8);
    return (ptrdiff_t)n;
}

static const char *fail_in_for_each(size_t at, bool in_next, size_t chunk)
{
    numbers from = numbers_of(8, N);
    size_t never = SIZE_MAX;
    from.fail_at = in_next ? at : SIZE_MAX;
    const int code =
        par_bridge_for_each(next_numbers, &from, 8, chunk, fail_each, in_next ? &never : &at);
    const int expected = at >= N ? 0 : in_next ? NEXT_CODE : EACH_CODE;
    return code == expected ? judge_producer(&from) : wrong("for_each returned %d", code);
}

/* In the producer, in the map, and in the receiver. */
static const char *fail_in_map(size_t at, int where, size_t chunk, size_t window)
{
    static const int codes[] = {NEXT_CODE, EACH_CODE, PUT_CODE};
    numbers from = numbers_of(8, N);
    receiver to = {.size = 8, .step = 1, .fail_at = where == 2 ? at : NO_FAILURE};
    size_t map_at = where == 1 ? at : SIZE_MAX;
    from.fail_at = where == 0 ? at : SIZE_MAX;
    const int code = par_bridge_map(next_numbers, &from, 8, chunk, window, 8, fail_map, &map_at,
                                    put_numbers, &to);
    if (code != (at < N ? codes[where] : 0))
        return wrong("element %zu failed in function %d: returned %d", at, where, code);
    if (to.is_wrong || (where < 2 && to.expected > at) || (at >= N && to.expected != N))
        return wrong("element %zu failed in function %d: put %zu", at, where, to.expected);
    return judge_producer(&from);
}

static const char *fail_everywhere(void *arg)
{
    static const size_t chunk_lengths[] = {0, 1, 7};
    static const size_t windows[] = {0, 1, 3};
    const char *problem = NULL;
    (void)arg;
    for (size_t at = 0; at <= N && problem == NULL; at += SUPPORT_TSAN || SUPPORT_ASAN ? 20 : 1) {
        for (size_t i = 0; i < 6 && problem == NULL; i++)
            problem = fail_in_for_each(at, i % 2 == 0, chunk_lengths[i / 2]);
        for (size_t i = 0; i < 27 && problem == NULL; i++)
            problem = fail_in_map(at, (int)(i % 3), chunk_lengths[i / 3 % 3], windows[i / 9]);
    }
    return problem;
}

const char *bridge_returns_the_code_of_each_function(void)
{
    return in_every_pool(fail_everywhere, NULL);
}

static const char *end_well(void *arg)
{
    numbers from = numbers_of(8, 100);
    size_t never = SIZE_MAX;
    (void)arg;
    for (size_t chunk = 0; chunk < 40 && judge_producer(&from) == NULL; chunk++) {
        from = numbers_of(8, 100);
        (void)par_bridge_for_each(next_numbers, &from, 8, chunk, fail_each, &never);
    }
    return judge_producer(&from);
}

const char *bridge_producer_is_not_called_after_its_end(void)
{
    return in_every_pool(end_well, NULL);
}

/* ---- reduce ---------------------------------------------------------------------------------- */

static ptrdiff_t add_or_fail(void *out, const void *in, size_t n, void *ctx)
{
    const size_t at = *(const size_t *)ctx;
    for (size_t i = 0; i < n; i++) {
        if (number_at(in, 8, i) == at)
            return EACH_CODE;
        *(size_t *)out += number_at(in, 8, i);
    }
    return 0;
}

static void add(void *left, const void *right, void *ctx)
{
    (void)ctx;
    *(size_t *)left += *(const size_t *)right;
}

static const char *reduce_and_fail(void *arg)
{
    (void)arg;
    for (size_t at = 0; at <= N; at += 5) {
        for (size_t chunk = 0; chunk < 3; chunk++) {
            numbers from = numbers_of(8, N);
            size_t acc = 0;
            const int code = par_bridge_reduce(next_numbers, &from, 8, chunk, &acc, sizeof acc,
                                               add_or_fail, add, &at);
            if (code != (at < N ? EACH_CODE : 0) || acc != (at < N ? 0 : N * (N - 1) / 2))
                return wrong("element %zu failed: code %d, accumulator %zu", at, code, acc);
        }
    }
    return NULL;
}

const char *bridge_reduce_leaves_the_accumulator_after_a_failure(void)
{
    return in_every_pool(reduce_and_fail, NULL);
}

/* ---- cancellation ---------------------------------------------------------------------------- */

typedef struct endless {
    par_group *group;
    size_t calls;
} endless;

static ptrdiff_t next_forever(void *out, size_t most, void *ctx)
{
    endless *const e = ctx;
    if (++e->calls == 100)
        par_cancel(e->group);
    memset(out, 0, most * 8);
    return (ptrdiff_t)most;
}

static int run_endless(size_t begin, size_t end, void *arg)
{
    size_t never = SIZE_MAX;
    (void)begin;
    (void)end;
    const int code = par_bridge_for_each(next_forever, arg, 8, 0, fail_each, &never);
    return code == ECANCELED ? 0 : -1;
}

static const char *cancel_around(void *arg)
{
    par_group group = PAR_GROUP_INIT;
    endless e = {&group, 0};
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    (void)arg;
    options.group = &group;
    return par_try_for(0, 1, run_endless, &e, &options) == ECANCELED ? NULL : "went on";
}

const char *bridge_ends_inside_a_canceled_loop(void)
{
    return in_every_pool(cancel_around, NULL);
}

/* ---- nested ---------------------------------------------------------------------------------- */

static size_t sum_below(size_t n)
{
    numbers from = numbers_of(8, n);
    size_t acc = 0;
    size_t never = SIZE_MAX;
    const int code =
        par_bridge_reduce(next_numbers, &from, 8, 1, &acc, sizeof acc, add_or_fail, add, &never);
    return code == 0 ? acc : SIZE_MAX;
}

static void count_range(size_t begin, size_t end, void *arg)
{
    atomic_fetch_add((atomic_size_t *)arg, end - begin);
}

static bool loop_is_right(void)
{
    atomic_size_t count = 0;
    par_for_grain(0, 64, 1, count_range, &count);
    return atomic_load(&count) == 64 && sum_below(20) == 190;
}

static ptrdiff_t next_with_par(void *out, size_t most, void *ctx)
{
    return loop_is_right() ? next_numbers(out, most, ctx) : -2;
}

static ptrdiff_t map_with_par(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    memcpy(out, in, n * 8);
    return loop_is_right() ? (ptrdiff_t)n : -3;
}

static int put_with_par(const void *results, size_t n, void *ctx)
{
    return loop_is_right() ? put_numbers(results, n, ctx) : -4;
}

static const char *use_par(void *arg)
{
    (void)arg;
    for (size_t window = 0; window < 4; window++) {
        numbers from = numbers_of(8, scaled(200));
        receiver to = {.size = 8, .step = 1, .fail_at = NO_FAILURE};
        const int code = par_bridge_map(next_with_par, &from, 8, 3, window, 8, map_with_par, NULL,
                                        put_with_par, &to);
        if (code != 0 || to.is_wrong || to.expected != from.n)
            return wrong("window %zu: code %d, put %zu", window, code, to.expected);
        if (atomic_load(&to.overlaps) > 0)
            return "the receiver was called by two at once";
    }
    return NULL;
}

const char *bridge_functions_may_use_par(void)
{
    return in_every_pool(use_par, NULL);
}

static int bridge_each(size_t begin, size_t end, void *arg)
{
    (void)arg;
    for (size_t i = begin; i < end; i++) {
        if (sum_below(i) != (i == 0 ? 0 : i * (i - 1) / 2))
            return -1;
    }
    return 0;
}

static const char *run_in_tasks(void *arg)
{
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    (void)arg;
    options.grain = 1;
    return par_try_for(0, scaled(200), bridge_each, NULL, &options) == 0 ? NULL : "a wrong sum";
}

const char *bridge_runs_inside_tasks(void)
{
    return in_every_pool(run_in_tasks, NULL);
}

/* ---- memory and arguments -------------------------------------------------------------------- */

static ptrdiff_t next_never(void *out, size_t most, void *ctx)
{
    (void)out;
    (void)most;
    *(bool *)ctx = true;
    return 0;
}

static ptrdiff_t never(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    (void)n;
    *(bool *)ctx = true;
    return 0;
}

static int put_never(const void *results, size_t n, void *ctx)
{
    (void)results;
    (void)n;
    *(bool *)ctx = true;
    return 0;
}

const char *bridge_begins_nothing_without_memory(void)
{
    bool called = false;
    char acc = 'a';
    const size_t half = PTRDIFF_MAX / 2;
    /* What fits the arithmetic reaches malloc, where sanitizers end the process. */
    if (par_bridge_for_each(next_never, &called, 8, half, never, &called) != EOVERFLOW ||
        par_bridge_map(next_never, &called, 1, half, 8, 1, never, &called, put_never, &called) !=
            ENOMEM ||
        par_bridge_map(next_never, &called, 1, 1, SIZE_MAX, 1, never, &called, put_never,
                       &called) != ENOMEM ||
        par_bridge_reduce(next_never, &called, 1, 1, &acc, half, never, add, &called) != ENOMEM)
        return "the wrong code";
    return called || acc != 'a' ? "something was called or changed" : NULL;
}

const char *bridge_refuses_bad_arguments(void)
{
    bool called = false;
    size_t acc = 0;
    void *const c = &called;
    const int codes[] = {
        par_bridge_for_each(NULL, c, 1, 0, never, c),
        par_bridge_for_each(next_never, c, 0, 0, never, c),
        par_bridge_for_each(next_never, c, 1, 0, NULL, c),
        par_bridge_reduce(next_never, c, 1, 0, NULL, 8, never, add, c),
        par_bridge_reduce(next_never, c, 1, 0, &acc, 0, never, add, c),
        par_bridge_reduce(next_never, c, 1, 0, &acc, 8, NULL, add, c),
        par_bridge_reduce(next_never, c, 1, 0, &acc, 8, never, NULL, c),
        par_bridge_map(next_never, c, 1, 0, 0, 0, never, c, put_never, c),
        par_bridge_map(next_never, c, 1, 0, 0, 1, NULL, c, put_never, c),
        par_bridge_map(next_never, c, 1, 0, 0, 1, never, c, NULL, c),
        par_bridge_map(NULL, c, 1, 0, 0, 1, never, c, put_never, c),
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (codes[i] != EINVAL)
            return wrong("call %zu returned %d", i, codes[i]);
    }
    return called ? "a function was called" : NULL;
}
