/* SPDX-License-Identifier: MIT */
/* barrier.c - the process-wide barrier over membarrier(2). */
#include "base/barrier.h"

#include <linux/membarrier.h>
#include <pthread.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool available;

static int membarrier(int command)
{
    return (int)syscall(SYS_membarrier, command, 0, 0);
}

static void register_process(void)
{
    const int commands = membarrier(MEMBARRIER_CMD_QUERY);
    const int needed = MEMBARRIER_CMD_PRIVATE_EXPEDITED | MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED;
    if (commands < 0 || (commands & needed) != needed)
        return;
    available = membarrier(MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED) == 0;
}

bool ws_barrier_available(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, register_process);
    return available;
}

void ws_barrier_all(void)
{
    membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED);
}
