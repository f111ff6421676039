/* SPDX-License-Identifier: MIT */
/* forks_private_test.c - the private part of a stack of forks: how it comes into thieves' reach and
 * back again, by one thread, for which a barrier is only a place to look around. */
#include "deque/forks_steps.h"
#include "support.h"

/* ---- the private part ---- */

Test(forks_private, are_private_until_somebody_asks)
{
    begin(true);
    ws_forks_set_limit(&forks);
    push_range(0, 8);
    cr_assert_not(ws_forks_is_empty(&forks));
    steal_nothing();
    ws_forks_request(&forks);
    steal_nothing();
    cr_assert(ws_forks_is_requested(&forks));
    push(8);
    cr_assert_not(ws_forks_is_requested(&forks), "the request is answered");
    cr_assert(ws_forks_has_public(&forks));
    assert_apart();
    for (size_t i = 0; i < 4; i++)
        steal_number(i);
    ws_item item;
    cr_assert_not(steal(&item), "more than half was given away");
    for (size_t i = 9; i-- > 4;)
        pop(i);
    for (size_t i = 0; i < 4; i++)
        pop_stolen();
    cr_assert(ws_forks_is_empty(&forks));
    ws_forks_fini(&forks);
}

Test(forks_private, become_public_when_there_is_but_one)
{
    begin(true);
    push(1); /* somebody has asked before: nothing was known yet */
    steal_number(1);
    pop_stolen();
    ws_forks_set_limit(&forks);
    push(2);
    steal_nothing();
    ws_forks_publish(&forks);
    steal_number(2);
    pop_stolen();
    ws_forks_fini(&forks);
}

Test(forks_private, become_public_all_together)
{
    begin(true);
    ws_forks_set_limit(&forks);
    for (size_t n = 1; n < 20; n++) {
        push_range(0, n);
        ws_forks_publish_all(&forks);
        assert_apart();
        ws_forks_publish_all(&forks);
        for (size_t i = 0; i < n; i++)
            steal_number(i);
        for (size_t i = 0; i < n; i++)
            pop_stolen();
    }
    ws_forks_publish_all(&forks); /* nothing */
    ws_forks_publish(&forks);
    cr_assert(ws_forks_is_empty(&forks));
    push(5);
    pop(5);
    ws_forks_fini(&forks);
}

/* While nobody asks, half of what is left of the public part comes back with each pop of it. */
Test(forks_private, become_private_again_while_nobody_asks)
{
    begin(true);
    ws_forks_set_limit(&forks);
    push_range(0, 32);
    ws_forks_publish_all(&forks);
    for (size_t i = 32; i-- > 20;)
        pop(i);
    assert_apart();
    cr_assert_leq(public_part(), 16);
    cr_assert(ws_forks_has_public(&forks));
    cr_assert(is_fast(19), "the next pop is fenced");
    const size_t left = public_part();
    for (size_t i = 0; i < left; i++)
        steal_number(i);
    ws_item item;
    cr_assert_not(steal(&item), "what came back was given away");
    for (size_t i = 20; i-- > left;)
        pop(i);
    ws_forks_fini(&forks);
}

/* Whoever takes the last entry out of the public part, all is private afterwards. */
Test(forks_private, are_all_private_again_when_the_public_part_is_empty)
{
    begin(true);
    for (size_t stolen = 0; stolen < 4; stolen++) {
        ws_forks_set_limit(&forks);
        push_range(0, 4);
        ws_forks_publish_all(&forks);
        for (size_t i = 0; i < stolen; i++)
            steal_number(i);
        for (size_t i = 4; i-- > stolen;)
            pop(i);
        for (size_t i = stolen; i-- > 0;)
            pop_stolen();
        cr_assert(is_fast(0), "%zu stolen: the next pop is fenced", stolen);
        push(7);
        steal_nothing();
        pop(7);
    }
    ws_forks_fini(&forks);
}

Test(forks_private, stay_public_while_somebody_asks)
{
    begin(true);
    ws_forks_set_limit(&forks);
    push_range(0, 32);
    ws_forks_publish_all(&forks);
    ws_forks_request(&forks);
    for (size_t i = 32; i-- > 20;)
        pop(i);
    for (size_t i = 0; i < 20; i++)
        steal_number(i);
    for (size_t i = 0; i < 20; i++)
        pop_stolen();
    ws_forks_fini(&forks);
}

/* An owner's older decision may reach the word after a thief's newer one, and hide entries that
 * nothing keeps private. The owner's next answer shows them again. */
Test(forks_private, are_shown_again_when_a_late_store_has_hidden_them)
{
    begin(true);
    ws_forks_set_limit(&forks);
    push_range(0, 4);
    ws_forks_publish_all(&forks);
    ws_store_seq_cst(&forks.public_to, 1);
    ws_forks_publish(&forks);
    for (size_t i = 0; i < 4; i++)
        steal_number(i);
    ws_forks_fini(&forks);
}

/* ---- by force ---- */

static void (*at_barrier)(void);
static size_t barriers;

