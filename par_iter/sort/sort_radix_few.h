/* SPDX-License-Identifier: MIT */
/* sort_radix_few.h - the sort of numbers that take few values: they are counted, and written anew.
 * Used by sort_radix.c. */
#ifndef WS_PAR_ITER_SORT_RADIX_FEW_H
#define WS_PAR_ITER_SORT_RADIX_FEW_H

#include "par_iter/sort/sort_radix_piece.h"

/* Sorts n elements and returns true, if they are no more than their keys and these take few values.
 * Else returns false, soon in most cases, with the elements untouched. */
bool ws_radix_few_sort(const ws_radix_loops *loops, char *items, size_t n);

#endif
