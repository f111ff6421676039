/* SPDX-License-Identifier: MIT */
/* typed_reduce_checks.c - reductions to another type, contexts, and what the lines of par/typed.h
 * make as stages and consumers of an iterator. */
#include "par_iter/base/lengths.h"
#include "par_iter/typed/typed_checks.h"

#include <par/typed.h>

/* A number of many digits, and the power that shifts another one by as many: joins in order. */
typedef struct digits {
    uint64_t value;
    uint64_t power;
} digits;

enum { BASE = 1000003 };

static inline digits append(digits number, uint32_t digit)
{
    return (digits){number.value * BASE + digit, number.power * BASE};
}

static inline digits concatenate(digits left, digits right)
{
    return (digits){left.value * right.power + right.value, left.power * right.power};
}

static inline digits digit_of(uint32_t digit)
{
    return (digits){digit, BASE};
}

static inline uint64_t scaled_by(uint32_t number, const uint64_t *factor)
{
    return number * *factor;
}

static inline void raise_by(uint64_t *number, const uint64_t *more)
{
    *number += *more;
}

static inline bool part_of(uint32_t *out, uint64_t number, const uint64_t *divisor)
{
    *out = (uint32_t)(number / *divisor);
    return number % *divisor == 0;
}

static inline digits moved_digit(uint32_t digit, const uint64_t *more)
{
    return (digits){digit + *more, BASE};
}

static inline bool third(uint32_t *out, uint64_t number)
{
    *out = (uint32_t)(number / 3);
    return number % 3 == 0;
}

PAR_DEFINE_FILTER_MAP(thirds_of, uint32_t, uint64_t, third)
PAR_DEFINE_REDUCE(digits_of, digits, uint32_t, append, concatenate)
PAR_DEFINE_MAP_REDUCE(mapped_digits_of, digits, uint32_t, digit_of, concatenate)
PAR_DEFINE_MAP_CTX(scale_all, uint64_t, uint32_t, uint64_t, scaled_by)
PAR_DEFINE_FOR_EACH_CTX(raise_all, uint64_t, uint64_t, raise_by)
PAR_DEFINE_FILTER_MAP_CTX(parts_of, uint32_t, uint64_t, uint64_t, part_of)
PAR_DEFINE_MAP_REDUCE_CTX(moved_digits_of, digits, uint32_t, uint64_t, moved_digit, concatenate)

/* Made and never called: must give no warning. */
PAR_DEFINE_MAP_CTX(unused_map, uint64_t, uint32_t, uint64_t, scaled_by)
PAR_DEFINE_FOR_EACH_CTX(unused_each, uint64_t, uint64_t, raise_by)
PAR_DEFINE_REDUCE(unused_reduce, digits, uint32_t, append, concatenate)
PAR_DEFINE_MAP_REDUCE(unused_map_reduce, digits, uint32_t, digit_of, concatenate)

/* ---- reduce ---- */

static const uint32_t *some_digits(void)
{
    static uint32_t in[LENGTH_MAX];
    for (size_t i = 0; i < LENGTH_MAX; i++)
        in[i] = (uint32_t)(i * 7 + i / 11);
    return in;
}

static digits serial_digits(const uint32_t *in, size_t n, uint32_t more)
{
    digits all = {0, 1};
    for (size_t i = 0; i < n; i++)
        all = append(all, in[i] + more);
    return all;
}

static bool are_equal(digits a, digits b)
{
    return a.value == b.value && a.power == b.power;
}

static const char *reduce_to_digits(void *arg)
{
    const uint32_t *const in = arg;
    for (size_t i = 0; i < LENGTHS; i++) {
        digits all = {0, 1};
        const int rc = digits_of(&all, in, lengths[i]);
        if (rc != 0 || !are_equal(all, serial_digits(in, lengths[i], 0)))
            return wrong("n %zu: code %d, or another number", lengths[i], rc);
    }
    return NULL;
}

const char *typed_reduces_to_another_type(void)
{
    return in_every_pool(reduce_to_digits, (void *)(uintptr_t)some_digits());
}

static const char *map_and_reduce(void *arg)
{
    const uint32_t *const in = arg;
    for (size_t i = 0; i < LENGTHS; i++) {
        digits all = {0, 1};
        const int rc = mapped_digits_of(&all, in, lengths[i]);
        if (rc != 0 || !are_equal(all, serial_digits(in, lengths[i], 0)))
            return wrong("n %zu: code %d, or another number", lengths[i], rc);
    }
    return NULL;
}

const char *typed_maps_and_reduces_at_once(void)
{
    return in_every_pool(map_and_reduce, (void *)(uintptr_t)some_digits());
}

/* What was there is the identity, and comes back if there is nothing, or a failure. */
const char *typed_returns_identities(void)
{
    const uint32_t in[1] = {1};
    digits all = {5, 6};
    if (digits_of(&all, NULL, 0) != 0 || digits_of(&all, NULL, 1) != EINVAL ||
        digits_of(NULL, in, 1) != EINVAL || mapped_digits_of(NULL, in, 1) != EINVAL)
        return "NULL was misjudged";
    return all.value == 5 && all.power == 6 ? NULL : "the accumulator was changed";
}

/* ---- contexts ---- */

static const char *use_contexts(void *arg)
{
    enum { N = 5000 };
    static uint64_t numbers[N];
    static uint32_t kept[N];
    const uint32_t *const in = arg;
    const uint64_t seven = 7;
    const uint64_t two = 2;
    digits all = {0, 1};
    size_t n = 0;
    if (scale_all(numbers, in, N, &seven) != 0 || raise_all(numbers, N, &two) != 0 ||
        parts_of(kept, &n, numbers, N, &two) != 0 || moved_digits_of(&all, in, N, &seven) != 0)
        return "returned a code";
    size_t even = 0;
    for (size_t i = 0; i < N; i++) {
        if (numbers[i] != (uint64_t)in[i] * 7 + 2)
            return wrong("element %zu is %llu", i, (unsigned long long)numbers[i]);
        if (numbers[i] % 2 == 0 && kept[even++] != numbers[i] / 2)
            return wrong("element %zu was kept as another", i);
    }
    if (n != even || !are_equal(all, serial_digits(in, N, 7)))
        return wrong("%zu kept, not %zu, or another number", n, even);
    return NULL;
}

const char *typed_hands_a_context_on(void)
{
    return in_every_pool(use_contexts, (void *)(uintptr_t)some_digits());
}

/* ---- iterators ---- */

/* A map, a filter_map and a reduction of them, with contexts, as an iterator that stores nothing.
 */
static const char *run_stages(void *arg)
{
    const uint32_t *const in = arg;
    uint64_t seven = 7;
    for (size_t i = 0; i < LENGTHS; i++) {
        digits all = {0, 1};
        digits expected = {0, 1};
        par_iter it = par_iter_over(in, sizeof *in, lengths[i]);
        par_iter_map(&it, sizeof(uint64_t), scale_all_block, &seven);
        par_iter_filter_map(&it, sizeof(uint32_t), thirds_of_block, NULL);
        const int rc =
            par_iter_reduce(&it, &all, sizeof all, digits_of_fold, digits_of_merge, NULL);
        for (size_t k = 0; k < lengths[i]; k++) {
            uint32_t part;
            if (third(&part, (uint64_t)in[k] * 7))
                expected = append(expected, part);
        }
        if (rc != 0 || !are_equal(all, expected))
            return wrong("n %zu: code %d, or another number", lengths[i], rc);
    }
    return NULL;
}

const char *typed_makes_stages_and_consumers(void)
{
    return in_every_pool(run_stages, (void *)(uintptr_t)some_digits());
}
