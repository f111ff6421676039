/* SPDX-License-Identifier: MIT */
/* ref_barrier.c - threads that find the largest of many numbers in steps: in each, those of the
 * first half take over from those of the second. */
#include <par/barrier.h>
#include <pthread.h>
#include <stdio.h>

enum { THREADS = 4 };

static par_barrier steps = PAR_BARRIER_INIT(THREADS);
static int best[THREADS] = {17, 4, 99, 23};

static void *find_best(void *arg)
{
    int *mine = arg;
    const size_t i = (size_t)(mine - best);
    for (size_t half = THREADS / 2; half > 0; half /= 2) {
        if (i < half && best[i + half] > *mine)
            *mine = best[i + half];
        if (par_barrier_wait(&steps)) /* one of them */
            printf("%zu left\n", half);
    }
    return NULL;
}

int main(void)
{
    pthread_t threads[THREADS];
    for (int i = 0; i < THREADS; i++)
        if (pthread_create(&threads[i], NULL, find_best, &best[i]) != 0)
            return 1;
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    printf("the largest is %d\n", best[0]);
}
