/* SPDX-License-Identifier: MIT */
/* sort_checks.c - the sorts by comparison: what they make of inputs of all kinds. */
#include "par_iter/sort/sort_checks.h"
#include "par_iter/sort/sort_cxx.h"
#include "par_iter/sort/sort_data.h"

#include <par/join.h>
#include <par/loop.h>

static inline bool is_before(sort_item a, sort_item b)
{
    return a.key < b.key;
}

PAR_DEFINE_SORT(typed_sort, sort_item, is_before)
PAR_DEFINE_SORT_UNSTABLE(typed_sort_unstable, sort_item, is_before)

/* Made and never called: must give no warning. */
PAR_DEFINE_SORT(unused_sort, sort_item, is_before)
PAR_DEFINE_SORT_UNSTABLE(unused_sort_unstable, sort_item, is_before)

static int sort_it(sort_item *items, size_t n)
{
    return par_sort(items, sizeof *items, n, sort_compare, NULL);
}

static int sort_it_unstable(sort_item *items, size_t n)
{
    return par_sort_unstable(items, sizeof *items, n, sort_compare, NULL);
}

static const struct {
    int (*sort)(sort_item *items, size_t n);
    bool stable;
} sorts[] = {
    {sort_it, true},
    {typed_sort, true},
    {sort_it_unstable, false},
    {typed_sort_unstable, false},
};
enum { SORTS = sizeof sorts / sizeof sorts[0], N_MOST = 150001 };

static sort_item items[N_MOST];

static const char *sort_and_judge(size_t which, size_t n, sort_shape shape)
{
    const int rc = sorts[which].sort(items, n);
    if (rc != 0)
        return wrong("sort %zu of %zu returned %d", which, n, rc);
    const char *problem = sort_judge(items, n, shape, sorts[which].stable);
    return problem == NULL ? NULL : wrong("sort %zu: %s", which, problem);
}

/* ---- stability ---- */

static const char *check_modulus(size_t which, size_t n, uint32_t modulus)
{
    uint64_t seed = n;
    for (size_t i = 0; i < n; i++)
        items[i] = (sort_item){(uint32_t)random_next(&seed) % modulus, (uint32_t)i};
    if (sorts[which].sort(items, n) != 0)
        return "returned a code";
    for (size_t i = 1; i < n; i++) {
        const sort_item a = items[i - 1];
        const sort_item b = items[i];
        if (a.key > b.key || (sorts[which].stable && a.key == b.key && a.index >= b.index))
            return wrong("sort %zu, n %zu, modulus %u: item %zu", which, n, modulus, i);
    }
    return NULL;
}

static const char *check_length(size_t n)
{
    static const uint32_t moduli[] = {5, 10, 100};
    const char *problem = NULL;
    for (size_t i = 0; i < SORTS * 3 && problem == NULL; i++)
        problem = check_modulus(i / 3, n, moduli[i % 3]);
    return problem;
}

static const char *check_lengths(size_t first, size_t last)
{
    const char *problem = NULL;
    for (size_t n = first; n <= last && problem == NULL; n++)
        problem = check_length(n);
    return problem;
}

const char *sort_is_stable_for_all_lengths(void)
{
    const char *problem = check_lengths(0, 70);
    if (problem == NULL)
        problem = check_lengths(500, 510);
    return problem == NULL ? check_lengths(50000, 50000 + scaled(10)) : problem;
}

/* ---- shapes ---- */

