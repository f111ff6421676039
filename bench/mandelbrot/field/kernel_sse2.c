/* SPDX-License-Identifier: MIT */
/* kernel_sse2.c - the kernels on vectors of 128 bits, which every x86-64 processor has. */
#include <emmintrin.h>

#define INSTRUCTIONS mandel_kernel_sse2
#define REGISTER "x"
#define FUSES 0

enum { LANES_double = 2, VECTORS_double = 4 };
typedef __m128d vec_double;
typedef __m128d mask_double;

static inline mask_double at_most_double(vec_double a, vec_double b)
{
    return _mm_cmple_pd(a, b);
}

static inline mask_double equal_double(vec_double a, vec_double b)
{
    return _mm_cmpeq_pd(a, b);
}

static inline unsigned bits_of_double(mask_double lanes)
{
    return (unsigned)_mm_movemask_pd(lanes);
}

static inline vec_double pick_double(mask_double lanes, vec_double a, vec_double b)
{
    return _mm_or_pd(_mm_and_pd(lanes, a), _mm_andnot_pd(lanes, b));
}

enum { LANES_float = 4, VECTORS_float = 4 };
typedef __m128 vec_float;
typedef __m128 mask_float;

static inline mask_float at_most_float(vec_float a, vec_float b)
{
    return _mm_cmple_ps(a, b);
}

static inline mask_float equal_float(vec_float a, vec_float b)
{
    return _mm_cmpeq_ps(a, b);
}

static inline unsigned bits_of_float(mask_float lanes)
{
    return (unsigned)_mm_movemask_ps(lanes);
}

static inline vec_float pick_float(mask_float lanes, vec_float a, vec_float b)
{
    return _mm_or_ps(_mm_and_ps(lanes, a), _mm_andnot_ps(lanes, b));
}

#include "mandelbrot/field/kernel_vectors.h"
