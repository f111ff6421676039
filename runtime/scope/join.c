/* SPDX-License-Identifier: MIT */
#include <par/join.h>
#include <par/panic.h>

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

void par_detail_join_call_v1(par_fn *a, void *a_arg, par_fn *b, void *b_arg)
{
    par_join(a, a_arg, b, b_arg);
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

typedef struct try_join {
    try_side first;
    try_side second;
} try_join;

static void join_sides(void *arg)
{
    try_join *sides = arg;
    par_join(run_side, &sides->first, run_side, &sides->second);
}

/* A code that a returned counts more than a panic of b, as it does more than a code of b. */
int par_catch_join(par_try_fn *a, void *a_arg, par_try_fn *b, void *b_arg, par_failure *failure)
{
    try_join sides = {{a, a_arg, 0}, {b, b_arg, 0}};
    ws_first first;
    ws_first_init(&first, NULL, NULL);
    ws_first_run(&first, join_sides, &sides);
    if (sides.first.code != 0)
        ws_first_init(&first, NULL, NULL);
    const int code = ws_first_get(&first, failure);
    if (code != 0)
        return code;
    return sides.first.code != 0 ? sides.first.code : sides.second.code;
}

int par_try_join(par_try_fn *a, void *a_arg, par_try_fn *b, void *b_arg)
{
    return par_catch_join(a, a_arg, b, b_arg, NULL);
}
