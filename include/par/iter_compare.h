/* SPDX-License-Identifier: MIT */
/* iter_compare.h - two iterators of par/iter.h, or two arrays, compared element by element: the
 * first pair that differs decides, and if there is none, the lengths do.
 *
 *     static inline int by_number(int a, int b) { return (a > b) - (a < b); }
 *     PAR_DEFINE_COMPARE(numbers, int, by_number)
 *     ...
 *     int code = numbers(&order, a, a_n, b, b_n);     then order < 0 if a is less
 *
 * What is not wanted any more is not compared. The calls may be made from any thread, inside tasks
 * too, and block until done. They return 0, or with the result unchanged what is wrong in one of
 * the iterators, EINVAL for a NULL or where positions are not known, ECANCELED, or the first
 * negative value that a function returned. They allocate nothing, unless a stage does. */
#ifndef PAR_ITER_COMPARE_H
#define PAR_ITER_COMPARE_H

#include <par/typed.h>

PAR_BEGIN_DECLS

/* How the one is to the other. So a < b is order < 0, a <= b is order <= 0, a > b is order == 1,
 * and a != b is order != 0. PAR_UNORDERED, for example of a NaN and something, is none of less,
 * equal and greater. */
enum { PAR_LESS = -1, PAR_EQUAL = 0, PAR_GREATER = 1, PAR_UNORDERED = 2 };

/* Compares n elements of the one with as many of the other. Returns the index of the first pair
 * that is not equal, with what it is in *order, one of the above; or n if all are; or a negative
 * value to stop the whole call. Called from several threads at once; n is never 0. */
typedef ptrdiff_t par_pairs_fn(int *order, const void *a, const void *b, size_t n, void *ctx);

/* Stores in *order how the first pair is that is not equal. If there is none the shorter iterator
 * is less. */
PAR_API int par_iter_compare(int *order, const par_iter *a, const par_iter *b, par_pairs_fn *pairs,
                             void *ctx) PAR_NOEXCEPT;

/* Stores in *equal whether both are as long and all pairs are equal. Iterators of different lengths
 * are not run. */
PAR_API int par_iter_equal(bool *equal, const par_iter *a, const par_iter *b, par_pairs_fn *pairs,
                           void *ctx) PAR_NOEXCEPT;

PAR_END_DECLS

/* From int compare(T, T), which returns one of the orders above, at file scope, without a
 * semicolon:
 *     int name(int *order, const T *a, size_t a_n, const T *b, size_t b_n)
 *     int name_equal(bool *equal, const T *a, size_t a_n, const T *b, size_t b_n)
 * Their function: name_pairs. */
#define PAR_DEFINE_COMPARE(name, T, compare)                                                       \
    PAR_DETAIL_SIGNATURE(name, compare, int, T, T)                                                 \
    PAR_DETAIL_COMPARE(name, T, compare(par_left[par_i], par_right[par_i]), NULL, )
#define PAR_DEFINE_COMPARE_CTX(name, T, Ctx, compare)                                              \
    PAR_DETAIL_SIGNATURE(name, compare, int, T, T, Ctx const *)                                    \
    PAR_DETAIL_COMPARE(name, T, compare(par_left[par_i], par_right[par_i], PAR_DETAIL_GIVEN(Ctx)), \
                       PAR_DETAIL_CTX(Ctx, par_ctx), , Ctx const *par_ctx)

#define PAR_DETAIL_COMPARE(name, T, call, given, ...)                                              \
    PAR_DETAIL_GENERATED ptrdiff_t name##_pairs(int *par_order, const void *par_a,                 \
                                                const void *par_b, size_t par_n, void *par_ctx)    \
    {                                                                                              \
        T const *const par_left = PAR_DETAIL_CAST(T const *, par_a);                               \
        T const *const par_right = PAR_DETAIL_CAST(T const *, par_b);                              \
        size_t par_i = 0;                                                                          \
        (void)par_ctx;                                                                             \
        while (par_i < par_n && (*par_order = (call)) == PAR_EQUAL)                                \
            par_i++;                                                                               \
        return PAR_DETAIL_CAST(ptrdiff_t, par_i);                                                  \
    }                                                                                              \
    PAR_DETAIL_COMPARE_CALL(name, name, T, int, par_iter_compare, given, __VA_ARGS__)              \
    PAR_DETAIL_COMPARE_CALL(name##_equal, name, T, bool, par_iter_equal, given, __VA_ARGS__)

#define PAR_DETAIL_COMPARE_CALL(call, name, T, Result, verb, given, ...)                           \
    PAR_DETAIL_GENERATED int call(Result *par_result, T const *par_a, size_t par_a_n,              \
                                  T const *par_b, size_t par_b_n __VA_ARGS__) PAR_NOEXCEPT         \
    {                                                                                              \
        const par_iter par_left = par_iter_over(par_a, sizeof(T), par_a_n);                        \
        const par_iter par_right = par_iter_over(par_b, sizeof(T), par_b_n);                       \
        return verb(par_result, &par_left, &par_right, name##_pairs, given);                       \
    }

#endif
