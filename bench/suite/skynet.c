/* SPDX-License-Identifier: MIT */
/* skynet.c - a tree in which each task has ten children, and as many leaves as asked for; the sum
 * of the leaves' numbers comes up. Each inner task is a scope. */
#include "suite/suite.h"

#include <par/scope.h>
#include <stdlib.h>

enum { children = 10 };

/* The leaves first .. first + n - 1. */
typedef struct node {
    uint64_t first;
    uint64_t n;
    uint64_t sum;
} node;

/* Cuts a node of more than one leaf. Returns the number of children. */
static size_t cut(const node *parent, node *into)
{
    const uint64_t share = (parent->n + children - 1) / children;
    size_t made = 0;
    for (uint64_t done = 0; done < parent->n; done += share) {
        const uint64_t rest = parent->n - done;
        into[made++] = (node){parent->first + done, rest < share ? rest : share, 0};
    }
    return made;
}

static void sum(node *of)
{
    if (of->n == 1) {
        of->sum = of->first;
        return;
    }
    node below[children];
    const size_t n = cut(of, below);
    for (size_t i = 0; i < n; i++) {
        sum(&below[i]);
        of->sum += below[i].sum;
    }
}

static void serial(void *state)
{
    sum(state);
}

static void sum_in_scope(node *of);

static void sum_task(par_scope *scope, void *arg)
{
    (void)scope;
    sum_in_scope(arg);
}

typedef struct family {
    node *below;
    size_t n;
} family;

static void spawn_children(par_scope *scope, void *arg)
{
    const family *const f = arg;
    for (size_t i = 0; i < f->n; i++)
        if (par_scope_spawn(scope, sum_task, &f->below[i]) != 0)
            sum_in_scope(&f->below[i]);
}

static void sum_in_scope(node *of)
{
    if (of->n == 1) {
        of->sum = of->first;
        return;
    }
    node below[children];
    family f = {below, cut(of, below)};
    par_scope_run(spawn_children, &f);
    for (size_t i = 0; i < f.n; i++)
        of->sum += below[i].sum;
}

static void parallel(void *state)
{
    sum_in_scope(state);
}

static bool is_right(void *state)
{
    node *const root = state;
    const bool right = root->sum == root->n * (root->n - 1) / 2;
    root->sum = 0;
    return right;
}

static void *create(size_t size)
{
    node *const root = calloc(1, sizeof *root);
    if (root != NULL)
        root->n = size;
    return root;
}

int main(int argc, char **argv)
{
    const suite_program program = {
        .name = "skynet",
        .about = "a tree of scopes with ten tasks each",
        .size = "leaves",
        .sizes = {1000000},
        .quick = 1000,
        .largest = 1000000000,
        .create = create,
        .destroy = free,
        .serial = serial,
        .parallel = parallel,
        .is_right = is_right,
    };
    return suite_main(&program, argc, argv);
}
