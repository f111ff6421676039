/* SPDX-License-Identifier: MIT */
/* tree.c - walks over a tree that a function tells.
 *
 * W1  A node stands in the list that its parent's call made, or is the root. A list lives until all
 *     below it is done.
 * W2  Siblings are split by halves, and the halves are the two sides of a join; of a reduction so
 *     are the brackets. `depth` counts the calls that stand on the stack in one another.
 * W3  At DEPTH for_each makes tasks of the scope that it runs in, which begin with an empty stack;
 *     a reduction, whose calls give their results to those that they stand in, goes on in
 * tree_deep.c, with the same brackets. */
#include "par_iter/walk/tree.h"

#include <par/group.h>
#include <par/join.h>

#include "par_iter/base/array.h"
#include "par_iter/base/shared.h"
#include "par_iter/base/travel.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH = 512, ACC_BYTES = 128 };

/* ---- failures ----------------------------------------------------------------------------------
 */

void ws_tree_fail(ws_tree *t, int code)
{
    if (code != 0)
        ws_shared_set_first(&t->code, code);
}

bool ws_tree_goes_on(ws_tree *t)
{
    if (__atomic_load_n(&t->code, __ATOMIC_RELAXED) != 0)
        return false;
    if (!par_canceled())
        return true;
    ws_tree_fail(t, ECANCELED);
    return false;
}

/* ---- children ----------------------------------------------------------------------------------
 */

static int grow(par_children *list, size_t n)
{
    const size_t least = list->n + n;
    const size_t room = least > 2 * list->room ? least : 2 * list->room;
    if (n > PTRDIFF_MAX / list->size - list->n || room > PTRDIFF_MAX / list->size)
        return ENOMEM;
    char *const bytes = realloc(list->on_heap, room * list->size);
    if (bytes == NULL)
        return ENOMEM;
    if (list->on_heap == NULL)
        memcpy(bytes, list->nodes, list->n * list->size);
    list->on_heap = list->nodes = bytes;
    list->room = room;
    return 0;
}

int par_children_put(par_children *list, const void *nodes, size_t n)
{
    if (n == 0)
        return 0;
    if (n > list->room - list->n && grow(list, n) != 0)
        return ENOMEM;
    memcpy(list->nodes + list->n * list->size, nodes, n * list->size);
    list->n += n;
    return 0;
}

void ws_tree_list(ws_tree *t, par_children *list, const void *node)
{
    list->nodes = list->in_place;
    list->on_heap = NULL;
    list->size = t->size;
    list->room = sizeof list->in_place / t->size;
    list->n = 0;
    ws_tree_fail(t, t->children(list, node, t->ctx));
}

void ws_tree_unlist(void *list)
{
    free(((par_children *)list)->on_heap);
}

/* ---- for each ----------------------------------------------------------------------------------
 */

/* Siblings that a call works on. */
typedef struct some {
    ws_tree *t;
    const char *nodes;
    size_t n;
    size_t depth;
} some;

/* A node in a task of its own. */
typedef struct far_node {
    ws_tree *t;
    _Alignas(max_align_t) char node[];
} far_node;

static void walk_node(ws_tree *t, const char *node, size_t depth);

static void run_far(par_scope *scope, void *arg)
{
    far_node *const far = arg;
    (void)scope;
    PAR_DEFER(free, far);
    walk_node(far->t, far->node, 0);
}

static void spawn_far(ws_tree *t, const char *node)
{
    far_node *const far = t->size > PTRDIFF_MAX / 2 ? NULL : malloc(sizeof *far + t->size);
    if (far == NULL) {
        ws_tree_fail(t, ENOMEM);
        return;
    }
    far->t = t;
    memcpy(far->node, node, t->size);
    const int code = par_scope_spawn(t->scope, run_far, far);
    if (code == 0)
        return;
    free(far);
    ws_tree_fail(t, code);
}

static void walk_some(void *arg)
{
    const some *const s = arg;
    if (!ws_tree_goes_on(s->t))
        return;
    if (s->n == 1 && s->depth < DEPTH) {
        walk_node(s->t, s->nodes, s->depth);
        return;
    }
    if (s->depth >= DEPTH) {
        for (size_t i = 0; i < s->n; i++)
            spawn_far(s->t, s->nodes + i * s->t->size);
        return;
    }
    const size_t half = s->n / 2;
    some left = {s->t, s->nodes, half, s->depth + 1};
    some right = {s->t, s->nodes + half * s->t->size, s->n - half, s->depth + 1};
    par_join(walk_some, &left, walk_some, &right);
}

/* A panic that leaves a node stops the others, as a failure does. */
static void stop_after_panic(void *t)
{
    if (par_panicking())
        ws_tree_fail(t, ECANCELED);
}

static void walk_node(ws_tree *t, const char *node, size_t depth)
{
    par_children list;
    PAR_DEFER(stop_after_panic, t);
    ws_tree_fail(t, ws_array_code(t->fn(NULL, node, 1, t->ctx)));
    if (!ws_tree_goes_on(t))
        return;
    list.on_heap = NULL;
    PAR_DEFER(ws_tree_unlist, &list);
    ws_tree_list(t, &list, node);
    if (list.n > 0) {
        some all = {t, list.nodes, list.n, depth + 1};
        walk_some(&all);
    }
}

static void walk_root(par_scope *scope, void *arg)
{
    ws_tree *const t = arg;
    some root = {t, t->root, 1, 0};
    t->scope = scope;
    walk_some(&root);
}

/* ---- reduce ------------------------------------------------------------------------------------
 */

/* The same, with a result. */
typedef struct reduction {
    some some;
    void *acc;
} reduction;

