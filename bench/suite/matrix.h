/* SPDX-License-Identifier: MIT */
/* matrix.h - square matrices of doubles and rectangles within them, for matmul.c and strassen.c.
 * All entries are small whole numbers, so that every sum of products is exact. */
#ifndef SUITE_MATRIX_H
#define SUITE_MATRIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Entry (r, c) is at first[r * stride + c]. */
typedef struct matrix {
    double *first;
    size_t stride;
} matrix;

/* Three n by n matrices in one allocation: c = a * b. */
typedef struct product {
    size_t n;
    double *memory;
    matrix a, b, c;
} product;

/* The rectangle that begins at (row, column). */
matrix matrix_at(matrix m, size_t row, size_t column);

/* c += a * b, where a is rows by depth and b is depth by columns. */
void matrix_multiply_add(matrix c, matrix a, matrix b, size_t rows, size_t columns, size_t depth);

/* A product with a and b filled. NULL: no memory. */
product *product_create(size_t n);
void product_destroy(void *p);

/* Sets c to 0. */
void product_clear(void *p);

/* Whether c is a * b: both times a random vector are compared. Then c is cleared. */
bool product_is_right(void *p);

#endif
