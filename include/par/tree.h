/* SPDX-License-Identifier: MIT */
/* tree.h - walks over a tree that a function tells: given a node, it lists the node's children.
 *
 * Nodes are values of `size` bytes, which are copied. The node of a tree in memory is a pointer to
 * it, so that `size` is sizeof(struct node *) and `root` is the address of such a pointer; a tree
 * that exists nowhere (intervals, positions of a game) has nodes that say where they are.
 *
 * The children of each node are listed once. Different nodes are listed and worked on at the same
 * time. Both calls may be made from any thread, inside tasks too, and block until done; they run
 * only what they forked meanwhile. They return 0; an errno code: EINVAL for a NULL or a size of 0,
 * ENOMEM, ECANCELED when a par_try_for around the call is stopped; or, unchanged, the first
 * negative value that a function returned. After a failure nodes not yet begun are skipped.
 *
 * Stack: the walk calls itself on each level of the tree, and about log2(k) times more where a node
 * has k children, but no more than 512 times: deeper trees go on in allocated memory. With
 * accumulators of up to 128 bytes that is less than 512 KiB, and nothing is allocated but for nodes
 * whose children together have more than 256 bytes. */
#ifndef PAR_TREE_H
#define PAR_TREE_H

#include <par/algorithm.h>

PAR_BEGIN_DECLS

/* What the children of a node are listed in. */
typedef struct par_children par_children;

/* Adds n nodes, which are copied. Returns 0, or ENOMEM, which the caller returns at once. */
PAR_API int par_children_put(par_children *list, const void *nodes, size_t n) PAR_NOEXCEPT;

/* Lists the children of a node, in order, by par_children_put. Returns 0, what par_children_put
 * returned, or a negative value to stop the whole call. Nodes are aligned for every type up to the
 * alignment of max_align_t, as far as their size allows. */
typedef int par_children_fn(par_children *list, const void *node, void *ctx);

/* Hands each node to `each`, as one element at `in`; `out` is NULL. It returns 0. A node is handed
 * on before its children are listed; otherwise there is no order. Beyond the bound of the stack
 * every node is a task of its own, with an allocation. */
PAR_API int par_tree_for_each(const void *root, size_t size, par_children_fn *children,
                              par_block_fn *each, void *ctx) PAR_NOEXCEPT;

/* Folds all nodes into the accumulator of acc_size bytes at `acc`: on entry the identity of
 * `merge`, on return the result; unchanged after a failure. `fold` gets one node at a time. In
 * prefix order a node comes before its children and their descendants, in postfix order behind
 * them; children come in the order in which they were listed. Brackets are set by the tree alone,
 * so the result does not depend on the number of threads. A subtree beyond the bound of the stack
 * is reduced by one thread. */
PAR_API int par_tree_reduce_prefix(const void *root, size_t size, par_children_fn *children,
                                   void *acc, size_t acc_size, par_block_fn *fold,
                                   par_merge_fn *merge, void *ctx) PAR_NOEXCEPT;
PAR_API int par_tree_reduce_postfix(const void *root, size_t size, par_children_fn *children,
                                    void *acc, size_t acc_size, par_block_fn *fold,
                                    par_merge_fn *merge, void *ctx) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
