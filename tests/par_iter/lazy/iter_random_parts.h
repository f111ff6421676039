/* SPDX-License-Identifier: MIT */
/* iter_random_parts.h - what the two files that build random iterators use of each other. */
#ifndef TESTS_PAR_ITER_ITER_RANDOM_PARTS_H
#define TESTS_PAR_ITER_ITER_RANDOM_PARTS_H

#include "par_iter/lazy/iter_random.h"

/* A size for n elements, so that they are not too many bytes together. */
size_t random_size(random_plan *plan, size_t n);

/* Perhaps lets the function fail at one of the elements that it is about to see. */
void random_let_fail(random_plan *plan, random_fn *f, const random_node *node);

/* A source; one iterator made of others, which have no more than `depth` such below them; either,
 * with stages, of numbers. */
random_node *random_source(random_plan *plan);
random_node *random_two(random_plan *plan, size_t depth);
random_node *random_build_to(random_plan *plan, size_t depth);

/* Makes it one of numbers in elements of that size. */
void random_make_numbers(random_plan *plan, random_node *node, size_t size);

#endif
