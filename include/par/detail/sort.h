/* SPDX-License-Identifier: MIT */
/* sort.h - the inner loops of sorting, for par/sort.h. Each is a function of the size of an element
 * and of an order, and is always inlined: where both are constants it becomes a loop over a type.
 * Knows no threads.
 *
 * An order may be inconsistent, and then nothing is promised but this:
 * K1  Elements are copied by position. After each loop the items are a permutation of what they
 *     were, whatever `less` said.
 * K2  No place outside the items and the room is read or written, whatever `less` says.
 * K3  Each loop ends: a bad sequence of pivots is ended by a count, not by an order. */
#ifndef PAR_DETAIL_SORT_H
#define PAR_DETAIL_SORT_H

#include <par/config.h>

PAR_BEGIN_DECLS

/* Whether `a` stands before `b`. */
typedef bool par_sort_less_fn(const void *a, const void *b, void *ctx);

/* How the elements of a piece stand after its sort. */
typedef enum par_sort_run {
    PAR_SORT_RISING,  /* no element less than the one before it */
    PAR_SORT_FALLING, /* each element less than the one before it */
} par_sort_run;

enum {
    PAR_DETAIL_SORT_FEW = 20,      /* so many are sorted by insertion */
    PAR_DETAIL_SORT_STRIP = 64,    /* bytes that are moved through a buffer at once */
    PAR_DETAIL_SORT_BLOCK = 64,    /* elements that are asked before any is moved */
    PAR_DETAIL_SORT_MANY = 512,    /* from here on the pivot is a median of 9 */
    PAR_DETAIL_SORT_DEPTH = 64,    /* of a stack whose smaller half is always done first */
    PAR_DETAIL_SORT_BOTH_ENDS = 4, /* a merge from both ends pays for so many steps */
};

/* ---- moves ----------------------------------------------------------------------------------- */

PAR_DETAIL_INLINE size_t par_detail_sort_strip(size_t size, size_t done)
{
    return size - done < PAR_DETAIL_SORT_STRIP ? size - done : (size_t)PAR_DETAIL_SORT_STRIP;
}

/* `yes` if the condition holds, else `no`; and `size`, or 0. By arithmetic: compilers make jumps of
 * `?:` where half of them will be mispredicted. */
PAR_DETAIL_INLINE const char *par_detail_sort_choose(bool condition, const char *yes,
                                                     const char *no)
{
    const uintptr_t mask = 0 - (uintptr_t)condition;
    return no + (((uintptr_t)yes - (uintptr_t)no) & mask);
}

PAR_DETAIL_INLINE size_t par_detail_sort_step(bool condition, size_t size)
{
    return size & (0 - (size_t)condition);
}

/* Sixteen bytes that move in a register. */
typedef unsigned char par_detail_sort_block __attribute__((vector_size(16)));

/* Copies an element to a place that is its own or does not overlap it. In blocks that each pass
 * through a register: for memmove compilers make a call, and for a buffer they use memory. */
PAR_DETAIL_INLINE void par_detail_sort_move(char *to, const char *from, size_t size)
{
    par_detail_sort_block block;
    uint64_t word;
    uint32_t half;
    size_t done = 0;
    for (; size - done >= sizeof block; done += sizeof block) {
        __builtin_memcpy(&block, from + done, sizeof block);
        __builtin_memcpy(to + done, &block, sizeof block);
    }
    for (; size - done >= sizeof word; done += sizeof word) {
        __builtin_memcpy(&word, from + done, sizeof word);
        __builtin_memcpy(to + done, &word, sizeof word);
    }
    for (; size - done >= sizeof half; done += sizeof half) {
        __builtin_memcpy(&half, from + done, sizeof half);
        __builtin_memcpy(to + done, &half, sizeof half);
    }
    for (; done < size; done++)
        to[done] = from[done];
}

