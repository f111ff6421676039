/* SPDX-License-Identifier: MIT */
/* sort_part.h - a parallel partition in place, and the pivot for it. Used by the unstable sort and
 * by selection. Allocates nothing. */
#ifndef WS_PAR_ITER_SORT_PART_H
#define WS_PAR_ITER_SORT_PART_H

#include "par_iter/sort/sort_runs.h"

/* Items from `items` on. With `after`, none of them is less than the element before them. */
typedef struct ws_sort_part {
    char *items;
    size_t n;
    bool after;
} ws_sort_part;

/* The elements of a part after its partition: `low` that are less than the pivot, `done` that are
 * where they belong (the pivot; if the low ones are none, perhaps its equals), and the others. */
typedef struct ws_sort_cut {
    size_t low;
    size_t done;
} ws_sort_cut;

/* Partitions a part of 1000 elements or more. The result depends on the elements alone. */
ws_sort_cut ws_sort_part_cut(const ws_sort_order *order, const ws_sort_part *part);

ws_sort_part ws_sort_part_low(const ws_sort_order *order, const ws_sort_part *part,
                              ws_sort_cut cut);
ws_sort_part ws_sort_part_high(const ws_sort_order *order, const ws_sort_part *part,
                               ws_sort_cut cut);

#endif
