/* SPDX-License-Identifier: MIT */
/* sort_part_checks.c - merging, selecting and telling what is sorted; bad pivots; the codes. */
#include "par_iter/sort/sort_checks.h"
#include "par_iter/sort/sort_data.h"

enum { N_MOST = 120011 };

static sort_item items[N_MOST];

/* ---- bad pivots ---- */

/* The adversary of McIlroy: items are worth nothing yet, and get their order, one after the other,
 * as late as a comparison asks for it. */
typedef struct adversary {
    uint32_t *worth;
    uint32_t gas;
    uint32_t solid;
    uint32_t candidate;
    size_t calls;
} adversary;

static int compare_against(const void *a, const void *b, void *ctx)
{
    adversary *const all = ctx;
    const uint32_t left = *(const uint32_t *)a;
    const uint32_t right = *(const uint32_t *)b;
    uint32_t *const worth = all->worth;
    all->calls++;
    if (worth[left] == all->gas && worth[right] == all->gas)
        worth[left == all->candidate ? left : right] = all->solid++;
    if (worth[left] == all->gas)
        all->candidate = left;
    else if (worth[right] == all->gas)
        all->candidate = right;
    return (worth[left] > worth[right]) - (worth[left] < worth[right]);
}

static const char *resist(bool stable, size_t n)
{
    static uint32_t worth[N_MOST];
    static uint32_t numbers[N_MOST];
    adversary all = {.worth = worth, .gas = (uint32_t)n, .candidate = 0};
    for (size_t i = 0; i < n; i++) {
        numbers[i] = (uint32_t)i;
        worth[i] = all.gas;
    }
    const int rc = stable ? par_sort(numbers, sizeof *numbers, n, compare_against, &all)
                          : par_sort_unstable(numbers, sizeof *numbers, n, compare_against, &all);
    if (rc != 0)
        return wrong("returned %d", rc);
    for (size_t i = 1; i < n; i++) {
        if (worth[numbers[i - 1]] > worth[numbers[i]])
            return wrong("number %zu stands wrongly", i);
    }
    return all.calls < 100 * n ? NULL : wrong("%zu comparisons for %zu", all.calls, n);
}

static const char *resist_all(void *arg)
{
    (void)arg;
    const char *problem = resist(true, 4000);
    if (problem == NULL)
        problem = resist(false, 2000);
    return problem == NULL ? resist(false, N_MOST / 2) : problem;
}

/* On one thread, since the adversary changes its mind. */
const char *sort_ends_after_bad_pivots(void)
{
    return in_pool(1, resist_all, NULL);
}

/* ---- merge ---- */

static const char *check_merge(size_t a_n, size_t b_n, uint32_t modulus)
{
    static sort_item out[2 * N_MOST + 1];
    sort_item *const b = items + a_n;
    for (size_t i = 0; i < a_n; i++)
        items[i] = (sort_item){(uint32_t)(i * modulus / a_n), (uint32_t)i};
    for (size_t i = 0; i < b_n; i++)
        b[i] = (sort_item){(uint32_t)(i * modulus / b_n), (uint32_t)(a_n + i)};
    out[a_n + b_n].key = 12345;
    const int rc = par_merge(out, items, a_n, b, b_n, sizeof *items, sort_compare, NULL);
    if (rc != 0 || out[a_n + b_n].key != 12345)
        return wrong("%zu and %zu: code %d, or written beside the array", a_n, b_n, rc);
    uint64_t sum = 0;
    for (size_t i = 0; i < a_n + b_n; i++) {
        sum += out[i].index;
        if (i > 0 && (out[i - 1].key > out[i].key ||
                      (out[i - 1].key == out[i].key && out[i - 1].index >= out[i].index)))
            return wrong("%zu and %zu: item %zu stands wrongly", a_n, b_n, i);
    }
    const uint64_t n = a_n + b_n;
    return sum == n * (n - (n > 0)) / 2 ? NULL : "not the same items";
}

static const char *check_merges(void *arg)
{
    static const size_t lengths[] = {0, 1, 2, 9, 1000, 30011, N_MOST / 2};
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < 7 * 7 * 2 && problem == NULL; i++)
        problem = check_merge(lengths[i / 2 % 7], lengths[i / 14], i % 2 == 0 ? 5 : 100000);
    return problem;
}

const char *sort_merges(void)
{
    return in_every_pool(check_merges, NULL);
}

/* ---- selection ---- */

static const char *check_select(sort_shape shape, size_t n, size_t nth)
{
    sort_fill(items, n, shape);
    const int rc = par_select_nth(items, sizeof *items, n, nth, sort_compare, NULL);
    if (rc != 0)
        return wrong("returned %d", rc);
    for (size_t i = 0; i < n; i++) {
        if (i < nth ? items[i].key > items[nth].key : items[i].key < items[nth].key)
            return wrong("shape %d, n %zu, nth %zu: item %zu is on the wrong side", (int)shape, n,
                         nth, i);
    }
    if (par_sort(items, sizeof *items, n, sort_compare, NULL) != 0)
        return "returned a code";
    return sort_judge(items, n, shape, false);
}

