/* SPDX-License-Identifier: MIT */
/* member.h - a thread from outside that takes part in a pool for the time of a call.
 *
 * M1  A member is counted in the crew's state from enter to leave; a crew is not freed while it has
 *     members.
 * M2  A member that finds no free seat has none, and runs what it came for serially. */
#ifndef WS_POOL_MEMBER_H
#define WS_POOL_MEMBER_H

#include "pool/worker.h"

typedef struct ws_member {
    ws_crew *crew;
    ws_worker *seat;          /* NULL: none was free */
    par_detail_worker *outer; /* what the thread was before: its seat in another pool, or NULL */
    struct ws_member *left;   /* the one before it of those aside; see member.c */
} ws_member;

/* The calling thread becomes a member. 0, or ECANCELED if the crew is closing. */
int ws_member_enter(ws_member *member, ws_crew *crew);
void ws_member_leave(ws_member *member);

/* The same for one that came from outside, told by its seat, which may be the serial stand-in. */
void ws_member_leave_seat(par_detail_worker *owner);

/* A thread that is in the crew already, but in another pool within it, sits down in its seat again,
 * with the number that it had. False: it is not in the crew. Ended by ws_member_return. */
bool ws_member_go_back(ws_member *member, ws_crew *crew);
void ws_member_return(ws_member *member);

/* Membership alone, for a call that runs nothing: the crew stays until the visit ends. 0 or
 * ECANCELED. */
int ws_member_visit(ws_crew *crew);
void ws_member_end_visit(ws_crew *crew);

/* Calls visit(seat, arg) for every seat that the calling thread sits in, in all pools that it is
 * in; for some of them more than once, but for the same ones as often while it stays where it is.
 */
void ws_member_each_seat(void (*visit)(ws_worker *seat, size_t arg), size_t arg);

/* Whether the calling thread is in the crew, directly or through other pools. */
bool ws_member_is_inside(const ws_crew *crew);

#endif
