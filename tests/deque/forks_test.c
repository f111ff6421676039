/* SPDX-License-Identifier: MIT */
/* forks_test.c - the checks of forks_checks.h under Criterion, and what a stack of forks does when
 * one thread is its owner and its thief. What its private part adds is in forks_private_test.c. */
#include "criterion_front.h"
#include "deque/forks_checks.h"
#include "deque/forks_steps.h"
#include "deque/little_memory.h"

FORKS_CHECKS(CHECK_TEST)

/* ---- alone ---- */

Test(forks, are_none_at_first)
{
    for (int has_private = 0; has_private < 2; has_private++) {
        begin(has_private != 0);
        cr_assert(ws_forks_is_empty(&forks));
        cr_assert_eq(ws_forks_height(&forks), 0);
        steal_nothing();
        ws_forks_fini(&forks);
    }
}

Test(forks, are_the_owners_from_the_newest_to_the_oldest)
{
    for (int has_private = 0; has_private < 2; has_private++) {
        begin(has_private != 0);
        for (size_t depth = 1; depth <= ROOM; depth++) {
            push_range(0, depth);
            cr_assert_eq(ws_forks_height(&forks), depth);
            cr_assert_not(ws_forks_is_empty(&forks));
            for (size_t i = depth; i-- > 0;)
                pop(i);
            cr_assert(ws_forks_is_empty(&forks));
            cr_assert_eq(ws_forks_height(&forks), 0);
        }
        ws_forks_fini(&forks);
    }
}

Test(forks, are_a_thiefs_from_the_oldest_to_the_newest)
{
    begin(false);
    push_range(0, 5);
    for (size_t i = 0; i < 5; i++) {
        cr_assert(ws_forks_has_public(&forks));
        steal_number(i);
    }
    steal_nothing();
    cr_assert(ws_forks_is_empty(&forks));
    cr_assert_eq(ws_forks_height(&forks), 5, "what is stolen is still to be joined");
    ws_forks_fini(&forks);
}

/* A pop leaves bottom where its push found it, whether the entry was there or stolen, so that a
 * caller may keep it in a register. */
Test(forks, stand_as_high_after_a_pop_as_before_the_push)
{
    for (size_t stolen = 0; stolen <= 5; stolen++) {
        begin(false);
        push_range(0, 5);
        for (size_t i = 0; i < stolen; i++)
            steal_number(i);
        for (size_t i = 5; i-- > stolen;)
            pop(i);
        for (size_t i = stolen; i-- > 0;)
            pop_stolen();
        cr_assert_eq(ws_forks_height(&forks), 0);
        cr_assert(ws_forks_is_empty(&forks));
        push(77); /* in a slot that was stolen from */
        steal_number(77);
        pop_stolen();
        push(78);
        pop(78);
        ws_forks_fini(&forks);
    }
}

Test(forks, have_a_last_slot_without_room)
{
    for (int has_private = 0; has_private < 2; has_private++) {
        begin(has_private != 0);
        push_range(0, ROOM);
        cr_assert_not(ws_forks_has_room(&forks, par_detail_head(&forks.owner)));
        for (int again = 0; again < 3; again++)
            cr_assert_not(forks_owner_push(&forks, item_of(1000)));
        cr_assert_eq(ws_forks_height(&forks), ROOM);
        for (size_t i = ROOM; i-- > 0;)
            pop(i);
        ws_forks_fini(&forks);
    }
}

/* A push writes its slot before it knows that there is no room: no thief may take it from there. */
Test(forks, are_never_stolen_from_the_spare_slot)
{
    ws_item item;
    begin(false);
    push_range(0, ROOM);
    for (size_t i = 0; i < ROOM; i++)
        steal_number(i);
    par_detail_slot *spare = par_detail_head(&forks.owner);
    ws_item_write(spare, item_of(1000));
    ws_store_release(&forks.owner.bottom, (size_t)(spare + 1));
    cr_assert_not(steal(&item), "a fork that was refused is stolen");
    ws_store_release(&forks.owner.bottom, (size_t)spare);
    for (size_t i = 0; i < ROOM; i++)
        pop_stolen();
    push(5);
    pop(5);
    ws_forks_fini(&forks);
}

/* Pushes take the slow way when there is a request, and where there is no room any more. */
Test(forks, have_a_limit_where_their_room_ends)
{
    begin(true);
    ws_forks_set_limit(&forks);
    cr_assert_not(ws_forks_is_requested(&forks));
    for (size_t i = 0; i < CAPACITY; i++) {
        const par_detail_slot *slot = forks.slots + i;
        cr_assert_eq((size_t)slot < forks.owner.limit, ws_forks_has_room(&forks, slot));
    }
    ws_forks_request(&forks);
    cr_assert(ws_forks_is_requested(&forks));
    cr_assert_geq((size_t)forks.slots, forks.owner.limit);
    ws_forks_request(&forks);
    cr_assert(ws_forks_is_requested(&forks));
    ws_forks_fini(&forks);
}

/* ---- limits of thieves ---- */

Test(forks, give_a_thief_nothing_below_lowest)
{
    ws_item item;
    begin(false);
    push_range(0, 4);
    cr_assert_not(ws_forks_steal(&forks, &item, 1, NULL, NULL));
    cr_assert_not(ws_forks_steal(&forks, &item, CAPACITY, NULL, NULL));
    steal_number(0);
    cr_assert(ws_forks_steal(&forks, &item, 1, NULL, NULL) && is_item(&item, 1));
    cr_assert_not(ws_forks_steal(&forks, &item, 3, NULL, NULL));
    cr_assert(ws_forks_steal(&forks, &item, 2, NULL, NULL) && is_item(&item, 2));
    cr_assert(ws_forks_steal(&forks, &item, 0, NULL, NULL) && is_item(&item, 3));
    ws_forks_fini(&forks);
}

