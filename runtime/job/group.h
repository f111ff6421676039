/* SPDX-License-Identifier: MIT */
/* group.h - where a piece of work stands: the calls around it, from the inside outwards. A group is
 * what the pieces of one call that can fail share (the first code, and whether to stop), or stands
 * for a taken task that somebody may wait for, or for the init of a par_once, by its address alone.
 *
 * G1  code is 0 until the first failure and never changes after it.
 * G2  A group is stopped when it has a code, when its user's par_group is canceled, or when the
 *     group around it is stopped. It outlives everything that was forked in it.
 * G3  Everything done in the group of a task descends from that task.
 * G4  A user's par_group is canceled, or awaited by calls that block until it is, or both. Neither
 *     goes away by itself. */
#ifndef WS_JOB_GROUP_H
#define WS_JOB_GROUP_H

#include "base/atomic.h"

#include <par/group.h>

typedef struct ws_group {
    size_t code;
    const par_group *asked;        /* the user's, or NULL */
    const struct ws_group *around; /* or NULL */
    size_t *latch;                 /* of the task that it stands for, or NULL */
    struct ws_worker *waiter;      /* who may sleep for that latch */
} ws_group;

/* The group that the calling thread is in while it is outside of pools, or NULL: what it calls then
 * descends from that (G3). A call that enters a pool takes it along. */
extern __thread void *ws_group_outside;

/* The first code other than 0 stays; a group that has been stopped from outside fails with
 * ECANCELED. */
void ws_group_fail(ws_group *group, int code);

/* The code of a panic: it counts although the group has been stopped from outside. False if
 * another code was first. */
bool ws_group_claim(ws_group *group, int code);

/* The first code, 0 if there is none. */
int ws_group_code(const ws_group *group);

bool ws_group_is_stopped(const ws_group *group);

bool ws_group_is_canceled(const par_group *group);

/* Who blocks until the group is canceled, among other reasons, says so, after having named it in
 * its ws_blocker. False: it is canceled already. */
bool ws_group_expect_waiter(par_group *group);

#endif
