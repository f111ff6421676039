/* SPDX-License-Identifier: MIT */
#include "scope/outside.h"

par_detail_worker *par_detail_enter_v1(void)
{
    ws_member member;
    if (ws_pool_enter_default(&member) != 0)
        par_detail_self_v1 = ws_worker_serial();
    else if (member.seat == NULL)
        ws_member_end_visit(member.crew); /* the stand-in needs no crew */
    return par_detail_self_v1;
}

void par_detail_leave_v1(par_detail_worker *owner)
{
    ws_member_leave_seat(owner);
}

void ws_outside_run(par_fn *fn, void *arg)
{
    ws_catch catch;
    par_detail_worker *worker = par_detail_enter_v1();
    const bool failed = ws_panic_catch(&catch, fn, arg);
    par_detail_leave_v1(worker);
    if (failed)
        ws_panic_raise(&catch.failure);
}

void ws_outside_run_safe(par_fn *fn, void *arg)
{
    par_detail_worker *worker = par_detail_enter_v1();
    fn(arg);
    par_detail_leave_v1(worker);
}
