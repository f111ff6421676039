/* SPDX-License-Identifier: MIT */
/* sort_run_checks.c - long numbers that are sorted but for two neighbours, wherever these stand,
 * and items that fall but for equal ones: what is nearly a run is not taken for one. */
#include "par_iter/sort/sort_checks.h"
#include "par_iter/sort/sort_data.h"

#include <string.h>

enum { N_RUN = 5001 };

#define SIGN (UINT64_C(1) << 63)

typedef struct run_kind {
    const char *name;
    uint64_t (*bits_of)(uint64_t key); /* in the order of the keys */
    int (*sort)(uint64_t *items, size_t n);
} run_kind;

static uint64_t bits_of_u64(uint64_t key)
{
    return key;
}

static uint64_t bits_of_i64(uint64_t key)
{
    return key ^ SIGN;
}

static uint64_t bits_of_f64(uint64_t key)
{
    return key >= SIGN ? key ^ SIGN : ~key;
}

static int sort_i64(uint64_t *run, size_t n)
{
    return par_sort_i64((int64_t *)run, n);
}

static int sort_f64(uint64_t *run, size_t n)
{
    return par_sort_f64((double *)(void *)run, n);
}

static const run_kind kinds[] = {
    {"u64", bits_of_u64, par_sort_u64},
    {"i64", bits_of_i64, sort_i64},
    {"f64", bits_of_f64, sort_f64},
};

static uint64_t right[N_RUN];
static uint64_t run[N_RUN];

/* From the least key to the greatest, `same` times each. The signs change between elements n / 2 -
 * 1 and n / 2, which are the zeros of floating-point numbers. */
static void fill_right(const run_kind *kind, size_t n, size_t same)
{
    const uint64_t step = UINT64_MAX / n;
    for (size_t i = 0; i < n; i++)
        right[i] = kind->bits_of((i < n / 2 ? 0 : SIGN) + (i % (n / 2)) / same * same * step);
    if (same == 1)
        right[n / 2 - 1] = kind->bits_of(SIGN - 1);
    right[n - 1] = kind->bits_of(UINT64_MAX);
}

static const char *judge(const run_kind *kind, size_t n, const char *what, size_t at)
{
    if (kind->sort(run, n) != 0)
        return wrong("%s, n %zu, %s %zu: returned a code", kind->name, n, what, at);
    if (memcmp(run, right, n * sizeof *run) != 0)
        return wrong("%s, n %zu, %s %zu: not sorted", kind->name, n, what, at);
    return NULL;
}

static const char *check_swapped(const run_kind *kind, size_t n, size_t at)
{
    memcpy(run, right, n * sizeof *run);
    run[at] = right[at - 1];
    run[at - 1] = right[at];
    return judge(kind, n, "swapped", at);
}

static const char *check_falling(const run_kind *kind, size_t n, size_t swapped)
{
    for (size_t i = 0; i < n; i++)
        run[i] = right[n - 1 - i];
    if (swapped > 0) {
        const uint64_t kept = run[swapped];
        run[swapped] = run[swapped - 1];
        run[swapped - 1] = kept;
    }
    return judge(kind, n, "falling, swapped", swapped);
}

static const char *check_kind(const run_kind *kind, size_t n, size_t same)
{
    const size_t places[] = {1,         2,     255,       256,   257,   258,   511,  512,
                             n / 2 - 1, n / 2, n / 2 + 1, n - 3, n - 2, n - 1, n / 3};
    const char *problem = NULL;
    fill_right(kind, n, same);
    memcpy(run, right, n * sizeof *run);
    problem = judge(kind, n, "swapped", 0);
    for (size_t i = 0; i < sizeof places / sizeof *places && problem == NULL; i++) {
        problem = check_swapped(kind, n, places[i]);
        if (problem == NULL)
            problem = check_falling(kind, n, places[i]);
    }
    return problem == NULL ? check_falling(kind, n, 0) : problem;
}

static uint64_t key_of_item(const void *item, void *ctx)
{
    (void)ctx;
    return ((const sort_item *)item)->key;
}

/* Keys that fall, two of each. */
static const char *check_equal_pairs(void)
{
    static sort_item items[N_RUN];
    for (uint32_t i = 0; i < N_RUN; i++)
        items[i] = (sort_item){N_RUN - i / 2, i};
    if (par_sort_by_u64(items, sizeof *items, N_RUN, key_of_item, NULL) != 0)
        return "returned a code";
    for (size_t i = 1; i < N_RUN; i++) {
        const sort_item a = items[i - 1];
        const sort_item b = items[i];
        if (a.key > b.key || (a.key == b.key && a.index > b.index))
            return wrong("falling pairs: item %zu stands wrongly", i);
    }
    return NULL;
}

static inline bool is_before(sort_item a, sort_item b)
{
    return a.key < b.key;
}

PAR_DEFINE_SORT_UNSTABLE(sort_typed, sort_item, is_before)

/* Each stretch of a search ends with the pair that the next one begins with. */
static const char *check_typed(size_t at)
{
    enum { N = 20000 };
    static sort_item items[N];
    bool sorted = true;
    for (uint32_t i = 0; i < N; i++)
        items[i] = (sort_item){i, i};
    items[at].key--;
    items[at - 1].key++;
    if (par_is_sorted(items, sizeof *items, N, sort_compare, NULL, &sorted) != 0 || sorted)
        return wrong("swapped %zu: items are sorted", at);
    if (sort_typed(items, N) != 0)
        return "returned a code";
    for (uint32_t i = 0; i < N; i++) {
        if (items[i].key != i)
            return wrong("swapped %zu: item %u stands wrongly", at, (unsigned)i);
    }
    return NULL;
}

static const char *check_typed_places(void)
{
    static const size_t ends[] = {4096, 2 * 4096, 3 * 4096, 10000, 19998};
    const char *problem = NULL;
    for (size_t i = 0; i < 20 && problem == NULL; i++)
        problem = check_typed(ends[i / 4] - 2 + i % 4);
    return problem;
}

static const char *check_runs(void *arg)
{
    static const size_t lengths[] = {1000, N_RUN};
    const char *problem = check_equal_pairs();
    (void)arg;
    if (problem == NULL)
        problem = check_typed_places();
    for (size_t i = 0; i < 12 && problem == NULL; i++)
        problem = check_kind(&kinds[i % 3], lengths[i / 3 % 2], i < 6 ? 1 : 3);
    return problem;
}

const char *sort_tells_runs_of_numbers(void)
{
    return in_every_pool(check_runs, NULL);
}