/* The linker puts this in the place of ws_barrier_all in the library's files. */
void pass_barrier(void) __asm__("__wrap_ws_barrier_all");

void pass_barrier(void)
{
    barriers++;
    if (at_barrier != NULL)
        at_barrier();
}

/* In the middle of a revocation: the thief has the privacy, and nothing is public yet. */
static void look_around(void)
{
    cr_assert_eq(forks.owner.private_from, WS_REVOKING);
    steal_nothing();
    cr_assert_not(ws_forks_revoke(&forks), "two at it");
}

Test(forks_private, are_taken_with_one_barrier_after_which_every_pop_is_fenced)
{
    begin(true);
    ws_forks_set_limit(&forks);
    push_range(0, 8);
    at_barrier = look_around;
    cr_assert(ws_forks_revoke(&forks));
    cr_assert_eq(barriers, 1);
    for (size_t i = 0; i < 4; i++)
        steal_number(i);
    cr_assert_eq(barriers, 1, "a steal needs none");
    for (size_t i = 8; i-- > 4;)
        pop(i);
    for (size_t i = 0; i < 4; i++)
        pop_stolen();
    cr_assert_eq(barriers, 1, "nor does the owner");
    ws_forks_fini(&forks);
}

/* The owner goes on meanwhile: up, down, and to the bottom. */
static void own_meanwhile(void)
{
    look_around();
    ws_forks_publish(&forks);
    ws_forks_publish_all(&forks);
    steal_nothing();
    for (size_t i = 6; i-- > 0;)
        pop(i);
    push_range(20, 23);
    pop(22);
    look_around();
}

Test(forks_private, are_whole_when_the_owner_went_on_during_the_revocation)
{
    begin(true);
    ws_forks_set_limit(&forks);
    push_range(0, 6);
    at_barrier = own_meanwhile;
    cr_assert(ws_forks_revoke(&forks));
    assert_apart();
    steal_number(20);
    pop(21);
    pop_stolen();
    for (size_t i = 30; i < 40; i++) {
        push(i);
        pop(i);
    }
    cr_assert(ws_forks_is_empty(&forks));
    cr_assert_eq(ws_forks_height(&forks), 0);
    ws_forks_fini(&forks);
}

Test(forks_private, are_taken_by_force_from_an_owner_who_does_not_answer)
{
    begin(true);
    ws_forks_set_limit(&forks);
    cr_assert_not(ws_forks_revoke(&forks), "of nothing");
    push_range(0, 8);
    size_t stolen = 0;
    for (size_t rounds = 0; stolen < 8; rounds++) {
        ws_item item;
        cr_assert_lt(rounds, 8);
        cr_assert(ws_forks_revoke(&forks));
        assert_apart();
        cr_assert_lt(forks.owner.private_from, WS_REVOKING, "the owner gets its privacy back");
        cr_assert(ws_forks_has_public(&forks));
        while (steal(&item))
            cr_assert(is_item(&item, stolen++));
    }
    cr_assert_not(ws_forks_revoke(&forks), "of nothing");
    cr_assert(ws_forks_is_empty(&forks));
    for (size_t i = 0; i < 8; i++)
        pop_stolen();
    push(9);
    pop(9);
    ws_forks_fini(&forks);
}

Test(forks_private, give_away_the_older_half_by_force)
{
    begin(true);
    ws_forks_set_limit(&forks);
    push_range(0, 10);
    cr_assert(ws_forks_revoke(&forks));
    for (size_t i = 0; i < 5; i++)
        steal_number(i);
    steal_nothing();
    for (size_t i = 10; i-- > 5;)
        pop(i);
    for (size_t i = 0; i < 5; i++)
        pop_stolen();
    ws_forks_fini(&forks);
}

Test(forks_private, cannot_be_taken_by_force_when_they_are_public)
{
    begin(false);
    push_range(0, 3);
    cr_assert_not(ws_forks_revoke(&forks));
    ws_forks_fini(&forks);
    begin(true);
    push_range(0, 3);
    ws_forks_publish_all(&forks);
    cr_assert_not(ws_forks_revoke(&forks));
    push(3);
    cr_assert(ws_forks_revoke(&forks));
    for (size_t i = 0; i < 4; i++)
        steal_number(i);
    ws_forks_fini(&forks);
}

/* While a thief takes the privacy away, nothing but it may write what is public. */
Test(forks_private, are_left_alone_by_their_owner_while_a_thief_is_at_it)
{
    begin(true);
    ws_forks_set_limit(&forks);
    push_range(0, 8);
    const size_t from = forks.owner.private_from;
    forks.owner.private_from = WS_REVOKING; /* the thief stands before its barrier */
    cr_assert_not(ws_forks_revoke(&forks), "two at it");
    ws_forks_publish(&forks);
    ws_forks_publish_all(&forks);
    pop(7);
    push(7);
    pop(7);
    cr_assert_eq(forks.owner.private_from, WS_REVOKING);
    steal_nothing();
    forks.owner.private_from = from;
    for (size_t i = 7; i-- > 0;)
        pop(i);
    ws_forks_fini(&forks);
}
