/* SPDX-License-Identifier: MIT */
#include "scope/outside.h"

void ws_outside_run(par_fn *fn, void *arg)
{
    ws_member member;
    if (ws_pool_enter_default(&member) == 0) {
        fn(arg);
        ws_member_leave(&member);
        return;
    }
    par_detail_self_v1 = ws_worker_serial();
    fn(arg);
    par_detail_self_v1 = NULL;
}
