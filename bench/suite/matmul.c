/* SPDX-License-Identifier: MIT */
/* matmul.c - a product of matrices that halves the longest side until a block fits in a cache.
 * Halves of the result are forked; halves of the depth add to the same entries, one after the
 * other. */
#include "suite/matrix.h"
#include "suite/suite.h"

#include <par/join.h>

enum { block = 64 };

typedef struct part {
    matrix c, a, b;
    size_t rows, columns, depth;
} part;

typedef enum longest { ROWS, COLUMNS, DEPTH, NONE } longest;

/* Cuts the longest side, and says which one it was: of NONE nothing is left to cut. */
static longest halve(const part *p, part *first, part *second)
{
    *first = *second = *p;
    if (p->rows <= block && p->columns <= block && p->depth <= block)
        return NONE;
    if (p->rows >= p->columns && p->rows >= p->depth) {
        const size_t half = p->rows / 2;
        first->rows = half;
        second->rows -= half;
        second->c = matrix_at(p->c, half, 0);
        second->a = matrix_at(p->a, half, 0);
        return ROWS;
    }
    if (p->columns >= p->depth) {
        const size_t half = p->columns / 2;
        first->columns = half;
        second->columns -= half;
        second->c = matrix_at(p->c, 0, half);
        second->b = matrix_at(p->b, 0, half);
        return COLUMNS;
    }
    const size_t half = p->depth / 2;
    first->depth = half;
    second->depth -= half;
    second->a = matrix_at(p->a, 0, half);
    second->b = matrix_at(p->b, half, 0);
    return DEPTH;
}

static void multiply(const part *p)
{
    part first;
    part second;
    if (halve(p, &first, &second) == NONE) {
        matrix_multiply_add(p->c, p->a, p->b, p->rows, p->columns, p->depth);
        return;
    }
    multiply(&first);
    multiply(&second);
}

static void multiply_task(void *arg)
{
    const part *const p = arg;
    part first;
    part second;
    switch (halve(p, &first, &second)) {
    case NONE:
        matrix_multiply_add(p->c, p->a, p->b, p->rows, p->columns, p->depth);
        break;
    case DEPTH:
        multiply_task(&first);
        multiply_task(&second);
        break;
    default:
        par_join(multiply_task, &first, multiply_task, &second);
    }
}

static part whole(const product *p)
{
    return (part){p->c, p->a, p->b, p->n, p->n, p->n};
}

static void serial(void *state)
{
    const part p = whole(state);
    multiply(&p);
}

static void parallel(void *state)
{
    part p = whole(state);
    multiply_task(&p);
}

static void *create(size_t size)
{
    return product_create(size);
}

int main(int argc, char **argv)
{
    const suite_program program = {
        .name = "matmul",
        .about = "a product of matrices, by halving",
        .size = "rows and columns",
        .sizes = {1024},
        .quick = 150,
        .largest = 16384,
        .create = create,
        .destroy = product_destroy,
        .prepare = product_clear,
        .serial = serial,
        .parallel = parallel,
        .is_right = product_is_right,
    };
    return suite_main(&program, argc, argv);
}
