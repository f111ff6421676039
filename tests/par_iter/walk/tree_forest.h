/* SPDX-License-Identifier: MIT */
/* tree_forest.h - trees of many shapes for the checks of par/tree.h, and functions that look at
 * how they are walked. */
#ifndef TESTS_PAR_ITER_TREE_FOREST_H
#define TESTS_PAR_ITER_TREE_FOREST_H

#include "support.h"

#include <par/tree.h>

enum { MOST = 30000 };

/* Nodes are numbers; 0 is the root, and parents have smaller numbers than their children. */
typedef struct forest {
    size_t n;
    size_t first[MOST]; /* child, or 0 */
    size_t last[MOST];
    size_t next[MOST]; /* sibling, or 0 */
    size_t parent[MOST];
    atomic_uchar listed[MOST];
    atomic_uchar seen[MOST];
    size_t order[MOST];
    size_t batch; /* children that are put at once */
    size_t fail_each;
    size_t fail_children;
    atomic_size_t wrongs;
} forest;

enum shape { ONE, CHAIN, STAR, RANDOM, DEEP, COMB, TWO_CHAINS, SHAPES };

enum { EACH_CODE = -21, CHILDREN_CODE = -23 };

static inline size_t parent_of(enum shape shape, size_t node, uint64_t *seed)
{
    switch (shape) {
    case CHAIN:
        return node - 1;
    case RANDOM:
        return random_below(seed, node);
    case DEEP:
        return node - 1 - random_below(seed, node < 4 ? node : 4);
    case COMB:
        return node % 2 == 1 || node < 2 ? (node - 1) / 2 * 2 : node - 2;
    case TWO_CHAINS:
        return node < 2 ? 0 : node - 2;
    case ONE:
    case STAR:
    case SHAPES:
        break;
    }
    return 0;
}

static inline void plant(forest *f, enum shape shape, size_t n)
{
    uint64_t seed = 3;
    memset(f, 0, sizeof *f);
    f->n = shape == ONE ? 1 : n;
    f->batch = 3;
    f->fail_each = f->fail_children = SIZE_MAX;
    for (size_t node = 1; node < f->n; node++) {
        const size_t parent = parent_of(shape, node, &seed);
        f->parent[node] = parent;
        if (f->first[parent] == 0)
            f->first[parent] = node;
        else
            f->next[f->last[parent]] = node;
        f->last[parent] = node;
    }
}

static inline void forget(forest *f)
{
    for (size_t i = 0; i < f->n; i++) {
        atomic_store(&f->listed[i], 0);
        atomic_store(&f->seen[i], 0);
    }
}

/* The next node of a serial walk, or 0 behind the last. */
static inline size_t next_prefix(const forest *f, size_t node)
{
    if (f->first[node] != 0)
        return f->first[node];
    while (node != 0 && f->next[node] == 0)
        node = f->parent[node];
    return node == 0 ? 0 : f->next[node];
}

static inline size_t leftmost(const forest *f, size_t node)
{
    while (f->first[node] != 0)
        node = f->first[node];
    return node;
}

static inline void order_prefix(forest *f)
{
    size_t node = 0;
    for (size_t i = 0; i < f->n; i++) {
        f->order[i] = node;
        node = next_prefix(f, node);
    }
}

static inline void order_postfix(forest *f)
{
    size_t node = leftmost(f, 0);
    for (size_t i = 0; i < f->n; i++) {
        f->order[i] = node;
        node = f->next[node] != 0 ? leftmost(f, f->next[node]) : f->parent[node];
    }
}

static inline int list_children(par_children *list, const void *node, void *ctx)
{
    forest *const f = ctx;
    const size_t number = *(const size_t *)node;
    size_t some[3];
    size_t n = 0;
    int code = 0;
    atomic_fetch_add(&f->listed[number], 1);
    if (number == f->fail_children)
        return CHILDREN_CODE;
    for (size_t child = f->first[number]; child != 0 && code == 0; child = f->next[child]) {
        some[n++] = child;
        if (n < f->batch && f->next[child] != 0)
            continue;
        code = par_children_put(list, some, n);
        n = 0;
    }
    return code;
}

static inline ptrdiff_t see(void *out, const void *in, size_t n, void *ctx)
{
    forest *const f = ctx;
    const size_t node = *(const size_t *)in;
    atomic_fetch_add(&f->wrongs, out != NULL || n != 1 || atomic_load(&f->listed[node]) != 0 ||
                                     (node > 0 && atomic_load(&f->seen[f->parent[node]]) == 0));
    atomic_fetch_add(&f->seen[node], 1);
    return node == f->fail_each ? EACH_CODE : 0;
}

/* x -> a x + b, which do not commute. */
typedef struct line {
    uint64_t a;
    uint64_t b;
} line;

static inline void then(line *first, line second)
{
    *first = (line){first->a * second.a, first->b * second.a + second.b};
}

static inline ptrdiff_t fold_line(void *out, const void *in, size_t n, void *ctx)
{
    const forest *const f = ctx;
    const size_t node = *(const size_t *)in;
    if (n != 1)
        return -1;
    then(out, (line){node * 2 + 3, node ^ 0x55});
    return node == f->fail_each ? EACH_CODE : 0;
}

static inline void merge_lines(void *left, const void *right, void *ctx)
{
    (void)ctx;
    then(left, *(const line *)right);
}

typedef int reduce_fn(const void *root, size_t size, par_children_fn *children, void *acc,
                      size_t acc_size, par_block_fn *fold, par_merge_fn *merge, void *ctx);

/* Calls the function with each shape. */
static inline const char *with_shapes(inside_fn *fn, size_t n)
{
    static forest f;
    const char *problem = NULL;
    for (int shape = 0; shape < SHAPES && problem == NULL; shape++) {
        plant(&f, (enum shape)shape, n);
        problem = in_every_pool(fn, &f);
        if (problem != NULL)
            problem = wrong("%s, shape %d", problem, shape);
    }
    return problem;
}

#endif
