/* SPDX-License-Identifier: MIT */
/* latch_test.c - every order in which a latch can be set, asked and slept on, step by step. What
 * threads do to each other with it is in job_checks.h. */
#include "job/latch.h"

#include <criterion/criterion.h>

Test(latch, is_not_set_at_first)
{
    const size_t word = 0;
    cr_assert_not(ws_latch_is_set(&word));
}

Test(latch, is_set_once_and_for_all)
{
    size_t word = 0;
    cr_assert_not(ws_latch_set(&word), "nobody sleeps");
    for (int i = 0; i < 3; i++) {
        cr_assert(ws_latch_is_set(&word));
        cr_assert_not(ws_latch_fall_asleep(&word), "asleep on a latch that is set");
        cr_assert_eq(word, PAR_DETAIL_DONE);
    }
}

Test(latch, tells_the_setter_that_the_waiter_sleeps)
{
    size_t word = 0;
    cr_assert(ws_latch_fall_asleep(&word));
    cr_assert_not(ws_latch_is_set(&word), "sleeping is not being set");
    cr_assert(ws_latch_set(&word));
    cr_assert(ws_latch_is_set(&word));
    cr_assert_eq(word, PAR_DETAIL_DONE);
    cr_assert_not(ws_latch_fall_asleep(&word));
}

/* A waiter that was woken for another reason goes to sleep again: it has said so already. */
Test(latch, can_be_slept_on_again)
{
    size_t word = 0;
    cr_assert(ws_latch_fall_asleep(&word));
    cr_assert(ws_latch_fall_asleep(&word));
    cr_assert_eq(word, PAR_DETAIL_ASLEEP);
    cr_assert(ws_latch_set(&word));
    cr_assert_not(ws_latch_fall_asleep(&word));
}

Test(latch, keeps_what_else_is_in_the_word_until_it_is_set)
{
    static const size_t carried[] = {4, 128, 0x7fffffff80, SIZE_MAX - 127, ~(size_t)3};
    for (size_t i = 0; i < sizeof carried / sizeof carried[0]; i++) {
        size_t word = carried[i];
        cr_assert_not(ws_latch_is_set(&word));
        cr_assert(ws_latch_fall_asleep(&word));
        cr_assert_eq(word, carried[i] | PAR_DETAIL_ASLEEP);
        cr_assert_not(ws_latch_is_set(&word));
        cr_assert(ws_latch_set(&word));
        cr_assert_eq(word, PAR_DETAIL_DONE);
        word = carried[i];
        cr_assert_not(ws_latch_set(&word));
        cr_assert_eq(word, PAR_DETAIL_DONE);
    }
}

Test(latch, has_two_flags_below_any_aligned_address)
{
    cr_assert_eq(PAR_DETAIL_DONE & PAR_DETAIL_ASLEEP, 0);
    cr_assert_lt(PAR_DETAIL_DONE | PAR_DETAIL_ASLEEP, _Alignof(max_align_t));
}
