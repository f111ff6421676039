/* SPDX-License-Identifier: MIT */
/* iter_kit.h - what the checks of iterators share: functions of numbers, and a comparison of what
 * comes out with what must. Elements hold numbers as iter_element.h says, of 8 bytes where nothing
 * else is said. */
#ifndef TESTS_PAR_ITER_ITER_KIT_H
#define TESTS_PAR_ITER_ITER_KIT_H

#include "par_iter/lazy/iter_element.h"

#include <par/iter.h>
#include <par/loop.h>

enum { KIT_WORD = sizeof(uint64_t) };

/* ---- what comes out ---- */

static inline const char *kit_compare(const char *out, size_t n, size_t size,
                                      const uint64_t *expected, size_t n_expected)
{
    if (n != n_expected)
        return wrong("%zu elements, not %zu", n, n_expected);
    for (size_t i = 0; i < n; i++) {
        const uint64_t number = element_read(out + i * size, size);
        if (number != expected[i])
            return wrong("element %zu of %zu is %llx, not %llx", i, n, (unsigned long long)number,
                         (unsigned long long)expected[i]);
    }
    return NULL;
}

/* NULL if exactly these numbers come out, in elements of `size` bytes. */
static inline const char *kit_expect(const par_iter *it, size_t size, const uint64_t *expected,
                                     size_t n_expected)
{
    void *out = NULL;
    size_t n = 0;
    size_t counted = 0;
    const int rc = par_iter_collect_new(it, &out, &n);
    if (rc != 0)
        return wrong("collect_new returned %d", rc);
    const char *problem = kit_compare(out, n, size, expected, n_expected);
    free(out);
    const int count_rc = par_iter_count(it, &counted);
    if (problem == NULL && (count_rc != 0 || counted != n_expected))
        problem = wrong("count returned %d and gave %zu, not %zu", count_rc, counted, n_expected);
    if (problem == NULL && par_iter_length(it, &counted) && counted != n_expected)
        problem = wrong("the length is %zu, not %zu", counted, n_expected);
    return problem;
}

/* NULL if calls that run it return `code` and change nothing. */
static inline const char *kit_fails(const par_iter *it, int code)
{
    size_t n = 12345;
    void *out = NULL;
    const int count_rc = par_iter_count(it, &n);
    const int collect_rc = par_iter_collect_new(it, &out, &n);
    if (count_rc != code || collect_rc != code)
        return wrong("returned %d and %d, not %d", count_rc, collect_rc, code);
    return n == 12345 && out == NULL ? NULL : "failed, and something was changed";
}

/* The same of one that nothing is known of, since something in it is wrong. */
static inline const char *kit_refused(const par_iter *it, int code)
{
    size_t n = 0;
    return par_iter_length(it, &n) ? "has a length" : kit_fails(it, code);
}

/* ---- functions of numbers ---- */

static inline uint64_t kit_scramble(uint64_t number)
{
    return number * UINT64_C(0x9e3779b97f4a7c15) + 7;
}

static inline ptrdiff_t kit_scramble_all(void *out, const void *in, size_t n, void *ctx)
{
    const uint64_t *from = in;
    uint64_t *to = out;
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        to[i] = kit_scramble(from[i]);
    return (ptrdiff_t)n;
}

/* Keeps what is no multiple of *ctx. */
static inline ptrdiff_t kit_drop_multiples(void *out, const void *in, size_t n, void *ctx)
{
    const uint64_t divisor = *(const uint64_t *)ctx;
    const uint64_t *from = in;
    uint64_t *to = out;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        if (from[i] % divisor != 0)
            to[kept++] = from[i];
    }
    return (ptrdiff_t)kept;
}

static inline ptrdiff_t kit_drop_all(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    (void)n;
    (void)ctx;
    return 0;
}

static inline ptrdiff_t kit_see_nothing(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    (void)n;
    (void)ctx;
    return 0;
}

/* Each number x becomes the x % 3 numbers x, x + 1... */
static inline int kit_spread(par_sink *sink, const void *in, size_t n, void *ctx)
{
    const uint64_t *from = in;
    int code = 0;
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        for (uint64_t j = 0; j < from[i] % 3 && code == 0; j++) {
            const uint64_t number = from[i] + j;
            code = par_sink_put(sink, &number, 1);
        }
    }
    return code;
}

/* Sums: the accumulator is a uint64_t. */
static inline ptrdiff_t kit_add(void *out, const void *in, size_t n, void *ctx)
{
    uint64_t *sum = out;
    const uint64_t *from = in;
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        *sum += from[i];
    return 0;
}

static inline void kit_add_up(void *left, const void *right, void *ctx)
{
    (void)ctx;
    *(uint64_t *)left += *(const uint64_t *)right;
}

/* ---- arrays ---- */

/* `n` elements of `size` bytes with the numbers, `stride` bytes apart; ends the test without
 * memory. Given to free(). */
static inline char *kit_array(const uint64_t *numbers, size_t n, size_t size, size_t stride)
{
    char *const array = calloc(n + 1, stride);
    if (array == NULL)
        abort();
    for (size_t i = 0; i < n; i++)
        element_write(array + i * stride, size, numbers[i]);
    return array;
}

static inline uint64_t *kit_numbers(size_t n, uint64_t seed)
{
    uint64_t *const numbers = malloc((n + 1) * sizeof *numbers);
    if (numbers == NULL)
        abort();
    for (size_t i = 0; i < n; i++)
        numbers[i] = random_next(&seed);
    return numbers;
}

#endif
