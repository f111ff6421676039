/* SPDX-License-Identifier: MIT */
/* iter_slices.h - more slices of an array as the source of an iterator: those of par/iter.h begin
 * at its beginning; here are slices cut from its end on, and slices that end where neighbours do
 * not belong together.
 *
 *     static inline bool is_same(int a, int b) { return a == b; }
 *     PAR_DEFINE_CHUNK_BY(runs, int, is_same)
 *     ...
 *     par_iter it = runs(x, n);
 *
 * Elements are par_slice. The functions may be called anywhere, do not block, and allocate nothing;
 * what is wrong is returned by the call that runs the iterator: EINVAL for a NULL or a 0, EOVERFLOW
 * if n elements do not fit in memory's address range. */
#ifndef PAR_ITER_SLICES_H
#define PAR_ITER_SLICES_H

#include <par/typed.h>

PAR_BEGIN_DECLS

/* Each `chunk` elements of n of `size` bytes, from the last ones on; the first elements of the
 * array are the last slice, and may be fewer. */
PAR_API par_iter par_iter_rchunks(const void *base, size_t size, size_t n,
                                  size_t chunk) PAR_NOEXCEPT;

/* The same without the last slice if that has fewer. */
PAR_API par_iter par_iter_rchunks_exact(const void *base, size_t size, size_t n,
                                        size_t chunk) PAR_NOEXCEPT;

/* The elements that par_iter_chunks_exact or par_iter_rchunks_exact leave out, fewer than a chunk.
 * None of other iterators. `it` may have stages by now. */
PAR_API par_slice par_iter_remainder(const par_iter *it) PAR_NOEXCEPT;

/* Looks at n neighbours and at the one before them, which is in the array too, and returns the
 * index of the first that does not belong together with the one before it, or n if there is none;
 * or a negative value to stop the whole call. Whether two belong together depends on nothing but
 * them. Called from several threads at once, on any part of the array; n is never 0. */
typedef ptrdiff_t par_border_fn(const void *in, size_t n, void *ctx);

/* Slices of n elements of `size` bytes, cut where neighbours do not belong together. They are found
 * in parallel: a piece emits those that begin in it, so an element is looked at once, and once more
 * if a piece ends inside its slice. Nobody knows how many slices come before one. */
PAR_API par_iter par_iter_chunk_by(const void *base, size_t size, size_t n, par_border_fn *border,
                                   void *ctx) PAR_NOEXCEPT;

PAR_END_DECLS

/* From bool together(T, T), of an element and the one after it, at file scope, without a semicolon:
 *     par_iter name(const T *in, size_t n)
 * par_iter_chunk_by. Its function: name_border. */
#define PAR_DEFINE_CHUNK_BY(name, T, together)                                                     \
    PAR_DETAIL_SIGNATURE(name, together, bool, T, T)                                               \
    PAR_DETAIL_CHUNK_BY(name, T, together((par_from - 1)[par_i], par_from[par_i]), NULL, )
#define PAR_DEFINE_CHUNK_BY_CTX(name, T, Ctx, together)                                            \
    PAR_DETAIL_SIGNATURE(name, together, bool, T, T, Ctx const *)                                  \
    PAR_DETAIL_CHUNK_BY(name, T,                                                                   \
                        together((par_from - 1)[par_i], par_from[par_i], PAR_DETAIL_GIVEN(Ctx)),   \
                        PAR_DETAIL_CTX(Ctx, par_ctx), , Ctx const *par_ctx)

#define PAR_DETAIL_CHUNK_BY(name, T, call, given, ...)                                             \
    PAR_DETAIL_GENERATED ptrdiff_t name##_border(const void *par_in, size_t par_n, void *par_ctx)  \
    {                                                                                              \
        T const *const par_from = PAR_DETAIL_CAST(T const *, par_in);                              \
        size_t par_i = 0;                                                                          \
        (void)par_ctx;                                                                             \
        while (par_i < par_n && (call))                                                            \
            par_i++;                                                                               \
        return PAR_DETAIL_CAST(ptrdiff_t, par_i);                                                  \
    }                                                                                              \
    PAR_DETAIL_GENERATED par_iter name(T const *par_in, size_t par_n __VA_ARGS__) PAR_NOEXCEPT     \
    {                                                                                              \
        return par_iter_chunk_by(par_in, sizeof(T), par_n, name##_border, given);                  \
    }

#endif
