/* SPDX-License-Identifier: MIT */
/* kernel_sse2.c - the kernel on vectors of two doubles, which every x86-64 processor has. */
#include <emmintrin.h>

enum { LANES = 2, VECTORS = 4 };
#define POINTS mandel_kernel_sse2
#define INSIDE mandel_inside_sse2

typedef __m128d vec;

static inline unsigned lanes_above(vec norm)
{
    return (unsigned)_mm_movemask_pd(_mm_cmpgt_pd(norm, _mm_set1_pd(4.0)));
}

static inline unsigned lanes_beyond(vec norm)
{
    return (unsigned)_mm_movemask_pd(_mm_cmpnle_pd(norm, _mm_set1_pd(4.0)));
}

#include "mandelbrot/field/kernel_vector.h"
