/* SPDX-License-Identifier: MIT */
/* iter_memory_threads.c - what iterators allocate and give back, and what they return when there is
 * nothing to be had: each allocation of a call fails once. The linker sends the library's
 * allocations through allocator.c. */
#include "allocator.h"
#include "par_iter/lazy/iter_kit.h"

#include <par/iter_any.h>
#include <par/iter_unzip.h>
#include <par/text.h>

/* ---- calls ---- */

/* Of BINS counts there is room on no frame. */
enum { ELEMENTS = 20000, ROOM = 2 * ELEMENTS, BINS = 3000 };

/* Runs a call once. Returns its code, or -1 if a failure changed something. */
typedef int call_fn(void);

static par_iter with_states(void)
{
    par_iter it = par_iter_range(0, ELEMENTS);
    par_iter_map_init(&it, KIT_WORD, kit_scramble_all, 100, NULL, NULL, NULL);
    par_iter_map_init(&it, KIT_WORD, kit_scramble_all, 1000, NULL, NULL, NULL);
    return it;
}

static par_iter filtered(void)
{
    static uint64_t divisor = 3;
    par_iter it = par_iter_range(0, ELEMENTS);
    par_iter_filter(&it, kit_drop_multiples, &divisor);
    return it;
}

static par_iter spread(void)
{
    par_iter it = par_iter_range(0, ELEMENTS);
    par_iter_flat_map(&it, KIT_WORD, kit_spread, NULL);
    return it;
}

static int collect_new(const par_iter *it, size_t n_expected)
{
    char mark;
    void *out = &mark;
    size_t n = 7;
    const int rc = par_iter_collect_new(it, &out, &n);
    if (rc != 0)
        return out == &mark && n == 7 ? rc : -1;
    free(out);
    return n == n_expected ? 0 : -2;
}

static int collect_new_known(void)
{
    const par_iter it = par_iter_range(0, ELEMENTS);
    return collect_new(&it, ELEMENTS);
}

static int collect_new_with_states(void)
{
    const par_iter it = with_states();
    return collect_new(&it, ELEMENTS);
}

static int collect_new_filtered(void)
{
    const par_iter it = filtered();
    return collect_new(&it, ELEMENTS - (ELEMENTS + 2) / 3);
}

static int collect_new_spread(void)
{
    const par_iter it = spread();
    return collect_new(&it, ELEMENTS - 1); /* 0 + 1 + 2 of each three */
}

static int collect_spread(void)
{
    static uint64_t out[ROOM];
    const par_iter it = spread();
    size_t n = 7;
    const int rc = par_iter_collect(&it, out, ROOM, &n);
    return rc == 0 || n == 7 ? rc : -1;
}

static ptrdiff_t count_bins(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        ((uint64_t *)out)[((const uint64_t *)in)[i] % BINS]++;
    return 0;
}

static void merge_bins(void *left, const void *right, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < BINS; i++)
        ((uint64_t *)left)[i] += ((const uint64_t *)right)[i];
}

static int reduce_large(void)
{
    uint64_t bins[BINS] = {0};
    const par_iter it = with_states();
    const int rc = par_iter_reduce(&it, bins, sizeof bins, count_bins, merge_bins, NULL);
    uint64_t sum = 0;
    for (size_t i = 0; i < BINS; i++)
        sum += bins[i];
    return sum == (rc == 0 ? ELEMENTS : 0) ? rc : -1;
}

static ptrdiff_t find_last_byte(const void *in, size_t n, bool last, void *ctx)
{
    (void)ctx;
    (void)last;
    return ((const char *)in)[(n - 1) * 1000] == 1 ? (ptrdiff_t)(n - 1) : (ptrdiff_t)n;
}

static int find_large(void)
{
    static char elements[300 * 1000];
    char result[1000] = {0};
    size_t position = 7;
    elements[299 * 1000] = 1;
    const par_iter it = par_iter_over(elements, 1000, 300);
    const int rc = par_iter_find_first(&it, result, &position, find_last_byte, NULL);
    if (rc != 0)
        return result[0] == 0 && position == 7 ? rc : -1;
    return position == 299 && result[0] == 1 ? 0 : -2;
}

/* ---- the same of other forms ---- */

