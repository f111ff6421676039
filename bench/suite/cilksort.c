/* SPDX-License-Identifier: MIT */
/* cilksort.c - a merge sort that sorts four quarters at once and merges them at once too: a merge
 * is cut where a binary search says. As in the programs of the Cilk papers. */
#include "suite/numbers.h"
#include "suite/suite.h"

#include <par/join.h>
#include <string.h>

/* Shorter runs are sorted by insertion, and shorter ones merged without a fork. */
enum { few = 32, merge_serially = 2048 };

typedef struct merging {
    const uint32_t *a;
    size_t n_a;
    const uint32_t *b;
    size_t n_b;
    uint32_t *to;
} merging;

static void merge(const merging *m)
{
    const uint32_t *a = m->a;
    const uint32_t *b = m->b;
    const uint32_t *const a_end = a + m->n_a;
    const uint32_t *const b_end = b + m->n_b;
    uint32_t *to = m->to;
    while (a < a_end && b < b_end)
        *to++ = *b < *a ? *b++ : *a++;
    memcpy(to, a, (size_t)(a_end - a) * sizeof *a);
    to += a_end - a;
    memcpy(to, b, (size_t)(b_end - b) * sizeof *b);
}

/* How many items are less than `item`. */
static size_t count_less(const uint32_t *items, size_t n, uint32_t item)
{
    size_t begin = 0;
    while (begin < n) {
        const size_t middle = begin + (n - begin) / 2;
        if (items[middle] < item)
            begin = middle + 1;
        else
            n = middle;
    }
    return begin;
}

static void merge_task(void *arg)
{
    merging m = *(const merging *)arg;
    if (m.n_a + m.n_b <= merge_serially) {
        merge(&m);
        return;
    }
    if (m.n_a < m.n_b)
        m = (merging){m.b, m.n_b, m.a, m.n_a, m.to};
    const size_t half = m.n_a / 2;
    const size_t less = count_less(m.b, m.n_b, m.a[half]);
    merging low = {m.a, half, m.b, less, m.to};
    merging high = {m.a + half, m.n_a - half, m.b + less, m.n_b - less, m.to + half + less};
    par_join(merge_task, &low, merge_task, &high);
}

/* Sorts n items in place, with room for as many. */
typedef struct sorting {
    uint32_t *items;
    uint32_t *other;
    size_t n;
} sorting;

/* The quarters of a run, and the merges that join them again. */
typedef struct plan {
    sorting quarters[4];
    merging halves[2]; /* into other */
    merging whole;     /* back */
} plan;

static void make_plan(plan *p, const sorting *s)
{
    const size_t quarter = s->n / 4;
    for (size_t i = 0; i < 4; i++)
        p->quarters[i] = (sorting){s->items + i * quarter, s->other + i * quarter, quarter};
    p->quarters[3].n = s->n - 3 * quarter;
    for (size_t i = 0; i < 2; i++) {
        const sorting *const of = &p->quarters[2 * i];
        p->halves[i] = (merging){of[0].items, of[0].n, of[1].items, of[1].n, of[0].other};
    }
    const size_t half = 2 * quarter;
    p->whole = (merging){s->other, half, s->other + half, s->n - half, s->items};
}

static void sort(const sorting *s)
{
    if (s->n <= few) {
        numbers_sort_few(s->items, s->n);
        return;
    }
    plan p;
    make_plan(&p, s);
    for (size_t i = 0; i < 4; i++)
        sort(&p.quarters[i]);
    merge(&p.halves[0]);
    merge(&p.halves[1]);
    merge(&p.whole);
}

static void sort_task(void *arg);

static void sort_two(void *arg)
{
    sorting *const quarters = arg;
    par_join(sort_task, &quarters[0], sort_task, &quarters[1]);
}

static void sort_task(void *arg)
{
    const sorting *const s = arg;
    if (s->n <= few) {
        numbers_sort_few(s->items, s->n);
        return;
    }
    plan p;
    make_plan(&p, s);
    par_join(sort_two, &p.quarters[0], sort_two, &p.quarters[2]);
    par_join(merge_task, &p.halves[0], merge_task, &p.halves[1]);
    merge_task(&p.whole);
}

static sorting all_of(const numbers *of)
{
    return (sorting){of->items, of->other, of->n};
}

static void serial(void *state)
{
    const sorting all = all_of(state);
    sort(&all);
}

static void parallel(void *state)
{
    sorting all = all_of(state);
    sort_task(&all);
}

static void *create(size_t size)
{
    return numbers_create(size);
}

int main(int argc, char **argv)
{
    const suite_program program = {
        .name = "cilksort",
        .about = "a merge sort whose merges are parallel too",
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
