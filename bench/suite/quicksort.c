/* SPDX-License-Identifier: MIT */
/* quicksort.c - sorting in place: what is less goes left, the rest right, and both sides are sorted
 * at once. */
#include "suite/numbers.h"
#include "suite/suite.h"

#include <par/join.h>

/* Shorter runs are sorted by insertion. */
enum { few = 32 };

typedef struct run {
    uint32_t *items;
    size_t n;
} run;

static uint32_t median(uint32_t a, uint32_t b, uint32_t c)
{
    const uint32_t low = a < b ? a : b;
    const uint32_t high = a < b ? b : a;
    if (c < low)
        return low;
    return c < high ? c : high;
}

/* Two runs, neither empty, with nothing in the first that is greater than anything in the second.
 */
static void split(const run *r, run *left, run *right)
{
    const uint32_t pivot = median(r->items[0], r->items[r->n / 2], r->items[r->n - 1]);
    size_t i = 0;
    size_t j = r->n - 1;
    for (;;) {
        while (r->items[i] < pivot)
            i++;
        while (r->items[j] > pivot)
            j--;
        if (i >= j)
            break;
        const uint32_t item = r->items[i];
        r->items[i++] = r->items[j];
        r->items[j--] = item;
    }
    const size_t cut = i > 0 ? i : 1;
    *left = (run){r->items, cut};
    *right = (run){r->items + cut, r->n - cut};
}

static void sort(const run *r)
{
    if (r->n <= few) {
        numbers_sort_few(r->items, r->n);
        return;
    }
    run left;
    run right;
    split(r, &left, &right);
    sort(&left);
    sort(&right);
}

static void sort_task(void *arg)
{
    const run *const r = arg;
    if (r->n <= few) {
        numbers_sort_few(r->items, r->n);
        return;
    }
    run left;
    run right;
    split(r, &left, &right);
    par_join(sort_task, &left, sort_task, &right);
}

static void serial(void *state)
{
    const numbers *const of = state;
    const run all = {of->items, of->n};
    sort(&all);
}

static void parallel(void *state)
{
    const numbers *const of = state;
    run all = {of->items, of->n};
    sort_task(&all);
}

static void *create(size_t size)
{
    return numbers_create(size);
}

int main(int argc, char **argv)
{
    const suite_program program = {
        .name = "quicksort",
        .about = "sorting in place, both sides of the pivot at once",
        .size = "numbers to sort",
        .sizes = {4000000},
        .quick = 20011,
        .largest = 1000000000,
        .create = create,
        .destroy = numbers_destroy,
        .serial = serial,
        .parallel = parallel,
        .is_right = numbers_are_sorted,
    };
    return suite_main(&program, argc, argv);
}
