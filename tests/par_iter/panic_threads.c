/* SPDX-License-Identifier: MIT */
/* panic_threads.c - a panic in a function that an algorithm, an iterator, a bridge or a tree calls
 * arrives at the catch around the call, and nothing that the call has taken is lost: allocator.c
 * counts. C without -fexceptions, so nothing but handlers gives memory back. */
#include "allocator.h"
#include "support.h"

#include <par/par.h>

enum { N = 200000, BAD = 123456, CODE = 77 };

static uint32_t numbers[N];
static uint32_t others[N];

/* ---- functions that panic ---- */

static void look(uint32_t number)
{
    if (number == BAD)
        par_panic(CODE, "met %d", BAD);
}

static ptrdiff_t copy_block(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        look(((const uint32_t *)in)[i]);
        if (out != NULL)
            ((uint32_t *)out)[i] = ((const uint32_t *)in)[i];
    }
    return (ptrdiff_t)n;
}

static ptrdiff_t copy_items(void *out, const void *in, size_t n, void *ctx)
{
    return copy_block(NULL, in != NULL ? in : out, n, ctx) * 0;
}

static ptrdiff_t first_bin(void *out, const void *in, size_t n, void *ctx)
{
    memset(out, 0, n * sizeof(uint32_t));
    return copy_block(NULL, in, n, ctx);
}

static ptrdiff_t fold_block(void *acc, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        look(((const uint32_t *)in)[i]);
        *(uint32_t *)acc += ((const uint32_t *)in)[i];
    }
    return 0;
}

static void merge_sums(void *left, const void *right, void *ctx)
{
    (void)ctx;
    *(uint32_t *)left += *(const uint32_t *)right;
}

static ptrdiff_t scan_block(void *out, const void *in, size_t n, void *acc, const void *before,
                            void *ctx)
{
    for (size_t i = 0; out != NULL && i < n; i++)
        ((uint32_t *)out)[i] = *(const uint32_t *)before;
    return fold_block(acc, in, n, ctx);
}

static int compare(const void *a, const void *b, void *ctx)
{
    const uint32_t left = *(const uint32_t *)a;
    const uint32_t right = *(const uint32_t *)b;
    (void)ctx;
    look(left);
    return (left > right) - (left < right);
}

static int init_state(void *state, void *ctx)
{
    (void)ctx;
    void *memory = malloc(8);
    memcpy(state, &memory, sizeof memory);
    return 0;
}

static void fini_state(void *state, void *ctx)
{
    void *memory;
    (void)ctx;
    memcpy(&memory, state, sizeof memory);
    free(memory);
}

static ptrdiff_t next_numbers(void *out, size_t most, void *ctx)
{
    size_t *at = ctx;
    const size_t n = most < N - *at ? most : N - *at;
    memcpy(out, numbers + *at, n * sizeof *numbers);
    *at += n;
    return (ptrdiff_t)n;
}

static ptrdiff_t next_and_panic(void *out, size_t most, void *ctx)
{
    if (*(size_t *)ctx > BAD)
        look(BAD);
    return next_numbers(out, most, ctx);
}

static int put_and_panic(const void *results, size_t n, void *ctx)
{
    (void)ctx;
    return (int)copy_items(NULL, results, n, ctx);
}

/* Nodes are numbers; the children of i are 30 i + 1 ..: too many for the list's own room. */
static int list_children(par_children *list, const void *node, void *ctx)
{
    const uint32_t number = *(const uint32_t *)node;
    int code = 0;
    (void)ctx;
    for (uint32_t i = 1; i <= 300 && code == 0; i++) {
        const uint32_t child = number * 300 + i;
        if (child < N)
            code = par_children_put(list, &child, 1);
    }
    return code;
}

/* A list, which is deeper than the bound of the stack. */
static int list_next(par_children *list, const void *node, void *ctx)
{
    const uint32_t next = *(const uint32_t *)node + 1;
    (void)ctx;
    return next < N ? par_children_put(list, &next, 1) : 0;
}

/* ---- the calls ---- */

static int look_and_copy(uint32_t *to, uint32_t from)
{
    look(from);
    *to = from;
    return 0;
}

PAR_DEFINE_TRY_MAP(copy_all, uint32_t, uint32_t, look_and_copy)

static void call_try_map(void *arg)
{
    (void)arg;
    (void)copy_all(others, numbers, N, NULL);
}

static void call_map(void *arg)
{
    (void)par_map(others, 4, numbers, 4, N, copy_block, arg);
}

static void call_for_each(void *arg)
{
    (void)par_for_each(numbers, 4, N, copy_items, arg);
}

static void call_reduce(void *arg)
{
    uint32_t sum = 0;
    (void)par_reduce(&sum, 4, numbers, 4, N, fold_block, merge_sums, arg);
}

static void call_scan(void *arg)
{
    uint32_t sum = 0;
    (void)par_scan(others, numbers, 4, N, &sum, 4, scan_block, merge_sums, arg);
}

/* Accumulators that are too large for the stack. */
static ptrdiff_t scan_large(void *out, const void *in, size_t n, void *acc, const void *before,
                            void *ctx)
{
    (void)out;
    return scan_block(NULL, in, n, acc, before, ctx);
}

static void call_scan_large(void *arg)
{
    enum { LARGE = 200 };
    static char results[N * LARGE];
    static char sum[LARGE];
    par_scan_fn *const scan = scan_large;
    (void)par_scan(results, numbers, 4, N, sum, LARGE, scan, merge_sums, arg);
}

