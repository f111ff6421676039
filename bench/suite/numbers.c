/* SPDX-License-Identifier: MIT */
/* numbers.c - see numbers.h. */
#include "suite/numbers.h"

#include "suite/suite.h"

#include <stdlib.h>

static void add_up(const numbers *of, uint64_t *sum, uint64_t *squares)
{
    *sum = 0;
    *squares = 0;
    for (size_t i = 0; i < of->n; i++) {
        *sum += of->items[i];
        *squares += (uint64_t)of->items[i] * of->items[i];
    }
}

numbers *numbers_create(size_t n)
{
    numbers *const made = calloc(1, sizeof *made);
    if (made == NULL)
        return NULL;
    made->n = n;
    made->items = calloc(n, sizeof *made->items);
    made->other = calloc(n, sizeof *made->other);
    if (made->items == NULL || made->other == NULL) {
        numbers_destroy(made);
        return NULL;
    }
    numbers_shuffle(made);
    add_up(made, &made->sum, &made->squares);
    return made;
}

void numbers_destroy(void *arg)
{
    numbers *const of = arg;
    free(of->items);
    free(of->other);
    free(of);
}

void numbers_shuffle(void *arg)
{
    numbers *const of = arg;
    uint64_t random = of->n;
    for (size_t i = 0; i < of->n; i++)
        of->items[i] = (uint32_t)suite_random(&random);
}

bool numbers_are_sorted(void *arg)
{
    numbers *const of = arg;
    uint64_t sum;
    uint64_t squares;
    add_up(of, &sum, &squares);
    bool right = sum == of->sum && squares == of->squares;
    for (size_t i = 1; i < of->n; i++)
        right = right && of->items[i - 1] <= of->items[i];
    numbers_shuffle(of);
    return right;
}

void numbers_sort_few(uint32_t *items, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        const uint32_t item = items[i];
        size_t to = i;
        for (; to > 0 && items[to - 1] > item; to--)
            items[to] = items[to - 1];
        items[to] = item;
    }
}
