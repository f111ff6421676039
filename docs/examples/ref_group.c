/* SPDX-License-Identifier: MIT */
/* ref_group.c - a loop that its own body stops. */
#include <errno.h>
#include <par/loop.h>
#include <stdio.h>

static int stop(size_t begin, size_t end, void *arg)
{
    (void)begin;
    (void)end;
    par_cancel(arg);
    return 0;
}

int main(void)
{
    par_group group = PAR_GROUP_INIT;
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    options.group = &group;
    if (par_try_for(0, 1000, stop, &group, &options) == ECANCELED)
        puts("stopped");

    group = (par_group)PAR_GROUP_INIT; /* or it stays canceled */
    if (par_try_for(0, 0, stop, &group, &options) == 0)
        puts("nothing to stop");
}
