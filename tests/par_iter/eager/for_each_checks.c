/* SPDX-License-Identifier: MIT */
/* for_each_checks.c - par_for_each changes each element once, and returns what it promises. */
#include "par_iter/eager/for_each_checks.h"
#include "par_iter/base/lengths.h"

/* ---- results ---- */

/* Not idempotent, so an element worked on twice shows. */
static uint64_t step(uint64_t element)
{
    return element * UINT64_C(0x9e3779b97f4a7c15) + 1;
}

typedef struct misuse {
    atomic_size_t empty_blocks;
    atomic_size_t inputs;
} misuse;

static ptrdiff_t step_each(void *out, const void *in, size_t n, void *ctx)
{
    misuse *seen = ctx;
    uint64_t *items = out;
    atomic_fetch_add(&seen->empty_blocks, n == 0);
    atomic_fetch_add(&seen->inputs, in != NULL);
    for (size_t i = 0; i < n; i++)
        items[i] = step(items[i]);
    return 0;
}

static const char *compare_length(uint64_t *items, size_t n)
{
    misuse seen = {0, 0};
    for (size_t i = 0; i <= n; i++)
        items[i] = i;
    const int rc = par_for_each(items, sizeof *items, n, step_each, &seen);
    if (rc != 0)
        return wrong("n %zu: returned %d", n, rc);
    for (size_t i = 0; i < n; i++) {
        if (items[i] != step(i))
            return wrong("element %zu of %zu is %llu", i, n, (unsigned long long)items[i]);
    }
    if (items[n] != n)
        return wrong("n %zu: written beside the array", n);
    if (atomic_load(&seen.empty_blocks) != 0 || atomic_load(&seen.inputs) != 0)
        return wrong("n %zu: a block was empty, or had an input", n);
    return NULL;
}

static const char *compare_lengths(void *arg)
{
    const char *problem = NULL;
    for (size_t i = 0; i < LENGTHS && problem == NULL; i++)
        problem = compare_length(arg, lengths[i]);
    return problem;
}

const char *for_each_works_on_each_element_once(void)
{
    uint64_t *items = malloc((LENGTH_MAX + 1) * sizeof *items);
    if (items == NULL)
        return "no memory";
    const char *problem = in_every_pool(compare_lengths, items);
    free(items);
    return problem;
}

/* ---- failures ---- */

static ptrdiff_t fail_at(void *out, const void *in, size_t n, void *ctx)
{
    const size_t *items = out;
    const size_t at = *(const size_t *)ctx;
    (void)in;
    for (size_t i = 0; i < n; i++) {
        if (items[i] == at)
            return -1 - (ptrdiff_t)at;
    }
    return 0;
}

static const char *fail_everywhere(void *arg)
{
    size_t items[FAIL_LENGTH];
    (void)arg;
    for (size_t i = 0; i < FAIL_LENGTH; i++)
        items[i] = i;
    for (size_t at = 0; at <= FAIL_LENGTH; at++) {
        const int expected = at < FAIL_LENGTH ? -1 - (int)at : 0;
        const int rc = par_for_each(items, sizeof *items, FAIL_LENGTH, fail_at, &at);
        if (rc != expected)
            return wrong("element %zu failed with %d, but %d was returned", at, expected, rc);
    }
    return NULL;
}

const char *for_each_returns_the_code_of_a_block(void)
{
    return in_every_pool(fail_everywhere, NULL);
}

static ptrdiff_t fail_nth_block(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    return fail_nth(ctx, n);
}

static const char *count_after_failure(void *arg)
{
    static char items[LENGTH_MAX];
    (void)arg;
    nth_fails state = {.nth = 1};
    const int rc = par_for_each(items, 1, LENGTH_MAX, fail_nth_block, &state);
    return judge_nth_fails(&state, rc);
}

const char *for_each_begins_no_block_after_a_failure(void)
{
    return in_every_pool(count_after_failure, NULL);
}

/* ---- arguments ---- */

static ptrdiff_t never(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    (void)n;
    *(bool *)ctx = true;
    return -1;
}

const char *for_each_refuses_bad_arguments(void)
{
    bool called = false;
    char items[2];
    const struct {
        void *items;
        size_t size;
        size_t n;
        par_block_fn *fn;
        int code;
    } calls[] = {
        {items, 1, 1, NULL, EINVAL},
        {items, 1, 0, NULL, EINVAL},
        {NULL, 1, 1, never, EINVAL},
        {items, 0, 1, never, EINVAL},
        {items, 1, SIZE_MAX, never, EOVERFLOW},
        {items, 8, SIZE_MAX / 8 + 1, never, EOVERFLOW},
        {items, 1, 0, never, 0},
        {NULL, 1, 0, never, 0},
    };
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        const int rc =
            par_for_each(calls[i].items, calls[i].size, calls[i].n, calls[i].fn, &called);
        if (rc != calls[i].code)
            return wrong("call %zu returned %d, not %d", i, rc, calls[i].code);
    }
    return called ? "a block function was called" : NULL;
}
