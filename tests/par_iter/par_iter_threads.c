/* SPDX-License-Identifier: MIT */
/* par_iter_threads.c - the checks of all algorithms as one plain program. */
#include "par_iter/base/ordered_checks.h"
#include "par_iter/eager/arrange_checks.h"
#include "par_iter/eager/for_each_checks.h"
#include "par_iter/eager/map_checks.h"
#include "par_iter/eager/reduce_checks.h"
#include "par_iter/eager/scan_checks.h"
#include "par_iter/lazy/text_checks.h"
#include "par_iter/sort/sort_checks.h"
#include "par_iter/typed/hpp_checks.h"
#include "par_iter/typed/typed_checks.h"
#include "par_iter/walk/bridge_checks.h"
#include "par_iter/walk/tree_checks.h"

const check checks[] = {MAP_CHECKS(CHECK_ROW) FOR_EACH_CHECKS(CHECK_ROW) REDUCE_CHECKS(CHECK_ROW)
                            TYPED_CHECKS(CHECK_ROW) HPP_CHECKS(CHECK_ROW) SCAN_CHECKS(CHECK_ROW)
                                ARRANGE_CHECKS(CHECK_ROW) SORT_CHECKS(CHECK_ROW)
                                    BRIDGE_CHECKS(CHECK_ROW) TEXT_CHECKS(CHECK_ROW)
                                        TREE_CHECKS(CHECK_ROW)
                                            ORDERED_CHECKS(CHECK_ROW){NULL, NULL}};
