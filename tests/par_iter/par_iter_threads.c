/* SPDX-License-Identifier: MIT */
/* par_iter_threads.c - the checks of all algorithms as one plain program. */
#include "par_iter/for_each_checks.h"
#include "par_iter/map_checks.h"
#include "par_iter/reduce_checks.h"
#include "par_iter/typed_checks.h"

const check checks[] = {MAP_CHECKS(CHECK_ROW) FOR_EACH_CHECKS(CHECK_ROW) REDUCE_CHECKS(CHECK_ROW)
                            TYPED_CHECKS(CHECK_ROW){NULL, NULL}};
