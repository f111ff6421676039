/* SPDX-License-Identifier: MIT */
/* sort_in_place.h - the inner loops of the unstable sort, for par/sort.h. What sort.h says of its
 * own holds for them too. */
#ifndef PAR_DETAIL_SORT_IN_PLACE_H
#define PAR_DETAIL_SORT_IN_PLACE_H

#include <par/detail/sort.h>

PAR_BEGIN_DECLS

enum { PAR_DETAIL_SORT_BLOCK = 64 }; /* elements that are asked before any is moved */

/* ---- partition ------------------------------------------------------------------------------- */

/* Moves the low elements of `items` to `low` and on, and what they replace to their places. `low`
 * is at or before `items`, and what stands between is not low. Returns how many were moved.
 * Lomuto's partition, in which the answer is not jumped on. */
PAR_DETAIL_INLINE size_t par_detail_sort_gather(char *low, char *items, size_t n, const char *pivot,
                                                bool equal, size_t size, par_sort_less_fn *less,
                                                void *ctx)
{
    char *to = low;
    char *const end = items + n * size;
    for (char *at = items; at < end; at += size) {
        const bool is_low = par_detail_sort_is_low(at, pivot, equal, less, ctx);
        par_detail_sort_swap(to, at, size);
        to += par_detail_sort_step(is_low, size);
    }
    return (size_t)(to - low) / size;
}

/* The two ends of a partition by blocks: what is before `left` is low, what is from `right` on is
 * not. A block at each end has been looked at if elements of it are known to be on the wrong side;
 * their places in it are in `wrong`, from `first` on. */
typedef struct par_detail_sort_ends {
    char *left;
    char *right;
    size_t left_n;
    size_t right_n;
    size_t left_first;
    size_t right_first;
    unsigned char left_wrong[PAR_DETAIL_SORT_BLOCK];
    unsigned char right_wrong[PAR_DETAIL_SORT_BLOCK];
} par_detail_sort_ends;

PAR_DETAIL_INLINE void par_detail_sort_begin(par_detail_sort_ends *e, char *left, char *right)
{
    e->left = left;
    e->right = right;
    e->left_n = 0;
    e->right_n = 0;
    e->left_first = 0;
    e->right_first = 0;
}

/* Looks at the next block of an end where all that was wrong has been put right. */
PAR_DETAIL_INLINE void par_detail_sort_look(par_detail_sort_ends *e, const char *pivot, bool equal,
                                            size_t size, par_sort_less_fn *less, void *ctx)
{
    if (e->left_n == 0) {
        e->left_first = 0;
        for (size_t i = 0; i < PAR_DETAIL_SORT_BLOCK; i++) {
            e->left_wrong[e->left_n] = (unsigned char)i;
            e->left_n += !par_detail_sort_is_low(e->left + i * size, pivot, equal, less, ctx);
        }
    }
    if (e->right_n == 0) {
        e->right_first = 0;
        for (size_t i = 0; i < PAR_DETAIL_SORT_BLOCK; i++) {
            e->right_wrong[e->right_n] = (unsigned char)i;
            e->right_n +=
                par_detail_sort_is_low(e->right - (i + 1) * size, pivot, equal, less, ctx);
        }
    }
}

/* Exchanges what is wrong at both ends, and leaves the blocks that are right then. */
PAR_DETAIL_INLINE void par_detail_sort_exchange(par_detail_sort_ends *e, size_t size)
{
    const size_t n = e->left_n < e->right_n ? e->left_n : e->right_n;
    for (size_t i = 0; i < n; i++) {
        char *const left = e->left + e->left_wrong[e->left_first + i] * size;
        char *const right = e->right - (e->right_wrong[e->right_first + i] + (size_t)1) * size;
        par_detail_sort_swap(left, right, size);
    }
    e->left_n -= n;
    e->right_n -= n;
    e->left_first += n;
    e->right_first += n;
    e->left += e->left_n == 0 ? PAR_DETAIL_SORT_BLOCK * size : 0;
    e->right -= e->right_n == 0 ? PAR_DETAIL_SORT_BLOCK * size : 0;
}

/* Puts the low ones of n elements before the others and returns how many they are. The partition of
 * Edelkamp and Weiss, BlockQuicksort, 2016: it only moves what is on the wrong side, and jumps on
 * no answer. */
PAR_DETAIL_INLINE size_t par_detail_sort_partition(char *items, size_t n, const char *pivot,
                                                   bool equal, size_t size, par_sort_less_fn *less,
                                                   void *ctx)
{
    par_detail_sort_ends e;
    par_detail_sort_begin(&e, items, items + n * size);
    while ((size_t)(e.right - e.left) >= 2 * PAR_DETAIL_SORT_BLOCK * size) {
        par_detail_sort_look(&e, pivot, equal, size, less, ctx);
        par_detail_sort_exchange(&e, size);
    }
    const size_t rest = (size_t)(e.right - e.left) / size;
    return (size_t)(e.left - items) / size +
           par_detail_sort_gather(e.left, e.left, rest, pivot, equal, size, less, ctx);
}

/* The same for two arrays, of which `left` is filled with low elements first. Returns how many are
 * in it, and in *right_low how many stand at the start of the other. */
