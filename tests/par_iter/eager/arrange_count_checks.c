/* SPDX-License-Identifier: MIT */
/* arrange_count_checks.c - par_histogram and par_group_by, against serial loops. */
#include "par_iter/base/lengths.h"
#include "par_iter/eager/arrange_checks.h"

#include <par/arrange.h>

enum { MANY = 2 * LENGTH_MAX };

/* ---- histogram ---- */

static inline uint32_t rest(uint32_t number, const uint32_t *divisor)
{
    return number % *divisor;
}

static inline uint32_t low_byte(uint32_t number)
{
    return number & 255;
}

PAR_DEFINE_HISTOGRAM_CTX(rests, uint32_t, uint32_t, rest)
PAR_DEFINE_HISTOGRAM(low_bytes, uint32_t, low_byte)

static uint32_t numbers[MANY];

static void fill_numbers(void)
{
    uint64_t seed = 8;
    for (size_t i = 0; i < MANY; i++)
        numbers[i] = (uint32_t)random_next(&seed);
}

static const char *count_rests(size_t n, uint32_t divisor)
{
    static size_t counts[MANY];
    static size_t expected[MANY];
    memset(expected, 0, divisor * sizeof *expected);
    memset(counts, 0x5a, divisor * sizeof *counts);
    for (size_t i = 0; i < n; i++)
        expected[numbers[i] % divisor]++;
    const int rc = divisor == 256 ? low_bytes(counts, 256, numbers, n)
                                  : rests(counts, divisor, numbers, n, &divisor);
    if (rc != 0 || memcmp(counts, expected, divisor * sizeof *counts) != 0)
        return wrong("n %zu, %u bins: code %d, or the counts differ", n, divisor, rc);
    return NULL;
}

static const char *count_lengths(void *arg)
{
    static const uint32_t divisors[] = {1, 2, 256, 1000, 100000};
    (void)arg;
    const char *problem = NULL;
    for (size_t k = 0; k < 5 && problem == NULL; k++) {
        problem = count_rests(MANY, divisors[k]);
        for (size_t i = 0; i < LENGTHS && problem == NULL; i++)
            problem = count_rests(lengths[i], divisors[k]);
    }
    return problem;
}

const char *histogram_counts(void)
{
    fill_numbers();
    return in_every_pool(count_lengths, NULL);
}

static const char *count_beyond(void *arg)
{
    size_t counts[4] = {9, 9, 9, 9};
    uint32_t few[FAIL_LENGTH] = {0};
    (void)arg;
    for (size_t at = 0; at < FAIL_LENGTH; at++) {
        few[at] = at % 2 == 0 ? 4 : 255;
        if (low_bytes(counts, 4, few, FAIL_LENGTH) != EINVAL)
            return wrong("a bin of element %zu out of range was taken", at);
        few[at] = 3;
    }
    if (low_bytes(NULL, 0, few, 1) != EINVAL || low_bytes(NULL, 0, few, 0) != 0)
        return "no bins were misjudged";
    for (size_t i = 0; i < 4; i++) {
        if (counts[i] != 9)
            return "the counts were changed";
    }
    return NULL;
}

const char *histogram_leaves_the_counts_when_a_bin_is_out_of_range(void)
{
    return in_every_pool(count_beyond, NULL);
}

/* ---- group_by ---- */

typedef struct item {
    uint32_t key;
    uint32_t index;
    uint32_t more;
} item;

static ptrdiff_t key_of(void *out, const void *in, size_t n, void *ctx)
{
    const item *from = in;
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        ((uint64_t *)out)[i] = from[i].key * UINT64_C(0x100000001);
    return (ptrdiff_t)n;
}

typedef struct grouped {
    item in[MANY];
    item out[MANY];
    item first[MANY]; /* what the first pool made of it */
    par_key_group groups[MANY];
    bool seen[MANY];
    size_t n;
    uint32_t keys; /* there are so many */
    bool is_known;
} grouped;

static grouped all;

