/* SPDX-License-Identifier: MIT */
/* forks_private_test.c - the private part of a stack of forks: how it comes into thieves' reach and
 * back again, by one thread; and the whole stack, compared with a plain list. */
#include "base/barrier.h"
#include "deque/forks_steps.h"
#include "support.h"

/* ---- the private part ---- */

static size_t public_part(void)
{
    return forks.public_to;
}

/* Whether a pop of the slot `index` needs no fence. */
static bool is_fast(size_t index)
{
    return (size_t)(forks.slots + index) >= forks.owner.private_from;
}

/* F3: thieves reach nothing that the owner takes without a fence. */
static void assert_apart(void)
{
    if (forks.owner.private_from < WS_REVOKING)
        cr_assert_leq(public_part(),
                      (size_t)((const par_detail_slot *)forks.owner.private_from - forks.slots));
}

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

/* ---- by force ---- */

Test(forks_private, are_taken_by_force_from_an_owner_who_does_not_answer)
{
    if (!ws_barrier_available())
        cr_skip_test("this system has no such barrier");
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
    if (!ws_barrier_available())
        cr_skip_test("this system has no such barrier");
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
    if (!ws_barrier_available())
        return;
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

/* ---- against a list ---- */

typedef struct list {
    size_t numbers[CAPACITY];
    size_t oldest; /* what lies below is stolen */
    size_t height;
} list;

static void push_both(list *model, size_t number)
{
    cr_assert_eq(forks_owner_push(&forks, item_of(number)), model->height < ROOM);
    if (model->height < ROOM)
        model->numbers[model->height++] = number;
}

static void pop_both(list *model)
{
    ws_item item;
    if (model->height == 0)
        return;
    const bool mine = forks_owner_pop(&forks, &item);
    cr_assert_eq(mine, --model->height >= model->oldest, "height %zu", model->height);
    if (mine)
        cr_assert(is_item(&item, model->numbers[model->height]));
    if (model->oldest > model->height)
        model->oldest = model->height;
}

/* A thief that is told of something public gets it; it gets nothing but the oldest. */
static void steal_both(list *model, bool has_private)
{
    ws_item item;
    const bool there = ws_forks_has_public(&forks);
    cr_assert_eq(steal(&item), there);
    cr_assert(has_private || there == (model->oldest < model->height));
    if (there)
        cr_assert(is_item(&item, model->numbers[model->oldest++]));
    cr_assert_leq(model->oldest, model->height);
}

/* Something that must change nothing but who may reach what. */
static void disturb(uint64_t *seed)
{
    switch (random_below(seed, 5)) {
    case 0:
        ws_forks_set_limit(&forks);
        break;
    case 1:
        ws_forks_publish(&forks);
        break;
    case 2:
        ws_forks_publish_all(&forks);
        break;
    case 3:
        if (ws_barrier_available())
            ws_forks_revoke(&forks);
        break;
    default:
        ws_forks_request(&forks);
        break;
    }
}

static void compare(bool has_private, uint64_t seed)
{
    enum { STEPS = 30000, STRETCH = 150 };
    list model = {.height = 0};
    begin(has_private);
    for (size_t i = 0; i < STEPS; i++) {
        const size_t dice = random_below(&seed, 10);
        if (dice == 9 && has_private)
            disturb(&seed);
        else if (dice < (i / STRETCH % 2 == 0 ? 6 : 2))
            push_both(&model, i);
        else if (dice % 3 != 0)
            pop_both(&model);
        else
            steal_both(&model, has_private);
        assert_apart();
        cr_assert_eq(ws_forks_height(&forks), model.height);
        cr_assert_eq(ws_forks_is_empty(&forks), model.oldest == model.height);
    }
    ws_forks_fini(&forks);
}

Test(forks_private, do_what_a_list_does)
{
    for (uint64_t seed = 0; seed < 6; seed++) {
        compare(false, seed);
        compare(true, seed);
    }
}
