/* SPDX-License-Identifier: MIT */
/* deque_test.c - the checks of deque_checks.h under Criterion, and what a deque does when one
 * thread is its owner and its thief: compared with a plain list, at any place of its indices. */
#include "criterion_front.h"
#include "deque/deque.h"
#include "deque/deque_checks.h"
#include "deque/little_memory.h"

DEQUE_CHECKS(CHECK_TEST)

enum { CAPACITY = 64, ROOM = CAPACITY };

static ws_item item_of(size_t number)
{
    return (ws_item){number, ~number};
}

static bool is_item(const ws_item *item, size_t number)
{
    return item->first == number && item->second == ~number;
}

/* Where a deque's indices begin: at nothing, and so that they pass the middle and the end of their
 * range. */
static const size_t beginnings[] = {0,       1, SIZE_MAX / 2 - 10, SIZE_MAX - 100, SIZE_MAX - 2,
                                    SIZE_MAX};

enum { BEGINNINGS = sizeof beginnings / sizeof beginnings[0] };

static ws_deque deque;

static void begin_at(size_t index)
{
    cr_assert_eq(ws_deque_init(&deque, CAPACITY), 0);
    deque.top = index;
    deque.bottom = index;
}

static bool steal(ws_item *item)
{
    return ws_deque_steal(&deque, item, NULL, NULL);
}

/* ---- against a list ---- */

typedef struct list {
    size_t numbers[CAPACITY]; /* oldest first */
    size_t count;
} list;

static void assert_same(const list *model)
{
    cr_assert_eq(ws_deque_count(&deque), model->count);
    cr_assert_eq(ws_deque_is_empty(&deque), model->count == 0);
    for (size_t i = 0; i < model->count; i++) {
        const ws_item item = ws_deque_at(&deque, i);
        cr_assert(is_item(&item, model->numbers[model->count - 1 - i]), "item %zu", i);
    }
}

static void push_both(list *model, size_t number)
{
    const bool pushed = ws_deque_push(&deque, item_of(number));
    cr_assert_eq(pushed, model->count < ROOM, "with %zu items", model->count);
    if (pushed)
        model->numbers[model->count++] = number;
}

static void pop_both(list *model)
{
    ws_item item;
    const bool popped = ws_deque_pop(&deque, &item);
    cr_assert_eq(popped, model->count > 0, "with %zu items", model->count);
    if (popped)
        cr_assert(is_item(&item, model->numbers[--model->count]));
}

static void steal_both(list *model)
{
    ws_item item;
    const bool stolen = steal(&item);
    cr_assert_eq(stolen, model->count > 0, "with %zu items", model->count);
    if (!stolen)
        return;
    cr_assert(is_item(&item, model->numbers[0]));
    memmove(model->numbers, model->numbers + 1, --model->count * sizeof model->numbers[0]);
}

/* Pushes are more likely in one stretch, pops and steals in the next, so that the deque is often
 * full and often empty, and has passed the end of its ring many times. */
static void compare_at(size_t beginning, uint64_t seed)
{
    enum { STEPS = 20000, STRETCH = 200 };
    list model = {.count = 0};
    begin_at(beginning);
    for (size_t i = 0; i < STEPS; i++) {
        const size_t dice = random_below(&seed, 10);
        if (dice < (i / STRETCH % 2 == 0 ? 7 : 2))
            push_both(&model, i);
        else if (dice % 2 == 0)
            pop_both(&model);
        else
            steal_both(&model);
        if (i % 16 == 0)
            assert_same(&model);
    }
    cr_assert_gt(deque.top - beginning, 5 * CAPACITY);
    ws_deque_fini(&deque);
}

Test(deque, does_what_a_list_does)
{
    for (size_t i = 0; i < BEGINNINGS; i++)
        compare_at(beginnings[i], i);
}

/* ---- alone ---- */

Test(deque, is_empty_at_first)
{
    ws_item item;
    for (size_t i = 0; i < BEGINNINGS; i++) {
        begin_at(beginnings[i]);
        for (int again = 0; again < 3; again++) {
            cr_assert(ws_deque_is_empty(&deque));
            cr_assert_eq(ws_deque_count(&deque), 0);
            cr_assert_not(ws_deque_pop(&deque, &item));
            cr_assert_not(steal(&item));
        }
        ws_deque_fini(&deque);
    }
}

Test(deque, gives_the_owner_the_newest_and_thieves_the_oldest)
{
    ws_item item;
    begin_at(0);
    for (size_t i = 1; i <= 4; i++)
        cr_assert(ws_deque_push(&deque, item_of(i)));
    cr_assert(ws_deque_pop(&deque, &item) && is_item(&item, 4));
    cr_assert(steal(&item) && is_item(&item, 1));
    cr_assert(ws_deque_pop(&deque, &item) && is_item(&item, 3));
    cr_assert(steal(&item) && is_item(&item, 2));
    cr_assert(ws_deque_is_empty(&deque));
    ws_deque_fini(&deque);
}

