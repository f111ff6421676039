/* SPDX-License-Identifier: MIT */
/* iter_random_parts.h - what the files of random iterators use of each other. */
#ifndef TESTS_PAR_ITER_ITER_RANDOM_PARTS_H
#define TESTS_PAR_ITER_ITER_RANDOM_PARTS_H

#include "par_iter/lazy/iter_random.h"

/* A size for n elements, so that they are not too many bytes together. */
size_t random_size(random_plan *plan, size_t n);

/* Perhaps lets the function fail at one of the elements that it is about to see. */
void random_let_fail(random_plan *plan, random_fn *f, const random_node *node);

/* Whether there is one more place for a stage; else the iterator is wrong from now on. */
bool random_add_stage(random_node *node);

/* A function that reads what comes out of the node. */
random_fn *random_reader_of(random_plan *plan, const random_node *node, size_t out_size);

void random_become_numbers(random_node *node, size_t size);

/* One of the stages that are in no other file. Where positions are needed it dares to lack them. */
void random_add_form(random_plan *plan, random_node *node, bool dares);

/* A node without elements yet, but with room for n. */
random_node *random_new_node(random_plan *plan, size_t n, size_t size, enum iter_random_raw raw);

/* An iterator that is made of one, or, if `a` and `b` are of one size, of both. */
random_node *random_form_of(random_plan *plan, const random_node *a, const random_node *b);

/* A source of what is divided. */
random_node *random_divided(random_plan *plan);

/* A source; one iterator made of others, which have no more than `depth` such below them; either,
 * with stages, of numbers. */
random_node *random_source(random_plan *plan);
random_node *random_two(random_plan *plan, size_t depth);
random_node *random_build_to(random_plan *plan, size_t depth);

/* What a call that looks at all elements returns: the first code of the list, or EINVAL before it
 * if the iterator is wrong. What is wrong with a code, and with elements. */
int random_code_of_list(const random_node *node);
int random_expected_code(const random_node *node);
const char *random_judge_code(const char *call, int rc, int expected);
const char *random_compare_items(const random_node *node, const char *out);

/* Consumers. */
const char *random_run_partition(random_plan *plan, random_node *node);
const char *random_run_unzip(random_plan *plan, random_node *node);
const char *random_run_compare(random_plan *plan, random_node *node);

/* Makes it one of numbers in elements of that size. */
void random_make_numbers(random_plan *plan, random_node *node, size_t size);

#endif