static int count_some(void)
{
    size_t n = 7;
    par_iter it = with_states();
    par_iter_take_any(&it, 100);
    par_iter_skip_any(&it, 10);
    const int rc = par_iter_count(&it, &n);
    return n == (rc == 0 ? 90 : 7) ? rc : -1;
}

static ptrdiff_t split_evenly(void *left, void *right, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    memcpy(left, in, n / 2 * KIT_WORD);
    memcpy(right, (const uint64_t *)in + n / 2, (n - n / 2) * KIT_WORD);
    return (ptrdiff_t)(n / 2);
}

static int partition_spread(void)
{
    static uint64_t out[2][ROOM];
    const par_iter it = spread();
    par_side left = {out[0], KIT_WORD, ROOM, 7};
    par_side right = {out[1], KIT_WORD, ROOM, 7};
    const int rc = par_iter_partition(&it, &left, &right, split_evenly, NULL);
    if (rc != 0)
        return left.n == 7 && right.n == 7 ? rc : -1;
    return left.n + right.n == ELEMENTS - 1 ? 0 : -2;
}

static int unzip_spread(void)
{
    static uint32_t out[2][ROOM];
    const par_member members[] = {{out[0], 4, 0}, {out[1], 4, 4}};
    const par_iter it = spread();
    size_t n = 7;
    const int rc = par_iter_unzip(&it, members, 2, ROOM, &n);
    return n == (rc == 0 ? ELEMENTS - 1 : 7) ? rc : -1;
}

static int reduce_in_turns(void)
{
    uint64_t sum = 7;
    par_iter it = par_iter_range(0, 100);
    par_iter_by_uniform_blocks(&it, 30);
    const int rc = par_iter_reduce_with(&it, &sum, kit_add, kit_add_up, NULL);
    return sum == (rc == 0 ? 4950 : 7) ? rc : -1;
}

static int collect_in_turns(void)
{
    par_iter it = filtered();
    par_iter_by_uniform_blocks(&it, 3000);
    return collect_new(&it, ELEMENTS - (ELEMENTS + 2) / 3);
}

static int long_range(par_iter *inner, const void *element, void *ctx)
{
    (void)element;
    (void)ctx;
    *inner = par_iter_range(0, 5000);
    return 0;
}

static int collect_long_ranges(void)
{
    par_iter it = par_iter_range(0, 3);
    par_iter_flat_map_iter(&it, KIT_WORD, long_range, NULL);
    return collect_new(&it, 15000);
}

/* The right part is one less: all of those wait. */
static int take_one_off(void *left, void *right, const void *data, void *ctx)
{
    const uint64_t n = *(const uint64_t *)data;
    (void)ctx;
    *(uint64_t *)left = n - 1;
    *(uint64_t *)right = 0;
    return n > 0;
}

static int divide_deeply(void)
{
    static const uint64_t all = 2000;
    const par_iter it = par_iter_divide(&all, sizeof all, take_one_off, NULL);
    return collect_new(&it, 2001);
}

static call_fn *const calls[] = {count_some,           partition_spread,   unzip_spread,
                                 reduce_in_turns,      collect_in_turns,   collect_long_ranges,
                                 divide_deeply,        collect_new_known,  collect_new_with_states,
                                 collect_new_filtered, collect_new_spread, collect_spread,
                                 reduce_large,         find_large};
enum { CALLS = sizeof calls / sizeof calls[0] };

/* ---- no memory ---- */

/* With more than one thread the pool itself may allocate something, and keep it. */
enum { POOL_KEEPS = 16 };

/* Lets the first, the second and so on fail, until a call has all that it asks for. */
static const char *fail_each(call_fn *call, bool is_alone, size_t *failed)
{
    const size_t start = allocator_live();
    for (int i = 0;; i++) {
        const size_t before = allocator_live();
        allocator_skip_after(ALLOCATOR_MEMORY, i);
        const int rc = call();
        const bool has_failed = allocator_restore(ALLOCATOR_MEMORY) > 0;
        const size_t least = is_alone ? before : start;
        const size_t kept = allocator_live() > least ? allocator_live() - least : 0;
        if (kept > (is_alone ? 0 : POOL_KEEPS))
            return wrong("allocation %d failed, and %zu were not given back", i, kept);
        if (rc != 0 && (rc != ENOMEM || !has_failed))
            return wrong("allocation %d: returned %d", i, rc);
        if (rc == 0 && has_failed && is_alone)
            return wrong("allocation %d failed, and nobody noticed", i);
        if (!has_failed)
            return NULL;
        (*failed)++;
    }
}

