/* SPDX-License-Identifier: MIT */
/* heat.c - how heat spreads in a square plate whose edges are held at a temperature: each step sets
 * every point to the mean of its four neighbours. A loop over rows for each step. */
#include "suite/suite.h"

#include <par/loop.h>
#include <stdlib.h>
#include <string.h>

enum { steps = 100 };

/* n by n points, edges included. */
typedef struct heat {
    size_t n;
    double *from;
    double *to;
    uint64_t expected; /* of the first run; 0: there was none */
} heat;

static void step_rows(size_t begin, size_t end, void *arg)
{
    const heat *const h = arg;
    for (size_t row = begin; row < end; row++) {
        const double *const above = h->from + (row - 1) * h->n;
        const double *const here = h->from + row * h->n;
        const double *const below = h->from + (row + 1) * h->n;
        double *restrict const to = h->to + row * h->n;
        for (size_t i = 1; i + 1 < h->n; i++)
            to[i] = 0.25 * ((above[i] + below[i]) + (here[i - 1] + here[i + 1]));
    }
}

static void swap(heat *h)
{
    double *const from = h->from;
    h->from = h->to;
    h->to = from;
}

static void serial(void *state)
{
    heat *const h = state;
    for (int step = 0; step < steps; step++, swap(h))
        step_rows(1, h->n - 1, h);
}

static void parallel(void *state)
{
    heat *const h = state;
    for (int step = 0; step < steps; step++, swap(h))
        par_for(1, h->n - 1, step_rows, h);
}

static bool is_edge(const heat *h, size_t row, size_t i)
{
    return row == 0 || i == 0 || row == h->n - 1 || i == h->n - 1;
}

/* Hot at the edges, and cold inside. */
static void prepare(void *state)
{
    heat *const h = state;
    for (size_t row = 0; row < h->n; row++)
        for (size_t i = 0; i < h->n; i++)
            h->from[row * h->n + i] = is_edge(h, row, i) ? 1 : 0;
    memcpy(h->to, h->from, h->n * h->n * sizeof *h->to);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* The plate is its own mirror image, both ways; nothing is hotter than the edges; and heat has gone
 * `steps` points deep, no further. */
static bool is_plausible(const heat *h)
{
    const size_t last = h->n - 1;
    for (size_t row = 0; row <= last; row++) {
        for (size_t i = 0; i <= last; i++) {
            const double value = h->from[row * h->n + i];
            if (value != h->from[row * h->n + last - i] ||
                value != h->from[(last - row) * h->n + i] || value > 1)
                return false;
            const size_t depth = smaller(smaller(row, last - row), smaller(i, last - i));
            if ((value > 0) != (depth <= steps))
                return false;
        }
    }
    return true;
}

static bool is_right(void *state)
{
    heat *const h = state;
    const uint64_t hash = suite_hash(h->from, h->n * h->n * sizeof *h->from);
    if (h->expected == 0)
        h->expected = hash;
    const bool right = hash == h->expected && is_plausible(h);
    prepare(h);
    return right;
}

static void destroy(void *state)
{
    heat *const h = state;
    free(h->from);
    free(h->to);
    free(h);
}

static void *create(size_t size)
{
    heat *const h = calloc(1, sizeof *h);
    if (h == NULL)
        return NULL;
    h->n = size < 3 ? 3 : size;
    h->from = calloc(h->n * h->n, sizeof *h->from);
    h->to = calloc(h->n * h->n, sizeof *h->to);
    if (h->from != NULL && h->to != NULL)
        return h;
    destroy(h);
    return NULL;
}

int main(int argc, char **argv)
{
    const suite_program program = {
        .name = "heat",
        .about = "heat in a plate, by a hundred steps",
        .size = "points on a side",
        .sizes = {1024},
        .quick = 130,
        .largest = 16384,
        .create = create,
        .destroy = destroy,
        .prepare = prepare,
        .serial = serial,
        .parallel = parallel,
        .is_right = is_right,
    };
    return suite_main(&program, argc, argv);
}