static void call_reduce_large(void *arg)
{
    static char sum[2000];
    (void)par_reduce(sum, sizeof sum, numbers, 4, N, fold_block, merge_sums, arg);
}

static void call_filter(void *arg)
{
    size_t n;
    (void)par_filter(others, &n, numbers, 4, N, copy_block, arg);
}

static void call_group_by(void *arg)
{
    static par_key_group groups[8];
    size_t n;
    (void)par_group_by(others, groups, 8, &n, numbers, 4, N, copy_block, arg);
}

static void call_histogram(void *arg)
{
    static size_t counts[8];
    (void)par_histogram(counts, 8, numbers, 4, N, first_bin, arg);
}

static void call_sort(void *arg)
{
    memcpy(others, numbers, sizeof others);
    (void)par_sort(others, 4, N, compare, arg);
}

static void call_sort_unstable(void *arg)
{
    memcpy(others, numbers, sizeof others);
    (void)par_sort_unstable(others, 4, N, compare, arg);
}

static void call_collect(void *arg)
{
    par_iter it = par_iter_over(numbers, 4, N);
    size_t n;
    void *array;
    par_iter_map_init(&it, 4, copy_block, sizeof(void *), init_state, fini_state, arg);
    (void)par_iter_collect_new(&it, &array, &n);
}

static void call_iter_filter(void *arg)
{
    par_iter it = par_iter_over(numbers, 4, N);
    size_t n;
    void *array;
    par_iter_filter(&it, copy_block, arg);
    (void)par_iter_collect_new(&it, &array, &n);
}

static void call_iter_for_each(void *arg)
{
    const par_iter it = par_iter_over(numbers, 4, N);
    (void)par_iter_for_each(&it, copy_items, arg);
}

static void call_bridge(void *arg)
{
    size_t at = 0;
    (void)par_bridge_for_each(next_numbers, &at, 4, 0, copy_items, arg);
}

static void call_bridge_next(void *arg)
{
    size_t at = 0;
    uint32_t sum = 0;
    (void)par_bridge_reduce(next_and_panic, &at, 4, 0, &sum, 4, fold_block, merge_sums, arg);
}

static ptrdiff_t pass_block(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    memcpy(out, in, n * sizeof(uint32_t));
    return (ptrdiff_t)n;
}

static void call_bridge_put(void *arg)
{
    size_t at = 0;
    (void)par_bridge_map(next_numbers, &at, 4, 0, 0, 4, pass_block, arg, put_and_panic, arg);
}

static void call_tree(void *arg)
{
    const uint32_t root = 0;
    (void)par_tree_for_each(&root, 4, list_children, copy_items, arg);
}

static void call_tree_reduce(void *arg)
{
    const uint32_t root = 0;
    uint32_t sum = 0;
    (void)par_tree_reduce_postfix(&root, 4, list_children, &sum, 4, fold_block, merge_sums, arg);
}

static void call_deep_tree(void *arg)
{
    const uint32_t root = 0;
    uint32_t sum = 0;
    (void)par_tree_reduce_postfix(&root, 4, list_next, &sum, 4, fold_block, merge_sums, arg);
}

static void call_deep_tree_prefix(void *arg)
{
    const uint32_t root = 0;
    uint32_t sum = 0;
    (void)par_tree_reduce_prefix(&root, 4, list_next, &sum, 4, fold_block, merge_sums, arg);
}

static const struct {
    const char *name;
    par_fn *fn;
} calls[] = {
    {"map", call_map},
    {"for_each", call_for_each},
    {"reduce", call_reduce},
    {"scan", call_scan},
    {"scan_large", call_scan_large},
    {"reduce_large", call_reduce_large},
    {"filter", call_filter},
    {"group_by", call_group_by},
    {"try_map", call_try_map},
    {"histogram", call_histogram},
    {"sort", call_sort},
    {"sort_unstable", call_sort_unstable},
    {"collect", call_collect},
    {"iter_filter", call_iter_filter},
    {"iter_for_each", call_iter_for_each},
    {"bridge", call_bridge},
    {"bridge_next", call_bridge_next},
    {"bridge_put", call_bridge_put},
    {"tree", call_tree},
    {"tree_reduce", call_tree_reduce},
    {"deep_tree", call_deep_tree},
    {"deep_tree_prefix", call_deep_tree_prefix},
};

static const char *make_all_calls(void *arg)
{
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++) {
        par_failure failure;
        (void)par_catch(calls[i].fn, arg, NULL); /* makes what the pool keeps: a seat, perhaps */
        const size_t before = allocator_live();
        const int code = par_catch(calls[i].fn, arg, &failure);
        if (code != CODE || strcmp(failure.message, "met 123456") != 0)
            return wrong("%s: code %d, '%s'", calls[i].name, code, failure.message);
        if (allocator_live() != before)
            return wrong("%s: %zu of its allocations are lost", calls[i].name,
                         allocator_live() - before);
    }
    return NULL;
}

static const char *panic_reaches_the_catch_around_the_call(void)
{
    for (uint32_t i = 0; i < N; i++)
        numbers[i] = i;
    return in_every_pool(make_all_calls, NULL);
}

const check checks[] = {
    {"panic.reaches_the_catch_around_the_call", panic_reaches_the_catch_around_the_call},
    {NULL, NULL}};
