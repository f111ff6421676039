/* SPDX-License-Identifier: MIT */
#include "job/group.h"

#include <errno.h>

void ws_group_fail(ws_group *group, int code)
{
    if (code == 0 || ws_load_relaxed(&group->code) != 0)
        return;
    const int first = ws_group_is_stopped(group) ? ECANCELED : code;
    ws_cas_acq_rel(&group->code, 0, (size_t)(ptrdiff_t)first);
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
        if (group->asked != NULL && ws_load_relaxed(&group->asked->canceled_) != 0)
            return true;
    }
    return false;
}

void par_cancel(par_group *group)
{
    ws_store_release(&group->canceled_, 1);
}
