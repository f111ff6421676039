/* SPDX-License-Identifier: MIT */
/* forks_list_test.c - a stack of forks, with a private part and without, does what a plain list
 * does of which thieves take the oldest, whatever is asked, published or taken by force meanwhile.
 */
#include "deque/forks_steps.h"
#include "support.h"

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

Test(forks_list, do_what_a_list_does)
{
    for (uint64_t seed = 0; seed < 6; seed++) {
        compare(false, seed);
        compare(true, seed);
    }
}
