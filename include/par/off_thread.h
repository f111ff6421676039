/* SPDX-License-Identifier: MIT */
/* off_thread.h - a producer on a thread of its own: it makes the next elements while the last ones
 * are worked on. */
#ifndef PAR_OFF_THREAD_H
#define PAR_OFF_THREAD_H

#include <par/bridge.h>

PAR_BEGIN_DECLS

typedef struct par_off_thread par_off_thread;

/* Starts a thread that calls next(out, most, ctx) for as long as it gives elements of element_size
 * bytes, up to 64 at a time (fewer if `capacity` is less), and keeps up to `capacity` of them for
 * the consumer; then it waits. 0 lets par choose: 256. Stores in *out what the consumer takes them
 * from, who ends it with par_off_thread_end. The thread is in no pool; a call of the producer into
 * par enters the default pool. A panic of `next` is a failure, whose value is the panic's code made
 * negative.
 *
 * Returns 0; EINVAL for a NULL or an element_size of 0; ENOMEM; EAGAIN if there was no thread to be
 * had; *out is untouched then, and the producer has not been called. Any thread may call it. Does
 * not block. */
PAR_API int par_off_thread_start(par_off_thread **out, size_t element_size, size_t capacity,
                                 par_next_fn *next, void *ctx) PAR_NOEXCEPT;

/* Moves the next element to `out`; the producer's order is kept. Returns 0; after the last element,
 * and each time from then on, the negative value with which the producer failed, or EPIPE if it did
 * not. Blocks while there is none, and lends its core meanwhile if the calling thread is in a pool.
 * One thread at a time. */
PAR_API int par_off_thread_next(par_off_thread *source, void *out) PAR_NOEXCEPT;

/* The same for up to `most` elements, as a par_next_fn whose `source` is a par_off_thread: so the
 * calls of bridge.h can take their elements from it. Returns how many were moved: at least one, but
 * not more than are there; 0 at the end; the producer's negative value after its last element. */
PAR_API ptrdiff_t par_off_thread_pull(void *out, size_t most, void *source) PAR_NOEXCEPT;

/* The consumer leaves, at any time: the producer is not called again, its thread is joined, and
 * everything is freed. Elements that were made and not taken go to drop(element, drop_ctx), in
 * order, on the calling thread; NULL forgets them. Blocks until the call of the producer that is
 * under way has returned, and lends the core meanwhile. NULL does nothing. */
PAR_API void par_off_thread_end(par_off_thread *source, void (*drop)(void *element, void *ctx),
                                void *drop_ctx) PAR_NOEXCEPT;

/* Defines, for elements of type T and a producer `ptrdiff_t next(T *out, size_t most, void *ctx)`,
 *   int name_start(par_off_thread **out, size_t capacity, void *ctx)
 *   int name_next(par_off_thread *source, T *out) */
#define PAR_DEFINE_OFF_THREAD(name, T, next)                                                       \
    static inline ptrdiff_t name##_make(void *out, size_t most, void *ctx)                         \
    {                                                                                              \
        return next((T *)out, most, ctx);                                                          \
    }                                                                                              \
    static inline int name##_start(par_off_thread **out, size_t capacity, void *ctx)               \
    {                                                                                              \
        return par_off_thread_start(out, sizeof(T), capacity, name##_make, ctx);                   \
    }                                                                                              \
    static inline int name##_next(par_off_thread *source, T *out)                                  \
    {                                                                                              \
        return par_off_thread_next(source, out);                                                   \
    }

PAR_END_DECLS

#endif
