/* SPDX-License-Identifier: MIT */
/* try.h - which element of a call fails first, for par/typed_try.h.
 *
 * T1  `first` is the index of the first failing element known so far, or the number of elements.
 *     It only falls. An element behind it cannot matter any more, and need not be worked on.
 * T2  A piece works in order, asks before each element, and ends with the first that fails. So
 *     elements before what `first` is in the end have been worked on: none of them was behind it
 *     at any time.
 * T3  `first` and `code` are written under `busy`, so they belong to one element. `first` is read
 *     without it, which only decides how much is skipped; the caller reads both when all pieces
 *     have ended. A piece writes at most once, so nobody waits for long. */
#ifndef PAR_DETAIL_TRY_H
#define PAR_DETAIL_TRY_H

#include <errno.h>
#include <par/loop.h>
#include <par/panic.h>

PAR_BEGIN_DECLS

typedef struct par_detail_try {
    void *out;
    size_t out_size;
    const void *in;
    size_t in_size;
    void *ctx;
    size_t first;
    int code;
    bool busy;
} par_detail_try;

/* T1 */
PAR_DETAIL_INLINE bool par_detail_try_is_behind(const par_detail_try *call, size_t i)
{
    return i > __atomic_load_n(&call->first, __ATOMIC_RELAXED);
}

/* Element i has failed. */
PAR_DETAIL_INLINE void par_detail_try_fail(par_detail_try *call, size_t i, int code)
{
    while (__atomic_test_and_set(&call->busy, __ATOMIC_ACQUIRE))
        ;
    if (i < __atomic_load_n(&call->first, __ATOMIC_RELAXED)) {
        __atomic_store_n(&call->first, i, __ATOMIC_RELAXED);
        call->code = code;
    }
    __atomic_clear(&call->busy, __ATOMIC_RELEASE);
}

/* Runs the call over n elements by a function that works on pieces of them. */
PAR_DETAIL_INLINE int par_detail_try_run(par_detail_try *call, size_t n, size_t *index,
                                         par_try_range_fn *piece)
{
    const size_t larger = call->out_size > call->in_size ? call->out_size : call->in_size;
    if (n > 0 && (call->out == NULL || call->in == NULL))
        return EINVAL;
    if (n > PTRDIFF_MAX / larger)
        return EOVERFLOW;
    call->first = n;
    par_loop_options options = PAR_LOOP_OPTIONS_INIT;
    par_failure failure;
    failure.code = 0;
    options.failure = &failure;
    const int code = par_try_for(0, n, piece, call, &options);
    if (failure.code != 0) /* a panic travels on */
        par_panic_again(&failure);
    if (code != 0 || call->first == n)
        return code;
    if (index != NULL)
        *index = call->first;
    return call->code;
}

PAR_END_DECLS

#endif
