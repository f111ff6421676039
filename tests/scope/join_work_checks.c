/* SPDX-License-Identifier: MIT */
/* join_work_checks.c - small programs written with joins give the results of their serial twins.
 * Their data is plain memory: ThreadSanitizer sees whether a join orders both sides. */
#include "scope/join_checks.h"

#include <par/join.h>

/* ---- fib ---- */

typedef struct fib_call {
    unsigned n;
    uint64_t result;
} fib_call;

static uint64_t fib(unsigned n)
{
    return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

static void fib_by_joins(void *arg)
{
    fib_call *call = arg;
    if (call->n < 2) {
        call->result = call->n;
        return;
    }
    fib_call left = {call->n - 1, 0};
    fib_call right = {call->n - 2, 0};
    par_join(fib_by_joins, &left, fib_by_joins, &right);
    call->result = left.result + right.result;
}

static const char *compare_fib(void *arg)
{
    (void)arg;
    const unsigned n = scaled(10) < 10 ? 18 : 22;
    fib_call call = {n, 0};
    fib_by_joins(&call);
    if (call.result != fib(n))
        return wrong("fib(%u) is %llu", n, (unsigned long long)call.result);
    return NULL;
}

const char *join_computes_fib(void)
{
    return in_every_pool(compare_fib, NULL);
}

/* ---- nqueens ---- */

enum { QUEENS = 8, QUEENS_SOLUTIONS = 92 };

typedef struct board {
    int row;
    unsigned columns;
    unsigned down;
    unsigned up;
    int from; /* the columns of this row that are tried: from <= column < to */
    int to;
    unsigned solutions;
} board;

static void place(void *arg)
{
    board *state = arg;
    if (state->row == QUEENS) {
        state->solutions = 1;
        return;
    }
    if (state->to - state->from > 1) {
        board left = *state;
        board right = *state;
        left.to = right.from = state->from + (state->to - state->from) / 2;
        par_join(place, &left, place, &right);
        state->solutions = left.solutions + right.solutions;
        return;
    }
    const unsigned bit = 1U << state->from;
    state->solutions = 0;
    if ((bit & (state->columns | state->down | state->up)) != 0)
        return;
    board next = {.row = state->row + 1,
                  .columns = state->columns | bit,
                  .down = (state->down | bit) << 1,
                  .up = (state->up | bit) >> 1,
                  .from = 0,
                  .to = QUEENS};
    place(&next);
    state->solutions = next.solutions;
}

static const char *compare_nqueens(void *arg)
{
    (void)arg;
    board empty = {.to = QUEENS};
    place(&empty);
    return empty.solutions == QUEENS_SOLUTIONS ? NULL
                                               : wrong("%u solutions, not 92", empty.solutions);
}

const char *join_computes_nqueens(void)
{
    return in_every_pool(compare_nqueens, NULL);
}

/* ---- mergesort ---- */

typedef struct slice {
    uint32_t *items;
    uint32_t *spare;
    size_t n;
} slice;

static int compare_items(const void *left, const void *right)
{
    const uint32_t a = *(const uint32_t *)left;
    const uint32_t b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static void merge(const slice *left, const slice *right, uint32_t *out)
{
    size_t i = 0;
    size_t j = 0;
    while (i < left->n || j < right->n) {
        const bool take_left = j == right->n || (i < left->n && left->items[i] <= right->items[j]);
        *out++ = take_left ? left->items[i++] : right->items[j++];
    }
}

static void mergesort(void *arg)
{
    slice *all = arg;
    if (all->n <= 8) {
        qsort(all->items, all->n, sizeof *all->items, compare_items);
        return;
    }
    const size_t half = all->n / 2;
    slice left = {all->items, all->spare, half};
    slice right = {all->items + half, all->spare + half, all->n - half};
    par_join(mergesort, &left, mergesort, &right);
    merge(&left, &right, all->spare);
    memcpy(all->items, all->spare, all->n * sizeof *all->items);
}

static const char *compare_sorts(size_t n, uint64_t seed)
{
    uint32_t *items = malloc(3 * (n + 1) * sizeof *items);
    if (items == NULL)
        return "no memory";
    uint32_t *expected = items + n + 1;
    for (size_t i = 0; i < n; i++)
        items[i] = expected[i] = (uint32_t)random_next(&seed);
    qsort(expected, n, sizeof *items, compare_items);
    slice all = {items, expected + n + 1, n};
    mergesort(&all);
    const bool same = memcmp(items, expected, n * sizeof *items) == 0;
    free(items);
    return same ? NULL : wrong("%zu items are not sorted", n);
}

static const char *compare_all_sorts(void *arg)
{
    (void)arg;
    const size_t sizes[] = {0, 1, 2, 97, 6 * 1024, scaled(12 * 1024) + 1};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        const char *problem = compare_sorts(sizes[i], i);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

const char *join_computes_mergesort(void)
{
    return in_every_pool(compare_all_sorts, NULL);
}

/* ---- trees ---- */

typedef struct node {
    size_t left; /* 0: none; the root is nobody's child */
    size_t right;
    uint64_t value;
} node;

typedef struct tree_sum {
    const node *nodes;
    size_t root;
    uint64_t sum;
} tree_sum;

/* A tree of `n` nodes in which each new node hangs below a random older one with a free side, so
 * that its halves are of very different size. */
static uint64_t grow_tree(node *nodes, size_t n, uint64_t seed)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        nodes[i] = (node){0, 0, random_next(&seed)};
        sum += nodes[i].value;
        bool placed = i == 0;
        while (!placed) {
            node *parent = &nodes[random_below(&seed, i)];
            size_t *side = random_below(&seed, 4) == 0 ? &parent->right : &parent->left;
            placed = *side == 0;
            if (placed)
                *side = i;
        }
    }
    return sum;
}

static void sum_subtree(void *arg)
{
    tree_sum *call = arg;
    const node *root = &call->nodes[call->root];
    tree_sum left = {call->nodes, root->left, 0};
    tree_sum right = {call->nodes, root->right, 0};
    if (root->left != 0 && root->right != 0)
        par_join(sum_subtree, &left, sum_subtree, &right);
    else if (root->left != 0)
        sum_subtree(&left);
    else if (root->right != 0)
        sum_subtree(&right);
    call->sum = root->value + left.sum + right.sum;
}

static const char *compare_tree_sums(void *arg)
{
    (void)arg;
    enum { NODES = 3000 };
    node *nodes = malloc(NODES * sizeof *nodes);
    if (nodes == NULL)
        return "no memory";
    const char *problem = NULL;
    for (uint64_t seed = 0; seed < 8 && problem == NULL; seed++) {
        const uint64_t expected = grow_tree(nodes, NODES, seed);
        tree_sum call = {nodes, 0, 0};
        sum_subtree(&call);
        if (call.sum != expected)
            problem = wrong("the sum of tree %llu differs", (unsigned long long)seed);
    }
    free(nodes);
    return problem;
}

const char *join_computes_tree_sums(void)
{
    return in_every_pool(compare_tree_sums, NULL);
}
