/* SPDX-License-Identifier: MIT */
#include <par/join.h>

#include "scope/outside.h"

/* The external definition of the inline function. */
extern void par_join(par_fn *a, void *a_arg, par_fn *b, void *b_arg);

void par_detail_join_run_v1(void *frame)
{
    const par_detail_join *join = frame;
    join->fn(join->arg);
}

typedef struct outside_join {
    par_fn *a;
    void *a_arg;
    par_fn *b;
    void *b_arg;
} outside_join;

static void join_inside(void *arg)
{
    const outside_join *join = arg;
    par_join(join->a, join->a_arg, join->b, join->b_arg);
}

void par_detail_join_outside_v1(par_fn *a, void *a_arg, par_fn *b, void *b_arg)
{
    ws_outside_run(join_inside, &(outside_join){a, a_arg, b, b_arg});
}

typedef struct try_side {
    par_try_fn *fn;
    void *arg;
    int code;
} try_side;

static void run_side(void *arg)
{
    try_side *side = arg;
    side->code = side->fn(side->arg);
}

int par_try_join(par_try_fn *a, void *a_arg, par_try_fn *b, void *b_arg)
{
    try_side first = {a, a_arg, 0};
    try_side second = {b, b_arg, 0};
    par_join(run_side, &first, run_side, &second);
    return first.code != 0 ? first.code : second.code;
}
