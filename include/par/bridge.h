/* SPDX-License-Identifier: MIT */
/* bridge.h - elements that only one thread at a time can make (lines of a stream, rows of a
 * database, a list), worked on by many.
 *
 * A producer stores elements into a chunk; chunks are worked on at the same time while others are
 * produced. Nobody waits for the producer or for a place: a thread that finds nothing to do leaves,
 * and others call it back. So producers, block functions and receivers may use par themselves, and
 * take as long as they like.
 *
 * All of these may be called from any thread, inside tasks too, and block until done; meanwhile the
 * calling thread takes part, and runs only what belongs to the call. They return 0; an errno code:
 * EINVAL for a NULL or a size of 0, EOVERFLOW when a chunk does not fit in memory's address range,
 * ENOMEM before anything has been produced, ECANCELED when a par_try_for around the call is
 * stopped; or, unchanged, the first negative value that one of the functions returned. After a
 * failure nothing more is produced or begun: what is being worked on is ended, and other elements
 * that have been produced are dropped.
 *
 * They allocate once, and for each time that a thread is called back. Chunks and their results
 * together take as much memory as there are chunks under way. */
#ifndef PAR_BRIDGE_H
#define PAR_BRIDGE_H

#include <par/algorithm.h>

PAR_BEGIN_DECLS

/* Stores up to `most` next elements at `out` and returns how many. Fewer than `most` is not the
 * end: that is 0. A negative value stops the whole call. After either it is not called again.
 * Called by one thread at a time, but not always the same one; what one call has written is seen by
 * the next. `most` is never 0; `out` is aligned for every type up to 64 bytes of alignment. */
typedef ptrdiff_t par_next_fn(void *out, size_t most, void *ctx);

/* Receives the next n results. Returns 0, or a negative value to stop the whole call. Called by one
 * thread at a time, as a par_next_fn, but at the same time as other functions. */
typedef int par_put_fn(const void *results, size_t n, void *ctx);

/* In all calls elements have `size` bytes and a chunk has at most `chunk` elements. If that is 0
 * par chooses: the first chunks have one element each, and they grow with their number to about 16
 * KiB. How chunks are cut depends on the producer and `chunk` alone. */

/* Works on each chunk in place, in no order. Chunks under way: one for each thread. */
PAR_API int par_bridge_for_each(par_next_fn *next, void *next_ctx, size_t size, size_t chunk,
                                par_block_fn *each, void *ctx) PAR_NOEXCEPT;

/* Folds all elements into the accumulator of acc_size bytes at `acc`: on entry the identity of
 * `merge`, on return the result. Each chunk begins from a copy of the identity, and their results
 * are merged in the order of the producer: so the result is the same for every number of threads.
 * Unchanged after a failure. Chunks under way: four for each thread; a chunk that takes longer than
 * all those behind it holds the producer up. */
PAR_API int par_bridge_reduce(par_next_fn *next, void *next_ctx, size_t size, size_t chunk,
                              void *acc, size_t acc_size, par_block_fn *fold, par_merge_fn *merge,
                              void *ctx) PAR_NOEXCEPT;

/* Makes of each chunk of n elements up to n results of out_size bytes (`map` as in par_map, or
 * leaving some out), and hands these to `put` in the order of the producer. At most `window` chunks
 * are under way, from the call that produces one to the end of the call that receives its results;
 * 0: four for each thread. With a window of 1 the three functions take turns. After a failure some
 * of the results that stand before it may not have been put; those that were put are the first
 * ones, without a gap. A chunk that nothing is left of is not put. */
PAR_API int par_bridge_map(par_next_fn *next, void *next_ctx, size_t size, size_t chunk,
                           size_t window, size_t out_size, par_block_fn *map, void *map_ctx,
                           par_put_fn *put, void *put_ctx) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