static const char *check_selects(void *arg)
{
    static const size_t lengths[] = {1, 2, 30, 3000, N_MOST};
    const size_t tried = scaled(10) == 10 ? 5 : 4;
    (void)arg;
    for (size_t i = 0; i < tried * 3 * SORT_SHAPES; i++) {
        const size_t n = lengths[i / SORT_SHAPES / 3];
        const size_t nths[] = {0, n / 3, n - 1};
        const char *problem =
            check_select((sort_shape)(i % SORT_SHAPES), n, nths[i / SORT_SHAPES % 3]);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

const char *sort_selects(void)
{
    return in_every_pool(check_selects, NULL);
}

/* ---- is it sorted ---- */

static const char *check_sorted(void *arg)
{
    static const size_t places[] = {1, 2, 4097, N_MOST / 2, N_MOST - 1};
    bool sorted = false;
    (void)arg;
    sort_fill(items, N_MOST, SORT_SORTED);
    if (par_is_sorted(items, sizeof *items, N_MOST, sort_compare, NULL, &sorted) != 0 || !sorted)
        return "sorted items are not";
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const sort_item before = items[places[i]];
        items[places[i]].key = items[places[i] - 1].key - 1;
        if (places[i] == 1)
            items[0].key = 5;
        if (par_is_sorted(items, sizeof *items, N_MOST, sort_compare, NULL, &sorted) != 0 || sorted)
            return wrong("item %zu is wrong, and nobody sees it", places[i]);
        items[places[i]] = before;
        items[0].key = 0;
    }
    for (size_t n = 0; n < 2; n++) {
        sorted = false;
        if (par_is_sorted(items, sizeof *items, n, sort_compare, NULL, &sorted) != 0 || !sorted)
            return wrong("%zu items are not sorted", n);
    }
    return NULL;
}

const char *sort_tells_what_is_sorted(void)
{
    return in_every_pool(check_sorted, NULL);
}

/* ---- codes ---- */

static uint32_t no_key(const void *item, void *ctx)
{
    (void)item;
    (void)ctx;
    return 0;
}

static void no_key_of(void *key, const void *item, void *ctx)
{
    (void)key;
    (void)item;
    (void)ctx;
}

static const struct {
    void *at;
    size_t size;
    size_t n;
    int code;
} calls[] = {
    {items, sizeof *items, 0, 0},
    {NULL, sizeof *items, 0, 0},
    {items, sizeof *items, 1, 0},
    {NULL, sizeof *items, 1, EINVAL},
    {items, 0, 1, EINVAL},
    {items, sizeof *items, SIZE_MAX, EOVERFLOW},
    {items, SIZE_MAX / 4 + 2, 4, EOVERFLOW},
};

static const char *call_arrays(void)
{
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        void *const at = calls[i].at;
        const size_t size = calls[i].size;
        const size_t n = calls[i].n;
        bool sorted;
        const int codes[] = {
            par_sort(at, size, n, sort_compare, NULL),
            par_sort_unstable(at, size, n, sort_compare, NULL),
            par_sort_by_key(at, size, n, 4, no_key_of, sort_compare, NULL),
            par_sort_by_cached_key(at, size, n, 4, no_key_of, sort_compare, NULL),
            par_sort_by_u32(at, size, n, no_key, NULL),
            par_is_sorted(at, size, n, sort_compare, NULL, &sorted),
            n == 0 ? calls[i].code : par_select_nth(at, size, n, 0, sort_compare, NULL),
        };
        for (size_t k = 0; k < sizeof codes / sizeof codes[0]; k++) {
            if (codes[k] != calls[i].code)
                return wrong("call %zu of function %zu returned %d", i, k, codes[k]);
        }
    }
    return NULL;
}

/* Each argument that must not be NULL, and the sizes of keys and structs. */
static const char *call_wrongly(void)
{
    bool sorted;
    const par_sort_ops empty = {0};
    const int codes[] = {
        par_sort(items, 8, 1, NULL, NULL),
        par_sort_unstable(items, 8, 1, NULL, NULL),
        par_sort_by_key(items, 8, 1, 4, NULL, sort_compare, NULL),
        par_sort_by_key(items, 8, 1, 4, no_key_of, NULL, NULL),
        par_sort_by_key(items, 8, 1, 0, no_key_of, sort_compare, NULL),
        par_sort_by_cached_key(items, 8, 1, 4, NULL, sort_compare, NULL),
        par_sort_by_u32(items, 8, 1, NULL, NULL),
        par_sort_by_u64(items, 8, 1, NULL, NULL),
        par_is_sorted(items, 8, 1, NULL, NULL, &sorted),
        par_is_sorted(items, 8, 1, sort_compare, NULL, NULL),
        par_select_nth(items, 8, 1, 0, NULL, NULL),
        par_select_nth(items, 8, 1, 1, sort_compare, NULL),
        par_select_nth(items, 8, 0, 0, sort_compare, NULL),
        par_merge(NULL, items, 1, items + 1, 1, 8, sort_compare, NULL),
        par_merge(items + 2, NULL, 1, items + 1, 1, 8, sort_compare, NULL),
        par_merge(items + 2, items, 1, items + 1, 1, 0, sort_compare, NULL),
        par_merge(items + 2, items, 1, items + 1, 1, 8, NULL, NULL),
        par_sort_u32(NULL, 1),
        par_sort_f64(NULL, 1),
        par_sort_with(items, 1, NULL, NULL),
        par_sort_with(items, 1, &empty, NULL),
        par_sort_unstable_with(items, 1, &empty, NULL),
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (codes[i] != EINVAL)
            return wrong("wrong call %zu returned %d", i, codes[i]);
    }
    if (par_merge(items, items, SIZE_MAX, items, 2, 8, sort_compare, NULL) != EOVERFLOW ||
        par_sort_u32((uint32_t *)(void *)items, SIZE_MAX / 4) != EOVERFLOW)
        return "an array was beyond memory";
    return par_sort_u64(NULL, 0) == 0 ? NULL : "no numbers cannot be sorted";
}

const char *sort_returns_codes(void)
{
    const char *problem = call_arrays();
    return problem == NULL ? call_wrongly() : problem;
}
