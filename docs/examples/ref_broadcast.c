/* SPDX-License-Identifier: MIT */
/* ref_broadcast.c - every thread of the pool answers once. */
#include <par/broadcast.h>
#include <par/pool.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_size_t answers;

static void answer(size_t index, void *arg)
{
    (void)arg;
    if (index == par_thread_index())
        atomic_fetch_add(&answers, 1);
}

int main(void)
{
    const int code = par_broadcast(answer, NULL);
    if (code == 0 && atomic_load(&answers) == par_num_threads())
        puts("all threads have answered");
    return code;
}
