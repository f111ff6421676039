/* SPDX-License-Identifier: MIT */
/* life.c - Conway's game of life on a square whose edges meet, filled with gliders. A glider moves
 * by one row and one column in four generations, and so does the whole field. */
#include "suite/suite.h"

#include <par/loop.h>
#include <stdlib.h>
#include <string.h>

/* Gliders stand `pitch` cells apart; they have moved by `moved` at the end. */
enum { pitch = 16, moved = 21, generations = 4 * moved };

/* n by n cells of 0 or 1, n a multiple of pitch. */
typedef struct life {
    size_t n;
    uint8_t *from;
    uint8_t *to;
} life;

static void step_rows(size_t begin, size_t end, void *arg)
{
    const life *const l = arg;
    const size_t n = l->n;
    for (size_t row = begin; row < end; row++) {
        const uint8_t *const above = l->from + (row + n - 1) % n * n;
        const uint8_t *const here = l->from + row * n;
        const uint8_t *const below = l->from + (row + 1) % n * n;
        uint8_t *restrict const to = l->to + row * n;
        for (size_t i = 0; i < n; i++) {
            const size_t left = i == 0 ? n - 1 : i - 1;
            const size_t right = i == n - 1 ? 0 : i + 1;
            const int around = above[left] + above[i] + above[right] + here[left] + here[right] +
                               below[left] + below[i] + below[right];
            to[i] = around == 3 || (around == 2 && here[i] == 1);
        }
    }
}

static void swap(life *l)
{
    uint8_t *const from = l->from;
    l->from = l->to;
    l->to = from;
}

static void serial(void *state)
{
    life *const l = state;
    for (int generation = 0; generation < generations; generation++, swap(l))
        step_rows(0, l->n, l);
}

static void parallel(void *state)
{
    life *const l = state;
    for (int generation = 0; generation < generations; generation++, swap(l))
        par_for(0, l->n, step_rows, l);
}

/* Whether a cell lives in the beginning. */
static uint8_t first_cell(size_t row, size_t column)
{
    static const uint8_t glider[3][3] = {{0, 1, 0}, {0, 0, 1}, {1, 1, 1}};
    const size_t r = row % pitch;
    const size_t c = column % pitch;
    return r < 3 && c < 3 ? glider[r][c] : 0;
}

static void prepare(void *state)
{
    life *const l = state;
    for (size_t row = 0; row < l->n; row++)
        for (size_t i = 0; i < l->n; i++)
            l->from[row * l->n + i] = first_cell(row, i);
}

static bool is_right(void *state)
{
    life *const l = state;
    bool right = true;
    for (size_t row = 0; row < l->n; row++)
        for (size_t i = 0; i < l->n; i++)
            right = right &&
                    l->from[(row + moved) % l->n * l->n + (i + moved) % l->n] == first_cell(row, i);
    prepare(l);
    return right;
}

static void destroy(void *state)
{
    life *const l = state;
    free(l->from);
    free(l->to);
    free(l);
}

/* Rounded up to whole gliders. */
static void *create(size_t size)
{
    life *const l = calloc(1, sizeof *l);
    if (l == NULL)
        return NULL;
    l->n = (size + pitch - 1) / pitch * pitch;
    l->from = calloc(l->n, l->n);
    l->to = calloc(l->n, l->n);
    if (l->from != NULL && l->to != NULL)
        return l;
    destroy(l);
    return NULL;
}

int main(int argc, char **argv)
{
    const suite_program program = {
        .name = "life",
        .about = "the game of life, with gliders",
        .size = "cells on a side",
        .sizes = {1024},
        .quick = 64,
        .largest = 65536,
        .create = create,
        .destroy = destroy,
        .prepare = prepare,
        .serial = serial,
        .parallel = parallel,
        .is_right = is_right,
    };
    return suite_main(&program, argc, argv);
}
