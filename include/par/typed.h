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
 * functions that it takes are made too, under the names below; they serve as stages and consumers
 * of par/iter.h. A type that cannot stand before a `*`, such as that of a function pointer, needs a
 * typedef.
 *
 * Lines that end in _CTX are from a function with one more parameter, const Ctx *. So are the
 * functions they make: what their caller gives as the last argument each element sees. Their block
 * functions expect it as ctx.
 *
 * More lines: sums in par/typed_sum.h, searches in par/typed_find.h, functions that can fail in
 * par/typed_try.h, filters and histograms in par/arrange.h, sorts in par/sort.h. */
#ifndef PAR_TYPED_H
#define PAR_TYPED_H

#include <par/algorithm.h>
#include <par/detail/generate.h>
#include <par/iter.h>

/* CTX: the context of a generated call as a block function gets it; GIVEN: back again. */
#ifdef __cplusplus
#define PAR_DETAIL_CTX(Ctx, ctx) const_cast<Ctx *>(ctx)
#else
#define PAR_DETAIL_CTX(Ctx, ctx) ((void *)(uintptr_t)(ctx))
#endif
#define PAR_DETAIL_GIVEN(Ctx) PAR_DETAIL_CAST(Ctx const *, par_ctx)

/* Heads of block functions, the second for blocks that do not overlap, and of a merge function. */
#define PAR_DETAIL_BLOCK(name)                                                                     \
    PAR_DETAIL_GENERATED ptrdiff_t name(void *par_out, const void *par_in, size_t par_n,           \
                                        void *par_ctx)
#define PAR_DETAIL_BLOCK_APART(name)                                                               \
    PAR_DETAIL_GENERATED ptrdiff_t name(                                                           \
        void *PAR_RESTRICT par_out, const void *PAR_RESTRICT par_in, size_t par_n, void *par_ctx)
#define PAR_DETAIL_MERGE(name)                                                                     \
    PAR_DETAIL_GENERATED void name(void *par_left, const void *par_right, void *par_ctx)

/* A line and its _CTX form share one body. It gets the call of the element function, the context as
 * a block function gets it (given), and what the parameters of the functions end with: nothing, or
 * a comma and the context. */

/* ---- each element --------------------------------------------------------------------------- */

/* From Out element(In):  int name(Out *out, const In *in, size_t n)
 * out[i] = element(in[i]). The arrays do not overlap. Block function: name_block, a map. */
#define PAR_DEFINE_MAP(name, Out, In, element)                                                     \
    PAR_DETAIL_SIGNATURE(name, element, Out, In)                                                   \
    PAR_DETAIL_MAP(name, Out, In, element(par_from[par_i]), NULL, )
#define PAR_DEFINE_MAP_CTX(name, Out, In, Ctx, element)                                            \
    PAR_DETAIL_SIGNATURE(name, element, Out, In, Ctx const *)                                      \
    PAR_DETAIL_MAP(name, Out, In, element(par_from[par_i], PAR_DETAIL_GIVEN(Ctx)),                 \
                   PAR_DETAIL_CTX(Ctx, par_ctx), , Ctx const *par_ctx)

