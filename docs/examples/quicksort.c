/* SPDX-License-Identifier: MIT */
/* quicksort.c - sorts in place: partition, then both sides at once. */
#include <par/join.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { N = 1000000, SMALL = 2000 };

struct slice {
    uint32_t *items;
    size_t n;
};

static int compare(const void *a, const void *b)
{
    const uint32_t x = *(const uint32_t *)a;
    const uint32_t y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

/* Puts what is below the middle element first, and returns how many that are. */
static size_t partition(struct slice s)
{
    const uint32_t pivot = s.items[s.n / 2];
    size_t low = 0;
    size_t high = s.n - 1;
    for (;;) {
        while (s.items[low] < pivot)
            low++;
        while (s.items[high] > pivot)
            high--;
        if (low >= high)
            return low;
        const uint32_t item = s.items[low];
        s.items[low++] = s.items[high];
        s.items[high--] = item;
    }
}

static void sort(void *arg)
{
    const struct slice *all = arg;
    if (all->n <= SMALL) {
        qsort(all->items, all->n, sizeof *all->items, compare);
        return;
    }
    const size_t split = partition(*all);
    struct slice left = {all->items, split};
    struct slice right = {all->items + split, all->n - split};
    par_join(sort, &left, sort, &right);
}

int main(void)
{
    static uint32_t items[N];
    uint32_t random = 1;
    for (size_t i = 0; i < N; i++)
        items[i] = random = random * 1664525 + 1013904223;
    struct slice all = {items, N};
    sort(&all);
    for (size_t i = 1; i < N; i++) {
        if (items[i - 1] > items[i])
            return 1;
    }
    printf("%d numbers, from %u to %u\n", N, items[0], items[N - 1]);
}
