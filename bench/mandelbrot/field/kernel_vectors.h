/* SPDX-License-Identifier: MIT */
/* kernel_vectors.h - the kernels of one set of instructions, of which each of kernel_sse2.c,
 * kernel_avx2.c and so on makes its own by including this once. It defines before, for T double and
 * float:
 *
 *   vec_T, mask_T         a vector, and what a comparison of two gives
 *   LANES_T, VECTORS_T    and the functions at_most_T, equal_T, bits_of_T and pick_T: see
 *                         kernel_vector.h, which is included here for each kind of arithmetic
 *   REGISTER              the letter by which assembly knows a register that holds a vector
 *   FUSES                 1 if there are fused_T
 *   DOUBLINGS             how many of the vectors double by it; only if FUSES
 *   INSTRUCTIONS          the name of the table that is made */
#include "mandelbrot/field/kernel.h"

#include <math.h>
#include <string.h>

#ifdef __FAST_MATH__
#error "-ffast-math would change the picture"
#endif

enum {
    FIRST = 12,   /* updates of all points before those that need more go on by themselves */
    UPDATES = 8,  /* between two looks at who of those has escaped */
    PERIODS = 32, /* between two looks at who of them is where it was before */
    LOOK = 4      /* between two looks at whether a block of bits is outside */
};

/* For how many updates a z is remembered, to be compared with later ones. */
static uint64_t memory_of_periods(uint32_t limit)
{
    const uint64_t quarter = limit / 4 / PERIODS * PERIODS;
    return quarter < PERIODS ? PERIODS : quarter < 4096 ? quarter : 4096;
}

#define real double
#define vec vec_double
#define mask mask_double
#define LANES LANES_double
#define VECTORS VECTORS_double
#define at_most at_most_double
#define equal equal_double
#define bits_of bits_of_double
#define pick pick_double
#define fused fused_double
#define MARGIN MANDEL_MARGIN_DOUBLE

#define IS_FAST 0
#define KIND(name) double_exact_##name
#include "mandelbrot/field/kernel_slope.h"
#include "mandelbrot/field/kernel_vector.h"
#undef KIND
#undef IS_FAST
#if FUSES
#define IS_FAST 1
#define KIND(name) double_fast_##name
#include "mandelbrot/field/kernel_vector.h"
#undef KIND
#undef IS_FAST
#endif

#undef real
#undef vec
#undef mask
#undef LANES
#undef VECTORS
#undef at_most
#undef equal
#undef bits_of
#undef pick
#undef fused
#undef MARGIN

#define real float
#define vec vec_float
#define mask mask_float
#define LANES LANES_float
#define VECTORS VECTORS_float
#define at_most at_most_float
#define equal equal_float
#define bits_of bits_of_float
#define pick pick_float
#define fused fused_float
#define MARGIN MANDEL_MARGIN_FLOAT

#define IS_FAST 0
#define KIND(name) float_exact_##name
#include "mandelbrot/field/kernel_vector.h"
#undef KIND
#undef IS_FAST
#if FUSES
#define IS_FAST 1
#define KIND(name) float_fast_##name
#include "mandelbrot/field/kernel_vector.h"
#undef KIND
#undef IS_FAST
#endif

const mandel_instructions INSTRUCTIONS = {
    .exact = {[MANDEL_DOUBLE] = {double_exact_count, double_exact_inside},
              [MANDEL_FLOAT] = {float_exact_count, float_exact_inside}},
#if FUSES
    .fast = {[MANDEL_DOUBLE] = {double_fast_count, double_fast_inside},
             [MANDEL_FLOAT] = {float_fast_count, float_fast_inside}},
#else
    .fast = {[MANDEL_DOUBLE] = {double_exact_count, double_exact_inside},
             [MANDEL_FLOAT] = {float_exact_count, float_exact_inside}},
#endif
    .fly = double_exact_fly,
    .slope = double_exact_slope,
};
