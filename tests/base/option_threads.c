/* SPDX-License-Identifier: MIT */
/* option_threads.c - many threads whose first call reads the environment all see one reading. A
 * plain program, so that it runs under ThreadSanitizer. */
#include "base/option.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { READERS = 8, ROUNDS = 20 };

static pthread_barrier_t start;

static void *read_options(void *result)
{
    pthread_barrier_wait(&start);
    const bool set = ws_option_from_environment(WS_OPTION_SPIN_US);
    *(int64_t *)result = set ? ws_option_get(WS_OPTION_SPIN_US) : -1;
    return NULL;
}

static int run_round(int64_t expected)
{
    pthread_t threads[READERS];
    int64_t results[READERS];
    ws_option_reset();
    for (size_t i = 0; i < READERS; i++) {
        if (pthread_create(&threads[i], NULL, read_options, &results[i]) != 0) {
            printf("cannot start thread %zu\n", i);
            exit(1);
        }
    }
    int wrong = 0;
    for (size_t i = 0; i < READERS; i++) {
        pthread_join(threads[i], NULL);
        wrong += results[i] != expected;
    }
    return wrong;
}

int main(void)
{
    pthread_barrier_init(&start, NULL, READERS);
    int wrong = 0;
    for (int round = 0; round < ROUNDS; round++) {
        char text[16];
        snprintf(text, sizeof text, "%d", round);
        setenv("PAR_SPIN_US", text, 1);
        wrong += run_round(round);
    }
    pthread_barrier_destroy(&start);
    if (wrong > 0) {
        printf("%d readers saw something else than the environment said\n", wrong);
    }
    return wrong > 0;
}