/* Exchanges two elements that are one or do not overlap. */
PAR_DETAIL_INLINE void par_detail_sort_swap(char *a, char *b, size_t size)
{
    par_detail_sort_block block[2];
    uint64_t word[2];
    uint32_t half[2];
    size_t done = 0;
    for (; size - done >= sizeof block[0]; done += sizeof block[0]) {
        __builtin_memcpy(&block[0], a + done, sizeof block[0]);
        __builtin_memcpy(&block[1], b + done, sizeof block[1]);
        __builtin_memcpy(a + done, &block[1], sizeof block[1]);
        __builtin_memcpy(b + done, &block[0], sizeof block[0]);
    }
    for (; size - done >= sizeof word[0]; done += sizeof word[0]) {
        __builtin_memcpy(&word[0], a + done, sizeof word[0]);
        __builtin_memcpy(&word[1], b + done, sizeof word[1]);
        __builtin_memcpy(a + done, &word[1], sizeof word[1]);
        __builtin_memcpy(b + done, &word[0], sizeof word[0]);
    }
    for (; size - done >= sizeof half[0]; done += sizeof half[0]) {
        __builtin_memcpy(&half[0], a + done, sizeof half[0]);
        __builtin_memcpy(&half[1], b + done, sizeof half[1]);
        __builtin_memcpy(a + done, &half[1], sizeof half[1]);
        __builtin_memcpy(b + done, &half[0], sizeof half[0]);
    }
    for (; done < size; done++) {
        const char byte = a[done];
        a[done] = b[done];
        b[done] = byte;
    }
}

/* Moves the element at `from` down to `to`, and those between up by one. */
PAR_DETAIL_INLINE void par_detail_sort_lower(char *to, char *from, size_t size)
{
    char strip[PAR_DETAIL_SORT_STRIP];
    for (size_t done = 0; done < size; done += PAR_DETAIL_SORT_STRIP) {
        const size_t part = par_detail_sort_strip(size, done);
        __builtin_memcpy(strip, from + done, part);
        for (char *at = from; at != to; at -= size)
            __builtin_memcpy(at + done, at - size + done, part);
        __builtin_memcpy(to + done, strip, part);
    }
}

PAR_DETAIL_INLINE void par_detail_sort_insert(char *items, size_t n, size_t size,
                                              par_sort_less_fn *less, void *ctx)
{
    char *const end = items + n * size;
    for (char *from = items + size; from < end; from += size) {
        char *to = from;
        while (to != items && less(from, to - size, ctx))
            to -= size;
        if (to != from)
            par_detail_sort_lower(to, from, size);
    }
}

/* ---- runs ------------------------------------------------------------------------------------ */

/* How many elements from the first on rise. n > 0. */
PAR_DETAIL_INLINE size_t par_detail_sort_rising(const char *items, size_t n, size_t size,
                                                par_sort_less_fn *less, void *ctx)
{
    size_t i = 1;
    while (i < n && !less(items + i * size, items + (i - 1) * size, ctx))
        i++;
    return i;
}

PAR_DETAIL_INLINE size_t par_detail_sort_falling(const char *items, size_t n, size_t size,
                                                 par_sort_less_fn *less, void *ctx)
{
    size_t i = 1;
    while (i < n && less(items + i * size, items + (i - 1) * size, ctx))
        i++;
    return i;
}

/* ---- pivots ---------------------------------------------------------------------------------- */

PAR_DETAIL_INLINE const char *par_detail_sort_median(const char *a, const char *b, const char *c,
                                                     par_sort_less_fn *less, void *ctx)
{
    const bool ab = less(a, b, ctx);
    const bool bc = less(b, c, ctx);
    const bool ac = less(a, c, ctx);
    if (ab == bc)
        return b;
    return ab == ac ? c : a;
}

PAR_DETAIL_INLINE const char *par_detail_sort_pivot(const char *items, size_t n, size_t size,
                                                    par_sort_less_fn *less, void *ctx)
{
    const char *place[3];
    const size_t step = n / 10 * size;
    const char *const middle = items + n / 2 * size;
    if (n < PAR_DETAIL_SORT_MANY)
        return par_detail_sort_median(items + n / 4 * size, middle, items + n / 4 * 3 * size, less,
                                      ctx);
    for (size_t i = 0; i < 3; i++) {
        const char *const at = items + step + i * 3 * step;
        place[i] = par_detail_sort_median(at, at + step, at + 2 * step, less, ctx);
    }
    return par_detail_sort_median(place[0], place[1], place[2], less, ctx);
}

