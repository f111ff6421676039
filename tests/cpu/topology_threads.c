/* SPDX-License-Identifier: MIT */
/* topology_threads.c - threads that read the topology at the same time all get the machine, and
 * afterwards all the same one. A plain program, so that it runs under ThreadSanitizer. */
#include "cpu/topology.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { READERS = 6, ROUNDS = 5, PUS = 8 };

static pthread_barrier_t start;

static void *read_topology(void *wrong)
{
    pthread_barrier_wait(&start);
    for (int i = 0; i < 2; i++) {
        ws_topology *topology = NULL;
        if (ws_topology_load(&topology, "pack:2 core:2 pu:2") != 0) {
            ++*(int *)wrong;
            continue;
        }
        *(int *)wrong += topology->pu_count != PUS || topology->pus[PUS - 1].cpu != PUS - 1;
        ws_topology_free(topology);
    }
    return NULL;
}

static int run_round(void)
{
    pthread_t threads[READERS];
    int wrong[READERS] = {0};
    for (size_t i = 0; i < READERS; i++) {
        if (pthread_create(&threads[i], NULL, read_topology, &wrong[i]) != 0) {
            printf("cannot start thread %zu\n", i);
            exit(1);
        }
    }
    int sum = 0;
    for (size_t i = 0; i < READERS; i++) {
        pthread_join(threads[i], NULL);
        sum += wrong[i];
    }
    ws_topology_forget();
    return sum;
}

int main(void)
{
    pthread_barrier_init(&start, NULL, READERS);
    int wrong = 0;
    for (int round = 0; round < ROUNDS; round++) {
        wrong += run_round();
    }
    pthread_barrier_destroy(&start);
    if (wrong > 0) {
        printf("%d times the topology was not that of the description\n", wrong);
    }
    return wrong > 0;
}
