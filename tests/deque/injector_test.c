/* SPDX-License-Identifier: MIT */
/* injector_test.c - the checks of injector_checks.h under Criterion, and the order in which one
 * thread gets back what it has put in. */
#include "criterion_front.h"
#include "deque/injector.h"
#include "deque/injector_checks.h"

INJECTOR_CHECKS(CHECK_TEST)

enum { LINKS = 16 };

static ws_injector injector;
static ws_link links[LINKS];

static size_t number_of(const ws_link *link)
{
    return (size_t)(link - links);
}

static void put(size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        ws_injector_push(&injector, &links[i]);
}

static bool is_number(const ws_link *link, const void *ctx)
{
    return number_of(link) == *(const size_t *)ctx;
}

static ws_link *take_number(size_t number)
{
    return ws_injector_take(&injector, is_number, &number);
}

static void assert_next(size_t number)
{
    const ws_link *link = ws_injector_take(&injector, NULL, NULL);
    cr_assert_not_null(link);
    cr_assert_eq(number_of(link), number, "%zu instead of %zu", number_of(link), number);
}

static void assert_empty(void)
{
    cr_assert(ws_injector_is_empty(&injector));
    cr_assert_null(ws_injector_take(&injector, NULL, NULL));
    cr_assert_null(take_number(0));
}

static void begin(void)
{
    ws_injector_init(&injector);
}

static void end(void)
{
    ws_injector_fini(&injector);
}

TestSuite(injector, .init = begin, .fini = end);

Test(injector, is_empty_at_first)
{
    assert_empty();
}

Test(injector, gives_the_oldest_first)
{
    put(0, LINKS);
    cr_assert_not(ws_injector_is_empty(&injector));
    for (size_t i = 0; i < LINKS; i++)
        assert_next(i);
    assert_empty();
}

Test(injector, can_be_filled_again_when_it_was_empty)
{
    for (size_t i = 0; i < 5; i++) {
        put(i, i + 3);
        for (size_t j = 0; j < 3; j++)
            assert_next(i + j);
        assert_empty();
    }
}

Test(injector, gives_the_oldest_that_may_be_taken)
{
    put(0, 5);
    cr_assert_eq(take_number(3), &links[3]);
    cr_assert_null(take_number(3));
    cr_assert_null(take_number(7));
    assert_next(0);
    assert_next(1);
    assert_next(2);
    assert_next(4);
    assert_empty();
}

/* After each removal the next link must come to stand behind the last one that is left. */
Test(injector, goes_on_when_the_first_the_middle_or_the_last_was_taken)
{
    for (size_t count = 1; count <= 5; count++) {
        for (size_t gone = 0; gone < count; gone++) {
            put(0, count);
            cr_assert_eq(take_number(gone), &links[gone]);
            put(count, count + 2);
            for (size_t i = 0; i < count + 2; i++) {
                if (i != gone)
                    assert_next(i);
            }
            assert_empty();
        }
    }
}

Test(injector, asks_about_each_in_order_until_one_may_be_taken)
{
    put(0, 6);
    cr_assert_eq(take_number(5), &links[5]);
    cr_assert_eq(take_number(4), &links[4]);
    put(10, 11);
    cr_assert_eq(take_number(0), &links[0]);
    assert_next(1);
    assert_next(2);
    assert_next(3);
    assert_next(10);
    assert_empty();
}

Test(injector, does_what_a_list_does)
{
    size_t model[LINKS];
    size_t count = 0;
    bool inside[LINKS] = {false};
    uint64_t seed = 1;
    for (int step = 0; step < 50000; step++) {
        const size_t number = random_below(&seed, LINKS);
        if (random_below(&seed, 2) == 0 && !inside[number]) {
            put(number, number + 1);
            inside[number] = true;
            model[count++] = number;
            continue;
        }
        /* Any, or just this one. */
        const bool any = random_below(&seed, 2) == 0;
        size_t at = 0;
        while (at < count && !any && model[at] != number)
            at++;
        const ws_link *link = any ? ws_injector_take(&injector, NULL, NULL) : take_number(number);
        cr_assert_eq(link == NULL, at == count);
        if (link == NULL)
            continue;
        cr_assert_eq(number_of(link), model[at]);
        inside[model[at]] = false;
        memmove(&model[at], &model[at + 1], (--count - at) * sizeof model[0]);
        cr_assert_eq(ws_injector_is_empty(&injector), count == 0);
    }
}
