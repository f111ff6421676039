/* SPDX-License-Identifier: MIT */
/* hpp_cxx.h - checks of par/par.hpp that hpp_cxx.cpp makes in C++, to be run inside a pool. Each
 * returns NULL, or what is wrong. No exception leaves them. */
#ifndef TESTS_PAR_ITER_HPP_CXX_H
#define TESTS_PAR_ITER_HPP_CXX_H

#include <par/config.h>

#define HPP_CHECKS(X)                                                                              \
    X(hpp, joins)                                                                                  \
    X(hpp, loops_over_ranges)                                                                      \
    X(hpp, loops_over_indices)                                                                     \
    X(hpp, maps)                                                                                   \
    X(hpp, reduces)                                                                                \
    X(hpp, sorts)                                                                                  \
    X(hpp, throws_what_a_side_threw)                                                               \
    X(hpp, throws_what_a_loop_threw)                                                               \
    X(hpp, throws_what_a_map_threw)                                                                \
    X(hpp, throws_what_a_reduction_threw)                                                          \
    X(hpp, throws_what_an_order_threw)                                                             \
    X(hpp, throws_through_levels)                                                                  \
    X(hpp, throws_codes)

#define HPP_PROTOTYPE(suite, name) const char *suite##_cxx_##name(void);

PAR_BEGIN_DECLS

HPP_CHECKS(HPP_PROTOTYPE)

PAR_END_DECLS

#endif
