/* SPDX-License-Identifier: MIT */
/* select.h - waiting for several sends and receives at once, and doing the first that can be done.
 */
#ifndef PAR_SELECT_H
#define PAR_SELECT_H

#include <par/channel.h>

PAR_BEGIN_DECLS

/* How a waiter stands in the list of a channel; for the library's own use. */
typedef struct par_detail_waiter {
    struct par_detail_waiter *next;
    struct par_detail_waiter *previous;
    size_t *choice;
    void *blocker;
    void *element;
    size_t number;
    bool is_listed;
    bool is_watching;
} par_detail_waiter;

/* One of the things to be done: a send, if it has a sender, or a receive, if it has a receiver. One
 * that has neither is passed over, so a case can be turned off. Write PAR_SELECT_SEND or
 * PAR_SELECT_RECV. The same end may stand in several cases. */
typedef struct par_select_case {
    par_sender *sender;
    const void *element; /* to be sent */
    par_receiver *receiver;
    void *into; /* where what is received goes */
    int result; /* of the case that was chosen: what its send or receive alone would have returned,
                   0, EPIPE or ENOMEM */
    par_detail_waiter waiter_;
} par_select_case;

#define PAR_SELECT_SEND(sender, element)                                                           \
    {                                                                                              \
        (sender), (element), NULL, NULL, 0,                                                        \
        {                                                                                          \
            NULL, NULL, NULL, NULL, NULL, 0, false, false                                          \
        }                                                                                          \
    }
#define PAR_SELECT_RECV(receiver, into)                                                            \
    {                                                                                              \
        NULL, NULL, (receiver), (into), 0,                                                         \
        {                                                                                          \
            NULL, NULL, NULL, NULL, NULL, 0, false, false                                          \
        }                                                                                          \
    }

/* Flags. Of several cases that can be done, each has the same chance, or with BIASED the first in
 * the array is taken. With READY the case is only chosen, and nothing sent or received: doing it
 * right after may still find that others were faster. */
#define PAR_SELECT_BIASED 1U
#define PAR_SELECT_READY 2U

/* Does one of the `n` cases, and stores its index in *chosen and its code in its `result`; a closed
 * channel is one on which a case can be done, with EPIPE. The arrays are the caller's; cases must
 * not be used by two calls at once. Blocks until `deadline`: PAR_NO_WAIT asks once, and is what
 * other languages call a default. Canceling `group` (NULL: none) ends the wait.
 *
 * Returns 0 if a case was chosen; EAGAIN for PAR_NO_WAIT if none can be done, ETIMEDOUT; ECANCELED,
 * also if the group is canceled already; EINVAL for unknown flags, a case with both ends, a missing
 * place for `chosen`, or for waiting for ever for nothing. Without cases it sleeps until the
 * deadline. No allocation; when it must wait, a few locked instructions for each case. */
PAR_API int par_select(par_select_case *cases, size_t n, par_deadline deadline, par_group *group,
                       unsigned flags, size_t *chosen) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