static const char *check_shape(sort_shape shape)
{
    static const size_t lengths[] = {3, 21, 1000, 4097, 20011, N_MOST};
    const size_t tried = scaled(1) < scaled(10) ? 6 : 5;
    for (size_t i = 0; i < tried * SORTS; i++) {
        const size_t n = lengths[i / SORTS];
        sort_fill(items, n, shape);
        const char *problem = sort_and_judge(i % SORTS, n, shape);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

static const char *check_shapes(void *arg)
{
    const char *problem = NULL;
    (void)arg;
    for (int shape = 0; shape < SORT_SHAPES && problem == NULL; shape++)
        problem = check_shape((sort_shape)shape);
    return problem;
}

const char *sort_orders_all_shapes_in_every_pool(void)
{
    return in_every_pool(check_shapes, NULL);
}

/* ---- sizes ---- */

enum { SIZED_N = 9000, SIZE_MOST = 3000, SIZED_BYTES = 40 * SIZED_N };

static int compare_first_byte(const void *a, const void *b, void *ctx)
{
    (void)ctx;
    return *(const unsigned char *)a - *(const unsigned char *)b;
}

/* Element i: its key, then bytes that tell i. */
static unsigned char byte_of(size_t i, size_t byte)
{
    return (unsigned char)(byte == 0 ? i * 37 % 11 : i >> (byte - 1) % 4 * 8);
}

/* Elements in the order of a stable sort, by going through the keys. */
static const char *judge_sized(const unsigned char *at, size_t size, size_t n, bool stable)
{
    size_t place = 0;
    for (size_t key = 0; key < 11; key++) {
        for (size_t i = 0; i < n; i++) {
            if (byte_of(i, 0) != key)
                continue;
            for (size_t byte = 0; byte < (stable ? size : 1); byte++) {
                if (at[place * size + byte] != byte_of(i, byte))
                    return wrong("size %zu, n %zu: element %zu differs", size, n, place);
            }
            place++;
        }
    }
    return NULL;
}

static const char *check_size(size_t size, bool stable)
{
    static unsigned char bytes[SIZED_BYTES + 2];
    const size_t n = size * SIZED_N <= SIZED_BYTES ? (size_t)SIZED_N : SIZED_BYTES / size;
    unsigned char *const at = bytes + 1; /* where no type is aligned */
    at[-1] = at[n * size] = 0x5a;
    for (size_t i = 0; i < n * size; i++)
        at[i] = byte_of(i / size, i % size);
    const int rc = stable ? par_sort(at, size, n, compare_first_byte, NULL)
                          : par_sort_unstable(at, size, n, compare_first_byte, NULL);
    if (rc != 0)
        return wrong("size %zu returned %d", size, rc);
    if (at[-1] != 0x5a || at[n * size] != 0x5a)
        return wrong("size %zu: written beside the array", size);
    return judge_sized(at, size, n, stable);
}

static const char *check_sizes(void *arg)
{
    static const size_t sizes[] = {1, 2, 3, 4, 8, 12, 16, 24, 32, 33, 100, 1025, SIZE_MOST};
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < 2 * sizeof sizes / sizeof sizes[0] && problem == NULL; i++)
        problem = check_size(sizes[i / 2], i % 2 == 0);
    return problem;
}

const char *sort_takes_elements_of_any_size(void)
{
    return in_every_pool(check_sizes, NULL);
}

/* ---- orders that are none ---- */

static int compare_at_random(const void *a, const void *b, void *ctx)
{
    const sort_item *const left = a;
    uint64_t seed = (uint64_t)left->index * 7919 + ((const sort_item *)b)->index +
                    atomic_fetch_add((atomic_size_t *)ctx, 1);
    return (int)random_below(&seed, 3) - 1;
}

static int compare_always_less(const void *a, const void *b, void *ctx)
{
    (void)a;
    (void)b;
    atomic_fetch_add((atomic_size_t *)ctx, 1);
    return -1;
}

static int compare_always_more(const void *a, const void *b, void *ctx)
{
    return -compare_always_less(a, b, ctx);
}

/* NULL if each index is there once. */
static const char *judge_permutation(const sort_item *at, size_t n)
{
    static bool seen[N_MOST];
    memset(seen, 0, sizeof seen);
    for (size_t i = 0; i < n; i++) {
        if (at[i].index >= n || seen[at[i].index])
            return wrong("n %zu: place %zu holds what is elsewhere too", n, i);
        seen[at[i].index] = true;
    }
    return NULL;
}

static const char *contradict(par_compare_fn *compare, size_t n)
{
    static sort_item out[N_MOST];
    atomic_size_t calls = 0;
    sort_fill(items, n, SORT_RANDOM);
    int rc = par_sort(items, sizeof *items, n, compare, &calls);
    const char *problem = judge_permutation(items, n);
    if (rc == 0 && problem == NULL) {
        rc = par_sort_unstable(items, sizeof *items, n, compare, &calls);
        problem = judge_permutation(items, n);
    }
    if (rc == 0 && problem == NULL) {
        rc = par_merge(out, items, n / 3, items + n / 3, n - n / 3, sizeof *items, compare, &calls);
        problem = judge_permutation(out, n);
    }
    if (rc == 0 && problem == NULL) {
        rc = par_select_nth(items, sizeof *items, n, n / 3, compare, &calls);
        problem = judge_permutation(items, n);
    }
    return rc == 0 ? problem : wrong("returned %d", rc);
}

static const char *contradict_all(void *arg)
{
    static par_compare_fn *const orders[] = {compare_at_random, compare_always_less,
                                             compare_always_more};
    static const size_t lengths[] = {2, 19, 50, 1000, 6000, 50001};
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < 18 && problem == NULL; i++)
        problem = contradict(orders[i % 3], lengths[i / 3]);
    return problem;
}

