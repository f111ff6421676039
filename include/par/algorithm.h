/* SPDX-License-Identifier: MIT */
/* algorithm.h - map, for_each and reduce over arrays, by functions that take a block of elements.
 * par/typed.h makes them from a function of one element, in one line.
 *
 * All of these may be called from any thread, inside tasks too, and block until done. They return
 * 0, or an errno code, or unchanged the first negative value that a block function returned: blocks
 * not yet begun are then skipped, and the output is partly written. EINVAL for a NULL or a size of
 * 0 where something is needed, ECANCELED when a par_try_for around the call is stopped, EOVERFLOW
 * when n elements do not fit in memory's address range. */
#ifndef PAR_ALGORITHM_H
#define PAR_ALGORITHM_H

#include <par/config.h>

PAR_BEGIN_DECLS

/* Reads n elements at `in` and returns how many it wrote, or a negative value to stop the whole
 * call. Called at the same time on different blocks; n is never 0.
 *   map       writes n elements to `out`, which does not overlap `in`; returns n
 *   fold      takes the n elements into the one accumulator at `out`; returns 0
 *   for_each  works on the n elements at `out` in place, `in` is NULL; returns 0 */
typedef ptrdiff_t par_block_fn(void *out, const void *in, size_t n, void *ctx);

/* left = left . right, for results of neighbouring blocks. Must be associative; need not commute.
 * Called at the same time on different results. */
typedef void par_merge_fn(void *left, const void *right, void *ctx);

/* out[i] = map of in[i], for n elements of out_size and in_size bytes. The arrays do not overlap
 * (par_for_each works in place). Allocates nothing. */
PAR_API int par_map(void *out, size_t out_size, const void *in, size_t in_size, size_t n,
                    par_block_fn *map, void *ctx) PAR_NOEXCEPT;

/* Works on n items of `size` bytes in place. Allocates nothing. */
PAR_API int par_for_each(void *items, size_t size, size_t n, par_block_fn *each,
                         void *ctx) PAR_NOEXCEPT;

/* Folds n elements of in_size bytes into the accumulator of acc_size bytes at `acc`: on entry the
 * identity of `merge`, on return the result. Blocks are cut by n and in_size alone, each begins
 * from a copy of the identity, and their results are merged in order, pair by pair: so the result,
 * of floating-point sums too, is the same on every run and number of threads. Partial results of up
 * to 16 KiB each stand on stacks. For larger ones there is one allocation of a result per block (at
 * most 1024), and ENOMEM if there is no room. *acc is unchanged after any failure. */
PAR_API int par_reduce(void *acc, size_t acc_size, const void *in, size_t in_size, size_t n,
                       par_block_fn *fold, par_merge_fn *merge, void *ctx) PAR_NOEXCEPT;

/* The same without an identity: elements and result are of one type, and each block begins from its
 * first element, which `fold` does not see again. ENODATA when n is 0, with *result unchanged. */
PAR_API int par_reduce_with(void *result, const void *in, size_t size, size_t n, par_block_fn *fold,
                            par_merge_fn *merge, void *ctx) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