static const char *fail_all(void *arg)
{
    const bool *is_alone = arg;
    const char *problem = NULL;
    for (size_t i = 0; i < CALLS && problem == NULL; i++) {
        size_t failed = 0;
        if (calls[i]() != 0) /* the pool has now what it needs */
            return wrong("call %zu fails with memory", i);
        problem = fail_each(calls[i], *is_alone, &failed);
        if (problem == NULL && failed == 0)
            problem = "asked for no memory";
        if (problem != NULL)
            problem = wrong("call %zu: %s", i, problem);
    }
    return problem;
}

static const char *leave_everything_without_memory(void)
{
    const char *problem = in_pool(1, fail_all, &(bool){true});
    return problem == NULL ? in_pool(3, fail_all, &(bool){false}) : problem;
}

/* ---- no need of memory ---- */

static ptrdiff_t find_none(const void *in, size_t n, bool last, void *ctx)
{
    (void)in;
    (void)last;
    (void)ctx;
    return (ptrdiff_t)n;
}

static const char *run_frugal(void)
{
    static uint64_t out[ELEMENTS];
    static uint64_t halves[2048]; /* 16 KiB, of which the first is used */
    uint64_t acc = 0;
    size_t n = 0;
    par_iter its[] = {par_iter_range(0, ELEMENTS), filtered()};
    for (size_t i = 0; i < 2; i++) {
        const par_iter *it = &its[i];
        if (par_iter_for_each(it, kit_see_nothing, NULL) != 0 || par_iter_count(it, &n) != 0 ||
            par_iter_reduce(it, &acc, sizeof acc, kit_add, kit_add_up, NULL) != 0 ||
            par_iter_reduce(it, halves, sizeof halves, kit_add, kit_add_up, NULL) != 0 ||
            par_iter_reduce_with(it, &acc, kit_add, kit_add_up, NULL) != 0 ||
            par_iter_collect(it, out, ELEMENTS, &n) != 0 ||
            par_iter_find_any(it, NULL, NULL, find_none, NULL) != ENODATA)
            return "a call fails";
    }
    return NULL;
}

static const char *run_frugal_twice(void *arg)
{
    (void)arg;
    const char *problem = run_frugal();
    const size_t before = allocator_allocations();
    if (problem == NULL)
        problem = run_frugal();
    const size_t more = allocator_allocations() - before;
    return problem == NULL && more > 0 ? wrong("%zu allocations", more) : problem;
}

static const char *allocate_nothing_for_small_results(void)
{
    return in_pool(1, run_frugal_twice, NULL);
}

/* ---- only as much as is found ---- */

/* A text of few lines takes memory for these, not for its bytes. */
static const char *collect_lines(void *arg)
{
    enum { TEXT = 1 << 20, LINES = 64 };
    static char text[TEXT];
    void *lines = NULL;
    size_t n = 0;
    (void)arg;
    memset(text, 'x', TEXT);
    for (size_t i = 0; i < LINES; i++)
        text[(i + 1) * (TEXT / LINES) - 1] = '\n';
    const par_iter it = par_iter_lines(text, TEXT);
    const size_t before = allocator_bytes();
    const int rc = par_iter_collect_new(&it, &lines, &n);
    const size_t taken = allocator_bytes() - before;
    free(lines);
    if (rc != 0 || n != LINES)
        return wrong("code %d, %zu lines", rc, n);
    return taken <= 8 * LINES * sizeof(par_text) ? NULL : wrong("%zu bytes were taken", taken);
}

static const char *takes_memory_for_what_is_found(void)
{
    return in_pool(1, collect_lines, NULL);
}

const check checks[] = {
    {"iter_memory.takes_memory_for_what_is_found", takes_memory_for_what_is_found},

    {"iter_memory.leave_everything_without_memory", leave_everything_without_memory},
    {"iter_memory.allocate_nothing_for_small_results", allocate_nothing_for_small_results},
    {NULL, NULL}};
