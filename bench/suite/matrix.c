/* SPDX-License-Identifier: MIT */
/* matrix.c - see matrix.h. */
#include "suite/matrix.h"

#include "suite/suite.h"

#include <stdlib.h>
#include <string.h>

matrix matrix_at(matrix m, size_t row, size_t column)
{
    return (matrix){m.first + row * m.stride + column, m.stride};
}

void matrix_multiply_add(matrix c, matrix a, matrix b, size_t rows, size_t columns, size_t depth)
{
    for (size_t i = 0; i < rows; i++) {
        for (size_t k = 0; k < depth; k++) {
            const double factor = a.first[i * a.stride + k];
            const double *const from = b.first + k * b.stride;
            double *restrict const to = c.first + i * c.stride;
            for (size_t j = 0; j < columns; j++)
                to[j] += factor * from[j];
        }
    }
}

product *product_create(size_t n)
{
    product *const p = calloc(1, sizeof *p);
    if (p == NULL)
        return NULL;
    p->n = n;
    p->memory = calloc(3 * n * n, sizeof *p->memory);
    if (p->memory == NULL) {
        free(p);
        return NULL;
    }
    uint64_t random = n;
    for (size_t i = 0; i < 2 * n * n; i++)
        p->memory[i] = (double)(suite_random(&random) % 5) - 2.0;
    p->a = (matrix){p->memory, n};
    p->b = (matrix){p->memory + n * n, n};
    p->c = (matrix){p->memory + 2 * n * n, n};
    return p;
}

void product_destroy(void *arg)
{
    product *const p = arg;
    free(p->memory);
    free(p);
}

void product_clear(void *arg)
{
    product *const p = arg;
    memset(p->c.first, 0, p->n * p->n * sizeof *p->c.first);
}

static void times_vector(double *to, matrix m, const double *vector, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        double sum = 0;
        for (size_t j = 0; j < n; j++)
            sum += m.first[i * m.stride + j] * vector[j];
        to[i] = sum;
    }
}

bool product_is_right(void *arg)
{
    product *const p = arg;
    double *const vectors = calloc(4 * p->n, sizeof *vectors);
    if (vectors == NULL)
        return false;
    double *const x = vectors;
    double *const bx = vectors + p->n;
    double *const abx = vectors + 2 * p->n;
    double *const cx = vectors + 3 * p->n;
    uint64_t random = 1;
    for (size_t i = 0; i < p->n; i++)
        x[i] = (double)(suite_random(&random) % 1000);
    times_vector(bx, p->b, x, p->n);
    times_vector(abx, p->a, bx, p->n);
    times_vector(cx, p->c, x, p->n);
    const bool right = memcmp(abx, cx, p->n * sizeof *x) == 0;
    free(vectors);
    product_clear(p);
    return right;
}
