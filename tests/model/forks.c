/* SPDX-License-Identifier: MIT */
#include "forks.h"

enum { MOST = 8 };

ws_worker *forks_owner;

static struct {
    par_detail_job jobs[MOST];
    par_detail_slot *head;
} state;

void forks_make(size_t items, bool asymmetric)
{
    crew_make(1, 0, asymmetric);
    crew_count(1, 1);
    forks_owner = crew_seat(0);
    state.head = par_detail_head(&forks_owner->forks.owner);
    model_keep(&state, sizeof state);
    for (size_t i = 0; i < items; i++)
        model_name(&state.jobs[i], sizeof state.jobs[i], "item %zu", i);
    model_items(items);
}

static void take(void *frame)
{
    const par_detail_job *job = frame;
    const size_t item = (size_t)(job - state.jobs);
    model_took(item < MOST ? item : (size_t)frame);
}

void forks_push(size_t item)
{
    par_detail_job *job = &state.jobs[item];
    state.head = par_detail_push(&forks_owner->forks.owner, state.head, take, job);
    if (job->state != PAR_DETAIL_UNFORKED)
        job->state = PAR_DETAIL_DONE; /* a join need not wait for whoever steals it */
}

void forks_pop(size_t item)
{
    par_detail_job *job = &state.jobs[item];
    if (job->state != PAR_DETAIL_UNFORKED)
        state.head--;
    if (par_detail_pop(&forks_owner->forks.owner, state.head, take, job))
        take(job);
}

bool forks_steal(void)
{
    ws_item item;
    if (!ws_forks_steal(&forks_owner->forks, &item, 0, NULL, NULL))
        return false;
    if (item.first != (size_t)take)
        model_fail(MODEL_TWICE, "the function of a stolen entry is %#zx", item.first);
    take((void *)item.second);
    return true;
}
