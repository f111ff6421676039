/* SPDX-License-Identifier: MIT */
/* typed_try_checks.c - maps and loops that can fail: the code that comes first in the array is
 * returned every time, and what stands before it is done. */
#include "par_iter/base/lengths.h"
#include "par_iter/typed/typed_checks.h"

#include <limits.h>
#include <par/typed_try.h>

/* Fails with the number itself if it is not positive; 0 is a code for ECANCELED. */
static inline int twice(int64_t *out, int number)
{
    if (number == 0)
        return ECANCELED;
    if (number < 0)
        return number;
    *out = 2 * (int64_t)number;
    return 0;
}

static inline int step(int *number)
{
    if (*number < 0)
        return *number;
    *number += 1;
    return 0;
}

/* What an element function with a context knows. */
typedef struct rule {
    int limit;
    atomic_size_t *calls;
} rule;

static inline int halve_below(int *out, int number, const rule *given)
{
    atomic_fetch_add(given->calls, 1);
    *out = number / 2;
    return number < given->limit ? 0 : number;
}

static inline int step_below(int *number, const rule *given)
{
    atomic_fetch_add(given->calls, 1);
    if (*number >= given->limit)
        return *number;
    *number += 1;
    return 0;
}

PAR_DEFINE_TRY_MAP(double_all, int64_t, int, twice)
PAR_DEFINE_TRY_FOR_EACH(step_all, int, step)
PAR_DEFINE_TRY_MAP_CTX(halve_all, int, int, rule, halve_below)
PAR_DEFINE_TRY_FOR_EACH_CTX(step_all_below, int, rule, step_below)

/* Made and never called: must give no warning. */
PAR_DEFINE_TRY_MAP(unused_map, int64_t, int, twice)
PAR_DEFINE_TRY_FOR_EACH(unused_each, int, step)

static void number_from_one(int *numbers, size_t n)
{
    for (size_t i = 0; i < n; i++)
        numbers[i] = (int)i + 1;
}

/* ---- results ---- */

static const char *process_all(void *arg)
{
    static int in[LENGTH_MAX];
    static int64_t out[LENGTH_MAX];
    (void)arg;
    for (size_t i = 0; i < LENGTHS; i++) {
        const size_t n = lengths[i];
        size_t index = SIZE_MAX;
        number_from_one(in, n);
        memset(out, 0, sizeof out);
        if (double_all(out, in, n, &index) != 0 || step_all(in, n, &index) != 0 ||
            index != SIZE_MAX)
            return wrong("n %zu: an element failed", n);
        for (size_t k = 0; k < n; k++) {
            if (out[k] != 2 * (int64_t)(k + 1) || in[k] != (int)k + 2)
                return wrong("element %zu of %zu differs", k, n);
        }
    }
    return NULL;
}

const char *typed_try_processes_all(void)
{
    return in_every_pool(process_all, NULL);
}

/* ---- failures ---- */

typedef struct tries {
    int in[LENGTH_MAX];
    int items[LENGTH_MAX];
    int64_t out[LENGTH_MAX];
} tries;

/* Several elements fail, each with a code of its own. */
static const char *judge_failures(tries *t, size_t n, size_t first)
{
    size_t index = SIZE_MAX;
    const int expected = t->in[first];
    memset(t->out, 0, n * sizeof t->out[0]);
    memcpy(t->items, t->in, n * sizeof t->in[0]);
    int rc = double_all(t->out, t->in, n, &index);
    if (rc != expected || index != first)
        return wrong("n %zu: code %d of %zu, not %d of %zu", n, rc, index, expected, first);
    index = SIZE_MAX;
    rc = step_all(t->items, n, &index);
    if (rc != expected || index != first)
        return wrong("in place, n %zu: code %d of %zu, not of %zu", n, rc, index, first);
    for (size_t i = 0; i < first; i++) {
        if (t->out[i] != 2 * (int64_t)t->in[i] || t->items[i] != t->in[i] + 1)
            return wrong("element %zu, before %zu, was not processed", i, first);
    }
    return NULL;
}

static const char *fail_often(void *arg)
{
    tries *const t = arg;
    uint64_t state = 11;
    for (size_t i = 1; i < LENGTHS; i++) {
        const size_t n = lengths[i];
        const size_t rounds = scaled(n < 1000 ? 200 : 20);
        for (size_t round = 0; round < rounds; round++) {
            size_t first = n;
            number_from_one(t->in, n);
            for (size_t k = 0; k <= round % 9; k++) {
                const size_t place = random_below(&state, n);
                t->in[place] = -1 - (int)place;
                first = place < first ? place : first;
            }
            const char *problem = judge_failures(t, n, first);
            if (problem != NULL)
                return problem;
        }
    }
    return NULL;
}

