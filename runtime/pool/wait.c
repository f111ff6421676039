/* SPDX-License-Identifier: MIT */
#include "pool/wait.h"

#include "base/clock.h"
#include "pool/process.h"
#include "pool/sleep.h"

bool ws_spin_once(const ws_crew *crew, ws_spin *spin)
{
    enum { PAUSES = 8, ROUNDS_A_LOOK = 8 };
    if (crew->spin_ns == 0)
        return false;
    for (int i = 0; i < PAUSES; i++)
        ws_pause();
    if (++spin->rounds % ROUNDS_A_LOOK != 1)
        return true;
    const uint64_t now = ws_clock_ns();
    if (spin->until == 0)
        spin->until = now + crew->spin_ns;
    return now < spin->until;
}

/* Until the latch is set, or a token comes for another reason: then the caller helps again. */
static void sleep_for(ws_worker *worker, size_t *latch)
{
    ws_forks_publish_all(&worker->forks);
    if (!ws_latch_fall_asleep(latch))
        return;
    ws_sleep_lend(worker);
    ws_count(&worker->counters.parked);
    ws_park(&worker->parker);
    ws_sleep_resume(worker);
}

void ws_wait(ws_worker *worker, size_t *latch, ws_wait_help *help, void *ctx)
{
    ws_spin spin = {0};
    while (!ws_latch_is_set(latch)) {
        if (help(worker, ctx))
            spin = (ws_spin){0};
        else if (ws_process_is_stale(worker->crew))
            ws_process_refuse(worker->crew);
        else if (!ws_spin_once(worker->crew, &spin))
            sleep_for(worker, latch);
    }
}

bool ws_wait_open_mail(ws_worker *worker, ws_waiting *waiting)
{
    if (!ws_worker_open_mail(worker, waiting->in_broadcast ? NULL : waiting->task))
        return false;
    waiting->in_broadcast = true;
    return true;
}
