/* SPDX-License-Identifier: MIT */
/* flag.c - a thread that works until it is told to stop, and a count that all may look at. */
#include <par/latch.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_bool stop;     /* a flag that one sets and the other reads */
static atomic_size_t served; /* a count that any thread may add to */
static par_latch ten = PAR_LATCH_INIT(10);

static void *serve(void *arg)
{
    (void)arg;
    while (!atomic_load(&stop)) {
        atomic_fetch_add(&served, 1);
        par_latch_count_down(&ten, 1); /* EINVAL from the eleventh on, which is fine here */
    }
    return NULL;
}

int main(void)
{
    pthread_t thread;
    if (pthread_create(&thread, NULL, serve, NULL) != 0)
        return 1;
    par_latch_wait(&ten);
    atomic_store(&stop, true);
    pthread_join(thread, NULL);
    printf("%s\n", atomic_load(&served) >= 10 ? "stopped after ten or more" : "stopped too early");
}
