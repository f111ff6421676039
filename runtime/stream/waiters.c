/* SPDX-License-Identifier: MIT */
#include "stream/waiters.h"

void ws_waiters_push(ws_waiters *list, ws_waiter *waiter)
{
    waiter->next = NULL;
    waiter->previous = list->last;
    if (list->last != NULL)
        list->last->next = waiter;
    else
        list->first = waiter;
    list->last = waiter;
    waiter->is_listed = true;
    ws_store_relaxed(&list->count, ws_load_relaxed(&list->count) + 1);
}

void ws_waiters_remove(ws_waiters *list, ws_waiter *waiter)
{
    if (!waiter->is_listed)
        return;
    if (waiter->next != NULL)
        waiter->next->previous = waiter->previous;
    else
        list->last = waiter->previous;
    if (waiter->previous != NULL)
        waiter->previous->next = waiter->next;
    else
        list->first = waiter->next;
    waiter->is_listed = false;
    ws_store_relaxed(&list->count, ws_load_relaxed(&list->count) - 1);
}

ws_blocker *ws_waiters_call_first(ws_waiters *list)
{
    for (;;) {
        ws_waiter *first = list->first;
        if (first == NULL)
            return NULL;
        ws_blocker *blocker = first->blocker;
        size_t *choice = first->choice;
        const size_t called = ws_choice_of(first, WS_CHOICE_CALLED);
        ws_waiters_remove(list, first);
        if (ws_cas_acq_rel(choice, WS_CHOICE_WAITING, called))
            return blocker;
    }
}

void ws_waiters_add(ws_waiters *list, ws_waiter *waiter)
{
    ws_turn_enter(&list->turn);
    ws_waiters_push(list, waiter);
    ws_turn_leave(&list->turn, 0);
}

void ws_waiters_take_out(ws_waiters *list, ws_waiter *waiter)
{
    ws_turn_enter(&list->turn);
    ws_waiters_remove(list, waiter);
    ws_turn_leave(&list->turn, 0);
}

void ws_waiters_call_some(ws_waiters *list, size_t n)
{
    for (; n > 0; n--) {
        ws_turn_enter(&list->turn);
        ws_blocker *called = ws_waiters_call_first(list);
        ws_turn_leave(&list->turn, 0);
        if (called == NULL)
            return;
        ws_blocker_unpark(called);
    }
}
