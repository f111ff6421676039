/* SPDX-License-Identifier: MIT */
/* tree_code_checks.c - large nodes, failures in a walk, and walks in walks. */
#include "par_iter/walk/tree_checks.h"
#include "par_iter/walk/tree_forest.h"

#include <par/group.h>
#include <par/loop.h>

/* ---- sizes ----------------------------------------------------------------------------------- */

/* An interval with something behind it. */
typedef struct interval {
    unsigned begin;
    unsigned end;
    char rest[292];
} interval;

/* Thirds; the smallest have no children. */
static int list_thirds(par_children *list, const void *node, void *ctx)
{
    interval parts[3];
    const interval *const whole = node;
    const unsigned n = whole->end - whole->begin;
    (void)ctx;
    if (n < 3)
        return 0;
    for (unsigned i = 0; i < 3; i++) {
        memset(&parts[i], 'r', sizeof parts[i]);
        parts[i].begin = whole->begin + n / 3 * i;
        parts[i].end = i == 2 ? whole->end : whole->begin + n / 3 * (i + 1);
    }
    return par_children_put(list, parts, 3);
}

/* A count, and bytes that must stay as they are. */
typedef struct large {
    size_t n;
    char rest[1000];
} large;

static ptrdiff_t count_leaf(void *out, const void *in, size_t n, void *ctx)
{
    const interval *const leaf = in;
    large *const acc = out;
    (void)n;
    (void)ctx;
    acc->n += leaf->end - leaf->begin < 3 ? leaf->end - leaf->begin : 0;
    return leaf->rest[sizeof leaf->rest - 1] == 'r' && acc->rest[999] == 'a' ? 0 : -1;
}

static void add_large(void *left, const void *right, void *ctx)
{
    (void)ctx;
    ((large *)left)->n += ((const large *)right)->n;
}

static const char *count_large(void *arg)
{
    interval root = {.begin = 5, .end = 5005};
    large acc;
    (void)arg;
    memset(root.rest, 'r', sizeof root.rest);
    for (int i = 0; i < 2; i++) {
        memset(&acc, 'a', sizeof acc);
        acc.n = 0;
        reduce_fn *const reduce = i == 0 ? par_tree_reduce_prefix : par_tree_reduce_postfix;
        const int code =
            reduce(&root, sizeof root, list_thirds, &acc, sizeof acc, count_leaf, add_large, NULL);
        if (code != 0 || acc.n != 5000)
            return wrong("code %d, counted %zu", code, acc.n);
    }
    return NULL;
}

const char *tree_nodes_and_accumulators_may_be_large(void)
{
    return in_every_pool(count_large, NULL);
}

/* ---- failures -------------------------------------------------------------------------------- */

static const char *fail_at(forest *f, size_t node, bool in_children)
{
    const size_t root = 0;
    const int expected = in_children ? CHILDREN_CODE : EACH_CODE;
    line acc = {1, 0};
    f->fail_each = in_children ? SIZE_MAX : node;
    f->fail_children = in_children ? node : SIZE_MAX;
    forget(f);
    int code = par_tree_for_each(&root, sizeof root, list_children, see, f);
    if (code != expected)
        return wrong("for_each: node %zu failed, returned %d", node, code);
    for (int i = 0; i < 2; i++) {
        reduce_fn *const reduce = i == 0 ? par_tree_reduce_prefix : par_tree_reduce_postfix;
        code =
            reduce(&root, sizeof root, list_children, &acc, sizeof acc, fold_line, merge_lines, f);
        if (code != expected || acc.a != 1 || acc.b != 0)
            return wrong("reduce %d: node %zu failed, returned %d, or changed", i, node, code);
    }
    return NULL;
}

static const char *fail_everywhere(void *arg)
{
    forest *const f = arg;
    const char *problem = NULL;
    for (size_t node = 0; node < f->n && problem == NULL; node += 1 + f->n / 20) {
        problem = fail_at(f, node, false);
        if (problem == NULL)
            problem = fail_at(f, node, true);
    }
    return problem;
}

const char *tree_returns_the_code_of_each_function(void)
{
    return with_shapes(fail_everywhere, 2000);
}

/* On one thread nothing is begun after a failure. */
static const char *count_after_failure(void *arg)
{
    forest *const f = arg;
    const size_t root = 0;
    size_t seen = 0;
    f->fail_each = 0;
    forget(f);
    if (par_tree_for_each(&root, sizeof root, list_children, see, f) != EACH_CODE)
        return "the wrong code";
    for (size_t i = 0; i < f->n; i++)
        seen += atomic_load(&f->seen[i]) + atomic_load(&f->listed[i]);
    return seen == 1 ? NULL : wrong("the root failed, and %zu nodes were touched", seen);
}

