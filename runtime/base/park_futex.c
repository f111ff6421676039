/* SPDX-License-Identifier: MIT */
/* park_futex.c - parking on a Linux futex. */
#include "base/park.h"

#include "base/atomic.h"

#include <errno.h>
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

/* True: the deadline has come. A wait of this kind takes the clock's time, not a span. */
static bool sleep_until(unsigned *word, const struct timespec *deadline)
{
    return syscall(SYS_futex, word, FUTEX_WAIT_BITSET_PRIVATE, SLEEPING, deadline, NULL,
                   FUTEX_BITSET_MATCH_ANY) != 0 &&
           errno == ETIMEDOUT;
}

/* Gives up sleeping; a token that comes first is taken. */
static bool give_up(unsigned *word)
{
    return ws_cas32_acq_rel(word, SLEEPING, EMPTY);
}

static bool park(ws_parker *parker, const struct timespec *deadline)
{
    for (;;) {
        /* Pairs with the exchange in ws_unpark (K3). */
        if (ws_cas32_acq_rel(&parker->word, TOKEN, EMPTY))
            return true;
        if (ws_load32_relaxed(&parker->word) != SLEEPING &&
            !ws_cas32_acq_rel(&parker->word, EMPTY, SLEEPING))
            continue;
        if (sleep_until(&parker->word, deadline) && give_up(&parker->word))
            return false;
    }
}

void ws_park(ws_parker *parker)
{
    park(parker, NULL);
}

bool ws_park_until(ws_parker *parker, uint64_t deadline)
{
    enum { NS = 1000000000 };
    const struct timespec at = {(time_t)(deadline / NS), (long)(deadline % NS)};
    return park(parker, deadline == WS_PARK_FOREVER ? NULL : &at);
}

void ws_unpark(ws_parker *parker)
{
    if (ws_exchange32_acq_rel(&parker->word, TOKEN) == SLEEPING)
        syscall(SYS_futex, &parker->word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}
