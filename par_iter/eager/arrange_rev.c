/* SPDX-License-Identifier: MIT */
/* arrange_rev.c - par_rev and par_rotate: swaps in place. A rotation is three reversals. */
#include <par/arrange.h>
#include <par/loop.h>

#include "par_iter/base/swap.h"

struct rev {
    char *items;
    size_t size;
    size_t n;
};

/* Swaps the elements begin <= i < end with their mirror images. */
static inline void swap_range(const struct rev *rev, size_t size, size_t begin, size_t end)
{
    char *left = rev->items + begin * size;
    char *right = rev->items + (rev->n - 1 - begin) * size;
    for (size_t i = begin; i < end; i++, left += size, right -= size)
        ws_swap(left, right, size);
}

/* A size that the compiler knows makes a swap of registers. */
static int rev_piece(size_t begin, size_t end, void *arg)
{
    const struct rev *rev = arg;
    switch (rev->size) {
    case 1:
        swap_range(rev, 1, begin, end);
        break;
    case 4:
        swap_range(rev, 4, begin, end);
        break;
    case 8:
        swap_range(rev, 8, begin, end);
        break;
    case 16:
        swap_range(rev, 16, begin, end);
        break;
    default:
        swap_range(rev, rev->size, begin, end);
    }
    return 0;
}

int par_rev(void *items, size_t size, size_t n)
{
    const int code = ws_array_check(items, size, n);
    if (code != 0)
        return code;
    struct rev rev = {items, size, n};
    return par_try_for(0, n / 2, rev_piece, &rev, NULL);
}

int par_rotate(void *items, size_t size, size_t n, size_t by)
{
    int code = ws_array_check(items, size, n);
    if (code == 0 && by > n)
        code = EINVAL;
    if (code != 0 || by == 0 || by == n)
        return code;
    code = par_rev(items, size, by);
    if (code == 0)
        code = par_rev((char *)items + by * size, size, n - by);
    return code != 0 ? code : par_rev(items, size, n);
}