void ws_tree_fold(ws_tree *t, void *acc, const void *node)
{
    if (ws_tree_goes_on(t))
        ws_tree_fail(t, ws_array_code(t->fn(acc, node, 1, t->ctx)));
}

static void reduce_some(void *arg);

/* ... in memory for one more accumulator. */
typedef void with_acc(const void *arg, void *acc);

static void call_with_acc_on_stack(with_acc *fn, const void *arg)
{
    _Alignas(64) char acc[ACC_BYTES];
    fn(arg, acc);
}

static void call_with_acc(ws_tree *t, with_acc *fn, const void *arg)
{
    if (t->acc_size <= ACC_BYTES) {
        call_with_acc_on_stack(fn, arg);
        return;
    }
    void *const acc = malloc(t->acc_size);
    PAR_DEFER(free, acc);
    if (acc == NULL)
        ws_tree_fail(t, ENOMEM);
    else
        fn(arg, acc);
}

static void reduce_halves(const void *arg, void *right_acc)
{
    const reduction *const r = arg;
    const some *const s = &r->some;
    const size_t half = s->n / 2;
    reduction left = {{s->t, s->nodes, half, s->depth + 1}, r->acc};
    reduction right = {{s->t, s->nodes + half * s->t->size, s->n - half, s->depth + 1}, right_acc};
    par_join(reduce_some, &left, reduce_some, &right);
    if (ws_tree_goes_on(s->t))
        s->t->merge(r->acc, right_acc, s->t->ctx);
}

/* Of a node whose own part is in r->acc. */
static void reduce_and_merge(const void *arg, void *acc)
{
    const reduction *const r = arg;
    reduction below = {r->some, acc};
    reduce_some(&below);
    if (ws_tree_goes_on(r->some.t))
        r->some.t->merge(r->acc, acc, r->some.t->ctx);
}

static void reduce_prefix(ws_tree *t, const char *node, reduction *children)
{
    memcpy(children->acc, t->acc, t->acc_size);
    ws_tree_fold(t, children->acc, node);
    if (children->some.n > 0)
        call_with_acc(t, reduce_and_merge, children);
}

static void reduce_postfix(ws_tree *t, const char *node, reduction *children)
{
    if (children->some.n > 0)
        reduce_some(children);
    else
        memcpy(children->acc, t->acc, t->acc_size);
    ws_tree_fold(t, children->acc, node);
}

static void reduce_node(ws_tree *t, const char *node, void *acc, size_t depth)
{
    par_children list;
    PAR_DEFER(stop_after_panic, t);
    list.on_heap = NULL;
    PAR_DEFER(ws_tree_unlist, &list);
    ws_tree_list(t, &list, node);
    reduction children = {{t, list.nodes, list.n, depth + 1}, acc};
    if (t->is_prefix)
        reduce_prefix(t, node, &children);
    else
        reduce_postfix(t, node, &children);
}

/* Sets *acc, unless something fails. */
static void reduce_some(void *arg)
{
    const reduction *const r = arg;
    const some *const s = &r->some;
    if (!ws_tree_goes_on(s->t))
        return;
    if (s->depth >= DEPTH)
        ws_tree_deep_reduce(s->t, s->nodes, s->n, r->acc);
    else if (s->n == 1)
        reduce_node(s->t, s->nodes, r->acc, s->depth);
    else
        call_with_acc(s->t, reduce_halves, r);
}

static void reduce_root(const void *arg, void *acc)
{
    ws_tree *const t = *(ws_tree *const *)arg;
    reduction root = {{t, t->root, 1, 0}, acc};
    reduce_some(&root);
    if (t->code == 0)
        memcpy(t->acc, acc, t->acc_size);
}

/* ---- calls -------------------------------------------------------------------------------------
 */

static bool is_complete(const ws_tree *t)
{
    return t->root != NULL && t->size > 0 && t->children != NULL && t->fn != NULL;
}

int par_tree_for_each(const void *root, size_t size, par_children_fn *children, par_block_fn *each,
                      void *ctx)
{
    ws_tree t = {.root = root, .size = size, .children = children, .fn = each, .ctx = ctx};
    if (!is_complete(&t))
        return EINVAL;
    ws_travel_scope(walk_root, &t);
    return t.code;
}

/* As one piece of a loop, so that there is a catch: where this is called by a handler of a panic,
 * that one is not meant. */
static int reduce_all(size_t begin, size_t end, void *arg)
{
    ws_tree *const t = arg;
    (void)begin;
    (void)end;
    call_with_acc(t, reduce_root, &t);
    return 0;
}

static int reduce(ws_tree *t)
{
    if (!is_complete(t) || t->acc == NULL || t->acc_size == 0 || t->merge == NULL)
        return EINVAL;
    const int code = ws_travel_for(0, 1, reduce_all, t, NULL);
    return t->code != 0 ? t->code : code;
}

int par_tree_reduce_prefix(const void *root, size_t size, par_children_fn *children, void *acc,
                           size_t acc_size, par_block_fn *fold, par_merge_fn *merge, void *ctx)
{
    ws_tree t = {.root = root,
                 .size = size,
                 .children = children,
                 .fn = fold,
                 .merge = merge,
                 .ctx = ctx,
                 .acc = acc,
                 .acc_size = acc_size,
                 .is_prefix = true};
    return reduce(&t);
}

int par_tree_reduce_postfix(const void *root, size_t size, par_children_fn *children, void *acc,
                            size_t acc_size, par_block_fn *fold, par_merge_fn *merge, void *ctx)
{
    ws_tree t = {.root = root,
                 .size = size,
                 .children = children,
                 .fn = fold,
                 .merge = merge,
                 .ctx = ctx,
                 .acc = acc,
                 .acc_size = acc_size};
    return reduce(&t);
}
