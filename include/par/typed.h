/* SPDX-License-Identifier: MIT */
/* typed.h - typed algorithms in one line each, made from a function of one element.
 *
 *     static inline float square(float x) { return x * x; }
 *     PAR_DEFINE_MAP(square_all, float, float, square)
 *
 * Such a line stands at file scope, without a semicolon. The loop over a block is compiled there,
 * so it inlines the element function, and vectorises where the compiler can. The element function
 * is called from several threads at once; one of another type does not compile, and neither does a
 * macro. Threads, blocking, errors and the order of results are those of par/algorithm.h. The block
 * functions that it takes are made too, under the names below. A type that cannot stand before a
 * `*`, such as that of a function pointer, needs a typedef. */
#ifndef PAR_TYPED_H
#define PAR_TYPED_H

#include <par/algorithm.h>

/* CAST: a conversion that each language has no warning for.
 * SIGNATURE: compiles only if `function` has the type Result(parameters). Written so that the error
 * stands on the user's line.
 * COPYABLE: compiles only if partial results of type T may be moved as bytes. */
#ifdef __cplusplus
#define PAR_DETAIL_CAST(Type, value) static_cast<Type>(value)
#define PAR_DETAIL_SIGNATURE(name, function, Result, ...)                                          \
    __attribute__((unused)) static Result (*const name##_element)(__VA_ARGS__) = function;
#define PAR_DETAIL_COPYABLE(T)                                                                     \
    static_assert(__is_trivially_copyable(T), #T " must be a type that memcpy can copy");
#else
#define PAR_DETAIL_CAST(Type, value) ((Type)(value))
#define PAR_DETAIL_SIGNATURE(name, function, Result, ...)                                          \
    _Static_assert(_Generic(function, Result(*)(__VA_ARGS__) : 1), "");
#define PAR_DETAIL_COPYABLE(T)
#endif

/* Before a generated function, which may stay unused. */
#define PAR_DETAIL_GENERATED __attribute__((unused)) static inline

/* From Out element(In):  int name(Out *out, const In *in, size_t n)
 * out[i] = element(in[i]). The arrays do not overlap. Block function: name_block, a map. */
#define PAR_DEFINE_MAP(name, Out, In, element)                                                     \
    PAR_DETAIL_SIGNATURE(name, element, Out, In)                                                   \
    PAR_DETAIL_GENERATED ptrdiff_t name##_block(                                                   \
        void *PAR_RESTRICT par_out, const void *PAR_RESTRICT par_in, size_t par_n, void *par_ctx)  \
    {                                                                                              \
        Out *const par_to = PAR_DETAIL_CAST(Out *, par_out);                                       \
        In const *const par_from = PAR_DETAIL_CAST(In const *, par_in);                            \
        (void)par_ctx;                                                                             \
        for (size_t par_i = 0; par_i < par_n; par_i++)                                             \
            par_to[par_i] = element(par_from[par_i]);                                              \
        return PAR_DETAIL_CAST(ptrdiff_t, par_n);                                                  \
    }                                                                                              \
    PAR_DETAIL_GENERATED int name(Out *par_out, In const *par_in, size_t par_n) PAR_NOEXCEPT       \
    {                                                                                              \
        return par_map(par_out, sizeof(Out), par_in, sizeof(In), par_n, name##_block, NULL);       \
    }

/* From void element(T *):  int name(T *items, size_t n)
 * element(&items[i]). Block function: name_block, a for_each. */
#define PAR_DEFINE_FOR_EACH(name, T, element)                                                      \
    PAR_DETAIL_SIGNATURE(name, element, void, T *)                                                 \
    PAR_DETAIL_GENERATED ptrdiff_t name##_block(void *par_out, const void *par_in, size_t par_n,   \
                                                void *par_ctx)                                     \
    {                                                                                              \
        T *const par_items = PAR_DETAIL_CAST(T *, par_out);                                        \
        (void)par_in;                                                                              \
        (void)par_ctx;                                                                             \
        for (size_t par_i = 0; par_i < par_n; par_i++)                                             \
            element(&par_items[par_i]);                                                            \
        return 0;                                                                                  \
    }                                                                                              \
    PAR_DETAIL_GENERATED int name(T *par_items, size_t par_n) PAR_NOEXCEPT                         \
    {                                                                                              \
        return par_for_each(par_items, sizeof(T), par_n, name##_block, NULL);                      \
    }

/* From T op(T, T), associative:  int name(T *result, const T *in, size_t n)
 * *result = in[0] op in[1] op ... in[n - 1], with the brackets set by n and sizeof(T) alone.
 * ENODATA if n is 0. Block functions: name_fold, name_merge. In C++ T is trivially copyable. */
#define PAR_DEFINE_REDUCE_WITH(name, T, op)                                                        \
    PAR_DETAIL_SIGNATURE(name, op, T, T, T)                                                        \
    PAR_DETAIL_COPYABLE(T)                                                                         \
    PAR_DETAIL_GENERATED ptrdiff_t name##_fold(void *par_out, const void *par_in, size_t par_n,    \
                                               void *par_ctx)                                      \
    {                                                                                              \
        T *const par_acc = PAR_DETAIL_CAST(T *, par_out);                                          \
        T const *const par_from = PAR_DETAIL_CAST(T const *, par_in);                              \
        T par_value = *par_acc;                                                                    \
        (void)par_ctx;                                                                             \
        for (size_t par_i = 0; par_i < par_n; par_i++)                                             \
            par_value = op(par_value, par_from[par_i]);                                            \
        *par_acc = par_value;                                                                      \
        return 0;                                                                                  \
    }                                                                                              \
    PAR_DETAIL_GENERATED void name##_merge(void *par_left, const void *par_right, void *par_ctx)   \
    {                                                                                              \
        T *const par_acc = PAR_DETAIL_CAST(T *, par_left);                                         \
        (void)par_ctx;                                                                             \
        *par_acc = op(*par_acc, *PAR_DETAIL_CAST(T const *, par_right));                           \
    }                                                                                              \
    PAR_DETAIL_GENERATED int name(T *par_result, T const *par_in, size_t par_n) PAR_NOEXCEPT       \
    {                                                                                              \
        return par_reduce_with(par_result, par_in, sizeof(T), par_n, name##_fold, name##_merge,    \
                               NULL);                                                              \
    }

#endif
