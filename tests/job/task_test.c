/* SPDX-License-Identifier: MIT */
/* task_test.c - a task as an item and as a link: who owns it can be told from either. */
#include "job/task.h"

#include <criterion/criterion.h>

Test(task, stands_in_a_deque_beside_its_owner)
{
    const int owner = 0;
    const ws_task task = {.owner = &owner};
    const ws_item item = ws_task_item(&task);
    cr_assert_eq((const ws_task *)item.first, &task);
    cr_assert(ws_task_item_is_of(&item, &owner));
    cr_assert_not(ws_task_item_is_of(&item, &item));
    cr_assert_not(ws_task_item_is_of(&item, NULL));
}

Test(task, is_known_by_its_link)
{
    const int owner = 0;
    const ws_task task = {.owner = &owner};
    cr_assert_eq((const void *)&task.link, &task);
    cr_assert(ws_task_link_is_of(&task.link, &owner));
    cr_assert_not(ws_task_link_is_of(&task.link, &task));
    cr_assert_not(ws_task_link_is_of(&task.link, NULL));
}

Test(task, may_belong_to_nobody)
{
    const ws_task task = {.owner = NULL};
    const ws_item item = ws_task_item(&task);
    cr_assert(ws_task_item_is_of(&item, NULL));
    cr_assert(ws_task_link_is_of(&task.link, NULL));
    cr_assert_not(ws_task_item_is_of(&item, &task));
}