const char *typed_try_returns_the_code_that_comes_first(void)
{
    static tries all;
    return in_every_pool(fail_often, &all);
}

static int fail_with(int *code)
{
    return *code;
}

PAR_DEFINE_TRY_FOR_EACH(fail_all, int, fail_with)

static const char *fail_with_each(void *arg)
{
    static const int codes[] = {1, -1, INT_MIN, INT_MAX, ENODATA, ECANCELED, EINVAL, -EINVAL};
    (void)arg;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        int items[FAIL_LENGTH] = {0};
        size_t index = SIZE_MAX;
        items[FAIL_LENGTH / 2] = codes[i];
        items[FAIL_LENGTH - 1] = 77;
        const int rc = fail_all(items, FAIL_LENGTH, &index);
        if (rc != codes[i] || index != FAIL_LENGTH / 2)
            return wrong("code %d of %zu, not %d", rc, index, codes[i]);
        if (fail_all(items, FAIL_LENGTH, NULL) != codes[i])
            return "the index is not optional";
    }
    return NULL;
}

const char *typed_try_returns_every_code_unchanged(void)
{
    return in_every_pool(fail_with_each, NULL);
}

/* ---- contexts, and what is skipped ---- */

static const char *skip_rest(void *arg)
{
    static int items[LENGTH_MAX];
    atomic_size_t calls = 0;
    const rule ten = {.limit = 10, .calls = &calls};
    size_t index = 0;
    (void)arg;
    number_from_one(items, LENGTH_MAX);
    const int rc = step_all_below(items, LENGTH_MAX, &index, &ten);
    if (rc != 10 || index != 9)
        return wrong("code %d of %zu", rc, index);
    return atomic_load(&calls) == 10 ? NULL : wrong("%zu calls on one thread", atomic_load(&calls));
}

/* On one thread blocks come in order. */
const char *typed_try_skips_what_is_behind(void)
{
    return in_pool(1, skip_rest, NULL);
}

static const char *use_contexts(void *arg)
{
    enum { N = 5000 };
    static int in[N];
    static int out[N];
    atomic_size_t calls = 0;
    rule most = {.limit = N + 1, .calls = &calls};
    size_t index = SIZE_MAX;
    (void)arg;
    number_from_one(in, N);
    if (halve_all(out, in, N, &index, &most) != 0 || index != SIZE_MAX || atomic_load(&calls) != N)
        return "the map failed";
    for (size_t i = 0; i < N; i++) {
        if (out[i] != in[i] / 2)
            return wrong("element %zu differs", i);
    }
    most.limit = 4321;
    if (halve_all(out, in, N, &index, &most) != 4321 || index != 4320)
        return wrong("the map failed at %zu", index);
    most.limit = 1234;
    if (step_all_below(in, N, &index, &most) != 1234 || index != 1233)
        return wrong("the loop failed at %zu", index);
    return NULL;
}

const char *typed_try_hands_a_context_on(void)
{
    return in_every_pool(use_contexts, NULL);
}

/* ---- codes of par's own ---- */

typedef struct inside {
    par_group group;
    int code;
    size_t index;
} inside;

static int cancel_and_try(size_t begin, size_t end, void *arg)
{
    static int items[LENGTH_MAX];
    inside *const seen = arg;
    (void)begin;
    (void)end;
    par_cancel(&seen->group);
    seen->code = step_all(items, LENGTH_MAX, &seen->index);
    return 0;
}

const char *typed_try_ends_inside_a_canceled_loop(void)
{
    inside seen = {.group = PAR_GROUP_INIT, .code = 0, .index = 7};
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.group = &seen.group;
    const int rc = par_try_for(0, 1, cancel_and_try, &seen, &options);
    if (rc != ECANCELED || seen.code != ECANCELED || seen.index != 7)
        return wrong("codes %d and %d, index %zu", rc, seen.code, seen.index);
    return NULL;
}

const char *typed_try_returns_codes(void)
{
    int in[2] = {1, 2};
    int64_t out[2] = {0, 0};
    size_t index = 7;
    if (double_all(NULL, in, 2, &index) != EINVAL || double_all(out, NULL, 2, &index) != EINVAL ||
        step_all(NULL, 1, &index) != EINVAL)
        return "NULL was taken";
    if (double_all(out, in, SIZE_MAX / 8, &index) != EOVERFLOW ||
        step_all(in, SIZE_MAX, &index) != EOVERFLOW)
        return "elements were beyond memory";
    if (double_all(NULL, NULL, 0, &index) != 0 || step_all(NULL, 0, NULL) != 0 || index != 7)
        return "nothing failed";
    return NULL;
}
