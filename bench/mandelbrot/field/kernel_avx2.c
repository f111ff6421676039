/* SPDX-License-Identifier: MIT */
/* kernel_avx2.c - the kernels on vectors of 256 bits. Compiled for processors with AVX2 and FMA. */
#include <immintrin.h>

#define INSTRUCTIONS mandel_kernel_avx2
#define REGISTER "x"
#define FUSES 1
enum { DOUBLINGS = 1 };

enum { LANES_double = 4, VECTORS_double = 6 };
typedef __m256d vec_double;
typedef __m256d mask_double;

static inline mask_double at_most_double(vec_double a, vec_double b)
{
    return _mm256_cmp_pd(a, b, _CMP_LE_OQ);
}

static inline mask_double equal_double(vec_double a, vec_double b)
{
    return _mm256_cmp_pd(a, b, _CMP_EQ_OQ);
}

static inline unsigned bits_of_double(mask_double lanes)
{
    return (unsigned)_mm256_movemask_pd(lanes);
}

static inline vec_double pick_double(mask_double lanes, vec_double a, vec_double b)
{
    return _mm256_blendv_pd(b, a, lanes);
}

static inline vec_double fused_double(vec_double a, vec_double b, vec_double c)
{
    return _mm256_fmadd_pd(a, b, c);
}

enum { LANES_float = 8, VECTORS_float = 4 };
typedef __m256 vec_float;
typedef __m256 mask_float;

static inline mask_float at_most_float(vec_float a, vec_float b)
{
    return _mm256_cmp_ps(a, b, _CMP_LE_OQ);
}

static inline mask_float equal_float(vec_float a, vec_float b)
{
    return _mm256_cmp_ps(a, b, _CMP_EQ_OQ);
}

static inline unsigned bits_of_float(mask_float lanes)
{
    return (unsigned)_mm256_movemask_ps(lanes);
}

static inline vec_float pick_float(mask_float lanes, vec_float a, vec_float b)
{
    return _mm256_blendv_ps(b, a, lanes);
}

static inline vec_float fused_float(vec_float a, vec_float b, vec_float c)
{
    return _mm256_fmadd_ps(a, b, c);
}

#include "mandelbrot/field/kernel_vectors.h"
