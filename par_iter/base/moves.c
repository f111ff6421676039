/* SPDX-License-Identifier: MIT */
/* moves.c - loops over bytes and elements, cut as par_for likes: what moves does not depend on the
 * cut. */
#include "par_iter/base/moves.h"

#include <par/detail/sort.h>
#include <par/loop.h>

#include <string.h>

struct copy {
    char *to;
    const char *from;
};

static void copy_piece(size_t begin, size_t end, void *arg)
{
    const struct copy *copy = arg;
    memcpy(copy->to + begin, copy->from + begin, end - begin);
}

void ws_moves_copy(char *to, const char *from, size_t bytes)
{
    enum { FEW = 256 * 1024 };
    struct copy copy = {to, from};
    if (bytes <= FEW)
        memcpy(to, from, bytes);
    else
        par_for_grain(0, bytes, FEW, copy_piece, &copy);
}

void ws_moves_swap(char *a, char *b, size_t size)
{
    par_detail_sort_swap(a, b, size);
}

/* An element is a few strips; many elements that lie together are cut into strips as well. */
void ws_moves_swap_many(char *a, char *b, size_t n, size_t size)
{
    par_detail_sort_swap(a, b, n * size);
}

struct reverse {
    char *items;
    size_t n;
    size_t size;
};

static inline void reverse(const struct reverse *all, size_t begin, size_t end, size_t size)
{
    for (size_t i = begin; i < end; i++)
        par_detail_sort_swap(all->items + i * size, all->items + (all->n - 1 - i) * size, size);
}

/* Numbers move in registers. */
static void reverse_piece(size_t begin, size_t end, void *arg)
{
    const struct reverse *const all = arg;
    if (all->size == sizeof(uint32_t))
        reverse(all, begin, end, sizeof(uint32_t));
    else if (all->size == sizeof(uint64_t))
        reverse(all, begin, end, sizeof(uint64_t));
    else
        reverse(all, begin, end, all->size);
}

void ws_moves_reverse(char *items, size_t n, size_t size)
{
    struct reverse all = {items, n, size};
    par_for(0, n / 2, reverse_piece, &all);
}
