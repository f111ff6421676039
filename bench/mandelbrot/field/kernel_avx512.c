/* SPDX-License-Identifier: MIT */
/* kernel_avx512.c - the kernel on vectors of eight doubles. Compiled for processors with AVX-512F.
 */
#include <immintrin.h>

enum { LANES = 8, VECTORS = 5 };
#define POINTS mandel_kernel_avx512
#define INSIDE mandel_inside_avx512

typedef __m512d vec;

static inline unsigned lanes_above(vec norm)
{
    return _mm512_cmp_pd_mask(norm, _mm512_set1_pd(4.0), _CMP_GT_OQ);
}

static inline unsigned lanes_beyond(vec norm)
{
    return _mm512_cmp_pd_mask(norm, _mm512_set1_pd(4.0), _CMP_NLE_UQ);
}

#include "mandelbrot/field/kernel_vector.h"
