/* SPDX-License-Identifier: MIT */
/* numbers.h - an array to be sorted, for cilksort.c and quicksort.c. */
#ifndef SUITE_NUMBERS_H
#define SUITE_NUMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* `other` has room for as many, and no particular content. */
typedef struct numbers {
    size_t n;
    uint32_t *items;
    uint32_t *other;
    uint64_t sum; /* of the items and of their squares: the same items are still there */
    uint64_t squares;
} numbers;

numbers *numbers_create(size_t n);
void numbers_destroy(void *arg);

/* Fills items with the same random numbers each time. */
void numbers_shuffle(void *arg);

/* Whether items are sorted and the same as before. Then they are shuffled. */
bool numbers_are_sorted(void *arg);

/* Sorts a short run, in place. */
void numbers_sort_few(uint32_t *items, size_t n);

#endif
