/* SPDX-License-Identifier: MIT */
/* panic_ledger_checks.c - random trees of forks of all kinds, whose nodes panic at random. Which
 * nodes run does not depend on who runs them, so a serial count tells how many must. Every panic
 * that was raised must be found again, as the first or as a suppressed one. */
#include "scope/panic_checks.h"

#include <par/panic.h>
#include <par/task.h>

enum { ALIVE = 0x600d, DEAD = 0xdead, TREE_DEPTH = 8, ODDS = 10 };

typedef struct ledger {
    atomic_size_t begun;
    atomic_size_t ended;
    atomic_size_t raised;
    atomic_size_t arrived;
    atomic_size_t orphans; /* frames that were left while something of theirs ran */
} ledger;

typedef struct node {
    ledger *all;
    struct node *parent; /* NULL: the root */
    uint64_t seed;
    size_t depth;
    atomic_size_t state;
    atomic_size_t active; /* children that have begun and not ended */
} node;

/* What a node will do, in the same order for the run and for the count. */
typedef struct plan {
    bool panics_before;
    bool panics_after;
    size_t kind;
    uint64_t left;
    uint64_t right;
} plan;

enum { KIND_JOIN, KIND_BACK, KIND_TYPED, KIND_SCOPE, KIND_TRY, KIND_CATCH, KINDS };

static plan make_plan(uint64_t seed)
{
    plan made;
    made.panics_before = random_below(&seed, ODDS) == 0;
    made.panics_after = random_below(&seed, ODDS) == 0;
    made.kind = random_below(&seed, KINDS);
    made.left = random_next(&seed);
    made.right = random_next(&seed);
    return made;
}

/* ---- the count ---- */

/* Whether a panic leaves the node. */
static bool count(uint64_t seed, size_t depth, size_t *nodes)
{
    const plan todo = make_plan(seed);
    ++*nodes;
    if (todo.panics_before || depth == 0)
        return todo.panics_before;
    const bool left = count(todo.left, depth - 1, nodes);
    const bool right = count(todo.right, depth - 1, nodes);
    const bool absorbs = todo.kind == KIND_SCOPE || todo.kind == KIND_TRY;
    if (!absorbs && (right || (left && todo.kind != KIND_CATCH)))
        return true;
    return todo.panics_after;
}

/* ---- the run ---- */

static void run_node(void *arg);

static void leave_node(void *arg)
{
    node *self = arg;
    if (atomic_load(&self->active) != 0)
        atomic_fetch_add(&self->all->orphans, 1);
    atomic_store(&self->state, DEAD);
    atomic_fetch_add(&self->all->ended, 1);
    if (self->parent == NULL)
        return;
    if (atomic_load(&self->parent->state) != ALIVE)
        atomic_fetch_add(&self->all->orphans, 1);
    atomic_fetch_sub(&self->parent->active, 1);
}

static void raise_one(node *self)
{
    atomic_fetch_add(&self->all->raised, 1);
    par_panic(1 + (int)self->depth, "at depth %zu", self->depth);
}

static void account(ledger *all, int code, const par_failure *failure)
{
    if (code != 0)
        atomic_fetch_add(&all->arrived, 1 + failure->suppressed);
}

static int try_node(void *arg)
{
    run_node(arg);
    return 0;
}

PAR_VOID_TASK_1(typed_node, node *, self)
{
    run_node(self);
}

PAR_VOID_TASK_2(typed_nodes, node *, left, node *, right)
{
    PAR_FORK(typed_node, child, right);
    PAR_CALL(typed_node, left);
    PAR_JOIN(typed_node, child);
}

PAR_VOID_TASK_2(typed_back, node *, left, node *, right)
{
    PAR_FORK(typed_node, older, right);
    PAR_FORK(typed_node, newer, left);
    PAR_JOIN(typed_node, older);
    PAR_JOIN(typed_node, newer);
}

static void node_task(par_scope *scope, void *arg)
{
    (void)scope;
    run_node(arg);
}

static void spawn_nodes(par_scope *scope, void *arg)
{
    node **nodes = arg;
    (void)par_scope_spawn(scope, node_task, nodes[0]);
    (void)par_scope_spawn(scope, node_task, nodes[1]);
}

