/* SPDX-License-Identifier: MIT */
/* kernels.h - the kernels that this build has, and which of them this processor can run. In exact
 * arithmetic they all give the same picture. */
#ifndef MANDEL_KERNELS_H
#define MANDEL_KERNELS_H

#include "mandelbrot/field/kernel.h"

typedef struct mandel_kernel {
    const char *name;
    const mandel_instructions *instructions;
    bool (*runs_here)(void);
} mandel_kernel;

/* The names, for messages. */
extern const char mandel_kernels_names[];

/* The i-th kernel, from the plainest to the fastest; NULL after the last one. */
const mandel_kernel *mandel_kernels_at(size_t i);

/* NULL if there is none of that name. */
const mandel_kernel *mandel_kernels_named(const char *name);

/* The fastest one that runs here. */
const mandel_kernel *mandel_kernels_best(void);

#endif
