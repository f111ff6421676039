/* SPDX-License-Identifier: MIT */
#include "par_iter/base/travel.h"

int ws_travel_for(size_t begin, size_t end, par_try_range_fn *body, void *arg,
                  const par_loop_options *options)
{
    const par_loop_options defaults = PAR_LOOP_OPTIONS_INIT;
    par_loop_options own = options != NULL ? *options : defaults;
    par_failure failure;
    failure.code = 0;
    own.failure = &failure;
    const int code = par_try_for(begin, end, body, arg, &own);
    if (failure.code != 0)
        par_panic_again(&failure);
    return code;
}

void ws_travel_scope(par_scope_fn *body, void *arg)
{
    par_failure failure;
    if (par_catch_scope(body, arg, &failure) != 0)
        par_panic_again(&failure);
}
