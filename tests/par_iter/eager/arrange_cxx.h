/* SPDX-License-Identifier: MIT */
/* arrange_cxx.h - instances that arrange_cxx.cpp makes in C++. */
#ifndef TESTS_PAR_ITER_ARRANGE_CXX_H
#define TESTS_PAR_ITER_ARRANGE_CXX_H

#include <par/config.h>

PAR_BEGIN_DECLS

/* out[i] = the most of in[0] to in[i] */
int cxx_running_most(long *out, const long *in, size_t n);

/* The odd ones; those above a limit; the odd ones first. */
int cxx_odd(long *out, size_t *out_n, const long *in, size_t n);
int cxx_above(long *out, size_t *out_n, const long *in, size_t n, const long *limit);
int cxx_odd_first(long *out, size_t *kept, const long *in, size_t n);

/* Without repetitions of the quotient by `divisor`. */
int cxx_steps(long *out, size_t *out_n, const long *in, size_t n, const long *divisor);

/* counts[r] = how many have the rest r by `divisor`, which is not negative */
int cxx_rests(size_t *counts, size_t bins, const long *in, size_t n, const long *divisor);

PAR_END_DECLS

#endif
