/* SPDX-License-Identifier: MIT */
/* tree_sum.c - adding up the nodes of a full binary tree: a fork for each inner node, for as little
 * as one addition. The small tree is too small to gain anything, and must not lose much. */
#include "suite/suite.h"

#include <par/task.h>
#include <stdlib.h>

typedef struct node {
    const struct node *left; /* both or none */
    const struct node *right;
    uint64_t value;
} node;

typedef struct tree {
    size_t n;
    node *nodes;
    uint64_t answer;
} tree;

static uint64_t sum(const node *of)
{
    if (of->left == NULL)
        return of->value;
    return of->value + sum(of->left) + sum(of->right);
}

static void serial(void *state)
{
    tree *const t = state;
    t->answer = sum(t->nodes);
}

PAR_TASK_1(uint64_t, sum_task, const node *, of)
{
    if (of->left == NULL)
        return of->value;
    PAR_FORK(sum_task, right, of->right);
    const uint64_t left = PAR_CALL(sum_task, of->left);
    return of->value + left + PAR_JOIN(sum_task, right);
}

static void parallel(void *state)
{
    tree *const t = state;
    t->answer = sum_task(t->nodes);
}

static bool is_right(void *state)
{
    tree *const t = state;
    const bool right = t->answer == (uint64_t)t->n * (t->n - 1) / 2;
    t->answer = UINT64_MAX;
    return right;
}

/* Node i of a tree of n stands at nodes[i], its left half behind it and then its right half, as a
 * recursion that allocates them would place them. */
static void plant(node *nodes, size_t i, size_t n)
{
    nodes[i] = (node){NULL, NULL, i};
    const size_t half = (n - 1) / 2;
    if (half == 0)
        return;
    nodes[i].left = &nodes[i + 1];
    nodes[i].right = &nodes[i + 1 + half];
    plant(nodes, i + 1, half);
    plant(nodes, i + 1 + half, half);
}

static void destroy(void *state)
{
    tree *const t = state;
    free(t->nodes);
    free(t);
}

/* Rounded down to a full tree. */
static void *create(size_t size)
{
    tree *const t = calloc(1, sizeof *t);
    if (t == NULL)
        return NULL;
    t->n = 1;
    while (2 * t->n + 1 <= size)
        t->n = 2 * t->n + 1;
    t->nodes = calloc(t->n, sizeof *t->nodes);
    if (t->nodes == NULL) {
        free(t);
        return NULL;
    }
    plant(t->nodes, 0, t->n);
    return t;
}

static size_t laps(size_t size)
{
    const size_t nodes_in_a_sample = 1 << 21;
    return size >= nodes_in_a_sample ? 1 : nodes_in_a_sample / size;
}

int main(int argc, char **argv)
{
    const suite_program program = {
        .name = "tree_sum",
        .about = "adding up the nodes of a tree",
        .size = "nodes",
        .sizes = {1023, 16777215},
        .quick = 1023,
        .largest = 1000000000,
        .create = create,
        .destroy = destroy,
        .serial = serial,
        .parallel = parallel,
        .is_right = is_right,
        .laps = laps,
    };
    return suite_main(&program, argc, argv);
}