PAR_DETAIL_INLINE size_t par_detail_sort_partition_pair(char *left, size_t left_n, char *right,
                                                        size_t right_n, size_t *right_low,
                                                        const char *pivot, bool equal, size_t size,
                                                        par_sort_less_fn *less, void *ctx)
{
    const size_t block = PAR_DETAIL_SORT_BLOCK * size;
    const char *const left_end = left + left_n * size;
    par_detail_sort_ends e;
    par_detail_sort_begin(&e, left, right + right_n * size);
    while ((size_t)(left_end - e.left) >= block && (size_t)(e.right - right) >= block) {
        par_detail_sort_look(&e, pivot, equal, size, less, ctx);
        par_detail_sort_exchange(&e, size);
    }
    const size_t left_rest = (size_t)(left_end - e.left) / size;
    const size_t right_rest = (size_t)(e.right - right) / size;
    char *const to =
        e.left + size * par_detail_sort_partition(e.left, left_rest, pivot, equal, size, less, ctx);
    const size_t low = par_detail_sort_partition(right, right_rest, pivot, equal, size, less, ctx);
    /* The last low ones of the right array for what is high in the left one. */
    const size_t places = (size_t)(left_end - to) / size;
    const size_t n = places < low ? places : low;
    for (size_t i = 0; i < n; i++)
        par_detail_sort_swap(to + i * size, right + (low - n + i) * size, size);
    *right_low = low - n;
    return (size_t)(to - left) / size + n;
}

PAR_DETAIL_INLINE void par_detail_sort_sift(char *items, size_t at, size_t n, size_t size,
                                            par_sort_less_fn *less, void *ctx)
{
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= n)
            return;
        if (child + 1 < n && less(items + child * size, items + (child + 1) * size, ctx))
            child++;
        if (!less(items + at * size, items + child * size, ctx))
            return;
        par_detail_sort_swap(items + at * size, items + child * size, size);
        at = child;
    }
}

PAR_DETAIL_INLINE void par_detail_sort_by_heap(char *items, size_t n, size_t size,
                                               par_sort_less_fn *less, void *ctx)
{
    for (size_t i = n / 2; i > 0; i--)
        par_detail_sort_sift(items, i - 1, n, size, less, ctx);
    for (size_t i = n - 1; i > 0; i--) {
        par_detail_sort_swap(items, items + i * size, size);
        par_detail_sort_sift(items, 0, i, size, less, ctx);
    }
}

PAR_DETAIL_INLINE void par_detail_sort_reverse(char *items, size_t n, size_t size)
{
    for (size_t i = 0; i < n / 2; i++)
        par_detail_sort_swap(items + i * size, items + (n - 1 - i) * size, size);
}

/* True if the piece was a run, and now rises. */
PAR_DETAIL_INLINE bool par_detail_sort_was_run(char *items, size_t n, size_t size,
                                               par_sort_less_fn *less, void *ctx)
{
    if (n < 2 || par_detail_sort_rising(items, n, size, less, ctx) == n)
        return true;
    if (par_detail_sort_falling(items, n, size, less, ctx) < n)
        return false;
    par_detail_sort_reverse(items, n, size);
    return true;
}

/* Cuts a piece in two, as par_detail_sort_cut. With `after` the element before the piece is one
 * that none in it is less than: a pivot equal to it is the least of the piece. */
PAR_DETAIL_INLINE size_t par_detail_sort_cut_in_place(char *items, size_t n, bool after,
                                                      size_t *done, size_t size,
                                                      par_sort_less_fn *less, void *ctx)
{
    const char *const chosen = par_detail_sort_pivot(items, n, size, less, ctx);
    par_detail_sort_swap(items, items + (chosen - items), size);
    char *const rest = items + size;
    *done = 1;
    if (after && !less(items - size, items, ctx)) {
        *done += par_detail_sort_partition(rest, n - 1, items, true, size, less, ctx);
        return 0;
    }
    const size_t low = par_detail_sort_partition(rest, n - 1, items, false, size, less, ctx);
    par_detail_sort_swap(items, items + low * size, size);
    return low;
}

/* Sorts n items in place; `after` as above. */
PAR_DETAIL_INLINE void par_detail_sort_unstable(char *items, size_t n, bool after, size_t size,
                                                par_sort_less_fn *less, void *ctx)
{
    par_detail_sort_piece stack[PAR_DETAIL_SORT_DEPTH];
    size_t depth = 0;
    if (par_detail_sort_was_run(items, n, size, less, ctx))
        return;
    const char *const first = items;
    par_detail_sort_piece piece = {items, n, par_detail_sort_limit(n)};
    for (;;) {
        while (piece.n > PAR_DETAIL_SORT_FEW && piece.limit > 0) {
            size_t done;
            const size_t low = par_detail_sort_cut_in_place(
                piece.items, piece.n, after || piece.items != first, &done, size, less, ctx);
            const size_t high = piece.n - low - done;
            const unsigned limit = piece.limit - 1;
            const par_detail_sort_piece below = {piece.items, low, limit};
            const par_detail_sort_piece above = {piece.items + (low + done) * size, high, limit};
            stack[depth] = low < high ? above : below;
            piece = low < high ? below : above;
            depth += stack[depth].n > 1;
        }
        if (piece.n <= PAR_DETAIL_SORT_FEW)
            par_detail_sort_insert(piece.items, piece.n, size, less, ctx);
        else
            par_detail_sort_by_heap(piece.items, piece.n, size, less, ctx);
        if (depth == 0)
            return;
        piece = stack[--depth];
    }
}

PAR_END_DECLS

#endif