/* So many bad pivots in a row are no accident. */
PAR_DETAIL_INLINE unsigned par_detail_sort_limit(size_t n)
{
    unsigned bits = 0;
    for (; n > 0; n /= 2)
        bits++;
    return 2 * bits;
}

/* ---- merge ----------------------------------------------------------------------------------- */

typedef struct par_detail_sort_merging {
    const char *a;
    const char *a_end;
    const char *b;
    const char *b_end;
    char *out;
} par_detail_sort_merging;

PAR_DETAIL_INLINE void par_detail_sort_take_low(par_detail_sort_merging *m, size_t size,
                                                par_sort_less_fn *less, void *ctx)
{
    const bool b_first = less(m->b, m->a, ctx);
    const size_t from_b = par_detail_sort_step(b_first, size);
    __builtin_memcpy(m->out, par_detail_sort_choose(b_first, m->b, m->a), size);
    m->out += size;
    m->b += from_b;
    m->a += size - from_b;
}

PAR_DETAIL_INLINE void par_detail_sort_take_high(par_detail_sort_merging *m, char *out, size_t size,
                                                 par_sort_less_fn *less, void *ctx)
{
    const char *const a = m->a_end - size;
    const char *const b = m->b_end - size;
    const bool a_last = less(b, a, ctx);
    const size_t from_a = par_detail_sort_step(a_last, size);
    __builtin_memcpy(out, par_detail_sort_choose(a_last, a, b), size);
    m->a_end -= from_a;
    m->b_end -= size - from_a;
}

/* Merges two runs to `out`, which overlaps neither; equal elements of `a` stay before those of `b`.
 *
 * From both ends at once: two chains of steps that do not wait for each other. Of two runs that
 * have 2 k elements or more, k steps from each end take other elements, so nobody looks for the
 * ends of the runs in the inner loop (K1, K2). */
PAR_DETAIL_INLINE void par_detail_sort_merge(char *out, const char *a, size_t a_n, const char *b,
                                             size_t b_n, size_t size, par_sort_less_fn *less,
                                             void *ctx)
{
    par_detail_sort_merging m = {a, a + a_n * size, b, b + b_n * size, out};
    char *high = out + (a_n + b_n) * size;
    for (;;) {
        const size_t a_left = (size_t)(m.a_end - m.a) / size;
        const size_t b_left = (size_t)(m.b_end - m.b) / size;
        const size_t steps = (a_left < b_left ? a_left : b_left) / 2;
        if (steps < PAR_DETAIL_SORT_BOTH_ENDS)
            break;
        if (!less(m.b, m.a_end - size, ctx))
            break;
        for (size_t i = 0; i < steps; i++) {
            par_detail_sort_take_low(&m, size, less, ctx);
            high -= size;
            par_detail_sort_take_high(&m, high, size, less, ctx);
        }
    }
    if (m.a < m.a_end && m.b < m.b_end && less(m.b, m.a_end - size, ctx)) {
        while (m.a < m.a_end && m.b < m.b_end)
            par_detail_sort_take_low(&m, size, less, ctx);
    }
    __builtin_memcpy(m.out, m.a, (size_t)(m.a_end - m.a));
    __builtin_memcpy(m.out + (m.a_end - m.a), m.b, (size_t)(m.b_end - m.b));
}

/* ---- the stable sort of a piece: quicksort with room, merge sort after bad pivots --------------
 */

typedef struct par_detail_sort_piece {
    char *items;
    size_t n;
    unsigned limit; /* of pivots */
} par_detail_sort_piece;

/* Moves the elements for which `less(element, pivot)` is `wanted`, or with `swapped` the same of
 * less(pivot, element), to the front, and the others behind them. Both keep their order. Returns
 * how many are in front. The pivot may stand in the last place of the room: what is written there
 * is written after the last question. */
PAR_DETAIL_INLINE size_t par_detail_sort_part(char *items, char *room, size_t n, const char *pivot,
                                              bool equal, size_t size, par_sort_less_fn *less,
                                              void *ctx)
{
    char *low = items;
    char *high = room;
    const char *const end = items + n * size;
    for (const char *at = items; at < end; at += size) {
        const bool is_low = equal ? !less(pivot, at, ctx) : less(at, pivot, ctx);
        const size_t step = par_detail_sort_step(is_low, size);
        char *const to = high + (((uintptr_t)low - (uintptr_t)high) & (0 - (uintptr_t)is_low));
        par_detail_sort_move(to, at, size);
        low += step;
        high += size - step;
    }
    __builtin_memcpy(low, room, (size_t)(high - room));
    return (size_t)(low - items) / size;
}

