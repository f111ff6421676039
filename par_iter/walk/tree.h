/* SPDX-License-Identifier: MIT */
/* tree.h - a walk over a tree that is under way; shared by tree.c and tree_deep.c. */
#ifndef WS_PAR_ITER_TREE_H
#define WS_PAR_ITER_TREE_H

#include <par/scope.h>
#include <par/tree.h>

typedef struct ws_tree {
    const void *root;
    size_t size; /* of a node */
    par_children_fn *children;
    par_block_fn *fn;
    par_merge_fn *merge;
    void *ctx;
    void *acc; /* the identity until all is over */
    size_t acc_size;
    bool is_prefix;
    par_scope *scope; /* of a for_each */
    int code;         /* the first failure; atomic */
} ws_tree;

/* The children of one node, one behind the other. */
struct par_children {
    char *nodes; /* in_place, or on_heap */
    char *on_heap;
    size_t size;
    size_t room; /* nodes */
    size_t n;
    _Alignas(max_align_t) char in_place[256];
};

/* Keeps the first code that is not 0. */
void ws_tree_fail(ws_tree *t, int code);

/* False after a failure, or if the call around has been asked to stop. */
bool ws_tree_goes_on(ws_tree *t);

/* Makes the list of a node's children, which ends with ws_tree_unlist, also after a failure. */
void ws_tree_list(ws_tree *t, par_children *list, const void *node);
void ws_tree_unlist(void *list);

/* Takes a node into the accumulator, unless there was a failure. */
void ws_tree_fold(ws_tree *t, void *acc, const void *node);

/* Reduces n siblings and all below them into *acc, as reduce_some in tree.c does, but on the
 * calling thread alone and with a stack in allocated memory. *acc is set if nothing fails. */
void ws_tree_deep_reduce(ws_tree *t, const char *siblings, size_t n, void *acc);

#endif