static void fill_items(size_t n, uint32_t keys, bool is_skewed)
{
    uint64_t seed = n + keys;
    all.n = n;
    all.keys = keys;
    all.is_known = false;
    for (size_t i = 0; i < n; i++) {
        const uint32_t key = (uint32_t)random_below(&seed, keys);
        all.in[i] = (item){is_skewed && random_below(&seed, 2) == 0 ? 0 : key, (uint32_t)i, 7};
    }
}

static const char *judge_group(const par_key_group *group)
{
    const item *items = all.out + group->begin;
    const uint32_t key = items[0].key;
    if (group->key != key * UINT64_C(0x100000001) || group->n == 0 || all.seen[key])
        return wrong("group of key %u is wrong, or came before", key);
    all.seen[key] = true;
    for (size_t i = 0; i < group->n; i++) {
        if (items[i].key != key || all.in[items[i].index].key != key || items[i].more != 7)
            return wrong("an element of another key stands in the group of %u", key);
        if (i > 0 && items[i].index <= items[i - 1].index)
            return wrong("the elements of key %u are not in order", key);
    }
    return NULL;
}

static const char *judge_groups(size_t count)
{
    size_t begin = 0;
    memset(all.seen, 0, sizeof all.seen);
    for (size_t i = 0; i < count; i++) {
        if (all.groups[i].begin != begin)
            return wrong("group %zu begins at %zu, not %zu", i, all.groups[i].begin, begin);
        const char *problem = judge_group(&all.groups[i]);
        if (problem != NULL)
            return problem;
        begin += all.groups[i].n;
    }
    return begin == all.n ? NULL : wrong("the groups have %zu elements, not %zu", begin, all.n);
}

static const char *group_items(void *arg)
{
    (void)arg;
    size_t count = 0;
    const int rc = par_group_by(all.out, all.groups, all.n, &count, all.in, sizeof *all.in, all.n,
                                key_of, NULL);
    if (rc != 0)
        return wrong("n %zu, %u keys: returned %d", all.n, all.keys, rc);
    if (all.is_known && memcmp(all.out, all.first, all.n * sizeof *all.out) != 0)
        return wrong("n %zu, %u keys: another order", all.n, all.keys);
    memcpy(all.first, all.out, all.n * sizeof *all.out);
    all.is_known = true;
    return judge_groups(count);
}

static const char *group_lengths(void *arg)
{
    static const uint32_t keys[] = {1, 2, 100, 5000, MANY};
    for (size_t k = 0; k < 10; k++) {
        fill_items(scaled(MANY), keys[k / 2], k % 2 == 1);
        const char *problem = group_items(arg);
        for (size_t i = 0; i < LENGTHS - 2 && problem == NULL; i++) {
            fill_items(lengths[i], keys[k / 2], k % 2 == 1);
            problem = group_items(arg);
        }
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

const char *group_by_puts_equal_keys_together(void)
{
    const char *problem = in_pool(1, group_lengths, NULL);
    return problem != NULL ? problem : in_pool(3, group_lengths, NULL);
}

const char *group_by_gives_the_same_order_in_every_pool(void)
{
    fill_items(scaled(MANY), 20000, true);
    return in_every_pool(group_items, NULL);
}

static const char *group_without_room(void *arg)
{
    (void)arg;
    size_t count = 77;
    all.groups[0] = (par_key_group){1, 2, 3};
    fill_items(1000, 10, false);
    const int rc =
        par_group_by(all.out, all.groups, 9, &count, all.in, sizeof *all.in, all.n, key_of, NULL);
    if (rc != EOVERFLOW || count != 77)
        return wrong("10 groups in room for 9: code %d, count %zu", rc, count);
    if (all.groups[0].key != 1)
        return "the groups were changed";
    return par_group_by(all.out, all.groups, 10, &count, all.in, sizeof *all.in, all.n, key_of,
                        NULL) == 0 &&
                   count == 10
               ? NULL
               : "10 groups do not fit into room for 10";
}

const char *group_by_leaves_all_without_room(void)
{
    return in_every_pool(group_without_room, NULL);
}
