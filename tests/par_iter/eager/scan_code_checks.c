/* SPDX-License-Identifier: MIT */
/* scan_code_checks.c - the codes of par_scan, that none of them comes with a changed accumulator,
 * and its line in C++. */
#include "par_iter/base/lengths.h"
#include "par_iter/eager/arrange_cxx.h"
#include "par_iter/eager/scan_checks.h"

#include <par/scan.h>

static inline uint64_t add(uint64_t left, uint64_t right)
{
    return left + right;
}

PAR_DEFINE_SCAN(sums, uint64_t, add, 0)

/* ---- failures ---- */

static ptrdiff_t scan_or_fail(void *out, const void *in, size_t n, void *acc, const void *before,
                              void *ctx)
{
    const size_t *items = in;
    for (size_t i = 0; i < n; i++) {
        if (items[i] == *(size_t *)ctx)
            return -1 - (ptrdiff_t)items[i];
    }
    (void)out;
    (void)before;
    *(size_t *)acc += n;
    return 0;
}

static const char *fail_everywhere(void *arg)
{
    size_t in[FAIL_LENGTH];
    size_t out[FAIL_LENGTH];
    (void)arg;
    for (size_t i = 0; i < FAIL_LENGTH; i++)
        in[i] = i;
    for (size_t at = 0; at <= FAIL_LENGTH; at++) {
        size_t acc = 0;
        const int rc = par_scan(out, in, sizeof *in, FAIL_LENGTH, &acc, sizeof acc, scan_or_fail,
                                sums_merge, &at);
        const bool fails = at < FAIL_LENGTH;
        if (rc != (fails ? -1 - (int)at : 0) || acc != (fails ? 0 : FAIL_LENGTH))
            return wrong("element %zu failed: code %d, accumulator %zu", at, rc, acc);
    }
    return NULL;
}

const char *scan_returns_the_code_of_a_block(void)
{
    return in_every_pool(fail_everywhere, NULL);
}

static ptrdiff_t fail_nth_block(void *out, const void *in, size_t n, void *acc, const void *before,
                                void *ctx)
{
    (void)out;
    (void)in;
    (void)acc;
    (void)before;
    return fail_nth(ctx, n);
}

static const char *count_after_failure(void *arg)
{
    static uint64_t words[LENGTH_MAX];
    (void)arg;
    for (size_t nth = 1; nth < 5; nth++) {
        nth_fails state = {.nth = nth};
        uint64_t acc = 0;
        const int rc = par_scan(words, words, sizeof *words, LENGTH_MAX, &acc, sizeof acc,
                                fail_nth_block, sums_merge, &state);
        const char *problem = judge_nth_fails(&state, rc);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

const char *scan_begins_no_block_after_a_failure(void)
{
    return in_every_pool(count_after_failure, NULL);
}

typedef struct canceled {
    par_group *group;
    int rc;
} canceled;

static int scan_after_cancel(size_t begin, size_t end, void *arg)
{
    static uint64_t words[LENGTH_MAX];
    canceled *state = arg;
    (void)begin;
    (void)end;
    par_cancel(state->group);
    state->rc = sums(words, words, LENGTH_MAX);
    return 0;
}

static const char *scan_canceled(void *arg)
{
    par_group group = PAR_GROUP_INIT;
    canceled state = {&group, 0};
    (void)arg;
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.group = &group;
    const int rc = par_try_for(0, 1, scan_after_cancel, &state, &options);
    return rc == ECANCELED && state.rc == ECANCELED ? NULL
                                                    : wrong("returned %d in %d", state.rc, rc);
}

const char *scan_ends_inside_a_canceled_loop(void)
{
    return in_every_pool(scan_canceled, NULL);
}

static ptrdiff_t never(void *out, const void *in, size_t n, void *acc, const void *before,
                       void *ctx)
{
    (void)out;
    (void)in;
    (void)n;
    (void)acc;
    (void)before;
    *(bool *)ctx = true;
    return -1;
}

/* One element, whose accumulators do not fit into the arithmetic. Nothing is read there. */
const char *scan_leaves_all_without_memory(void)
{
    static char acc;
    bool called = false;
    void *const out = (void *)(uintptr_t)64;
    const void *const in = (const void *)(uintptr_t)8;
    const int rc = par_scan(out, in, 1, 1, &acc, PTRDIFF_MAX, never, sums_merge, &called);
    return rc == ENOMEM && !called ? NULL : wrong("returned %d", rc);
}

const char *scan_refuses_bad_arguments(void)
{
    bool called = false;
    uint64_t a[2] = {0};
    uint64_t b[2] = {0};
    uint64_t acc = 0;
    const struct {
        void *out;
        const void *in;
        size_t in_size;
        size_t n;
        void *acc;
        size_t acc_size;
        par_scan_fn *fn;
        par_merge_fn *merge;
        int code;
    } calls[] = {
        {a, b, 8, 1, &acc, 8, NULL, sums_merge, EINVAL},
        {a, b, 8, 1, &acc, 8, never, NULL, EINVAL},
        {a, b, 8, 1, NULL, 8, never, sums_merge, EINVAL},
        {a, b, 8, 1, &acc, 0, never, sums_merge, EINVAL},
        {a, b, 0, 1, &acc, 8, never, sums_merge, EINVAL},
        {NULL, b, 8, 1, &acc, 8, never, sums_merge, EINVAL},
        {a, NULL, 8, 1, &acc, 8, never, sums_merge, EINVAL},
        {NULL, b, 8, SIZE_MAX, &acc, 8, never, sums_merge, EINVAL},
        {a, b, 8, SIZE_MAX, &acc, 8, never, sums_merge, EOVERFLOW},
        {a, b, 1, SIZE_MAX / 8, &acc, 8, never, sums_merge, EOVERFLOW},
        {NULL, NULL, 8, 0, &acc, 8, never, sums_merge, 0},
    };
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        const int rc =
            par_scan(calls[i].out, calls[i].in, calls[i].in_size, calls[i].n, calls[i].acc,
                     calls[i].acc_size, calls[i].fn, calls[i].merge, &called);
        if (rc != calls[i].code)
            return wrong("call %zu returned %d, not %d", i, rc, calls[i].code);
    }
    return called || acc != 0 ? "something was done" : NULL;
}

/* ---- C++ ---- */

const char *scan_works_in_cxx(void)
{
    enum { N = 1000 };
    long in[N];
    long out[N];
    for (size_t i = 0; i < N; i++)
        in[i] = (long)i;
    if (cxx_running_most(out, in, N) != 0 || out[N - 1] != N - 1)
        return "the scan of C++ differs";
    return NULL;
}
