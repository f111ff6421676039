/* SPDX-License-Identifier: MIT */
/* injector_checks.h - what an injector promises to many threads at once, as a list of checks. */
#ifndef TESTS_DEQUE_INJECTOR_CHECKS_H
#define TESTS_DEQUE_INJECTOR_CHECKS_H

#include "support.h"

#define INJECTOR_CHECKS(X)                                                                         \
    X(injector, gives_each_link_once_and_in_order)                                                 \
    X(injector, gives_each_taker_its_own)

INJECTOR_CHECKS(CHECK_PROTOTYPE)

#endif
