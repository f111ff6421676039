/* SPDX-License-Identifier: MIT */
/* travel.h - the loops and scopes of par_iter. A panic in a function of the user's does not become
 * their code, as it does with par_try_for and par_scope_run: it travels on to the catch around the
 * call. So what a call must give back after a loop is given back by PAR_DEFER. */
#ifndef PAR_ITER_BASE_TRAVEL_H
#define PAR_ITER_BASE_TRAVEL_H

#include <par/loop.h>
#include <par/panic.h>

int ws_travel_for(size_t begin, size_t end, par_try_range_fn *body, void *arg,
                  const par_loop_options *options);
void ws_travel_scope(par_scope_fn *body, void *arg);

#endif
