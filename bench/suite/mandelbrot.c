/* SPDX-License-Identifier: MIT */
/* mandelbrot.c - the set as a square of counts, a point at a time: rows that take very different
 * times. The renderer in bench/mandelbrot is the fast one; this shows the loop. */
#include "suite/suite.h"

#include <par/loop.h>
#include <stdlib.h>
#include <string.h>

enum { limit = 256 };

/* n by n points of the square from -1.5 - 1.0i on, two wide. */
typedef struct mandelbrot {
    size_t n;
    uint16_t *counts;
    uint64_t expected; /* of the first run; 0: there was none */
} mandelbrot;

static uint16_t count_point(double re, double im)
{
    double x = 0;
    double y = 0;
    uint16_t count = 0;
    while (count < limit && x * x + y * y <= 4) {
        const double next = x * x - y * y + re;
        y = 2 * x * y + im;
        x = next;
        count++;
    }
    return count;
}

static void count_rows(size_t begin, size_t end, void *arg)
{
    const mandelbrot *const m = arg;
    /* Both halves get exactly opposite heights, since the middle is subtracted first. */
    const double middle = (double)(m->n - 1) / 2;
    const double pitch = 2.0 / (double)m->n;
    for (size_t row = begin; row < end; row++)
        for (size_t column = 0; column < m->n; column++)
            m->counts[row * m->n + column] =
                count_point((double)column * pitch - 1.5, ((double)row - middle) * pitch);
}

static void serial(void *state)
{
    const mandelbrot *const m = state;
    count_rows(0, m->n, state);
}

static void parallel(void *state)
{
    const mandelbrot *const m = state;
    par_for_grain(0, m->n, 1, count_rows, state);
}

/* The set is its own mirror image, some points are in it and some are not. */
static bool is_plausible(const mandelbrot *m)
{
    size_t inside = 0;
    for (size_t row = 0; row < m->n; row++) {
        const uint16_t *const here = m->counts + row * m->n;
        if (memcmp(here, m->counts + (m->n - 1 - row) * m->n, m->n * sizeof *here) != 0)
            return false;
        for (size_t column = 0; column < m->n; column++)
            inside += here[column] == limit;
    }
    return inside > 0 && inside < m->n * m->n;
}

static bool is_right(void *state)
{
    mandelbrot *const m = state;
    const size_t size = m->n * m->n * sizeof *m->counts;
    const uint64_t hash = suite_hash(m->counts, size);
    if (m->expected == 0)
        m->expected = hash;
    const bool right = hash == m->expected && is_plausible(m);
    memset(m->counts, 0, size);
    return right;
}

static void destroy(void *state)
{
    mandelbrot *const m = state;
    free(m->counts);
    free(m);
}

static void *create(size_t size)
{
    mandelbrot *const m = calloc(1, sizeof *m);
    if (m == NULL)
        return NULL;
    m->n = size < 4 ? 4 : size;
    m->counts = calloc(m->n * m->n, sizeof *m->counts);
    if (m->counts != NULL)
        return m;
    destroy(m);
    return NULL;
}

int main(int argc, char **argv)
{
    const suite_program program = {
        .name = "mandelbrot",
        .about = "rows of very different length",
        .size = "points on a side",
        .sizes = {768},
        .quick = 64,
        .largest = 65536,
        .create = create,
        .destroy = destroy,
        .serial = serial,
        .parallel = parallel,
        .is_right = is_right,
    };
    return suite_main(&program, argc, argv);
}