const char *sort_survives_orders_that_contradict_themselves(void)
{
    return in_every_pool(contradict_all, NULL);
}

/* ---- how many comparisons ---- */

static int compare_and_count(const void *a, const void *b, void *ctx)
{
    atomic_fetch_add((atomic_size_t *)ctx, 1);
    return sort_compare(a, b, NULL);
}

static const char *count_for(sort_shape shape, bool stable, size_t most)
{
    atomic_size_t calls = 0;
    sort_fill(items, N_MOST, shape);
    const int rc = stable
                       ? par_sort(items, sizeof *items, N_MOST, compare_and_count, &calls)
                       : par_sort_unstable(items, sizeof *items, N_MOST, compare_and_count, &calls);
    if (rc != 0 || atomic_load(&calls) > most)
        return wrong("shape %d: code %d, %zu comparisons, not %zu or fewer", (int)shape, rc,
                     atomic_load(&calls), most);
    return sort_judge(items, N_MOST, shape, stable);
}

static const char *count_comparisons(void *arg)
{
    enum { ONCE = N_MOST + 1000 };
    static const sort_shape shapes[] = {SORT_SORTED, SORT_EQUAL, SORT_REVERSED};
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < 6 && problem == NULL; i++)
        problem = count_for(shapes[i / 2], i % 2 == 0, ONCE);
    return problem == NULL ? count_for(SORT_PIPE, true, 4 * N_MOST) : problem;
}

const char *sort_compares_sorted_input_once(void)
{
    return in_every_pool(count_comparisons, NULL);
}

/* ---- the same everywhere ---- */

typedef struct outcome {
    bool known;
    uint64_t sum;
} outcome;

static const char *compare_outcomes(void *arg)
{
    outcome *const before = arg;
    uint64_t sum = 0;
    sort_fill(items, N_MOST, SORT_FEW);
    if (typed_sort_unstable(items, N_MOST / 2) != 0 ||
        par_select_nth(items + N_MOST / 2, sizeof *items, N_MOST / 2, N_MOST / 5, sort_compare,
                       NULL) != 0)
        return "returned a code";
    for (size_t i = 0; i < N_MOST; i++)
        sum = sum * 31 + items[i].index;
    if (before->known && before->sum != sum)
        return "equal items stand in another order than before";
    *before = (outcome){true, sum};
    return NULL;
}

const char *sort_gives_the_same_in_every_pool(void)
{
    outcome all = {false, 0};
    return in_every_pool(compare_outcomes, &all);
}

/* ---- inside tasks ---- */

enum { NESTED = 8, NESTED_N = N_MOST / NESTED };

static void sort_one(size_t begin, size_t end, void *arg)
{
    for (size_t i = begin; i < end; i++) {
        if (sorts[i % SORTS].sort(items + i * NESTED_N, NESTED_N) != 0)
            atomic_fetch_add((atomic_size_t *)arg, 1);
    }
}

static const char *sort_nested(void *arg)
{
    atomic_size_t codes = 0;
    (void)arg;
    for (size_t i = 0; i < NESTED; i++)
        sort_fill(items + i * NESTED_N, NESTED_N, (sort_shape)(i % SORT_SHAPES));
    par_for_grain(0, NESTED, 1, sort_one, &codes);
    const char *problem = atomic_load(&codes) == 0 ? NULL : "returned a code";
    for (size_t i = 0; i < NESTED && problem == NULL; i++)
        problem = sort_judge(items + i * NESTED_N, NESTED_N, (sort_shape)(i % SORT_SHAPES),
                             sorts[i % SORTS].stable);
    return problem;
}

const char *sort_nests(void)
{
    return in_every_pool(sort_nested, NULL);
}

const char *sort_works_in_cxx(void)
{
    enum { N = 30000 };
    static double numbers[N];
    for (size_t i = 0; i < N; i++)
        numbers[i] = (double)(i * 7919 % N) / 2;
    if (cxx_sort(numbers, N) != 0 || cxx_sort_down(numbers, N / 2) != 0)
        return "returned a code";
    for (size_t i = 1; i < N / 2; i++) {
        if (numbers[i - 1] < numbers[i] || numbers[N / 2 + i - 1] > numbers[N / 2 + i])
            return wrong("number %zu", i);
    }
    return NULL;
}