const char *tree_begins_little_after_a_failure(void)
{
    return with_shapes(count_after_failure, 2000);
}

/* ---- around and inside ----------------------------------------------------------------------- */

static int list_forever(par_children *list, const void *node, void *ctx)
{
    const size_t child = *(const size_t *)node + 1;
    if (child == 2000)
        par_cancel(ctx);
    return par_children_put(list, &child, 1);
}

static ptrdiff_t pass(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    (void)n;
    (void)ctx;
    return 0;
}

static void merge_nothing(void *left, const void *right, void *ctx)
{
    (void)left;
    (void)right;
    (void)ctx;
}

static int walk_forever(size_t begin, size_t end, void *arg)
{
    const size_t root = 0;
    size_t acc = 7;
    (void)begin;
    (void)end;
    if (par_tree_for_each(&root, sizeof root, list_forever, pass, arg) != ECANCELED)
        return -1;
    return par_tree_reduce_prefix(&root, sizeof root, list_forever, &acc, sizeof acc, pass,
                                  merge_nothing, arg) == ECANCELED &&
                   acc == 7
               ? 0
               : -2;
}

static const char *cancel_around(void *arg)
{
    par_group group = PAR_GROUP_INIT;
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    (void)arg;
    options.group = &group;
    return par_try_for(0, 1, walk_forever, &group, &options) == ECANCELED ? NULL : "went on";
}

const char *tree_ends_inside_a_canceled_loop(void)
{
    return in_every_pool(cancel_around, NULL);
}

static ptrdiff_t walk_inside(void *out, const void *in, size_t n, void *ctx)
{
    interval root = {.begin = 0, .end = 27};
    large acc = {.n = 0};
    (void)out;
    (void)in;
    memset(root.rest, 'r', sizeof root.rest);
    memset(acc.rest, 'a', sizeof acc.rest);
    const int code = par_tree_reduce_postfix(&root, sizeof root, list_thirds, &acc, sizeof acc,
                                             count_leaf, add_large, NULL);
    atomic_fetch_add((atomic_size_t *)ctx, n);
    return code == 0 && acc.n == 27 ? 0 : -1;
}

static const char *walk_nested(void *arg)
{
    interval root = {.begin = 0, .end = 300};
    atomic_size_t nodes = 0;
    (void)arg;
    const int code = par_tree_for_each(&root, sizeof root, list_thirds, walk_inside, &nodes);
    return code == 0 && atomic_load(&nodes) > 100 ? NULL : wrong("code %d", code);
}

const char *tree_runs_inside_its_functions(void)
{
    return in_every_pool(walk_nested, NULL);
}

/* ---- memory and arguments -------------------------------------------------------------------- */

static int list_too_many(par_children *list, const void *node, void *ctx)
{
    (void)ctx;
    return par_children_put(list, node, SIZE_MAX / 4);
}

const char *tree_begins_nothing_without_memory(void)
{
    const size_t root = 0;
    size_t acc = 7;
    if (par_tree_for_each(&root, sizeof root, list_too_many, pass, NULL) != ENOMEM ||
        par_tree_reduce_prefix(&root, sizeof root, list_too_many, &acc, sizeof acc, pass,
                               merge_nothing, NULL) != ENOMEM)
        return "the wrong code";
    return acc == 7 ? NULL : "the accumulator was changed";
}

static int list_never(par_children *list, const void *node, void *ctx)
{
    (void)list;
    (void)node;
    *(bool *)ctx = true;
    return 0;
}

static ptrdiff_t never(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    (void)n;
    *(bool *)ctx = true;
    return 0;
}

const char *tree_refuses_bad_arguments(void)
{
    bool called = false;
    size_t acc = 0;
    const size_t root = 0;
    const int codes[] = {
        par_tree_for_each(NULL, 8, list_never, never, &called),
        par_tree_for_each(&root, 0, list_never, never, &called),
        par_tree_for_each(&root, 8, NULL, never, &called),
        par_tree_for_each(&root, 8, list_never, NULL, &called),
        par_tree_reduce_prefix(&root, 8, list_never, NULL, 8, never, merge_nothing, &called),
        par_tree_reduce_prefix(&root, 8, list_never, &acc, 0, never, merge_nothing, &called),
        par_tree_reduce_postfix(&root, 8, list_never, &acc, 8, NULL, merge_nothing, &called),
        par_tree_reduce_postfix(&root, 8, list_never, &acc, 8, never, NULL, &called),
        par_tree_reduce_postfix(NULL, 8, list_never, &acc, 8, never, merge_nothing, &called),
    };
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (codes[i] != EINVAL)
            return wrong("call %zu returned %d", i, codes[i]);
    }
    return called ? "a function was called" : NULL;
}
