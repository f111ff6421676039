/* SPDX-License-Identifier: MIT */
/* sort_check.h - whether an array is one run. Used by the sorts and by par_is_sorted. */
#ifndef WS_PAR_ITER_SORT_CHECK_H
#define WS_PAR_ITER_SORT_CHECK_H

#include "par_iter/sort/sort_runs.h"

/* 0 if the n elements rise (with `falling`: fall) all the way, WS_SORT_CHECK_BROKEN if not, or
 * ECANCELED. Ends soon where the run does. */
enum { WS_SORT_CHECK_BROKEN = -1 };
int ws_sort_check_run(const ws_sort_order *order, const char *items, size_t n, bool falling);

#endif
