/* SPDX-License-Identifier: MIT */
/* iter_random_checks.h - random iterators against a serial model, as a check.
 *
 * ITER_RANDOM_SEED is the number of the first of them, 0 the time of day; ITER_RANDOM_COUNT says
 * how many there are. A failure names the number to begin with. */
#ifndef TESTS_PAR_ITER_ITER_RANDOM_CHECKS_H
#define TESTS_PAR_ITER_ITER_RANDOM_CHECKS_H

#include "support.h"

#define ITER_RANDOM_CHECKS(X) X(iter_random, agrees_with_a_model)

ITER_RANDOM_CHECKS(CHECK_PROTOTYPE)

#endif