/* Bottom up, between the items and the room, and back if it must be. */
PAR_DETAIL_INLINE void par_detail_sort_by_merging(char *items, char *room, size_t n, size_t size,
                                                  par_sort_less_fn *less, void *ctx)
{
    char *from = items;
    char *to = room;
    for (size_t at = 0; at < n; at += PAR_DETAIL_SORT_FEW) {
        const size_t few = n - at < PAR_DETAIL_SORT_FEW ? n - at : (size_t)PAR_DETAIL_SORT_FEW;
        par_detail_sort_insert(items + at * size, few, size, less, ctx);
    }
    for (size_t width = PAR_DETAIL_SORT_FEW; width < n; width *= 2) {
        for (size_t at = 0; at < n; at += 2 * width) {
            const size_t a_n = n - at < width ? n - at : width;
            const size_t rest = n - at - a_n;
            const char *const a = from + at * size;
            par_detail_sort_merge(to + at * size, a, a_n, a + a_n * size,
                                  rest < width ? rest : width, size, less, ctx);
        }
        char *const other = from;
        from = to;
        to = other;
    }
    if (from != items)
        __builtin_memcpy(items, from, n * size);
}

/* Cuts a piece in two and returns how many are in the first; *done more, which follow them, stand
 * where they belong. */
PAR_DETAIL_INLINE size_t par_detail_sort_cut(char *items, char *room, size_t n, size_t *done,
                                             size_t size, par_sort_less_fn *less, void *ctx)
{
    char *const pivot = room + (n - 1) * size;
    const char *const middle = items + n / 2 * size;
    const char *const chosen = par_detail_sort_pivot(items, n, size, less, ctx);
    const bool again = chosen != middle && !less(chosen, middle, ctx) && !less(middle, chosen, ctx);
    __builtin_memcpy(pivot, chosen, size);
    const size_t low = par_detail_sort_part(items, room, n, pivot, false, size, less, ctx);
    *done = 0;
    if (low > 0 && !again)
        return low;
    /* The least element, or one of many: its equals need no more sorting. If none was less the
     * items stand as before, and the pivot's copy is overwritten. */
    if (low == 0)
        __builtin_memcpy(pivot, chosen, size);
    *done = par_detail_sort_part(items + low * size, room, n - low, pivot, true, size, less, ctx);
    return low;
}

/* Sorts n items with room for as many. A piece that falls as a whole is left as it is. */
PAR_DETAIL_INLINE par_sort_run par_detail_sort_stable(char *items, char *room, size_t n,
                                                      size_t size, par_sort_less_fn *less,
                                                      void *ctx)
{
    par_detail_sort_piece stack[PAR_DETAIL_SORT_DEPTH];
    size_t depth = 0;
    if (n < 2 || par_detail_sort_rising(items, n, size, less, ctx) == n)
        return PAR_SORT_RISING;
    if (par_detail_sort_falling(items, n, size, less, ctx) == n)
        return PAR_SORT_FALLING;
    par_detail_sort_piece piece = {items, n, par_detail_sort_limit(n)};
    for (;;) {
        while (piece.n > PAR_DETAIL_SORT_FEW && piece.limit > 0) {
            size_t done;
            const size_t low =
                par_detail_sort_cut(piece.items, room, piece.n, &done, size, less, ctx);
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
            par_detail_sort_by_merging(piece.items, room, piece.n, size, less, ctx);
        if (depth == 0)
            return PAR_SORT_RISING;
        piece = stack[--depth];
    }
}

/* ---- the unstable sort of a piece: quicksort in place, heapsort after bad pivots ---------------
 */

/* Whether an element goes before the others: it is less than the pivot or, with `equal`, not more.
 */
PAR_DETAIL_INLINE bool par_detail_sort_is_low(const char *at, const char *pivot, bool equal,
                                              par_sort_less_fn *less, void *ctx)
{
    return equal ? !less(pivot, at, ctx) : less(at, pivot, ctx);
}

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
