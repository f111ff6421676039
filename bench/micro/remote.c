/* SPDX-License-Identifier: MIT */
/* remote.c - see remote.h. */
#include "micro/remote.h"

#include "harness/clock.h"

#include <math.h>

static const int64_t patience_ns = 20000000;

void micro_remote_reset(micro_remote *remote)
{
    atomic_store(&remote->seen, 0);
    remote->gave_up = false;
}

void micro_remote_note(void *remote)
{
    micro_remote *const to = remote;
    atomic_store(&to->seen, bench_clock_ns());
}

void micro_remote_await(void *remote)
{
    micro_remote *const of = remote;
    const int64_t end = bench_clock_ns() + patience_ns;
    while (atomic_load_explicit(&of->seen, memory_order_acquire) == 0 && !of->gave_up)
        of->gave_up = bench_clock_ns() > end;
}

double micro_remote_since(micro_remote *remote, int64_t start)
{
    return remote->gave_up ? NAN : (double)(atomic_load(&remote->seen) - start);
}
