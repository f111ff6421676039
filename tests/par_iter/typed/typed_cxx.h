/* SPDX-License-Identifier: MIT */
/* typed_cxx.h - instances that typed_cxx.cpp makes in C++. */
#ifndef TESTS_PAR_ITER_TYPED_CXX_H
#define TESTS_PAR_ITER_TYPED_CXX_H

#include <par/config.h>

PAR_BEGIN_DECLS

/* out[i] = in[i] / 2 */
int cxx_halve_all(double *out, const int *in, size_t n);

/* *result = the least of in. ENODATA if n is 0. */
int cxx_least(long *result, const long *in, size_t n);

/* items[i] = -items[i] */
int cxx_negate_all(int *items, size_t n);

/* Runs an instance of each other line. NULL, or what is wrong. */
const char *cxx_other_lines(void);

PAR_END_DECLS

#endif
