/* SPDX-License-Identifier: MIT */
/* typed_sum.h - sums and products of numbers, in one line each; see par/typed.h for how such lines
 * are used.
 *
 *     PAR_DEFINE_SUM(sum_of, double)
 *
 * A block is added up in lanes: as many sums as there are numbers in 64 bytes, which take turns. So
 * the loop vectorises, which a serial sum of floating-point numbers does not, and rounding errors
 * grow with the length of a lane, not of the array. Lanes and blocks are combined in an order set
 * by n and sizeof(T): the same bits on each run and number of threads. */
#ifndef PAR_TYPED_SUM_H
#define PAR_TYPED_SUM_H

#include <errno.h>
#include <par/typed.h>

/*     int name(T *result, const T *in, size_t n)
 * T is an integer or floating-point type. The sum of nothing is 0. Partial sums are of type T, and
 * not only of neighbours: those of signed integers must not overflow, those of others wrap around.
 * EINVAL for a NULL, ENOMEM, EOVERFLOW and ECANCELED as par_reduce, with *result unchanged. Block
 * functions: name_fold, name_merge, for accumulators that begin as 0. */
#define PAR_DEFINE_SUM(name, T) PAR_DETAIL_LANES(name, T, +, 0)

/* The same for products. That of nothing is 1. */
#define PAR_DEFINE_PRODUCT(name, T) PAR_DETAIL_LANES(name, T, *, 1)

/* Four vectors, because an addition takes as long as several can be begun. Of 16 bytes, which are
 * one register everywhere: wider ones pass through memory where registers are not as wide. Loaded
 * by memcpy, since the array is aligned for T alone. */
#define PAR_DETAIL_LANES(name, T, op, start)                                                       \
    PAR_DETAIL_BLOCK(name##_fold)                                                                  \
    {                                                                                              \
        typedef T par_vector __attribute__((vector_size(16)));                                     \
        const size_t par_width = sizeof(par_vector) / sizeof(T);                                   \
        T const *const par_from = PAR_DETAIL_CAST(T const *, par_in);                              \
        T par_value = *PAR_DETAIL_CAST(T *, par_out);                                              \
        size_t par_i = 0;                                                                          \
        (void)par_ctx;                                                                             \
        if (par_n >= 4 * par_width) {                                                              \
            par_vector par_a, par_b, par_c, par_d;                                                 \
            PAR_DETAIL_LOAD_LANES(par_a, par_b, par_c, par_d)                                      \
            for (par_i = 4 * par_width; par_n - par_i >= 4 * par_width; par_i += 4 * par_width) {  \
                par_vector par_e, par_f, par_g, par_h;                                             \
                PAR_DETAIL_LOAD_LANES(par_e, par_f, par_g, par_h)                                  \
                par_a = par_a op par_e;                                                            \
                par_b = par_b op par_f;                                                            \
                par_c = par_c op par_g;                                                            \
                par_d = par_d op par_h;                                                            \
            }                                                                                      \
            par_a = par_a op par_b;                                                                \
            par_c = par_c op par_d;                                                                \
            par_a = par_a op par_c;                                                                \
            for (size_t par_lane = 0; par_lane < par_width; par_lane++)                            \
                par_value = PAR_DETAIL_CAST(T, par_value op par_a[par_lane]);                      \
        }                                                                                          \
        for (; par_i < par_n; par_i++)                                                             \
            par_value = PAR_DETAIL_CAST(T, par_value op par_from[par_i]);                          \
        *PAR_DETAIL_CAST(T *, par_out) = par_value;                                                \
        return 0;                                                                                  \
    }                                                                                              \
    PAR_DETAIL_MERGE(name##_merge)                                                                 \
    {                                                                                              \
        T *const par_acc = PAR_DETAIL_CAST(T *, par_left);                                         \
        T const par_more = *PAR_DETAIL_CAST(T const *, par_right);                                 \
        (void)par_ctx;                                                                             \
        *par_acc = PAR_DETAIL_CAST(T, *par_acc op par_more);                                       \
    }                                                                                              \
    PAR_DETAIL_GENERATED int name(T *par_result, T const *par_in, size_t par_n) PAR_NOEXCEPT       \
    {                                                                                              \
        T par_acc = start;                                                                         \
        const int par_code = par_result == NULL                                                    \
                                 ? EINVAL                                                          \
                                 : par_reduce(&par_acc, sizeof(T), par_in, sizeof(T), par_n,       \
                                              name##_fold, name##_merge, NULL);                    \
        if (par_code == 0)                                                                         \
            *par_result = par_acc;                                                                 \
        return par_code;                                                                           \
    }

/* The vectors from par_from[par_i] on. */
#define PAR_DETAIL_LOAD_LANES(a, b, c, d)                                                          \
    __builtin_memcpy(&a, par_from + par_i, sizeof(a));                                             \
    __builtin_memcpy(&b, par_from + par_i + par_width, sizeof(b));                                 \
    __builtin_memcpy(&c, par_from + par_i + 2 * par_width, sizeof(c));                             \
    __builtin_memcpy(&d, par_from + par_i + 3 * par_width, sizeof(d));

#endif