typedef struct question {
    size_t asked;
    size_t expected;
    bool answer;
    void (*meanwhile)(void);
} question;

static question open_question;

static bool ask(const ws_item *item, const void *ctx)
{
    cr_assert_eq(ctx, &open_question);
    cr_assert(is_item(item, open_question.expected));
    open_question.asked++;
    if (open_question.meanwhile != NULL)
        open_question.meanwhile();
    return open_question.answer;
}

static bool steal_if(size_t expected, bool answer, void (*meanwhile)(void), ws_item *item)
{
    open_question = (question){0, expected, answer, meanwhile};
    return ws_forks_steal(&forks, item, 0, ask, &open_question);
}

Test(forks, are_asked_for_one_by_one)
{
    ws_item item;
    begin(false);
    cr_assert_not(steal_if(0, true, NULL, &item));
    push_range(10, 13);
    cr_assert_not(ws_forks_steal(&forks, &item, 1, ask, &open_question));
    cr_assert_eq(open_question.asked, 0, "asked about nothing, or what is too low");
    cr_assert_not(steal_if(10, false, NULL, &item));
    cr_assert_eq(open_question.asked, 1);
    cr_assert(steal_if(10, true, NULL, &item) && is_item(&item, 10));
    cr_assert(steal_if(11, true, NULL, &item) && is_item(&item, 11));
    pop(12);
    ws_forks_fini(&forks);
}

/* ---- between a thief's look and its grip ---- */

static ws_item taken_meanwhile;

static void steal_meanwhile(void)
{
    cr_assert(steal(&taken_meanwhile));
}

static void pop_meanwhile(void)
{
    cr_assert(forks_owner_pop(&forks, &taken_meanwhile));
}

static void pop_and_push_meanwhile(void)
{
    pop_meanwhile();
    push(77);
}

static void steal_pop_and_push_meanwhile(void)
{
    steal_meanwhile();
    pop_stolen();
    push(77);
}

/* Everything happens more than once: the thief's look is very old. */
static void do_much_meanwhile(void)
{
    pop_meanwhile();
    for (int i = 0; i < 100; i++) {
        push(55);
        pop(55);
        push(56);
        steal_number(56);
        pop_stolen();
    }
    push(77);
}

Test(forks, are_not_taken_by_an_old_look)
{
    void (*const ways[])(void) = {steal_meanwhile, pop_meanwhile, pop_and_push_meanwhile,
                                  steal_pop_and_push_meanwhile, do_much_meanwhile};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        ws_item item;
        begin(false);
        push(5);
        cr_assert_not(steal_if(5, true, ways[i], &item), "way %zu: taken twice", i);
        cr_assert(is_item(&taken_meanwhile, 5));
        if (i >= 2)
            steal_number(77);
        steal_nothing();
        ws_forks_fini(&forks);
    }
}

/* The same one slot higher, below which an entry was stolen before. */
Test(forks, are_not_taken_by_an_old_look_above_a_stolen_one)
{
    void (*const ways[])(void) = {steal_meanwhile, pop_meanwhile, pop_and_push_meanwhile,
                                  steal_pop_and_push_meanwhile, do_much_meanwhile};
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        ws_item item;
        begin(false);
        push(4);
        push(5);
        steal_number(4);
        cr_assert_not(steal_if(5, true, ways[i], &item), "way %zu: taken twice", i);
        cr_assert(is_item(&taken_meanwhile, 5));
        if (i >= 2)
            pop(77);
        else if (i == 0)
            pop_stolen();
        pop_stolen(); /* 4 */
        cr_assert_eq(ws_forks_height(&forks), 0);
        steal_nothing();
        ws_forks_fini(&forks);
    }
}

static void pop_down_and_push_meanwhile(void)
{
    pop(6);
    pop(5);
    pop_stolen();
    push(70);
    push(71);
    push(72);
}

/* The owner goes below the slot that the thief looks at, and comes back. */
Test(forks, are_not_taken_by_an_old_look_when_the_stack_has_been_lower)
{
    ws_item item;
    begin(false);
    push_range(4, 7);
    steal_number(4);
    cr_assert_not(steal_if(5, true, pop_down_and_push_meanwhile, &item), "taken twice");
    steal_number(70);
    pop(72);
    pop(71);
    pop_stolen();
    ws_forks_fini(&forks);
}

/* ---- where there is little address space ---- */

enum { MIB = 1 << 20, ARE_FEWER = 1, ARE_REFUSED, ARE_WRONG };

static int make_forks(void *arg)
{
    const size_t asked = (size_t)1 << 19; /* 8 MiB */
    (void)arg;
    const int rc = ws_forks_init(&forks, asked, true);
    if (rc != 0)
        return rc == ENOMEM ? ARE_REFUSED : ARE_WRONG;
    if (forks.capacity >= asked)
        return ARE_WRONG;
    size_t n = 0;
    while (forks_owner_push(&forks, item_of(n)))
        n++;
    if (n != forks.capacity - 1)
        return ARE_WRONG;
    for (ws_item item; n > 0; n--) {
        if (!forks_owner_pop(&forks, &item) || !is_item(&item, n - 1))
            return ARE_WRONG;
    }
    return ARE_FEWER;
}

Test(forks, are_fewer_where_there_is_less_space)
{
    cr_assert_eq(little_memory_run(3 * (size_t)MIB, make_forks, NULL), ARE_FEWER);
}

Test(forks, are_refused_where_there_is_no_space)
{
    cr_assert_eq(little_memory_run(0, make_forks, NULL), ARE_REFUSED);
}
