/* SPDX-License-Identifier: MIT */
/* tree_deep.c - the reduction of a subtree without calls that stand in one another: a machine with
 * a stack of steps and a stack of accumulators.
 *
 * D1  A step leaves what the call in tree.c of the same name would have returned: one more
 *     accumulator on top for siblings, one less for a merge. So brackets are the same.
 * D2  Steps are taken from the top; those that a step is made of are put there in reverse order.
 * D3  What is left after a failure is taken away, and lists are freed. */
#include "par_iter/walk/tree.h"

#include <par/panic.h>

#include "par_iter/base/array.h"

#include <stdlib.h>
#include <string.h>

enum step_kind {
    SIBLINGS, /* n of them: by halves, or a node and what is below it */
    FOLD,     /* a node into the uppermost accumulator */
    MERGE,    /* the two uppermost accumulators */
    UNLIST    /* nothing stands in a list any more */
};

typedef struct step {
    enum step_kind kind;
    size_t n;
    const char *nodes;
    par_children *list;
} step;

/* Memory that grows. */
typedef struct pile {
    char *bytes;
    size_t size;
    size_t n;
    size_t room;
} pile;

typedef struct machine {
    ws_tree *t;
    pile steps;
    pile accs;
} machine;

/* ---- stacks ------------------------------------------------------------------------------------
 */

/* The place for one more, or NULL without memory. */
static void *pile_push(pile *p)
{
    if (p->n == p->room) {
        const size_t room = p->room == 0 ? 64 : 2 * p->room;
        char *const bytes = room > PTRDIFF_MAX / p->size ? NULL : realloc(p->bytes, room * p->size);
        if (bytes == NULL)
            return NULL;
        p->bytes = bytes;
        p->room = room;
    }
    return p->bytes + p->n++ * p->size;
}

static void *pile_top(const pile *p)
{
    return p->bytes + (p->n - 1) * p->size;
}

static void push_step(machine *m, step next)
{
    step *const place = pile_push(&m->steps);
    if (place != NULL)
        *place = next;
    else
        ws_tree_fail(m->t, ENOMEM);
}

static void push_identity(machine *m)
{
    void *const acc = pile_push(&m->accs);
    if (acc != NULL)
        memcpy(acc, m->t->acc, m->t->acc_size);
    else
        ws_tree_fail(m->t, ENOMEM);
}

/* ---- steps -------------------------------------------------------------------------------------
 */

static void fold(machine *m, const char *node)
{
    if (ws_tree_goes_on(m->t))
        ws_tree_fold(m->t, pile_top(&m->accs), node);
}

static void begin_halves(machine *m, const step *s)
{
    const size_t half = s->n / 2;
    push_step(m, (step){.kind = MERGE});
    push_step(m, (step){SIBLINGS, s->n - half, s->nodes + half * m->t->size, NULL});
    push_step(m, (step){SIBLINGS, half, s->nodes, NULL});
}

/* The steps that a node with children is made of, and the end of their list. */
static void begin_children(machine *m, const char *node, par_children *list)
{
    step *const unlist = pile_push(&m->steps);
    if (unlist == NULL) {
        ws_tree_unlist(list);
        free(list);
        ws_tree_fail(m->t, ENOMEM);
        return;
    }
    *unlist = (step){.kind = UNLIST, .list = list};
    if (m->t->is_prefix)
        push_step(m, (step){.kind = MERGE});
    else
        push_step(m, (step){.kind = FOLD, .nodes = node});
    push_step(m, (step){SIBLINGS, list->n, list->nodes, NULL});
}

static void free_list_at(void *arg)
{
    par_children *const list = *(par_children **)arg;
    if (list != NULL)
        ws_tree_unlist(list);
    free(list);
}

static void begin_node(machine *m, const char *node)
{
    par_children *list = malloc(sizeof *list);
    PAR_DEFER(free_list_at, &list);
    if (list == NULL) {
        ws_tree_fail(m->t, ENOMEM);
        return;
    }
    list->on_heap = NULL;
    ws_tree_list(m->t, list, node);
    const bool is_leaf = list->n == 0;
    if (m->t->is_prefix || is_leaf) {
        push_identity(m);
        fold(m, node);
    }
    par_children *const children = list;
    if (is_leaf)
        return;
    list = NULL; /* which becomes a step's */
    begin_children(m, node, children);
}

static void merge(machine *m)
{
    char *const right = pile_top(&m->accs);
    m->t->merge(right - m->accs.size, right, m->t->ctx);
    m->accs.n--;
}

static void take_step(machine *m, const step *s)
{
    if (s->kind == FOLD)
        fold(m, s->nodes);
    else if (s->kind == MERGE)
        merge(m);
    else if (s->n > 1)
        begin_halves(m, s);
    else
        begin_node(m, s->nodes);
}

static void free_machine(void *arg)
{
    machine *const m = arg;
    while (m->steps.n > 0) { /* there are some after a panic */
        const step s = *(const step *)pile_top(&m->steps);
        m->steps.n--;
        if (s.kind == UNLIST) {
            ws_tree_unlist(s.list);
            free(s.list);
        }
    }
    free(m->steps.bytes);
    free(m->accs.bytes);
}

void ws_tree_deep_reduce(ws_tree *t, const char *siblings, size_t n, void *acc)
{
    const size_t alignment = _Alignof(max_align_t);
    machine m = {.t = t, .steps = {.size = sizeof(step)}};
    m.accs.size = (t->acc_size + alignment - 1) / alignment * alignment;
    PAR_DEFER(free_machine, &m);
    push_step(&m, (step){SIBLINGS, n, siblings, NULL});
    while (m.steps.n > 0) {
        const step s = *(const step *)pile_top(&m.steps);
        m.steps.n--;
        if (s.kind == UNLIST) {
            ws_tree_unlist(s.list);
            free(s.list);
        } else if (ws_tree_goes_on(t)) {
            take_step(&m, &s);
        }
    }
    if (ws_tree_goes_on(t))
        memcpy(acc, m.accs.bytes, t->acc_size);
}
