/* SPDX-License-Identifier: MIT */
/* inlined_threads.c - the checks of mutexes, as programs see them whose inlined code does the work:
 * a debug build, such as the one for ThreadSanitizer, has each lock checked otherwise. */
#include "sync/mutex_checks.h"

#include "base/blocker.h"
#include "sync/poison_checks.h"

const check checks[] = {MUTEX_CHECKS(CHECK_ROW) POISON_CHECKS(CHECK_ROW){NULL, NULL}};

int main(int argc, char **argv)
{
    ws_blocker_checks_locks = false;
    return checks_main(argc, argv);
}
