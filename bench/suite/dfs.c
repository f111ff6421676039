/* SPDX-License-Identifier: MIT */
/* dfs.c - which vertices of a graph can be reached from the first one. Depth first with a stack of
 * bounded length: what does not fit becomes a task of its own. Who marks a vertex first visits it.
 * The graph is a random one with four edges from each vertex, a part of which leads nowhere. */
#include "suite/suite.h"

#include <par/scope.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { degree = 4, stack_length = 64, half_length = stack_length / 2 };

typedef struct dfs {
    size_t n;
    uint32_t *edges; /* [n][degree] */
    atomic_uchar *seen;
    atomic_size_t reached;
    atomic_size_t lost;
    size_t expected; /* of the first run; 0: there was none */
} dfs;

/* Vertices that are marked and whose edges are to be followed. */
typedef struct stack {
    dfs *graph;
    size_t height;
    uint32_t vertices[stack_length];
} stack;

static bool mark(dfs *d, uint32_t vertex)
{
    return atomic_load_explicit(&d->seen[vertex], memory_order_relaxed) == 0 &&
           atomic_exchange_explicit(&d->seen[vertex], 1, memory_order_relaxed) == 0;
}

/* ---- parallel -------------------------------------------------------------------------------- */

static void visit(par_scope *scope, void *arg);

/* The lower half, which was there first, becomes a task. */
static void hand_on(par_scope *scope, stack *s)
{
    stack lower = {.graph = s->graph, .height = half_length};
    memcpy(lower.vertices, s->vertices, sizeof(uint32_t) * half_length);
    s->height -= half_length;
    memmove(s->vertices, s->vertices + half_length, sizeof(uint32_t) * s->height);
    if (par_scope_spawn_copy(scope, visit, &lower, sizeof lower) != 0)
        atomic_fetch_add(&s->graph->lost, 1);
}

static void visit(par_scope *scope, void *arg)
{
    stack s = *(const stack *)arg;
    dfs *const d = s.graph;
    size_t reached = 0;
    while (s.height > 0) {
        const uint32_t *const edges = d->edges + (size_t)s.vertices[--s.height] * degree;
        reached++;
        if (s.height + degree > stack_length)
            hand_on(scope, &s);
        for (size_t i = 0; i < degree; i++)
            if (mark(d, edges[i]))
                s.vertices[s.height++] = edges[i];
    }
    atomic_fetch_add_explicit(&d->reached, reached, memory_order_relaxed);
}

static void parallel(void *state)
{
    dfs *const d = state;
    stack first = {.graph = d, .height = 1, .vertices = {0}};
    mark(d, 0);
    par_scope_run(visit, &first);
}

/* ---- serial ---------------------------------------------------------------------------------- */

static void visit_serially(const stack *from);

static void hand_on_serially(stack *s)
{
    stack lower = {.graph = s->graph, .height = half_length};
    memcpy(lower.vertices, s->vertices, sizeof(uint32_t) * half_length);
    s->height -= half_length;
    memmove(s->vertices, s->vertices + half_length, sizeof(uint32_t) * s->height);
    visit_serially(&lower);
}

static void visit_serially(const stack *from)
{
    stack s = *from;
    dfs *const d = s.graph;
    size_t reached = 0;
    while (s.height > 0) {
        const uint32_t *const edges = d->edges + (size_t)s.vertices[--s.height] * degree;
        reached++;
        if (s.height + degree > stack_length)
            hand_on_serially(&s);
        for (size_t i = 0; i < degree; i++)
            if (mark(d, edges[i]))
                s.vertices[s.height++] = edges[i];
    }
    atomic_fetch_add_explicit(&d->reached, reached, memory_order_relaxed);
}

static void serial(void *state)
{
    dfs *const d = state;
    const stack first = {.graph = d, .height = 1, .vertices = {0}};
    mark(d, 0);
    visit_serially(&first);
}

/* ---- the graph ------------------------------------------------------------------------------- */

/* Edges from one half lead to both, those from the other stay there. */
static void draw(dfs *d)
{
    uint64_t seed = 1;
    const size_t half = d->n / 2;
    for (size_t vertex = 0; vertex < d->n; vertex++)
        for (size_t i = 0; i < degree; i++)
            d->edges[vertex * degree + i] =
                (uint32_t)(suite_random(&seed) % (vertex < half ? half : d->n));
}

static void prepare(void *state)
{
    dfs *const d = state;
    memset(d->seen, 0, d->n * sizeof *d->seen);
    atomic_store(&d->reached, 0);
}

/* Whatever is marked has been counted, and all its neighbours are marked. */
static bool is_complete(dfs *d)
{
    size_t marked = 0;
    for (size_t vertex = 0; vertex < d->n; vertex++) {
        if (atomic_load(&d->seen[vertex]) == 0)
            continue;
        marked++;
        for (size_t i = 0; i < degree; i++)
            if (atomic_load(&d->seen[d->edges[vertex * degree + i]]) == 0)
                return false;
    }
    return marked == atomic_load(&d->reached);
}

static bool is_right(void *state)
{
    dfs *const d = state;
    const size_t reached = atomic_load(&d->reached);
    if (d->expected == 0)
        d->expected = reached;
    const bool right = reached == d->expected && atomic_load(&d->lost) == 0 && is_complete(d);
    prepare(d);
    return right;
}

static void destroy(void *state)
{
    dfs *const d = state;
    free(d->edges);
    free(d->seen);
    free(d);
}

static void *create(size_t size)
{
    dfs *const d = calloc(1, sizeof *d);
    if (d == NULL)
        return NULL;
    d->n = size < 2 ? 2 : size;
    d->edges = calloc(d->n * degree, sizeof *d->edges);
    d->seen = calloc(d->n, sizeof *d->seen);
    if (d->edges == NULL || d->seen == NULL) {
        destroy(d);
        return NULL;
    }
    draw(d);
    return d;
}

int main(int argc, char **argv)
{
    const suite_program program = {
        .name = "dfs",
        .about = "what can be reached in a random graph",
        .size = "vertices",
        .sizes = {4000000},
        .quick = 20000,
        .largest = 400000000,
        .create = create,
        .destroy = destroy,
        .prepare = prepare,
        .serial = serial,
        .parallel = parallel,
        .is_right = is_right,
    };
    return suite_main(&program, argc, argv);
}
