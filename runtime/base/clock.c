/* SPDX-License-Identifier: MIT */
#include "base/clock.h"

#include <par/time.h>

uint64_t par_now(void)
{
    return ws_clock_ns();
}

par_deadline par_in(uint64_t span)
{
    const uint64_t now = ws_clock_ns();
    return span > PAR_FOREVER - now ? PAR_FOREVER : now + span;
}