static void run_children(size_t kind, node *left, node *right)
{
    ledger *all = left->all;
    par_failure failure;
    switch (kind) {
    case KIND_JOIN:
        par_join(run_node, left, run_node, right);
        break;
    case KIND_BACK:
        typed_back(left, right);
        break;
    case KIND_TYPED:
        typed_nodes(left, right);
        break;
    case KIND_SCOPE:
        account(all, par_catch_scope(spawn_nodes, (node *[]){left, right}, &failure), &failure);
        break;
    case KIND_TRY:
        account(all, par_catch_join(try_node, left, try_node, right, &failure), &failure);
        break;
    default:
        account(all, par_catch(run_node, left, &failure), &failure);
        run_node(right);
    }
}

static void run_node(void *arg)
{
    node *self = arg;
    const plan todo = make_plan(self->seed);
    atomic_fetch_add(&self->all->begun, 1);
    if (self->parent != NULL)
        atomic_fetch_add(&self->parent->active, 1);
    PAR_DEFER(leave_node, self);
    if (todo.left % 4 == 0)
        sched_yield();
    if (todo.panics_before)
        raise_one(self);
    if (self->depth == 0)
        return;
    node left = {self->all, self, todo.left, self->depth - 1, ALIVE, 0};
    node right = {self->all, self, todo.right, self->depth - 1, ALIVE, 0};
    run_children(todo.kind, &left, &right);
    if (todo.panics_after)
        raise_one(self);
}

static const char *run_tree(uint64_t seed)
{
    ledger all = {0};
    size_t nodes = 0;
    par_failure failure;
    node root = {&all, NULL, seed, TREE_DEPTH, ALIVE, 0};
    const bool panics = count(seed, TREE_DEPTH, &nodes);
    const int code = par_catch(run_node, &root, &failure);
    account(&all, code, &failure);
    if (atomic_load(&all.begun) != nodes || atomic_load(&all.ended) != nodes)
        return wrong("%zu nodes begun, %zu ended, of %zu (seed %zu)", atomic_load(&all.begun),
                     atomic_load(&all.ended), nodes, (size_t)seed);
    if (atomic_load(&all.orphans) != 0)
        return wrong("%zu frames were left too early", atomic_load(&all.orphans));
    if ((code != 0) != panics || atomic_load(&all.raised) != atomic_load(&all.arrived))
        return wrong("code %d; %zu panics raised, %zu found again", code, atomic_load(&all.raised),
                     atomic_load(&all.arrived));
    return NULL;
}

static const char *run_trees(void *arg)
{
    const uint64_t *first = arg;
    const char *problem = NULL;
    for (uint64_t seed = 0; seed < scaled(100) && problem == NULL; seed++)
        problem = run_tree(*first + seed);
    return problem;
}

const char *panic_verb_keeps_the_ledger_of_random_trees(void)
{
    uint64_t first = 1;
    return in_every_pool(run_trees, &first);
}

/* ---- many callers ---- */

typedef struct callers {
    par_pool *pool;
    atomic_size_t failed;
} callers;

static void run_trees_quietly(void *arg)
{
    static atomic_size_t turn = 1000;
    callers *all = arg;
    for (size_t i = 0; i < scaled(100); i++) {
        if (run_tree(atomic_fetch_add(&turn, 1)) != NULL)
            atomic_fetch_add(&all->failed, 1);
    }
}

static void call_from_outside(size_t number, void *arg)
{
    callers *all = arg;
    if (number % 2 == 0)
        par_pool_run(all->pool, run_trees_quietly, arg);
    else
        run_trees_quietly(arg);
}

const char *panic_verb_keeps_the_ledger_of_many_callers(void)
{
    const char *problem = NULL;
    callers all = {.pool = pool_of(8, &problem)};
    if (all.pool == NULL)
        return problem;
    crowd_run(6, call_from_outside, &all);
    par_pool_destroy(all.pool);
    return atomic_load(&all.failed) == 0 ? NULL : wrong("%zu trees", atomic_load(&all.failed));
}
