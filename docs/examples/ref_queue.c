/* SPDX-License-Identifier: MIT */
/* ref_queue.c - three threads for a hundred jobs, at most eight of which wait. */
#include <par/queue.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int sum;

static int job(void *arg)
{
    const int number = *(int *)arg;
    atomic_fetch_add(&sum, number);
    return number == 50 ? 9 : 0;
}

int main(void)
{
    static int numbers[100];
    par_queue *queue;
    if (par_queue_create(&queue, NULL, 3, 8) != 0)
        return 1;
    for (int i = 0; i < 100; i++) {
        numbers[i] = i + 1;
        par_queue_push(queue, job, &numbers[i]); /* waits while eight are waiting */
    }
    par_queue_drain(queue, PAR_FOREVER, NULL);
    par_failure first;
    const size_t failures = par_queue_failures(queue, &first);
    printf("sum %d, %zu failed, with %d\n", atomic_load(&sum), failures, first.code);
    return par_queue_destroy(queue);
}
