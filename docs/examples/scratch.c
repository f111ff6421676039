/* SPDX-License-Identifier: MIT */
/* scratch.c - scratch memory for each thread: those of the pool make theirs beforehand, each near
 * itself; a caller from outside makes its own when it comes. */
#include <par/broadcast.h>
#include <par/loop.h>
#include <par/pool.h>
#include <stdio.h>
#include <stdlib.h>

enum { N = 1000000, BINS = 10 };

static size_t **scratch; /* a place for each index that a thread can have */

static void make(size_t index, void *arg)
{
    (void)arg;
    scratch[index] = calloc(BINS, sizeof **scratch);
}

static int count(size_t begin, size_t end, void *arg)
{
    (void)arg;
    const size_t index = par_thread_index();
    if (scratch[index] == NULL)
        make(index, NULL);
    size_t *bins = scratch[index];
    if (bins == NULL)
        return 1;
    for (size_t i = begin; i < end; i++)
        bins[i * i % BINS]++;
    return 0;
}

int main(void)
{
    const size_t places = par_max_threads();
    scratch = calloc(places, sizeof *scratch);
    if (scratch == NULL)
        return 1;
    (void)par_broadcast(make, NULL); /* what it cannot do now, count() does later */
    if (par_try_for(0, N, count, NULL, NULL) != 0)
        return 1;
    for (size_t bin = 0; bin < BINS; bin++) {
        size_t sum = 0;
        for (size_t i = 0; i < places; i++)
            sum += scratch[i] != NULL ? scratch[i][bin] : 0;
        printf("%zu squares end in %zu\n", sum, bin);
    }
    for (size_t i = 0; i < places; i++)
        free(scratch[i]);
    free(scratch);
}
