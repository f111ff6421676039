/* SPDX-License-Identifier: MIT */
/* together.h - what the C and the C++ half of the program call in each other. */
#ifndef TESTS_HEADERS_TOGETHER_H
#define TESTS_HEADERS_TOGETHER_H

#include <par/par.h>

PAR_BEGIN_DECLS

typedef void join_fn(par_fn *a, void *a_arg, par_fn *b, void *b_arg);

/* The address of par_join as the C++ half sees it. */
join_fn *join_of_cxx(void);

/* Adds 1 to each, by a join made in C++. */
void add_two_in_cxx(int *first, int *second);

PAR_END_DECLS

#endif
