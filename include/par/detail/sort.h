/* SPDX-License-Identifier: MIT */
/* sort.h - the inner loops of sorting, for par/sort.h: moves, runs, pivots, merging, and the stable
 * sort of a piece. Each is a function of the size of an element and of an order, and is always
 * inlined: where both are constants it becomes a loop over a type. Knows no threads. Those of the
 * sort in place are in sort_in_place.h.
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

/* The one or the other. */
PAR_DETAIL_INLINE size_t par_detail_sort_run(const char *items, size_t n, bool falling, size_t size,
                                             par_sort_less_fn *less, void *ctx)
{
    return falling ? par_detail_sort_falling(items, n, size, less, ctx)
                   : par_detail_sort_rising(items, n, size, less, ctx);
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

/* Whether an element goes before the others: it is less than the pivot or, with `equal`, not more.
 */
PAR_DETAIL_INLINE bool par_detail_sort_is_low(const char *at, const char *pivot, bool equal,
                                              par_sort_less_fn *less, void *ctx)
{
    return equal ? !less(pivot, at, ctx) : less(at, pivot, ctx);
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

/* Moves the low elements, those less than the pivot or with `equal` not more, to the front, and the
 * others behind them. Both keep their order. Returns how many are in front. The pivot may stand in
 * the last place of the room: what is written there is written after the last question. */
PAR_DETAIL_INLINE size_t par_detail_sort_part(char *items, char *room, size_t n, const char *pivot,
                                              bool equal, size_t size, par_sort_less_fn *less,
                                              void *ctx)
{
    char *low = items;
    char *high = room;
    const char *const end = items + n * size;
    for (const char *at = items; at < end; at += size) {
        const bool is_low = par_detail_sort_is_low(at, pivot, equal, less, ctx);
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

PAR_END_DECLS

#endif
