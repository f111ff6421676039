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
    struct ws_member *left;   /* the member before this one that went back; see below */
} ws_member;

/* The calling thread becomes a member. 0, or ECANCELED if the crew is closing. */
int ws_member_enter(ws_member *member, ws_crew *crew);
void ws_member_leave(ws_member *member);

/* A thread that is in the crew already, but in another pool within it, sits down in its seat again,
 * with the number that it had. False: it is not in the crew. Ended by ws_member_return. */
bool ws_member_go_back(ws_member *member, ws_crew *crew);
void ws_member_return(ws_member *member);

/* Membership alone, for a call that runs nothing: the crew stays until the visit ends. 0 or
 * ECANCELED. */
int ws_member_visit(ws_crew *crew);
void ws_member_end_visit(ws_crew *crew);

/* Whether the calling thread is in the crew, directly or through other pools. */
bool ws_member_is_inside(const ws_crew *crew);

#endif
