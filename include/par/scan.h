/* SPDX-License-Identifier: MIT */
/* scan.h - running results over an array: each element becomes what all up to it come to.
 *
 *     static inline long add(long a, long b) { return a + b; }
 *     PAR_DEFINE_SCAN(running_sums, long, add, 0)
 *
 * Such a line stands at file scope, without a semicolon, in C17 and C++17; par/typed.h says more.
 *
 * The calls may be made from any thread, inside tasks too, and block until done. They return 0, or
 * an errno code, or unchanged the first negative value that a block function returned: blocks not
 * yet begun are then skipped, and `out` is partly written. */
#ifndef PAR_SCAN_H
#define PAR_SCAN_H

#include <par/typed.h>

PAR_BEGIN_DECLS

/* Takes n elements at `in`, in order, into the accumulator *acc. If `out` is not NULL it also
 * writes n results there: *before merged with *acc, for an inclusive scan after each element is
 * taken, for an exclusive one before. Returns 0, or a negative value to stop the whole call. Called
 * at the same time on different blocks; n is never 0. `before` is NULL where `out` is. */
typedef ptrdiff_t par_scan_fn(void *out, const void *in, size_t n, void *acc, const void *before,
                              void *ctx);

/* Scans n elements of in_size bytes into n results of acc_size bytes. *acc holds the identity of
 * `merge`, and on return what all elements together come to. Blocks are cut by n and in_size alone,
 * each begins from a copy of the identity, and what is before a block is merged from left to right:
 * so the results, floating-point ones too, are the same on every run and number of threads. Each
 * element is taken at most twice, and read from memory once; on one thread it is taken once. Up to
 * 32 KiB of elements the caller scans alone.
 *
 * `out` may be `in` itself if both have elements of one size and the block function can bear it;
 * else the arrays do not overlap. EINVAL for a NULL or a size of 0, EOVERFLOW when an array does
 * not fit in memory's address range, ECANCELED as par_map, ENOMEM if there is no room for
 * accumulators: two for each block of 16 KiB, of which each thread has 256 KiB; up to 16 KiB on
 * the stack. `out` is untouched after these but ECANCELED, and *acc after all failures. */
PAR_API int par_scan(void *out, const void *in, size_t in_size, size_t n, void *acc,
                     size_t acc_size, par_scan_fn *scan, par_merge_fn *merge,
                     void *ctx) PAR_NOEXCEPT;

PAR_END_DECLS

/* A block function: the loops without and with results. EARLY and LATE: what stands before and
 * after the element is taken. */
#define PAR_DETAIL_SCAN(name, T, op, EARLY, LATE)                                                  \
    PAR_DETAIL_GENERATED ptrdiff_t name(void *par_out, const void *par_in, size_t par_n,           \
                                        void *par_acc, const void *par_before, void *par_ctx)      \
    {                                                                                              \
        T *const par_to = PAR_DETAIL_CAST(T *, par_out);                                           \
        T const *const par_from = PAR_DETAIL_CAST(T const *, par_in);                              \
        T par_value = *PAR_DETAIL_CAST(T *, par_acc);                                              \
        (void)par_ctx;                                                                             \
        if (par_to == NULL) {                                                                      \
            for (size_t par_i = 0; par_i < par_n; par_i++)                                         \
                par_value = op(par_value, par_from[par_i]);                                        \
        } else {                                                                                   \
            T const par_first = *PAR_DETAIL_CAST(T const *, par_before);                           \
            for (size_t par_i = 0; par_i < par_n; par_i++) {                                       \
                T const par_next = op(par_value, par_from[par_i]);                                 \
                EARLY(par_to[par_i] = op(par_first, par_value);)                                   \
                par_value = par_next;                                                              \
                LATE(par_to[par_i] = op(par_first, par_value);)                                    \
            }                                                                                      \
        }                                                                                          \
        *PAR_DETAIL_CAST(T *, par_acc) = par_value;                                                \
        return 0;                                                                                  \
    }
#define PAR_DETAIL_SCAN_THIS(statement) statement
#define PAR_DETAIL_SCAN_NONE(statement)

#define PAR_DETAIL_SCAN_CALL(name, T, identity, block, merge)                                      \
    PAR_DETAIL_GENERATED int name(T *par_out, T const *par_in, size_t par_n) PAR_NOEXCEPT          \
    {                                                                                              \
        T par_acc = identity;                                                                      \
        return par_scan(par_out, par_in, sizeof(T), par_n, &par_acc, sizeof(T), block, merge,      \
                        NULL);                                                                     \
    }

/* From T op(T, T), associative, and its identity, which can stand behind `T x =`:
 *     int name(T *out, const T *in, size_t n)              out[i] = in[0] op ... op in[i]
 *     int name_exclusive(T *out, const T *in, size_t n)    the same without in[i]; out[0] =
 * identity with the brackets set by n and sizeof(T) alone. `out` may be `in`. Block functions:
 * name_scan, name_exclusive_scan, name_merge. In C++ T is trivially copyable. */
#define PAR_DEFINE_SCAN(name, T, op, identity)                                                     \
    PAR_DETAIL_SIGNATURE(name, op, T, T, T)                                                        \
    PAR_DETAIL_COPYABLE(T)                                                                         \
    PAR_DETAIL_SCAN(name##_scan, T, op, PAR_DETAIL_SCAN_NONE, PAR_DETAIL_SCAN_THIS)                \
    PAR_DETAIL_SCAN(name##_exclusive_scan, T, op, PAR_DETAIL_SCAN_THIS, PAR_DETAIL_SCAN_NONE)      \
    PAR_DETAIL_GENERATED void name##_merge(void *par_left, const void *par_right, void *par_ctx)   \
    {                                                                                              \
        T *const par_acc = PAR_DETAIL_CAST(T *, par_left);                                         \
        (void)par_ctx;                                                                             \
        *par_acc = op(*par_acc, *PAR_DETAIL_CAST(T const *, par_right));                           \
    }                                                                                              \
    PAR_DETAIL_SCAN_CALL(name, T, identity, name##_scan, name##_merge)                             \
    PAR_DETAIL_SCAN_CALL(name##_exclusive, T, identity, name##_exclusive_scan, name##_merge)

#endif
