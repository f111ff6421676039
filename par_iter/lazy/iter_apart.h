/* SPDX-License-Identifier: MIT */
/* iter_apart.h - whether an array that is written lies in what an iterator is made of. */
#ifndef WS_PAR_ITER_ITER_APART_H
#define WS_PAR_ITER_ITER_APART_H

#include "par_iter/lazy/iter.h"

/* Ends the process of a debug build if so: ws_apart_check for each source. */
void ws_iter_apart_check(const char *caller, const par_iter *it, const void *out, size_t bytes);

#endif
