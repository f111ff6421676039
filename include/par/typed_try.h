/* SPDX-License-Identifier: MIT */
/* typed_try.h - map and for_each by functions of one element that can fail, in one line each; see
 * par/typed.h for how such lines are used.
 *
 *     static inline int parse(long *out, const char *text);
 *     PAR_DEFINE_TRY_MAP(parse_all, long, const char *, parse)
 *     ...
 *     int code = parse_all(numbers, words, n, &index);
 *
 * An element function returns 0, or any other code to fail. The call then stops, and returns the
 * code of the failing element that comes first in the array, unchanged, with its index in *index if
 * that is not NULL: the same on each run. Elements before it have all been processed, and none of
 * them failed; of those behind it some may have been.
 *
 * Codes of par's own are EINVAL for a NULL, EOVERFLOW when the elements do not fit in memory's
 * address range, and ECANCELED when a par_try_for around the call is stopped. After these, and
 * after a 0, *index is unchanged. */
#ifndef PAR_TYPED_TRY_H
#define PAR_TYPED_TRY_H

#include <par/detail/try.h>
#include <par/typed.h>

/* From int element(Out *, In):  int name(Out *out, const In *in, size_t n, size_t *index)
 * element(&out[i], in[i]). The arrays do not overlap. */
#define PAR_DEFINE_TRY_MAP(name, Out, In, element)                                                 \
    PAR_DETAIL_SIGNATURE(name, element, int, Out *, In)                                            \
    PAR_DETAIL_TRY_MAP(name, Out, In, element(&par_to[par_i], par_from[par_i]), NULL, )
#define PAR_DEFINE_TRY_MAP_CTX(name, Out, In, Ctx, element)                                        \
    PAR_DETAIL_SIGNATURE(name, element, int, Out *, In, Ctx const *)                               \
    PAR_DETAIL_TRY_MAP(name, Out, In,                                                              \
                       element(&par_to[par_i], par_from[par_i], PAR_DETAIL_GIVEN(Ctx)),            \
                       PAR_DETAIL_CTX(Ctx, par_ctx), , Ctx const *par_ctx)

#define PAR_DETAIL_TRY_MAP(name, Out, In, call, given, ...)                                        \
    PAR_DETAIL_TRY_PIECE(name##_piece, Out, In, call)                                              \
    PAR_DETAIL_GENERATED int name(Out *par_out, In const *par_in, size_t par_n,                    \
                                  size_t *par_index __VA_ARGS__) PAR_NOEXCEPT                      \
    {                                                                                              \
        par_detail_try par_try = {par_out, sizeof(Out), par_in, sizeof(In), given, 0, 0, false};   \
        return par_detail_try_run(&par_try, par_n, par_index, name##_piece);                       \
    }

/* From int element(T *):  int name(T *items, size_t n, size_t *index)
 * element(&items[i]). */
#define PAR_DEFINE_TRY_FOR_EACH(name, T, element)                                                  \
    PAR_DETAIL_SIGNATURE(name, element, int, T *)                                                  \
    PAR_DETAIL_TRY_FOR_EACH(name, T, element(&par_to[par_i]), NULL, )
#define PAR_DEFINE_TRY_FOR_EACH_CTX(name, T, Ctx, element)                                         \
    PAR_DETAIL_SIGNATURE(name, element, int, T *, Ctx const *)                                     \
    PAR_DETAIL_TRY_FOR_EACH(name, T, element(&par_to[par_i], PAR_DETAIL_GIVEN(Ctx)),               \
                            PAR_DETAIL_CTX(Ctx, par_ctx), , Ctx const *par_ctx)

#define PAR_DETAIL_TRY_FOR_EACH(name, T, call, given, ...)                                         \
    PAR_DETAIL_TRY_PIECE(name##_piece, T, T, call)                                                 \
    PAR_DETAIL_GENERATED int name(T *par_items, size_t par_n, size_t *par_index __VA_ARGS__)       \
        PAR_NOEXCEPT                                                                               \
    {                                                                                              \
        par_detail_try par_try = {par_items, sizeof(T), par_items, sizeof(T), given, 0, 0, false}; \
        return par_detail_try_run(&par_try, par_n, par_index, name##_piece);                       \
    }

/* A piece of the elements; see par/detail/try.h. */
#define PAR_DETAIL_TRY_PIECE(name, Out, In, call)                                                  \
    PAR_DETAIL_GENERATED int name(size_t par_begin, size_t par_end, void *par_arg)                 \
    {                                                                                              \
        par_detail_try *const par_try = PAR_DETAIL_CAST(par_detail_try *, par_arg);                \
        Out *const par_to = PAR_DETAIL_CAST(Out *, par_try->out);                                  \
        In const *const par_from = PAR_DETAIL_CAST(In const *, par_try->in);                       \
        void *const par_ctx = par_try->ctx;                                                        \
        (void)par_from;                                                                            \
        (void)par_ctx;                                                                             \
        for (size_t par_i = par_begin; par_i < par_end; par_i++) {                                 \
            if (par_detail_try_is_behind(par_try, par_i))                                          \
                break;                                                                             \
            const int par_code = call;                                                             \
            if (par_code != 0) {                                                                   \
                par_detail_try_fail(par_try, par_i, par_code);                                     \
                break;                                                                             \
            }                                                                                      \
        }                                                                                          \
        return 0;                                                                                  \
    }

#endif
