/* SPDX-License-Identifier: MIT */
/* saver.c - saves a counter every ten minutes, and when asked. */
#include <par/thread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int counter;
static atomic_int saved = -1;

static int save(void *arg)
{
    (void)arg;
    atomic_store(&saved, atomic_load(&counter)); /* to a file, in earnest */
    return 0;
}

int main(void)
{
    par_background *saver;
    if (par_background_start(&saver, NULL, PAR_S(600), save, NULL) != 0)
        return 1;
    atomic_store(&counter, 42);
    par_background_run_now(saver); /* something important has happened */
    while (atomic_load(&saved) != 42)
        continue;
    par_failure outcome;
    par_background_stop(saver, &outcome); /* does not wait for the ten minutes */
    printf("saved %d, ended with %d\n", atomic_load(&saved), outcome.code);
}
