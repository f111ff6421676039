/* SPDX-License-Identifier: MIT */
/* cholesky.c - a symmetric matrix as L times its transpose, in tiles: a tile of the diagonal, then
 * the tiles below it, then all that is right of them. The last two are loops. */
#include "suite/suite.h"

#include <math.h>
#include <par/loop.h>
#include <stdlib.h>
#include <string.h>

enum { tile = 32 };

/* `l` begins as a copy of the lower half of `a`, and becomes the factor in place. */
typedef struct cholesky {
    size_t n;
    size_t tiles; /* in a row; the last may be smaller */
    size_t step;  /* the column of tiles that is being done */
    double *a;
    double *l;
} cholesky;

static size_t tile_begin(size_t index)
{
    return index * tile;
}

static size_t tile_end(const cholesky *c, size_t index)
{
    const size_t end = (index + 1) * tile;
    return end < c->n ? end : c->n;
}

static double *row_of(const cholesky *c, size_t row)
{
    return c->l + row * c->n;
}

/* Of the entries begin .. end - 1. */
static double dot(const double *x, const double *y, size_t begin, size_t end)
{
    double sum = 0;
    for (size_t k = begin; k < end; k++)
        sum += x[k] * y[k];
    return sum;
}

/* Factors the tile of the diagonal. */
static void factor_tile(const cholesky *c)
{
    const size_t begin = tile_begin(c->step);
    const size_t end = tile_end(c, c->step);
    for (size_t j = begin; j < end; j++) {
        double *const pivot = row_of(c, j);
        pivot[j] = sqrt(pivot[j] - dot(pivot, pivot, begin, j));
        for (size_t i = j + 1; i < end; i++)
            row_of(c, i)[j] = (row_of(c, i)[j] - dot(row_of(c, i), pivot, begin, j)) / pivot[j];
    }
}

/* Solves the rows of one tile below it. */
static void solve_tile(const cholesky *c, size_t tile_row)
{
    const size_t begin = tile_begin(c->step);
    const size_t end = tile_end(c, c->step);
    for (size_t i = tile_begin(tile_row); i < tile_end(c, tile_row); i++) {
        double *const row = row_of(c, i);
        for (size_t j = begin; j < end; j++)
            row[j] = (row[j] - dot(row, row_of(c, j), begin, j)) / row_of(c, j)[j];
    }
}

/* Takes the done columns out of the tiles of one tile row, up to the diagonal. The four sums of a
 * turn do not wait for each other. */
static void update_row(const cholesky *c, size_t tile_row)
{
    const size_t begin = tile_begin(c->step);
    const size_t end = tile_end(c, c->step);
    for (size_t i = tile_begin(tile_row); i < tile_end(c, tile_row); i++) {
        double *const row = row_of(c, i);
        size_t j = tile_begin(c->step + 1);
        for (; j + 4 <= i + 1; j += 4) {
            const double *const others = row_of(c, j);
            double sums[4] = {0};
            for (size_t k = begin; k < end; k++)
                for (size_t of = 0; of < 4; of++)
                    sums[of] += row[k] * others[of * c->n + k];
            for (size_t of = 0; of < 4; of++)
                row[j + of] -= sums[of];
        }
        for (; j <= i; j++)
            row[j] -= dot(row, row_of(c, j), begin, end);
    }
}

static void serial(void *state)
{
    cholesky *const c = state;
    for (c->step = 0; c->step < c->tiles; c->step++) {
        factor_tile(c);
        for (size_t row = c->step + 1; row < c->tiles; row++)
            solve_tile(c, row);
        for (size_t row = c->step + 1; row < c->tiles; row++)
            update_row(c, row);
    }
}

static void solve_range(size_t begin, size_t end, void *arg)
{
    for (size_t row = begin; row < end; row++)
        solve_tile(arg, row);
}

static void update_range(size_t begin, size_t end, void *arg)
{
    for (size_t row = begin; row < end; row++)
        update_row(arg, row);
}

static void parallel(void *state)
{
    cholesky *const c = state;
    for (c->step = 0; c->step < c->tiles; c->step++) {
        factor_tile(c);
        par_for_grain(c->step + 1, c->tiles, 1, solve_range, c);
        par_for_grain(c->step + 1, c->tiles, 1, update_range, c);
    }
}

static void prepare(void *state)
{
    cholesky *const c = state;
    memcpy(c->l, c->a, c->n * c->n * sizeof *c->l);
}

/* Compares L times (its transpose times x) with A times x, for a random x. */
static bool is_right(void *state)
{
    cholesky *const c = state;
    double *const vectors = calloc(2 * c->n, sizeof *vectors);
    if (vectors == NULL)
        return false;
    double *const x = vectors;
    double *const lx = vectors + c->n;
    uint64_t random = 1;
    for (size_t i = 0; i < c->n; i++)
        x[i] = (double)(suite_random(&random) % 1000) / 1000.0;
    for (size_t i = 0; i < c->n; i++)
        for (size_t j = 0; j <= i; j++)
            lx[j] += row_of(c, i)[j] * x[i];
    bool right = true;
    for (size_t i = 0; i < c->n; i++) {
        const double product = dot(row_of(c, i), lx, 0, i + 1);
        const double expected = dot(c->a + i * c->n, x, 0, c->n);
        right = right && fabs(product - expected) <= 1e-9 * fabs(expected);
    }
    free(vectors);
    prepare(c);
    return right;
}

static void destroy(void *state)
{
    cholesky *const c = state;
    free(c->a);
    free(c->l);
    free(c);
}

/* Positive definite, since the diagonal outweighs the rest of its row. */
static void fill(cholesky *c)
{
    uint64_t random = c->n;
    for (size_t i = 0; i < c->n; i++) {
        for (size_t j = 0; j < i; j++) {
            const double entry = (double)(suite_random(&random) % 1000) / 1000.0;
            c->a[i * c->n + j] = entry;
            c->a[j * c->n + i] = entry;
        }
        c->a[i * c->n + i] = (double)c->n;
    }
}

static void *create(size_t size)
{
    cholesky *const c = calloc(1, sizeof *c);
    if (c == NULL)
        return NULL;
    c->n = size;
    c->tiles = (size + tile - 1) / tile;
    c->a = calloc(size * size, sizeof *c->a);
    c->l = calloc(size * size, sizeof *c->l);
    if (c->a == NULL || c->l == NULL) {
        destroy(c);
        return NULL;
    }
    fill(c);
    return c;
}

int main(int argc, char **argv)
{
    const suite_program program = {
        .name = "cholesky",
        .about = "a symmetric matrix as a triangle times its mirror image",
        .size = "rows and columns",
        .sizes = {1024},
        .quick = 150,
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
