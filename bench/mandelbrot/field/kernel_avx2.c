/* SPDX-License-Identifier: MIT */
/* kernel_avx2.c - the kernel on vectors of four doubles. Compiled for processors with AVX2. */
#include <immintrin.h>

enum { LANES = 4, VECTORS = 4 };
#define POINTS mandel_kernel_avx2
#define INSIDE mandel_inside_avx2

typedef __m256d vec;

static inline unsigned lanes_above(vec norm)
{
    return (unsigned)_mm256_movemask_pd(_mm256_cmp_pd(norm, _mm256_set1_pd(4.0), _CMP_GT_OQ));
}

static inline unsigned lanes_beyond(vec norm)
{
    return (unsigned)_mm256_movemask_pd(_mm256_cmp_pd(norm, _mm256_set1_pd(4.0), _CMP_NLE_UQ));
}

#include "mandelbrot/field/kernel_vector.h"
