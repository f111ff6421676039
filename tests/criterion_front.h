/* SPDX-License-Identifier: MIT */
/* criterion_front.h - makes a Criterion test of each check in a list: LIST(CHECK_TEST). */
#ifndef TESTS_CRITERION_FRONT_H
#define TESTS_CRITERION_FRONT_H

#include <criterion/criterion.h>

#define CHECK_TEST(suite, name)                                                                    \
    Test(suite, name)                                                                              \
    {                                                                                              \
        const char *problem = suite##_##name();                                                    \
        cr_assert_null(problem, "%s", problem);                                                    \
    }

#endif
