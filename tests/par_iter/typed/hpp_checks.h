/* SPDX-License-Identifier: MIT */
/* hpp_checks.h - what par/par.hpp promises, as the list of checks of hpp_cxx.h. */
#ifndef TESTS_PAR_ITER_HPP_CHECKS_H
#define TESTS_PAR_ITER_HPP_CHECKS_H

#include "par_iter/typed/hpp_cxx.h"
#include "support.h"

HPP_CHECKS(CHECK_PROTOTYPE)

#endif
