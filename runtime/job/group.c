/* SPDX-License-Identifier: MIT */
#include "job/group.h"

#include "base/blocker.h"

#include <errno.h>

/* The bits of a par_group (G4). */
enum { CANCELED = 1, AWAITED = 2 };

__thread void *ws_group_outside;

void ws_group_fail(ws_group *group, int code)
{
    if (code != 0)
        ws_group_claim(group, ws_group_is_stopped(group) ? ECANCELED : code);
}

bool ws_group_claim(ws_group *group, int code)
{
    return ws_load_relaxed(&group->code) == 0 &&
           ws_cas_acq_rel(&group->code, 0, (size_t)(ptrdiff_t)code);
}

int ws_group_code(const ws_group *group)
{
    return (int)(ptrdiff_t)ws_load_acquire(&group->code);
}

bool ws_group_is_stopped(const ws_group *group)
{
    for (; group != NULL; group = group->around) {
        /* Relaxed: a late answer only means that one more piece runs. */
        if (ws_load_relaxed(&group->code) != 0)
            return true;
        if (group->asked != NULL && ws_group_is_canceled(group->asked))
            return true;
    }
    return false;
}

bool ws_group_is_canceled(const par_group *group)
{
    return (ws_load_relaxed(&group->canceled_) & CANCELED) != 0;
}

/* Of the two exchanges of the word (G4) one comes first: then either the waiter sees that it is
 * canceled, or the canceler that somebody waits, whose blocker names the group by then. */
bool ws_group_expect_waiter(par_group *group)
{
    return (ws_or_seq_cst(&group->canceled_, AWAITED) & CANCELED) == 0;
}

void par_cancel(par_group *group)
{
    if ((ws_or_seq_cst(&group->canceled_, CANCELED) & AWAITED) == 0)
        return;
    const int code = errno; /* a signal handler's caller may be about to read it */
    ws_blocker_cancel(group);
    errno = code;
}