Test(deque, refuses_what_it_has_no_room_for_and_stays_whole)
{
    ws_item item;
    for (size_t i = 0; i < BEGINNINGS; i++) {
        begin_at(beginnings[i]);
        for (size_t n = 0; n < ROOM; n++)
            cr_assert(ws_deque_push(&deque, item_of(n)), "item %zu from %zu", n, beginnings[i]);
        for (int again = 0; again < 3; again++)
            cr_assert_not(ws_deque_push(&deque, item_of(1000)));
        cr_assert_eq(ws_deque_count(&deque), ROOM);
        cr_assert(steal(&item) && is_item(&item, 0));
        cr_assert(ws_deque_push(&deque, item_of(ROOM)));
        cr_assert_not(ws_deque_push(&deque, item_of(1000)));
        for (size_t n = ROOM; n > 0; n--)
            cr_assert(ws_deque_pop(&deque, &item) && is_item(&item, n), "item %zu", n);
        cr_assert_not(ws_deque_pop(&deque, &item));
        ws_deque_fini(&deque);
    }
}

Test(deque, keeps_both_words_as_they_are)
{
    static const size_t words[] = {0, 1, SIZE_MAX, (size_t)1 << 63, 0x5555555555555555U};
    ws_item item;
    begin_at(0);
    for (size_t i = 0; i < 25; i++)
        cr_assert(ws_deque_push(&deque, (ws_item){words[i / 5], words[i % 5]}));
    for (size_t i = 0; i < 25; i++) {
        cr_assert(steal(&item));
        cr_assert(item.first == words[i / 5] && item.second == words[i % 5]);
    }
    ws_deque_fini(&deque);
}

/* ---- limits of thieves ---- */

/* What `may` is asked, and what happens meanwhile. */
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
    return ws_deque_steal(&deque, item, ask, &open_question);
}

Test(deque, asks_whether_a_thief_may_have_it)
{
    ws_item item;
    begin_at(0);
    cr_assert_not(steal_if(0, true, NULL, &item));
    cr_assert_eq(open_question.asked, 0, "asked about nothing");
    for (size_t n = 10; n < 13; n++)
        cr_assert(ws_deque_push(&deque, item_of(n)));
    cr_assert_not(steal_if(10, false, NULL, &item));
    cr_assert_eq(open_question.asked, 1);
    cr_assert_eq(ws_deque_count(&deque), 3);
    cr_assert(steal_if(10, true, NULL, &item) && is_item(&item, 10));
    cr_assert(steal_if(11, true, NULL, &item) && is_item(&item, 11));
    ws_deque_fini(&deque);
}

/* The question is asked between reading the item and taking it: who takes it meanwhile has it. */
static ws_item taken_meanwhile;

static void steal_meanwhile(void)
{
    cr_assert(steal(&taken_meanwhile));
}

static void pop_meanwhile(void)
{
    cr_assert(ws_deque_pop(&deque, &taken_meanwhile));
}

static void pop_and_push_meanwhile(void)
{
    cr_assert(ws_deque_pop(&deque, &taken_meanwhile));
    cr_assert(ws_deque_push(&deque, item_of(77)));
}

Test(deque, loses_nothing_between_a_thiefs_look_and_its_grip)
{
    void (*const ways[])(void) = {steal_meanwhile, pop_meanwhile, pop_and_push_meanwhile};
    for (size_t i = 0; i < 3 * BEGINNINGS; i++) {
        ws_item item;
        begin_at(beginnings[i / 3]);
        cr_assert(ws_deque_push(&deque, item_of(5)));
        cr_assert_not(steal_if(5, true, ways[i % 3], &item), "taken twice");
        cr_assert(is_item(&taken_meanwhile, 5));
        cr_assert_eq(ws_deque_count(&deque), i % 3 == 2);
        if (i % 3 == 2)
            cr_assert(steal(&item) && is_item(&item, 77));
        cr_assert_not(ws_deque_pop(&deque, &item));
        ws_deque_fini(&deque);
    }
}

/* ---- where there is little address space ---- */

enum { MIB = 1 << 20, IS_SMALLER = 1, IS_REFUSED, IS_WRONG };

static int make_deque(void *arg)
{
    const size_t asked = (size_t)64 * MIB;
    (void)arg;
    const int rc = ws_deque_init(&deque, asked);
    if (rc != 0)
        return rc == ENOMEM ? IS_REFUSED : IS_WRONG;
    const size_t room = deque.capacity;
    if (room >= asked)
        return IS_WRONG;
    ws_item item;
    size_t n = 0;
    while (ws_deque_push(&deque, item_of(n)))
        n++;
    if (n != room || !steal(&item) || !is_item(&item, 0))
        return IS_WRONG;
    while (n-- > 1) {
        if (!ws_deque_pop(&deque, &item) || !is_item(&item, n))
            return IS_WRONG;
    }
    return ws_deque_pop(&deque, &item) ? IS_WRONG : IS_SMALLER;
}

Test(deque, is_smaller_where_there_is_less_space)
{
    cr_assert_eq(little_memory_run(3 * (size_t)MIB, make_deque, NULL), IS_SMALLER);
}

Test(deque, is_refused_where_there_is_no_space)
{
    cr_assert_eq(little_memory_run(0, make_deque, NULL), IS_REFUSED);
}