#define PAR_DETAIL_MAP(name, Out, In, call, given, ...)                                            \
    PAR_DETAIL_BLOCK_APART(name##_block)                                                           \
    {                                                                                              \
        Out *const par_to = PAR_DETAIL_CAST(Out *, par_out);                                       \
        In const *const par_from = PAR_DETAIL_CAST(In const *, par_in);                            \
        (void)par_ctx;                                                                             \
        for (size_t par_i = 0; par_i < par_n; par_i++)                                             \
            par_to[par_i] = call;                                                                  \
        return PAR_DETAIL_CAST(ptrdiff_t, par_n);                                                  \
    }                                                                                              \
    PAR_DETAIL_GENERATED int name(Out *par_out, In const *par_in, size_t par_n __VA_ARGS__)        \
        PAR_NOEXCEPT                                                                               \
    {                                                                                              \
        return par_map(par_out, sizeof(Out), par_in, sizeof(In), par_n, name##_block, given);      \
    }

/* From void element(T *):  int name(T *items, size_t n)
 * element(&items[i]). Block function: name_block, a for_each. */
#define PAR_DEFINE_FOR_EACH(name, T, element)                                                      \
    PAR_DETAIL_SIGNATURE(name, element, void, T *)                                                 \
    PAR_DETAIL_FOR_EACH(name, T, element(&par_items[par_i]), NULL, )
#define PAR_DEFINE_FOR_EACH_CTX(name, T, Ctx, element)                                             \
    PAR_DETAIL_SIGNATURE(name, element, void, T *, Ctx const *)                                    \
    PAR_DETAIL_FOR_EACH(name, T, element(&par_items[par_i], PAR_DETAIL_GIVEN(Ctx)),                \
                        PAR_DETAIL_CTX(Ctx, par_ctx), , Ctx const *par_ctx)

#define PAR_DETAIL_FOR_EACH(name, T, call, given, ...)                                             \
    PAR_DETAIL_BLOCK(name##_block)                                                                 \
    {                                                                                              \
        T *const par_items = PAR_DETAIL_CAST(T *, par_out);                                        \
        (void)par_in;                                                                              \
        (void)par_ctx;                                                                             \
        for (size_t par_i = 0; par_i < par_n; par_i++)                                             \
            call;                                                                                  \
        return 0;                                                                                  \
    }                                                                                              \
    PAR_DETAIL_GENERATED int name(T *par_items, size_t par_n __VA_ARGS__) PAR_NOEXCEPT             \
    {                                                                                              \
        return par_for_each(par_items, sizeof(T), par_n, name##_block, given);                     \
    }

/* From bool element(Out *, In), which writes an element or keeps none:
 *     int name(Out *out, size_t *out_n, const In *in, size_t n)
 * Stores what is kept, in order, in `out`, which has room for n, and the number in *out_n, as
 * par_iter_collect, whose codes it returns. Elements have at most PAR_ITER_MAX_SIZE bytes. Block
 * function: name_block, a filter_map. In C++ Out is trivially copyable. */
#define PAR_DEFINE_FILTER_MAP(name, Out, In, element)                                              \
    PAR_DETAIL_SIGNATURE(name, element, bool, Out *, In)                                           \
    PAR_DETAIL_FILTER_MAP(name, Out, In, element(&par_to[par_kept], par_from[par_i]), NULL, )
#define PAR_DEFINE_FILTER_MAP_CTX(name, Out, In, Ctx, element)                                     \
    PAR_DETAIL_SIGNATURE(name, element, bool, Out *, In, Ctx const *)                              \
    PAR_DETAIL_FILTER_MAP(name, Out, In,                                                           \
                          element(&par_to[par_kept], par_from[par_i], PAR_DETAIL_GIVEN(Ctx)),      \
                          PAR_DETAIL_CTX(Ctx, par_ctx), , Ctx const *par_ctx)

#define PAR_DETAIL_FILTER_MAP(name, Out, In, call, given, ...)                                     \
    PAR_DETAIL_COPYABLE(Out)                                                                       \
    PAR_DETAIL_BLOCK_APART(name##_block)                                                           \
    {                                                                                              \
        Out *const par_to = PAR_DETAIL_CAST(Out *, par_out);                                       \
        In const *const par_from = PAR_DETAIL_CAST(In const *, par_in);                            \
        size_t par_kept = 0;                                                                       \
        (void)par_ctx;                                                                             \
        for (size_t par_i = 0; par_i < par_n; par_i++)                                             \
            par_kept += call ? 1 : 0;                                                              \
        return PAR_DETAIL_CAST(ptrdiff_t, par_kept);                                               \
    }                                                                                              \
    PAR_DETAIL_GENERATED int name(Out *par_out, size_t *par_out_n, In const *par_in,               \
                                  size_t par_n __VA_ARGS__) PAR_NOEXCEPT                           \
    {                                                                                              \
        par_iter par_it = par_iter_over(par_in, sizeof(In), par_n);                                \
        par_iter_filter_map(&par_it, sizeof(Out), name##_block, given);                            \
        return par_iter_collect(&par_it, par_out, par_n, par_out_n);                               \
    }

/* ---- one result of all ---------------------------------------------------------------------- */

/* From T op(T, T), associative:  int name(T *result, const T *in, size_t n)
 * *result = in[0] op in[1] op ... in[n - 1], with the brackets set by n and sizeof(T) alone.
 * ENODATA if n is 0. Block functions: name_fold, name_merge. In C++ T is trivially copyable. */
#define PAR_DEFINE_REDUCE_WITH(name, T, op)                                                        \
    PAR_DETAIL_SIGNATURE(name, op, T, T, T)                                                        \
    PAR_DETAIL_CHAINS(name, T, T, par_from[par_i], op)                                             \
    PAR_DETAIL_GENERATED int name(T *par_result, T const *par_in, size_t par_n) PAR_NOEXCEPT       \
    {                                                                                              \
        return par_reduce_with(par_result, par_in, sizeof(T), par_n, name##_fold, name##_merge,    \
                               NULL);                                                              \
    }

/* From Acc fold(Acc, T) and Acc merge(Acc, Acc), which is associative:
 *     int name(Acc *acc, const T *in, size_t n)
 * par_reduce: *acc is the identity of `merge` on entry and the result on return. Each block is
 * folded from the identity on, from left to right. Block functions: name_fold, name_merge. In C++
 * Acc is trivially copyable. */
#define PAR_DEFINE_REDUCE(name, Acc, T, fold, merge)                                               \
    PAR_DETAIL_SIGNATURE(name##_fold, fold, Acc, Acc, T)                                           \
    PAR_DETAIL_SIGNATURE(name##_merge, merge, Acc, Acc, Acc)                                       \
    PAR_DETAIL_FOLD(name, Acc, T, fold(par_value, par_from[par_i]), merge)                         \
    PAR_DETAIL_REDUCE(name, Acc, T, NULL, )

/* From Acc element(In) and Acc op(Acc, Acc), which is associative:
 *     int name(Acc *acc, const In *in, size_t n)
 * A map and a reduction in one: *acc = *acc op element(in[0]) op element(in[1]) ..., with nothing
 * stored in between. *acc is the identity of `op` on entry, as above. Block functions: name_fold,
 * name_merge. In C++ Acc is trivially copyable. */
#define PAR_DEFINE_MAP_REDUCE(name, Acc, In, element, op)                                          \
    PAR_DETAIL_SIGNATURE(name, element, Acc, In)                                                   \
    PAR_DETAIL_SIGNATURE(name##_op, op, Acc, Acc, Acc)                                             \
    PAR_DETAIL_CHAINS(name, Acc, In, element(par_from[par_i]), op)                                 \
    PAR_DETAIL_REDUCE(name, Acc, In, NULL, )
#define PAR_DEFINE_MAP_REDUCE_CTX(name, Acc, In, Ctx, element, op)                                 \
    PAR_DETAIL_SIGNATURE(name, element, Acc, In, Ctx const *)                                      \
    PAR_DETAIL_SIGNATURE(name##_op, op, Acc, Acc, Acc)                                             \
    PAR_DETAIL_CHAINS(name, Acc, In, element(par_from[par_i], PAR_DETAIL_GIVEN(Ctx)), op)          \
    PAR_DETAIL_REDUCE(name, Acc, In, PAR_DETAIL_CTX(Ctx, par_ctx), , Ctx const *par_ctx)

#define PAR_DETAIL_FOLD(name, Acc, In, call, op)                                                   \
    PAR_DETAIL_COPYABLE(Acc)                                                                       \
    PAR_DETAIL_BLOCK(name##_fold)                                                                  \
    {                                                                                              \
        Acc *const par_acc = PAR_DETAIL_CAST(Acc *, par_out);                                      \
        In const *const par_from = PAR_DETAIL_CAST(In const *, par_in);                            \
        Acc par_value = *par_acc;                                                                  \
        (void)par_ctx;                                                                             \
        for (size_t par_i = 0; par_i < par_n; par_i++)                                             \
            par_value = call;                                                                      \
        *par_acc = par_value;                                                                      \
        return 0;                                                                                  \
    }                                                                                              \
    PAR_DETAIL_ACC_MERGE(name, Acc, op)

/* Asks for lines of memory that will be read in an order that the processor does not foresee. */
#define PAR_DETAIL_PREFETCH(from, bytes)                                                           \
    for (size_t par_line = 0; par_line < (bytes); par_line += 64)                                  \
    __builtin_prefetch((char const *)(from) + par_line)

/* Of an `item` for each element and an associative op. Four neighbouring stretches are folded at
 * once, since one operation need not wait for that of another stretch, and then merged in order. */
#define PAR_DETAIL_STRETCH ((size_t)128)
#define PAR_DETAIL_CHAINS(name, Acc, In, item, op)                                                 \
    PAR_DETAIL_COPYABLE(Acc)                                                                       \
    PAR_DETAIL_GENERATED Acc name##_par_item(In const *par_from, size_t par_i, void *par_ctx)      \
    {                                                                                              \
        (void)par_ctx;                                                                             \
        return item;                                                                               \
    }                                                                                              \
    PAR_DETAIL_BLOCK(name##_fold)                                                                  \
    {                                                                                              \
        Acc *const par_acc = PAR_DETAIL_CAST(Acc *, par_out);                                      \
        In const *par_from = PAR_DETAIL_CAST(In const *, par_in);                                  \
        Acc par_value = *par_acc;                                                                  \
        for (; sizeof(Acc) <= 16 && par_n >= 4 * PAR_DETAIL_STRETCH;                               \
             par_n -= 4 * PAR_DETAIL_STRETCH, par_from += 4 * PAR_DETAIL_STRETCH) {                \
            In const *const par_b = par_from + PAR_DETAIL_STRETCH;                                 \
            In const *const par_c = par_b + PAR_DETAIL_STRETCH;                                    \
            In const *const par_d = par_c + PAR_DETAIL_STRETCH;                                    \
            if (par_n >= 8 * PAR_DETAIL_STRETCH)                                                   \
                PAR_DETAIL_PREFETCH(par_from + 4 * PAR_DETAIL_STRETCH,                             \
                                    4 * PAR_DETAIL_STRETCH * sizeof(In));                          \
            Acc par_of_b = name##_par_item(par_b, 0, par_ctx);                                     \
            Acc par_of_c = name##_par_item(par_c, 0, par_ctx);                                     \
            Acc par_of_d = name##_par_item(par_d, 0, par_ctx);                                     \
            par_value = op(par_value, name##_par_item(par_from, 0, par_ctx));                      \
            for (size_t par_i = 1; par_i < PAR_DETAIL_STRETCH; par_i++) {                          \
                par_value = op(par_value, name##_par_item(par_from, par_i, par_ctx));              \
                par_of_b = op(par_of_b, name##_par_item(par_b, par_i, par_ctx));                   \
                par_of_c = op(par_of_c, name##_par_item(par_c, par_i, par_ctx));                   \
                par_of_d = op(par_of_d, name##_par_item(par_d, par_i, par_ctx));                   \
            }                                                                                      \
            par_value = op(op(par_value, par_of_b), op(par_of_c, par_of_d));                       \
        }                                                                                          \
        for (size_t par_i = 0; par_i < par_n; par_i++)                                             \
            par_value = op(par_value, name##_par_item(par_from, par_i, par_ctx));                  \
        *par_acc = par_value;                                                                      \
        return 0;                                                                                  \
    }                                                                                              \
    PAR_DETAIL_ACC_MERGE(name, Acc, op)

#define PAR_DETAIL_ACC_MERGE(name, Acc, op)                                                        \
    PAR_DETAIL_MERGE(name##_merge)                                                                 \
    {                                                                                              \
        Acc *const par_acc = PAR_DETAIL_CAST(Acc *, par_left);                                     \
        (void)par_ctx;                                                                             \
        *par_acc = op(*par_acc, *PAR_DETAIL_CAST(Acc const *, par_right));                         \
    }

#define PAR_DETAIL_REDUCE(name, Acc, In, given, ...)                                               \
    PAR_DETAIL_GENERATED int name(Acc *par_acc, In const *par_in, size_t par_n __VA_ARGS__)        \
        PAR_NOEXCEPT                                                                               \
    {                                                                                              \
        return par_reduce(par_acc, sizeof(Acc), par_in, sizeof(In), par_n, name##_fold,            \
                          name##_merge, given);                                                    \
    }

#endif
