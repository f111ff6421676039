/* SPDX-License-Identifier: MIT */
/* kernels.c - see kernels.h. */
#include "mandelbrot/field/kernels.h"

#include <string.h>

static bool always(void)
{
    return true;
}

#ifdef __x86_64__
const char mandel_kernels_names[] = "scalar, sse2, avx2 or avx512";

static bool has_avx2(void)
{
    return __builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0;
}

static bool has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") != 0;
}
#elif defined(__aarch64__)
const char mandel_kernels_names[] = "scalar or neon";
#else
const char mandel_kernels_names[] = "scalar";
#endif

static const mandel_kernel kernels[] = {
    {"scalar", &mandel_kernel_scalar, always},
#ifdef __x86_64__
    {"sse2", &mandel_kernel_sse2, always},
    {"avx2", &mandel_kernel_avx2, has_avx2},
    {"avx512", &mandel_kernel_avx512, has_avx512},
#elif defined(__aarch64__)
    {"neon", &mandel_kernel_neon, always},
#endif
};

const mandel_kernel *mandel_kernels_at(size_t i)
{
    return i < sizeof kernels / sizeof kernels[0] ? &kernels[i] : NULL;
}

const mandel_kernel *mandel_kernels_named(const char *name)
{
    const mandel_kernel *kernel;
    for (size_t i = 0; (kernel = mandel_kernels_at(i)) != NULL; i++) {
        if (strcmp(kernel->name, name) == 0)
            return kernel;
    }
    return NULL;
}

const mandel_kernel *mandel_kernels_best(void)
{
    const mandel_kernel *best = NULL;
    const mandel_kernel *kernel;
    for (size_t i = 0; (kernel = mandel_kernels_at(i)) != NULL; i++) {
        if (kernel->runs_here())
            best = kernel;
    }
    return best;
}
