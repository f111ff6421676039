/* SPDX-License-Identifier: MIT */
/* iter_threads.c - the checks of iterators as one plain program. */
#include "par_iter/lazy/iter_any_checks.h"
#include "par_iter/lazy/iter_both_checks.h"
#include "par_iter/lazy/iter_collect_checks.h"
#include "par_iter/lazy/iter_compare_checks.h"
#include "par_iter/lazy/iter_consume_checks.h"
#include "par_iter/lazy/iter_find_checks.h"
#include "par_iter/lazy/iter_form_checks.h"
#include "par_iter/lazy/iter_random_checks.h"
#include "par_iter/lazy/iter_slices_checks.h"
#include "par_iter/lazy/iter_source_checks.h"
#include "par_iter/lazy/iter_stage_checks.h"
#include "par_iter/lazy/iter_turn_checks.h"
#include "par_iter/lazy/iter_unzip_checks.h"

/* A list is one word, so that they stand below each other. */
#define ALL_CHECKS(X)                                                                              \
    ITER_SOURCE_CHECKS(X)                                                                          \
    ITER_STAGE_CHECKS(X)                                                                           \
    ITER_BOTH_CHECKS(X)                                                                            \
    ITER_CONSUME_CHECKS(X)                                                                         \
    ITER_FIND_CHECKS(X)                                                                            \
    ITER_COLLECT_CHECKS(X)                                                                         \
    ITER_FORM_CHECKS(X)                                                                            \
    ITER_ANY_CHECKS(X)                                                                             \
    ITER_COMPARE_CHECKS(X)                                                                         \
    ITER_SLICES_CHECKS(X)                                                                          \
    ITER_TURN_CHECKS(X)                                                                            \
    ITER_UNZIP_CHECKS(X)                                                                           \
    ITER_RANDOM_CHECKS(X)

const check checks[] = {ALL_CHECKS(CHECK_ROW){NULL, NULL}};
