/* SPDX-License-Identifier: MIT */
#include "stream/waitlist.h"

#include <errno.h>

static void put_last(ws_waitlist *list, ws_waitlist_node *node)
{
    node->before = list->last;
    if (list->last != NULL)
        list->last->next = node;
    else
        list->first = node;
    list->last = node;
}

static void take_out(ws_waitlist *list, const ws_waitlist_node *node)
{
    if (node->before != NULL)
        node->before->next = node->next;
    else
        list->first = node->next;
    if (node->next != NULL)
        node->next->before = node->before;
    else
        list->last = node->before;
}

static bool is_called(const ws_waitlist_node *node)
{
    return ws_load_acquire(&node->called) != 0;
}

/* Without the lock. 0, ETIMEDOUT or ECANCELED. */
static int sleep_until_called(const ws_waitlist_node *node, const ws_block_reason *reason,
                              par_deadline deadline, const par_group *group)
{
    while (!is_called(node)) {
        if (group != NULL && ws_group_is_canceled(group))
            return ECANCELED;
        if (!ws_block_sleep(node->blocker, reason, deadline))
            return ETIMEDOUT;
    }
    return 0;
}

int ws_waitlist_wait(ws_waitlist *list, pthread_mutex_t *lock, const ws_block_reason *reason,
                     par_deadline deadline, par_group *group)
{
    ws_waitlist_node node = {.blocker = ws_blocker_self()};
    if (!ws_block_begin_group(node.blocker, group))
        return ECANCELED;
    put_last(list, &node);
    pthread_mutex_unlock(lock);
    const int rc = sleep_until_called(&node, reason, deadline, group);
    pthread_mutex_lock(lock);
    if (group != NULL)
        ws_block_end_group(node.blocker);
    if (is_called(&node)) /* E2 */
        return 0;
    take_out(list, &node);
    return rc;
}

/* The node is gone once its thread can see that it was called. */
void ws_waitlist_call_one(ws_waitlist *list)
{
    ws_waitlist_node *node = list->first;
    if (node == NULL)
        return;
    ws_blocker *blocker = node->blocker;
    take_out(list, node);
    ws_store_release(&node->called, 1);
    ws_blocker_unpark(blocker);
}

void ws_waitlist_call_all(ws_waitlist *list)
{
    while (list->first != NULL)
        ws_waitlist_call_one(list);
}
