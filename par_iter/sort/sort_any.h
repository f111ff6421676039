/* SPDX-License-Identifier: MIT */
/* sort_any.h - the inner loops of sorts for elements of which only the size is known, and an order
 * that is asked by a call. Used by the calls that take a par_compare_fn. */
#ifndef WS_PAR_ITER_SORT_ANY_H
#define WS_PAR_ITER_SORT_ANY_H

#include <par/sort.h>

/* The ctx of the loops. */
typedef struct ws_sort_any {
    par_compare_fn *compare;
    void *ctx;
    size_t size;
} ws_sort_any;

par_sort_ops ws_sort_any_ops(size_t size);

#endif
