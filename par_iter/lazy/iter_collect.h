/* SPDX-License-Identifier: MIT */
/* iter_collect.h - collecting members of an iterator's elements, for the calls that do. */
#ifndef WS_PAR_ITER_ITER_COLLECT_H
#define WS_PAR_ITER_ITER_COLLECT_H

#include "par_iter/lazy/iter_parts.h"

/* par_iter_unzip, of members that are in the elements. `caller` is who speaks of arrays that are
 * not apart. */
int ws_iter_collect_members(const char *caller, const par_iter *it, const par_member *members,
                            size_t n_members, size_t capacity, size_t *n);

#endif
