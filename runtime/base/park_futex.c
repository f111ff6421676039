/* SPDX-License-Identifier: MIT */
/* park_futex.c - parking on a Linux futex. */
#include "base/park.h"

#include "base/atomic.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { EMPTY = 0, TOKEN = 1, SLEEPING = 2 };

void ws_parker_init(ws_parker *parker)
{
    parker->word = EMPTY;
}

void ws_parker_fini(ws_parker *parker)
{
    (void)parker;
}

void ws_park(ws_parker *parker)
{
    for (;;) {
        /* Pairs with the exchange in ws_unpark (K3). */
        if (ws_cas32_acq_rel(&parker->word, TOKEN, EMPTY))
            return;
        if (ws_load32_relaxed(&parker->word) == SLEEPING ||
            ws_cas32_acq_rel(&parker->word, EMPTY, SLEEPING))
            syscall(SYS_futex, &parker->word, FUTEX_WAIT_PRIVATE, SLEEPING, NULL, NULL, 0);
    }
}

void ws_unpark(ws_parker *parker)
{
    if (ws_exchange32_acq_rel(&parker->word, TOKEN) == SLEEPING)
        syscall(SYS_futex, &parker->word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}
