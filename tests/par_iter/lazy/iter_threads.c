/* SPDX-License-Identifier: MIT */
/* iter_threads.c - the checks of iterators as one plain program. */
#include "par_iter/lazy/iter_both_checks.h"
#include "par_iter/lazy/iter_collect_checks.h"
#include "par_iter/lazy/iter_consume_checks.h"
#include "par_iter/lazy/iter_find_checks.h"
#include "par_iter/lazy/iter_random_checks.h"
#include "par_iter/lazy/iter_source_checks.h"
#include "par_iter/lazy/iter_stage_checks.h"

const check checks[] = {ITER_SOURCE_CHECKS(CHECK_ROW) ITER_STAGE_CHECKS(CHECK_ROW)
                            ITER_BOTH_CHECKS(CHECK_ROW) ITER_CONSUME_CHECKS(CHECK_ROW)
                                ITER_FIND_CHECKS(CHECK_ROW) ITER_COLLECT_CHECKS(CHECK_ROW)
                                    ITER_RANDOM_CHECKS(CHECK_ROW){NULL, NULL}};
