/* SPDX-License-Identifier: MIT */
/* ref_iter.c - stages without arrays in between: the largest even square below a million, and which
 * numbers have squares that end in 6. */
#include <par/arrange.h>
#include <par/iter.h>
#include <par/typed.h>
#include <stdio.h>
#include <stdlib.h>

static inline size_t square(size_t i)
{
    return i * i;
}

static inline bool is_even(size_t i)
{
    return i % 2 == 0;
}

static inline bool ends_in_6(size_t i)
{
    return square(i) % 10 == 6;
}

static inline size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

PAR_DEFINE_MAP(squares, size_t, size_t, square)
PAR_DEFINE_FILTER(evens, size_t, is_even)
PAR_DEFINE_FILTER(sixes, size_t, ends_in_6)
PAR_DEFINE_REDUCE_WITH(largest, size_t, larger)

int main(void)
{
    par_iter it = par_iter_range(0, 1000);
    par_iter_map(&it, sizeof(size_t), squares_block, NULL);
    par_iter_filter(&it, evens_block, NULL);
    size_t top;
    if (par_iter_reduce_with(&it, &top, largest_fold, largest_merge, NULL) != 0)
        return 1;

    par_iter numbers = par_iter_range(0, 1000000);
    par_iter_rev(&numbers);
    par_iter_filter(&numbers, sixes_block, NULL);
    void *found;
    size_t n;
    if (par_iter_collect_new(&numbers, &found, &n) != 0)
        return 1;
    const size_t *const list = found;
    printf("%zu; %zu numbers, from %zu to %zu\n", top, n, list[0], list[n - 1]);
    free(found);
}
