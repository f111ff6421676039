/* SPDX-License-Identifier: MIT */
#include "pool/process.h"

#include "base/log.h"

#include <pthread.h>

static size_t generation;

static void in_child(void)
{
    generation++;
    par_detail_self_v1 = NULL;
}

static void install(void)
{
    pthread_atfork(NULL, NULL, in_child);
}

void ws_process_init(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, install);
}

size_t ws_process_generation(void)
{
    return ws_load_relaxed(&generation);
}

void ws_process_refuse(const ws_crew *crew)
{
    ws_log_die("pool \"%s\": this process was forked inside a task, and returns into work that a "
               "thread of the parent had taken: it cannot be waited for",
               crew->name);
}
