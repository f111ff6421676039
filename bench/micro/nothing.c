/* SPDX-License-Identifier: MIT */
/* nothing.c - see micro.h. */
#include "micro/micro.h"

void micro_nothing(void *arg)
{
    (void)arg;
}

void micro_nothing_range(size_t begin, size_t end, void *arg)
{
    (void)begin;
    (void)end;
    (void)arg;
}
