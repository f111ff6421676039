/* SPDX-License-Identifier: MIT */
/* group_test.c - the first code stays, and what stops a group. What threads do to each other with
 * it is in job_checks.h. */
#include "job/group.h"

#include <criterion/criterion.h>
#include <limits.h>

Test(group, has_no_code_and_runs_at_first)
{
    const ws_group group = {.code = 0};
    cr_assert_eq(ws_group_code(&group), 0);
    cr_assert_not(ws_group_is_stopped(&group));
}

Test(group, none_is_never_stopped)
{
    cr_assert_not(ws_group_is_stopped(NULL));
}

Test(group, keeps_its_first_code)
{
    static const int codes[] = {1, -1, 12, 125, -7, INT_MAX, INT_MIN};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        ws_group group = {.code = 0};
        ws_group_fail(&group, codes[i]);
        cr_assert_eq(ws_group_code(&group), codes[i]);
        cr_assert(ws_group_is_stopped(&group));
        ws_group_fail(&group, codes[i] / 2 + 3);
        ws_group_fail(&group, 0);
        cr_assert_eq(ws_group_code(&group), codes[i]);
    }
}

Test(group, success_is_no_failure)
{
    ws_group group = {.code = 0};
    ws_group_fail(&group, 0);
    cr_assert_not(ws_group_is_stopped(&group));
    ws_group_fail(&group, 9);
    cr_assert_eq(ws_group_code(&group), 9);
}

Test(group, is_stopped_by_its_users_word)
{
    par_group asked = PAR_GROUP_INIT;
    const ws_group group = {.asked = &asked};
    cr_assert_not(ws_group_is_stopped(&group));
    par_cancel(&asked);
    cr_assert(ws_group_is_stopped(&group));
    cr_assert_eq(ws_group_code(&group), 0, "canceled is not failed");
    par_cancel(&asked);
    cr_assert(ws_group_is_stopped(&group));
    asked = (par_group)PAR_GROUP_INIT;
    cr_assert_not(ws_group_is_stopped(&group));
}

Test(group, one_word_stops_all_that_were_given_it)
{
    par_group asked = PAR_GROUP_INIT;
    const ws_group one = {.asked = &asked};
    const ws_group other = {.asked = &asked};
    const ws_group stranger = {.code = 0};
    par_cancel(&asked);
    cr_assert(ws_group_is_stopped(&one) && ws_group_is_stopped(&other));
    cr_assert_not(ws_group_is_stopped(&stranger));
}

enum { DEPTH = 6 };

/* The i-th lies in the (i+1)-th. */
static void nest_groups(ws_group *nest, par_group *asked)
{
    for (size_t i = 0; i < DEPTH; i++)
        nest[i] = (ws_group){.asked = &asked[i], .around = i + 1 < DEPTH ? &nest[i + 1] : NULL};
}

static void assert_stopped_up_to(const ws_group *nest, size_t level)
{
    for (size_t i = 0; i < DEPTH; i++)
        cr_assert_eq(ws_group_is_stopped(&nest[i]), i <= level, "level %zu of %zu", i, level);
}

Test(group, failure_stops_what_lies_inside_and_nothing_around)
{
    for (size_t level = 0; level < DEPTH; level++) {
        ws_group nest[DEPTH];
        par_group asked[DEPTH] = {PAR_GROUP_INIT};
        nest_groups(nest, asked);
        ws_group_fail(&nest[level], 3);
        assert_stopped_up_to(nest, level);
        for (size_t i = 0; i < DEPTH; i++)
            cr_assert_eq(ws_group_code(&nest[i]), i == level ? 3 : 0);
    }
}

Test(group, cancelation_stops_what_lies_inside_and_nothing_around)
{
    for (size_t level = 0; level < DEPTH; level++) {
        ws_group nest[DEPTH];
        par_group asked[DEPTH] = {PAR_GROUP_INIT};
        nest_groups(nest, asked);
        par_cancel(&asked[level]);
        assert_stopped_up_to(nest, level);
    }
}
