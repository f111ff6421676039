/* SPDX-License-Identifier: MIT */
/* kernel_avx512.c - the kernels on vectors of 512 bits. Compiled for processors with AVX-512. */
#include <immintrin.h>

#define INSTRUCTIONS mandel_kernel_avx512
#define REGISTER "v"
#define FUSES 1
enum { DOUBLINGS = 3 };

enum { LANES_double = 8, VECTORS_double = 8 };
typedef __m512d vec_double;
typedef __mmask8 mask_double;

static inline mask_double at_most_double(vec_double a, vec_double b)
{
    return _mm512_cmp_pd_mask(a, b, _CMP_LE_OQ);
}

static inline mask_double equal_double(vec_double a, vec_double b)
{
    return _mm512_cmp_pd_mask(a, b, _CMP_EQ_OQ);
}

static inline unsigned bits_of_double(mask_double lanes)
{
    return lanes;
}

static inline vec_double pick_double(mask_double lanes, vec_double a, vec_double b)
{
    return _mm512_mask_blend_pd(lanes, b, a);
}

static inline vec_double fused_double(vec_double a, vec_double b, vec_double c)
{
    return _mm512_fmadd_pd(a, b, c);
}

enum { LANES_float = 16, VECTORS_float = 8 };
typedef __m512 vec_float;
typedef __mmask16 mask_float;

static inline mask_float at_most_float(vec_float a, vec_float b)
{
    return _mm512_cmp_ps_mask(a, b, _CMP_LE_OQ);
}

static inline mask_float equal_float(vec_float a, vec_float b)
{
    return _mm512_cmp_ps_mask(a, b, _CMP_EQ_OQ);
}

static inline unsigned bits_of_float(mask_float lanes)
{
    return lanes;
}

static inline vec_float pick_float(mask_float lanes, vec_float a, vec_float b)
{
    return _mm512_mask_blend_ps(lanes, b, a);
}

static inline vec_float fused_float(vec_float a, vec_float b, vec_float c)
{
    return _mm512_fmadd_ps(a, b, c);
}

#include "mandelbrot/field/kernel_vectors.h"
