/* SPDX-License-Identifier: MIT */
/* strassen.c - a product of matrices by seven products of half the size, which are tasks of a
 * scope; each has sums of its own to multiply. Sizes are a power of two times at most 64. */
#include "suite/matrix.h"
#include "suite/suite.h"

#include <par/scope.h>
#include <stdlib.h>
#include <string.h>

enum { leaf = 64, products = 7 };

/* What the seven products are made of: the quarters of each factor, with their signs. Quarters are
 * numbered 0 1 / 2 3; those of the result take each product with a sign. */
typedef struct recipe {
    int8_t a[4];
    int8_t b[4];
    int8_t c[4];
} recipe;

static const recipe recipes[products] = {
    {{1, 0, 0, 1}, {1, 0, 0, 1}, {1, 0, 0, 1}},  {{0, 0, 1, 1}, {1, 0, 0, 0}, {0, 0, 1, -1}},
    {{1, 0, 0, 0}, {0, 1, 0, -1}, {0, 1, 0, 1}}, {{0, 0, 0, 1}, {-1, 0, 1, 0}, {1, 0, 1, 0}},
    {{1, 1, 0, 0}, {0, 0, 0, 1}, {-1, 1, 0, 0}}, {{-1, 0, 1, 0}, {1, 1, 0, 0}, {0, 0, 0, 1}},
    {{0, 1, 0, -1}, {0, 0, 1, 1}, {1, 0, 0, 0}},
};

/* One product of a node: memory for both its factors and the result. */
typedef struct step {
    const recipe *how;
    matrix a, b; /* of the node */
    size_t half;
    double *memory; /* three half by half matrices, NULL: there was no room */
    bool failed;
} step;

static matrix quarter(matrix m, size_t half, size_t index)
{
    return matrix_at(m, index / 2 * half, index % 2 * half);
}

static void add_signed(matrix to, matrix from, size_t n, int8_t sign)
{
    for (size_t i = 0; i < n && sign != 0; i++)
        for (size_t j = 0; j < n; j++)
            to.first[i * to.stride + j] += sign * from.first[i * from.stride + j];
}

/* The step's factors, made of the node's quarters; its result is 0 so far. */
static bool begin_step(step *s, matrix *c, matrix *a, matrix *b)
{
    const size_t size = s->half * s->half;
    s->memory = calloc(3 * size, sizeof *s->memory);
    s->failed = s->memory == NULL;
    if (s->failed)
        return false;
    *a = (matrix){s->memory, s->half};
    *b = (matrix){s->memory + size, s->half};
    *c = (matrix){s->memory + 2 * size, s->half};
    for (size_t i = 0; i < 4; i++) {
        add_signed(*a, quarter(s->a, s->half, i), s->half, s->how->a[i]);
        add_signed(*b, quarter(s->b, s->half, i), s->half, s->how->b[i]);
    }
    return true;
}

static bool end_steps(step *steps, matrix c)
{
    bool done = true;
    for (size_t i = 0; i < products; i++) {
        step *const s = &steps[i];
        done = done && !s->failed;
        for (size_t q = 0; q < 4 && s->memory != NULL; q++)
            add_signed(quarter(c, s->half, q), (matrix){s->memory + 2 * s->half * s->half, s->half},
                       s->half, s->how->c[q]);
        free(s->memory);
    }
    return done;
}

static void make_steps(step *steps, matrix a, matrix b, size_t half)
{
    for (size_t i = 0; i < products; i++)
        steps[i] = (step){&recipes[i], a, b, half, NULL, false};
}

/* c += a * b. False: no memory. */
static bool multiply(matrix c, matrix a, matrix b, size_t n)
{
    if (n <= leaf) {
        matrix_multiply_add(c, a, b, n, n, n);
        return true;
    }
    step steps[products];
    make_steps(steps, a, b, n / 2);
    for (size_t i = 0; i < products; i++) {
        matrix sub_c;
        matrix sub_a;
        matrix sub_b;
        if (begin_step(&steps[i], &sub_c, &sub_a, &sub_b))
            steps[i].failed = !multiply(sub_c, sub_a, sub_b, n / 2);
    }
    return end_steps(steps, c);
}

static bool multiply_in_scope(matrix c, matrix a, matrix b, size_t n);

static void step_task(par_scope *scope, void *arg)
{
    (void)scope;
    step *const s = arg;
    matrix c;
    matrix a;
    matrix b;
    if (begin_step(s, &c, &a, &b))
        s->failed = !multiply_in_scope(c, a, b, s->half);
}

static void spawn_steps(par_scope *scope, void *arg)
{
    step *const steps = arg;
    for (size_t i = 0; i < products; i++)
        if (par_scope_spawn(scope, step_task, &steps[i]) != 0)
            steps[i].failed = true;
}

static bool multiply_in_scope(matrix c, matrix a, matrix b, size_t n)
{
    if (n <= leaf) {
        matrix_multiply_add(c, a, b, n, n, n);
        return true;
    }
    step steps[products];
    make_steps(steps, a, b, n / 2);
    par_scope_run(spawn_steps, steps);
    return end_steps(steps, c);
}

/* Without memory the result is wrong, and is_right says so. */
static void serial(void *state)
{
    product *const p = state;
    if (!multiply(p->c, p->a, p->b, p->n))
        product_clear(p);
}

static void parallel(void *state)
{
    product *const p = state;
    if (!multiply_in_scope(p->c, p->a, p->b, p->n))
        product_clear(p);
}

/* Rounded down to a size that can be halved down to a leaf. */
static void *create(size_t size)
{
    size_t unit = size;
    size_t times = 1;
    for (; unit > leaf; unit /= 2)
        times *= 2;
    return product_create(unit * times);
}

int main(int argc, char **argv)
{
    const suite_program program = {
        .name = "strassen",
        .about = "a product of matrices by seven smaller ones",
        .size = "rows and columns",
        .sizes = {1024},
        .quick = 128,
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
