/* SPDX-License-Identifier: MIT */
/* kernel_neon.c - the kernels on vectors of 128 bits, which every 64-bit Arm processor has. */
#include <arm_neon.h>

#define INSTRUCTIONS mandel_kernel_neon
#define REGISTER "w"
#define FUSES 1
enum { DOUBLINGS = 8 };

enum { LANES_double = 2, VECTORS_double = 8 };
typedef float64x2_t vec_double;
typedef uint64x2_t mask_double;

static inline mask_double at_most_double(vec_double a, vec_double b)
{
    return vcleq_f64(a, b);
}

static inline mask_double equal_double(vec_double a, vec_double b)
{
    return vceqq_f64(a, b);
}

static inline unsigned bits_of_double(mask_double lanes)
{
    return (unsigned)((vgetq_lane_u64(lanes, 0) & 1) | (vgetq_lane_u64(lanes, 1) & 2));
}

static inline vec_double pick_double(mask_double lanes, vec_double a, vec_double b)
{
    return vbslq_f64(lanes, a, b);
}

static inline vec_double fused_double(vec_double a, vec_double b, vec_double c)
{
    return vfmaq_f64(c, a, b);
}

enum { LANES_float = 4, VECTORS_float = 8 };
typedef float32x4_t vec_float;
typedef uint32x4_t mask_float;

static inline mask_float at_most_float(vec_float a, vec_float b)
{
    return vcleq_f32(a, b);
}

static inline mask_float equal_float(vec_float a, vec_float b)
{
    return vceqq_f32(a, b);
}

static inline unsigned bits_of_float(mask_float lanes)
{
    static const uint32_t places[] = {1, 2, 4, 8};
    return vaddvq_u32(vandq_u32(lanes, vld1q_u32(places)));
}

static inline vec_float pick_float(mask_float lanes, vec_float a, vec_float b)
{
    return vbslq_f32(lanes, a, b);
}

static inline vec_float fused_float(vec_float a, vec_float b, vec_float c)
{
    return vfmaq_f32(c, a, b);
}

#include "mandelbrot/field/kernel_vectors.h"
