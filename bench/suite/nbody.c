/* SPDX-License-Identifier: MIT */
/* nbody.c - bodies that attract each other, each of them looked at by each of them: a loop over the
 * bodies for their forces, and one that moves them. */
#include "suite/suite.h"

#include <math.h>
#include <par/loop.h>
#include <stdlib.h>
#include <string.h>

enum { steps = 10, dimensions = 3 };

/* Numbers of a body: where it is, and how it moves. */
static const size_t numbers_each = 2 * (size_t)dimensions;

static const double time_step = 1e-3;
static const double softening = 1e-2; /* keeps near bodies from throwing each other out */

/* Coordinate d of body i is at [d * n + i]. All masses are 1. */
typedef struct nbody {
    size_t n;
    double *position;
    double *velocity;
    double *memory;
    uint64_t expected; /* of the first run; 0: there was none */
} nbody;

static void pull_range(size_t begin, size_t end, void *arg)
{
    const nbody *const b = arg;
    const double *const x = b->position;
    const double *const y = x + b->n;
    const double *const z = y + b->n;
    for (size_t i = begin; i < end; i++) {
        double pull[dimensions] = {0};
        for (size_t j = 0; j < b->n; j++) {
            const double dx = x[j] - x[i];
            const double dy = y[j] - y[i];
            const double dz = z[j] - z[i];
            const double square = dx * dx + dy * dy + dz * dz + softening;
            const double factor = 1.0 / (square * sqrt(square));
            pull[0] += dx * factor;
            pull[1] += dy * factor;
            pull[2] += dz * factor;
        }
        for (size_t d = 0; d < dimensions; d++)
            b->velocity[d * b->n + i] += pull[d] * time_step;
    }
}

static void move_range(size_t begin, size_t end, void *arg)
{
    const nbody *const b = arg;
    for (size_t d = 0; d < dimensions; d++)
        for (size_t i = begin; i < end; i++)
            b->position[d * b->n + i] += b->velocity[d * b->n + i] * time_step;
}

static void serial(void *state)
{
    const nbody *const b = state;
    for (int step = 0; step < steps; step++) {
        pull_range(0, b->n, state);
        move_range(0, b->n, state);
    }
}

static void parallel(void *state)
{
    const nbody *const b = state;
    for (int step = 0; step < steps; step++) {
        par_for(0, b->n, pull_range, state);
        par_for(0, b->n, move_range, state);
    }
}

static void prepare(void *state)
{
    nbody *const b = state;
    uint64_t random = b->n;
    for (size_t i = 0; i < dimensions * b->n; i++)
        b->position[i] = (double)(suite_random(&random) % 1000000) / 1e6;
    memset(b->velocity, 0, dimensions * b->n * sizeof *b->velocity);
}

/* Bodies that started at rest keep their common centre at rest, though each of them moves. */
static bool is_plausible(const nbody *b)
{
    double momentum[dimensions] = {0};
    double speeds = 0;
    for (size_t d = 0; d < dimensions; d++) {
        for (size_t i = 0; i < b->n; i++) {
            momentum[d] += b->velocity[d * b->n + i];
            speeds += fabs(b->velocity[d * b->n + i]);
        }
    }
    const double rest = fabs(momentum[0]) + fabs(momentum[1]) + fabs(momentum[2]);
    return speeds > 0 && rest < 1e-9 * speeds;
}

static bool is_right(void *state)
{
    nbody *const b = state;
    const uint64_t hash = suite_hash(b->memory, numbers_each * b->n * sizeof *b->memory);
    if (b->expected == 0)
        b->expected = hash;
    const bool right = hash == b->expected && is_plausible(b);
    prepare(b);
    return right;
}

static void destroy(void *state)
{
    nbody *const b = state;
    free(b->memory);
    free(b);
}

static void *create(size_t size)
{
    nbody *const b = calloc(1, sizeof *b);
    if (b == NULL)
        return NULL;
    b->n = size < 2 ? 2 : size;
    b->memory = calloc(numbers_each * b->n, sizeof *b->memory);
    if (b->memory == NULL) {
        free(b);
        return NULL;
    }
    b->position = b->memory;
    b->velocity = b->memory + dimensions * b->n;
    return b;
}

int main(int argc, char **argv)
{
    const suite_program program = {
        .name = "nbody",
        .about = "bodies that attract each other, ten steps",
        .size = "bodies",
        .sizes = {2048},
        .quick = 100,
        .largest = 1000000,
        .create = create,
        .destroy = destroy,
        .prepare = prepare,
        .serial = serial,
        .parallel = parallel,
        .is_right = is_right,
    };
    return suite_main(&program, argc, argv);
}
