/* SPDX-License-Identifier: MIT */
/* sort_cxx.h - sorts that sort_cxx.cpp makes in C++. */
#ifndef TESTS_PAR_ITER_SORT_CXX_H
#define TESTS_PAR_ITER_SORT_CXX_H

#include <par/config.h>

PAR_BEGIN_DECLS

int cxx_sort(double *items, size_t n);

/* Down, and unstable. */
int cxx_sort_down(double *items, size_t n);

PAR_END_DECLS

#endif
