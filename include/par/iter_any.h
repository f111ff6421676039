/* SPDX-License-Identifier: MIT */
/* iter_any.h - stages of par/iter.h that let some elements pass, whichever come first: which those
 * are depends on luck, and in which order they come out does not.
 *
 *     static inline bool is_open(door d) { return d.is_open; }
 *     PAR_DEFINE_WHILE(open, door, is_open)
 *     ...
 *     par_iter_take_any_while(&it, open_while, NULL);
 *
 * What a stage has let pass is known to all threads, by one word for each stage and call, which is
 * allocated (ENOMEM). It counts the elements that reach it, in the order in which they do. Once a
 * stage lets none pass any more, what is left of its iterator is not begun, and what is under way
 * ends with the next block. Nobody knows positions behind such a stage. An iterator that stands
 * twice in another one counts as one. */
#ifndef PAR_ITER_ANY_H
#define PAR_ITER_ANY_H

#include <par/typed.h>

PAR_BEGIN_DECLS

/* Returns how many of n elements may pass before the first that may not: n if all may; or a
 * negative value to stop the whole call. Called from several threads at once; n is never 0. */
typedef ptrdiff_t par_while_fn(const void *in, size_t n, void *ctx);

/* Lets n elements pass, or all if there are fewer; all but n. */
PAR_API void par_iter_take_any(par_iter *it, size_t n) PAR_NOEXCEPT;
PAR_API void par_iter_skip_any(par_iter *it, size_t n) PAR_NOEXCEPT;

/* Lets elements pass until anywhere one is met that may not; none until then, and from that one on
 * all that are met. */
PAR_API void par_iter_take_any_while(par_iter *it, par_while_fn *may_pass, void *ctx) PAR_NOEXCEPT;
PAR_API void par_iter_skip_any_while(par_iter *it, par_while_fn *may_pass, void *ctx) PAR_NOEXCEPT;

/* Each element becomes one of out_size bytes until anywhere one is met that becomes none: the
 * function writes those before it and returns how many. */
PAR_API void par_iter_while_some(par_iter *it, size_t out_size, par_block_fn *some,
                                 void *ctx) PAR_NOEXCEPT;

PAR_END_DECLS

/* From bool holds(T), at file scope, without a semicolon: name_while, a par_while_fn that lets pass
 * for which it holds. */
#define PAR_DEFINE_WHILE(name, T, holds)                                                           \
    PAR_DETAIL_SIGNATURE(name, holds, bool, T)                                                     \
    PAR_DETAIL_WHILE(name, T, holds(par_from[par_i]))
#define PAR_DEFINE_WHILE_CTX(name, T, Ctx, holds)                                                  \
    PAR_DETAIL_SIGNATURE(name, holds, bool, T, Ctx const *)                                        \
    PAR_DETAIL_WHILE(name, T, holds(par_from[par_i], PAR_DETAIL_GIVEN(Ctx)))

#define PAR_DETAIL_WHILE(name, T, call)                                                            \
    PAR_DETAIL_GENERATED ptrdiff_t name##_while(const void *par_in, size_t par_n, void *par_ctx)   \
    {                                                                                              \
        T const *const par_from = PAR_DETAIL_CAST(T const *, par_in);                              \
        size_t par_i = 0;                                                                          \
        (void)par_ctx;                                                                             \
        while (par_i < par_n && (call))                                                            \
            par_i++;                                                                               \
        return PAR_DETAIL_CAST(ptrdiff_t, par_i);                                                  \
    }

/* From bool element(Out *, In), which writes an element or says that there is none: name_some, for
 * par_iter_while_some. */
#define PAR_DEFINE_WHILE_SOME(name, Out, In, element)                                              \
    PAR_DETAIL_SIGNATURE(name, element, bool, Out *, In)                                           \
    PAR_DETAIL_WHILE_SOME(name, Out, In, element(&par_to[par_i], par_from[par_i]))
#define PAR_DEFINE_WHILE_SOME_CTX(name, Out, In, Ctx, element)                                     \
    PAR_DETAIL_SIGNATURE(name, element, bool, Out *, In, Ctx const *)                              \
    PAR_DETAIL_WHILE_SOME(name, Out, In,                                                           \
                          element(&par_to[par_i], par_from[par_i], PAR_DETAIL_GIVEN(Ctx)))

#define PAR_DETAIL_WHILE_SOME(name, Out, In, call)                                                 \
    PAR_DETAIL_COPYABLE(Out)                                                                       \
    PAR_DETAIL_BLOCK_APART(name##_some)                                                            \
    {                                                                                              \
        Out *const par_to = PAR_DETAIL_CAST(Out *, par_out);                                       \
        In const *const par_from = PAR_DETAIL_CAST(In const *, par_in);                            \
        size_t par_i = 0;                                                                          \
        (void)par_ctx;                                                                             \
        while (par_i < par_n && (call))                                                            \
            par_i++;                                                                               \
        return PAR_DETAIL_CAST(ptrdiff_t, par_i);                                                  \
    }

#endif
