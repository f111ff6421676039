/* SPDX-License-Identifier: MIT */
/* uts.c - counting the nodes of an unbalanced tree, which is not stored anywhere: a node is a SHA-1
 * digest and its depth, and how many children it has follows from the digest. This is the geometric
 * tree of fixed shape of the Unbalanced Tree Search benchmark, branching factor 4, root 19; with
 * depth 10 it is that benchmark's tree T1. */
#include "suite/sha1.h"
#include "suite/suite.h"

#include <math.h>
#include <par/task.h>
#include <stdlib.h>
#include <string.h>

enum { root_seed = 19, branching = 4, most_children = 100 };

typedef struct node {
    uint8_t digest[SUITE_SHA1_SIZE];
    uint32_t depth;
} node;

typedef struct uts {
    uint32_t depth;
    uint64_t answer;
    uint64_t expected; /* 0: not known yet */
} uts;

static void store_number(uint8_t *to, uint32_t x)
{
    for (unsigned i = 0; i < 4; i++)
        to[i] = (uint8_t)(x >> (24 - 8 * i));
}

static void make_root(node *root)
{
    uint8_t seed[SUITE_SHA1_SIZE] = {0};
    store_number(seed + SUITE_SHA1_SIZE - 4, root_seed);
    suite_sha1(root->digest, seed, sizeof seed);
    root->depth = 0;
}

static void make_child(node *child, const node *parent, uint32_t index)
{
    uint8_t seed[SUITE_SHA1_SIZE + 4];
    memcpy(seed, parent->digest, SUITE_SHA1_SIZE);
    store_number(seed + SUITE_SHA1_SIZE, index);
    suite_sha1(child->digest, seed, sizeof seed);
    child->depth = parent->depth + 1;
}

/* Geometrically distributed, from the last 31 bits of the digest. */
static uint32_t count_children(const node *n, uint32_t depth)
{
    if (n->depth >= depth)
        return 0;
    const uint8_t *const last = n->digest + SUITE_SHA1_SIZE - 4;
    const uint32_t number =
        ((uint32_t)last[0] << 24 | (uint32_t)last[1] << 16 | (uint32_t)last[2] << 8 | last[3]) &
        0x7fffffffU;
    const double u = (double)number / 2147483648.0;
    const double p = 1.0 / (1.0 + branching);
    const double children = floor(log(1.0 - u) / log(1.0 - p));
    return children < most_children ? (uint32_t)children : most_children;
}

static uint64_t count(const node *of, uint32_t depth)
{
    uint64_t nodes = 1;
    const uint32_t children = count_children(of, depth);
    for (uint32_t i = 0; i < children; i++) {
        node child;
        make_child(&child, of, i);
        nodes += count(&child, depth);
    }
    return nodes;
}

static void serial(void *state)
{
    uts *const u = state;
    node root;
    make_root(&root);
    u->answer = count(&root, u->depth);
}

/* The children begin .. end - 1 of a node, and all below them; there is at least one. */
PAR_TASK_4(uint64_t, count_task, const node *, parent, uint32_t, depth, uint32_t, begin, uint32_t,
           end)
{
    if (end - begin > 1) {
        const uint32_t middle = begin + (end - begin) / 2;
        PAR_FORK(count_task, right, parent, depth, middle, end);
        const uint64_t left = PAR_CALL(count_task, parent, depth, begin, middle);
        return left + PAR_JOIN(count_task, right);
    }
    node child;
    make_child(&child, parent, begin);
    const uint32_t children = count_children(&child, depth);
    return 1 + (children == 0 ? 0 : PAR_CALL(count_task, &child, depth, 0, children));
}

static void parallel(void *state)
{
    uts *const u = state;
    node root;
    make_root(&root);
    const uint32_t children = count_children(&root, u->depth);
    u->answer = 1 + (children == 0 ? 0 : count_task(&root, u->depth, 0, children));
}

static bool is_right(void *state)
{
    uts *const u = state;
    if (u->expected == 0)
        u->expected = u->answer;
    const bool right = u->answer == u->expected;
    u->answer = 0;
    return right;
}

static void *create(size_t size)
{
    uts *const u = calloc(1, sizeof *u);
    if (u == NULL)
        return NULL;
    u->depth = (uint32_t)size;
    /* Tree T1, whose size its authors publish. */
    if (size == 10)
        u->expected = 4130071;
    return u;
}

int main(int argc, char **argv)
{
    const suite_program program = {
        .name = "uts",
        .about = "counting the nodes of an unbalanced tree",
        .size = "depth of the tree",
        .sizes = {10},
        .quick = 5,
        .largest = 20,
        .create = create,
        .destroy = free,
        .serial = serial,
        .parallel = parallel,
        .is_right = is_right,
    };
    return suite_main(&program, argc, argv);
}
