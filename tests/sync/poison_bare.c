/* SPDX-License-Identifier: MIT */
/* poison_bare.c - compiled without unwind tables: no cleanup attribute runs here in a panic. */
#include "sync/poison_checks.h"

void poison_bare(void *mutex)
{
    PAR_LOCK_GUARD(guard, mutex);
    par_panic(EIO, "bare");
}
