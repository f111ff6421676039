/* SPDX-License-Identifier: MIT */
#include "base/park_poke.h"

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

void park_poke(ws_parker *parker)
{
    syscall(SYS_futex, &parker->word, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
}
