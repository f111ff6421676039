/* SPDX-License-Identifier: MIT */
/* tree_checks.c - a walk comes to each node once, and reductions are those of a serial walk. */
#include "par_iter/walk/tree_checks.h"

#include "par_iter/walk/tree.h"
#include "par_iter/walk/tree_forest.h"

/* ---- for each -------------------------------------------------------------------------------- */

static const char *judge_once(forest *f)
{
    for (size_t i = 0; i < f->n; i++) {
        if (atomic_load(&f->listed[i]) != 1 || atomic_load(&f->seen[i]) != 1)
            return wrong("node %zu of %zu: listed %d times, seen %d times", i, f->n,
                         atomic_load(&f->listed[i]), atomic_load(&f->seen[i]));
    }
    return NULL;
}

static const char *see_all(void *arg)
{
    forest *const f = arg;
    const size_t root = 0;
    forget(f);
    const int code = par_tree_for_each(&root, sizeof root, list_children, see, f);
    return code == 0 ? judge_once(f) : wrong("returned %d", code);
}

const char *tree_for_each_comes_to_each_node_once(void)
{
    return with_shapes(see_all, scaled(MOST));
}

static const char *see_in_order(void *arg)
{
    forest *const f = arg;
    const char *problem = see_all(f);
    return problem == NULL && atomic_load(&f->wrongs) > 0 ? "a node came too late" : problem;
}

const char *tree_for_each_comes_to_a_node_before_its_children(void)
{
    return with_shapes(see_in_order, 3000);
}

/* ---- reduce ---------------------------------------------------------------------------------- */

static const char *reduce_by(forest *f, reduce_fn *reduce)
{
    const size_t root = 0;
    line expected = {1, 0};
    line got = {1, 0};
    for (size_t i = 0; i < f->n; i++)
        (void)fold_line(&expected, &f->order[i], 1, f);
    forget(f);
    const int code =
        reduce(&root, sizeof root, list_children, &got, sizeof got, fold_line, merge_lines, f);
    if (code != 0 || got.a != expected.a || got.b != expected.b)
        return wrong("code %d, or another result", code);
    for (size_t i = 0; i < f->n; i++) {
        if (atomic_load(&f->listed[i]) != 1)
            return wrong("node %zu: listed %d times", i, atomic_load(&f->listed[i]));
    }
    return NULL;
}

static const char *reduce_prefix(void *arg)
{
    order_prefix(arg);
    return reduce_by(arg, par_tree_reduce_prefix);
}

static const char *reduce_postfix(void *arg)
{
    order_postfix(arg);
    return reduce_by(arg, par_tree_reduce_postfix);
}

const char *tree_reduce_is_in_prefix_order(void)
{
    return with_shapes(reduce_prefix, scaled(MOST));
}

const char *tree_reduce_is_in_postfix_order(void)
{
    return with_shapes(reduce_postfix, scaled(MOST));
}

/* ---- brackets -------------------------------------------------------------------------------- */

static ptrdiff_t fold_float(void *out, const void *in, size_t n, void *ctx)
{
    (void)n;
    (void)ctx;
    *(float *)out += 1.0f / (float)(1 + *(const size_t *)in);
    return 0;
}

static void merge_floats(void *left, const void *right, void *ctx)
{
    (void)ctx;
    *(float *)left += *(const float *)right;
}

typedef struct sums {
    forest *f;
    float prefix;
    float postfix;
} sums;

static const char *sum_floats(void *arg)
{
    sums *const s = arg;
    const size_t root = 0;
    float prefix = 0;
    float postfix = 0;
    if (par_tree_reduce_prefix(&root, sizeof root, list_children, &prefix, sizeof prefix,
                               fold_float, merge_floats, s->f) != 0 ||
        par_tree_reduce_postfix(&root, sizeof root, list_children, &postfix, sizeof postfix,
                                fold_float, merge_floats, s->f) != 0)
        return "failed";
    if (s->prefix == 0) {
        s->prefix = prefix;
        s->postfix = postfix;
    }
    return prefix == s->prefix && postfix == s->postfix ? NULL : "another sum";
}

const char *tree_reduce_has_the_same_bits_in_every_pool(void)
{
    static forest f;
    const char *problem = NULL;
    for (int shape = 0; shape < SHAPES && problem == NULL; shape++) {
        sums s = {.f = &f};
        plant(&f, (enum shape)shape, scaled(MOST));
        problem = in_every_pool(sum_floats, &s);
    }
    return problem;
}

static float sum_in_the_deep(forest *f, bool is_prefix)
{
    const size_t root = 0;
    float identity = 0;
    float sum = 0;
    ws_tree t = {.root = &root,
                 .size = sizeof root,
                 .children = list_children,
                 .fn = fold_float,
                 .merge = merge_floats,
                 .ctx = f,
                 .acc = &identity,
                 .acc_size = sizeof identity,
                 .is_prefix = is_prefix};
    ws_tree_deep_reduce(&t, (const char *)&root, 1, &sum);
    return sum;
}

const char *tree_reduce_has_the_same_brackets_in_the_deep(void)
{
    static forest f;
    for (int shape = 0; shape < SHAPES; shape++) {
        sums s = {.f = &f};
        plant(&f, (enum shape)shape, 20000);
        (void)sum_floats(&s);
        if (sum_in_the_deep(&f, true) != s.prefix || sum_in_the_deep(&f, false) != s.postfix)
            return wrong("shape %d: another sum", shape);
    }
    return NULL;
}
