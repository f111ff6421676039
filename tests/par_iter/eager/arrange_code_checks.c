/* SPDX-License-Identifier: MIT */
/* arrange_code_checks.c - the codes of par/arrange.h, and its lines in C++. */
#include "par_iter/base/lengths.h"
#include "par_iter/eager/arrange_checks.h"
#include "par_iter/eager/arrange_cxx.h"

#include <par/arrange.h>

static ptrdiff_t fail(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    (void)n;
    *(bool *)ctx = true;
    return -5;
}

static const char *fail_each(void *arg)
{
    uint64_t in[100] = {0};
    uint64_t out[100] = {1};
    size_t number = 77;
    par_key_group group = {1, 2, 3};
    bool called = false;
    (void)arg;
    if (par_partition(out, &number, in, 8, 100, fail, &called) != -5 ||
        par_unique(out, &number, in, 8, 100, fail, &called) != -5 ||
        par_histogram(&number, 1, in, 8, 100, fail, &called) != -5 ||
        par_group_by(out, &group, 1, &number, in, 8, 100, fail, &called) != -5)
        return "a code was lost";
    return number == 77 && group.key == 1 ? NULL : "a number was changed";
}

const char *arrange_returns_the_codes_of_blocks(void)
{
    return in_pool(1, fail_each, NULL);
}

/* ---- arguments ---- */

typedef struct call {
    void *out;
    const void *in;
    size_t size;
    size_t n;
    int code;
} call;

static const char *refuse_of_all(const call *each, bool *called)
{
    size_t number = 77;
    size_t counts[1] = {77};
    par_key_group group;
    const int codes[] = {
        par_copy(each->out, each->in, each->size, each->n),
        par_shuffle(each->out, each->in, each->size, each->n, 1),
        par_transpose(each->out, each->in, each->size, 1, each->n),
        par_filter(each->out, &number, each->in, each->size, each->n, fail, called),
        par_partition(each->out, &number, each->in, each->size, each->n, fail, called),
        par_unique(each->out, &number, each->in, each->size, each->n, fail, called),
        par_group_by(each->out, &group, 1, &number, each->in, each->size, each->n, fail, called),
        each->out == NULL ? each->code
                          : par_histogram(counts, 1, each->in, each->size, each->n, fail, called),
        each->in == NULL ? each->code : par_rev(each->out, each->size, each->n),
        each->in == NULL ? each->code : par_rotate(each->out, each->size, each->n, 0),
        par_fill(each->out, each->in, each->size, each->n),
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (codes[i] != each->code)
            return wrong("call %zu returned %d, not %d", i, codes[i], each->code);
    }
    return each->code == 0 || number == 77 ? NULL : "a number was changed";
}

const char *arrange_refuses_bad_arguments(void)
{
    static uint64_t a[2];
    static uint64_t b[2];
    static const call calls[] = {
        {NULL, b, 8, 1, EINVAL},
        {a, NULL, 8, 1, EINVAL},
        {a, b, 0, 1, EINVAL},
        {a, b, 8, SIZE_MAX, EOVERFLOW},
        {a, b, 8, SIZE_MAX / 8 + 2, EOVERFLOW},
        {a, b, 8, 0, 0},
    };
    bool called = false;
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        const char *problem = refuse_of_all(&calls[i], &called);
        if (problem != NULL)
            return wrong("%s (arguments %zu)", problem, i);
    }
    size_t number = 0;
    par_key_group group;
    if (par_filter(a, NULL, b, 8, 1, fail, &called) != EINVAL ||
        par_filter(a, &number, b, 8, 1, NULL, NULL) != EINVAL ||
        par_partition(a, NULL, b, 8, 1, fail, &called) != EINVAL ||
        par_partition(a, &number, b, 8, 1, NULL, NULL) != EINVAL ||
        par_unique(a, NULL, b, 8, 1, fail, &called) != EINVAL ||
        par_unique(a, &number, b, 8, 1, NULL, NULL) != EINVAL ||
        par_histogram(NULL, 1, b, 8, 1, fail, &called) != EINVAL ||
        par_histogram(&number, 1, b, 8, 1, NULL, NULL) != EINVAL ||
        par_group_by(a, &group, 1, NULL, b, 8, 1, fail, &called) != EINVAL ||
        par_group_by(a, NULL, 1, &number, b, 8, 1, fail, &called) != EINVAL ||
        par_group_by(a, &group, 1, &number, b, 8, 1, NULL, NULL) != EINVAL ||
        par_rotate(a, 8, 2, 3) != EINVAL)
        return "a NULL was taken";
    if (par_transpose(a, b, 1, SIZE_MAX / 2, 3) != EOVERFLOW ||
        par_transpose(a, NULL, 1, SIZE_MAX / 2, 3) != EINVAL ||
        par_group_by(a, &group, 1, &number, b, 1, UINT32_MAX, fail, &called) != EOVERFLOW)
        return "a number too large was taken";
    return called ? "a block function was called" : NULL;
}

/* Sizes that fit the arithmetic and no memory: sanitizers end the process when malloc has none. */
const char *arrange_leaves_all_without_memory(void)
{
    static const char byte;
    const size_t size = PTRDIFF_MAX / 2;
    bool called = false;
    size_t number = 77;
    if (SUPPORT_ASAN || SUPPORT_TSAN)
        return NULL;
    void *const out = (void *)(uintptr_t)64;
    const void *const in = (const void *)(uintptr_t)(64 + size);
    if (par_partition(out, &number, in, size, 1, fail, &called) != ENOMEM ||
        par_histogram(&number, (size_t)1 << 60, &byte, 1, 1, fail, &called) != ENOMEM)
        return "there was memory";
    return called || number != 77 ? "something was done" : NULL;
}

/* ---- C++ ---- */

const char *arrange_works_in_cxx(void)
{
    enum { N = 1000 };
    const long limit = 400;
    const long seven = 7;
    static long in[N];
    static long out[N];
    size_t counts[7];
    size_t number = 0;
    for (size_t i = 0; i < N; i++)
        in[i] = (long)i;
    if (cxx_odd(out, &number, in, N) != 0 || number != 500 || out[10] != 21)
        return "the filter differs";
    if (cxx_above(out, &number, in, N, &limit) != 0 || number != 599 || out[0] != 401)
        return "the filter with a context differs";
    if (cxx_odd_first(out, &number, in, N) != 0 || number != 500 || out[500] != 0 ||
        out[999] != 998)
        return "the partition differs";
    if (cxx_steps(out, &number, in, N, &seven) != 0 || number != 143 || out[142] != 994)
        return "what is unique differs";
    if (cxx_rests(counts, 7, in, N, &seven) != 0 || counts[0] != 143 || counts[6] != 142)
        return "the histogram differs";
    return NULL;
}
