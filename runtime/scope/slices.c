/* SPDX-License-Identifier: MIT */
#include "scope/slices.h"

#include "pool/sleep.h"

enum { MOST_SLICES = 64 };

struct slices {
    ws_loop *loop;
    ws_range whole;
    size_t n;
    size_t taken; /* a bit per slice */
};

/* Who takes it takes part. */
struct invitation {
    par_detail_job job;
    struct slices *slices;
};

static ws_range slice_at(const struct slices *slices, size_t i)
{
    ws_range slice = slices->whole;
    const size_t each = (slice.end - slice.begin) / slices->n;
    const size_t longer = (slice.end - slice.begin) % slices->n; /* the first ones have one more */
    slice.begin += i * each + (i < longer ? i : longer);
    slice.end = slice.begin + each + (i < longer);
    return slice;
}

static bool take(struct slices *slices, size_t i)
{
    const size_t bit = (size_t)1 << i;
    return (ws_load_relaxed(&slices->taken) & bit) == 0 &&
           (ws_or_seq_cst(&slices->taken, bit) & bit) == 0;
}

static void take_part(ws_worker *worker, struct slices *slices)
{
    const size_t home = ws_sleep_home(worker);
    for (size_t i = 0; i < slices->n && !ws_loop_is_stopped(slices->loop); i++) {
        const size_t mine = (home + i) % slices->n;
        if (take(slices, mine))
            ws_range_run(worker, slices->loop, slice_at(slices, mine));
    }
}

static void run_slices(void *arg)
{
    take_part(ws_worker_self(), arg);
}

static void accept(void *frame)
{
    struct slices *slices = ((struct invitation *)frame)->slices;
    ws_first_run(slices->loop->first, run_slices, slices);
    ws_loop_return_credit(slices->loop);
}

static size_t smallest(size_t a, size_t b, size_t c)
{
    const size_t least = a < b ? a : b;
    return least < c ? least : c;
}

void ws_slices_run(ws_worker *worker, ws_loop *loop, ws_range range)
{
    struct invitation invitations[MOST_SLICES];
    struct slices slices = {.loop = loop, .whole = range};
    slices.n = smallest(worker->crew->threads, range.end - range.begin, MOST_SLICES);
    par_detail_worker *owner = &worker->forks.owner;
    par_detail_slot *const base = par_detail_head(owner);
    par_detail_slot *head = base;
    for (size_t i = 0; i + 1 < slices.n && ws_loop_take_credit(loop); i++) {
        invitations[i].slices = &slices;
        par_detail_slot *next = par_detail_push(owner, head, accept, &invitations[i].job);
        if (next == head) {
            ws_loop_return_credit(loop);
            break;
        }
        head = next;
    }
    take_part(worker, &slices);
    while (head != base) {
        /* One that nobody took needs no answer: its slices are taken by now. */
        head--;
        if (par_detail_pop(owner, head, accept, &invitations[head - base].job))
            ws_loop_return_credit(loop);
    }
}
