/* SPDX-License-Identifier: MIT */
/* arrange.h - copy, fill, filter, partition, count, group and reorder arrays, by functions that
 * take a block of elements. The lines at the end make some of them from a function of one element.
 *
 * All of these may be called from any thread, inside tasks too, and block until done. They return
 * 0, or an errno code, or unchanged the first negative value that a block function returned: blocks
 * not yet begun are then skipped. EINVAL for a NULL or a size of 0 where something is needed,
 * EOVERFLOW when n elements do not fit in memory's address range, ENOMEM where it is named: then
 * nothing was written. ECANCELED when a par_try_for around the call is stopped: then, and after the
 * value of a block function, `out` is partly written, and numbers of elements are unchanged.
 *
 * `out` and `in` do not overlap. What is written does not depend on the number of threads. */
#ifndef PAR_ARRANGE_H
#define PAR_ARRANGE_H

#include <par/typed.h>

PAR_BEGIN_DECLS

/* ---- copy and fill -------------------------------------------------------------------------- */

/* Copies n elements of `size` bytes. Allocates nothing. */
PAR_API int par_copy(void *out, const void *in, size_t size, size_t n) PAR_NOEXCEPT;

/* Makes n elements of `size` bytes equal to *value, which does not lie among them. Allocates
 * nothing. */
PAR_API int par_fill(void *out, const void *value, size_t size, size_t n) PAR_NOEXCEPT;

/* ---- keep some ------------------------------------------------------------------------------ */

/* Writes the elements that `keep` keeps, in order, to `out`, which has room for n elements of
 * `size` bytes, and their number to *out_n. `keep` is a block function that writes those it keeps
 * to its `out`, with room for all it is given, and returns how many; it sees each element once.
 * What stands behind the elements kept is undefined. Each element is read from memory once. Takes
 * 256 KiB for each thread but one; without that it works on one thread. */
PAR_API int par_filter(void *out, size_t *out_n, const void *in, size_t size, size_t n,
                       par_block_fn *keep, void *ctx) PAR_NOEXCEPT;

/* Writes n elements of `size` bytes to `out`: first those that `split` keeps, then the others, both
 * in order, and the number of the former to *kept. `split` is a block function that writes n
 * elements: those it keeps in order from the beginning of its `out` on, the others from the end of
 * its `out` backwards; it returns how many it kept. It sees each element once. ENOMEM if there are
 * no 256 KiB for each thread. */
PAR_API int par_partition(void *out, size_t *kept, const void *in, size_t size, size_t n,
                          par_block_fn *split, void *ctx) PAR_NOEXCEPT;

/* Writes the first element, and each that is not equal to the one before it: par_filter whose
 * `keep` may read one element before its `in` too, and never sees the first. */
PAR_API int par_unique(void *out, size_t *out_n, const void *in, size_t size, size_t n,
                       par_block_fn *keep, void *ctx) PAR_NOEXCEPT;

/* ---- count and group ------------------------------------------------------------------------ */

/* counts[b] = how many of n elements of `size` bytes belong to bin b < bins. `bin` is a map to bin
 * numbers, uint32_t. EINVAL if one is not below `bins`; ENOMEM if there is no room for a table of
 * counts per task, of which there are at most two for each thread, and together no more counts than
 * elements unless there is one. `counts` is unchanged after any failure. */
PAR_API int par_histogram(size_t *counts, size_t bins, const void *in, size_t size, size_t n,
                          par_block_fn *bin, void *ctx) PAR_NOEXCEPT;

/* Elements of one key, neighbours in the output. */
typedef struct par_key_group {
    uint64_t key;
    size_t begin;
    size_t n;
} par_key_group;

/* Writes n elements of `size` bytes to `out` so that those of equal keys are neighbours, in their
 * order in `in`. Describes the groups from left to right at `groups`, which has room for `capacity`
 * of them, and writes their number to *groups_n. `key` is a map to keys, uint64_t. The keys alone
 * set the order of the groups: it is the same on each run and number of threads, and not ascending.
 *
 * EOVERFLOW also if there are 2^32 elements or more, or more groups than `capacity` (n is always
 * enough): then what stands at `out` is undefined, and `groups` unchanged. ENOMEM if there are no
 * 24 bytes for each element. Cost: O(n) expected. Keys that many elements have are found by a
 * sample, and do not keep the others from being shared out. After Gu, Shun, Sun and Blelloch, "A
 * Top-Down Parallel Semisort" (2015), with the buckets counted. */
PAR_API int par_group_by(void *out, par_key_group *groups, size_t capacity, size_t *groups_n,
                         const void *in, size_t size, size_t n, par_block_fn *key,
                         void *ctx) PAR_NOEXCEPT;

/* ---- reorder -------------------------------------------------------------------------------- */

/* out[c * rows + r] = in[r * columns + c], for elements of `size` bytes. In square tiles, so that
 * lines of the caches are used whole. Allocates nothing. */
PAR_API int par_transpose(void *out, const void *in, size_t size, size_t rows,
                          size_t columns) PAR_NOEXCEPT;

/* Writes n elements of `size` bytes in a random order, which `seed`, n and `size` set; each
 * order is as likely as the random numbers (splitmix64) make it. Not for secrets. Each element is
 * sent to a random bucket that fits into a cache, which then is shuffled: Sanders, "Random
 * permutations on distributed, external and hierarchical memory" (1998). ENOMEM if there is no room
 * for counts: up to 16 KiB for each thread. */
PAR_API int par_shuffle(void *out, const void *in, size_t size, size_t n,
                        uint64_t seed) PAR_NOEXCEPT;

/* Reverses n elements of `size` bytes in place. Allocates nothing. */
PAR_API int par_rev(void *items, size_t size, size_t n) PAR_NOEXCEPT;

/* Moves n elements of `size` bytes to the left by `by` places in place; those that leave at the
 * left come in at the right. EINVAL if `by` is greater than n. Allocates nothing. */
PAR_API int par_rotate(void *items, size_t size, size_t n, size_t by) PAR_NOEXCEPT;

PAR_END_DECLS

/* ---- by functions of one element ------------------------------------------------------------ */

/* Block functions. In `call` the element is par_from[par_i], and the context par_ctx. No branch
 * depends on what the element function says. Unrolled, because the loop's own steps are half of it.
 */
#define PAR_DETAIL_KEEP(name, T, call)                                                             \
    PAR_DETAIL_GENERATED ptrdiff_t name(                                                           \
        void *PAR_RESTRICT par_out, const void *PAR_RESTRICT par_in, size_t par_n, void *par_ctx)  \
    {                                                                                              \
        T *const par_to = PAR_DETAIL_CAST(T *, par_out);                                           \
        T const *const par_from = PAR_DETAIL_CAST(T const *, par_in);                              \
        size_t par_kept = 0;                                                                       \
        (void)par_ctx;                                                                             \
        _Pragma("GCC unroll 4") for (size_t par_i = 0; par_i < par_n; par_i++)                     \
        {                                                                                          \
            par_to[par_kept] = par_from[par_i];                                                    \
            par_kept += call ? 1 : 0;                                                              \
        }                                                                                          \
        return PAR_DETAIL_CAST(ptrdiff_t, par_kept);                                               \
    }
#define PAR_DETAIL_SPLIT(name, T, call)                                                            \
    PAR_DETAIL_GENERATED ptrdiff_t name(                                                           \
        void *PAR_RESTRICT par_out, const void *PAR_RESTRICT par_in, size_t par_n, void *par_ctx)  \
    {                                                                                              \
        T *const par_to = PAR_DETAIL_CAST(T *, par_out);                                           \
        T const *const par_from = PAR_DETAIL_CAST(T const *, par_in);                              \
        size_t par_kept = 0;                                                                       \
        (void)par_ctx;                                                                             \
        for (size_t par_i = 0; par_i < par_n; par_i++) {                                           \
            par_to[par_kept] = par_from[par_i];                                                    \
            par_to[par_n - 1 - (par_i - par_kept)] = par_from[par_i];                              \
            par_kept += call ? 1 : 0;                                                              \
        }                                                                                          \
        return PAR_DETAIL_CAST(ptrdiff_t, par_kept);                                               \
    }
#define PAR_DETAIL_BIN(name, T, call)                                                              \
    PAR_DETAIL_GENERATED ptrdiff_t name(                                                           \
        void *PAR_RESTRICT par_out, const void *PAR_RESTRICT par_in, size_t par_n, void *par_ctx)  \
    {                                                                                              \
        uint32_t *const par_to = PAR_DETAIL_CAST(uint32_t *, par_out);                             \
        T const *const par_from = PAR_DETAIL_CAST(T const *, par_in);                              \
        (void)par_ctx;                                                                             \
        for (size_t par_i = 0; par_i < par_n; par_i++)                                             \
            par_to[par_i] = call;                                                                  \
        return PAR_DETAIL_CAST(ptrdiff_t, par_n);                                                  \
    }

/* Calls: filter, partition and unique have the same parameters. */
#define PAR_DETAIL_SELECT(name, T, verb, block)                                                    \
    PAR_DETAIL_GENERATED int name(T *par_out, size_t *par_out_n, T const *par_in, size_t par_n)    \
        PAR_NOEXCEPT                                                                               \
    {                                                                                              \
        return verb(par_out, par_out_n, par_in, sizeof(T), par_n, block, NULL);                    \
    }
#define PAR_DETAIL_SELECT_CTX(name, T, Ctx, verb, block)                                           \
    PAR_DETAIL_GENERATED int name(T *par_out, size_t *par_out_n, T const *par_in, size_t par_n,    \
                                  Ctx const *par_ctx) PAR_NOEXCEPT                                 \
    {                                                                                              \
        return verb(par_out, par_out_n, par_in, sizeof(T), par_n, block,                           \
                    PAR_DETAIL_CTX(Ctx, par_ctx));                                                 \
    }

/* From bool keep(T):  int name(T *out, size_t *out_n, const T *in, size_t n)
 * par_filter. Block function: name_block. The lines here stand at file scope, without a semicolon,
 * in C17 and C++17, where T is trivially copyable; see par/typed.h. Those that end in _CTX are from
 * a function with one more parameter, const Ctx *, which the functions they make have too. */
#define PAR_DEFINE_FILTER(name, T, keep)                                                           \
    PAR_DETAIL_SIGNATURE(name, keep, bool, T)                                                      \
    PAR_DETAIL_COPYABLE(T)                                                                         \
    PAR_DETAIL_KEEP(name##_block, T, keep(par_from[par_i]))                                        \
    PAR_DETAIL_SELECT(name, T, par_filter, name##_block)
#define PAR_DEFINE_FILTER_CTX(name, T, Ctx, keep)                                                  \
    PAR_DETAIL_SIGNATURE(name, keep, bool, T, Ctx const *)                                         \
    PAR_DETAIL_COPYABLE(T)                                                                         \
    PAR_DETAIL_KEEP(name##_block, T, keep(par_from[par_i], PAR_DETAIL_GIVEN(Ctx)))                 \
    PAR_DETAIL_SELECT_CTX(name, T, Ctx, par_filter, name##_block)

/* From bool keep(T):  int name(T *out, size_t *kept, const T *in, size_t n)
 * par_partition. Block function: name_block. */
#define PAR_DEFINE_PARTITION(name, T, keep)                                                        \
    PAR_DETAIL_SIGNATURE(name, keep, bool, T)                                                      \
    PAR_DETAIL_COPYABLE(T)                                                                         \
    PAR_DETAIL_SPLIT(name##_block, T, keep(par_from[par_i]))                                       \
    PAR_DETAIL_SELECT(name, T, par_partition, name##_block)
#define PAR_DEFINE_PARTITION_CTX(name, T, Ctx, keep)                                               \
    PAR_DETAIL_SIGNATURE(name, keep, bool, T, Ctx const *)                                         \
    PAR_DETAIL_COPYABLE(T)                                                                         \
    PAR_DETAIL_SPLIT(name##_block, T, keep(par_from[par_i], PAR_DETAIL_GIVEN(Ctx)))                \
    PAR_DETAIL_SELECT_CTX(name, T, Ctx, par_partition, name##_block)

/* From bool equal(T, T), of an element and the one after it:
 *     int name(T *out, size_t *out_n, const T *in, size_t n)
 * par_unique. Block function: name_block. */
#define PAR_DEFINE_UNIQUE(name, T, equal)                                                          \
    PAR_DETAIL_SIGNATURE(name, equal, bool, T, T)                                                  \
    PAR_DETAIL_COPYABLE(T)                                                                         \
    PAR_DETAIL_KEEP(name##_block, T, !equal((par_from - 1)[par_i], par_from[par_i]))               \
    PAR_DETAIL_SELECT(name, T, par_unique, name##_block)
#define PAR_DEFINE_UNIQUE_CTX(name, T, Ctx, equal)                                                 \
    PAR_DETAIL_SIGNATURE(name, equal, bool, T, T, Ctx const *)                                     \
    PAR_DETAIL_COPYABLE(T)                                                                         \
    PAR_DETAIL_KEEP(name##_block, T,                                                               \
                    !equal((par_from - 1)[par_i], par_from[par_i], PAR_DETAIL_GIVEN(Ctx)))         \
    PAR_DETAIL_SELECT_CTX(name, T, Ctx, par_unique, name##_block)

/* From uint32_t bin(T):  int name(size_t *counts, size_t bins, const T *in, size_t n)
 * par_histogram. Block function: name_block. */
#define PAR_DEFINE_HISTOGRAM(name, T, bin)                                                         \
    PAR_DETAIL_SIGNATURE(name, bin, uint32_t, T)                                                   \
    PAR_DETAIL_BIN(name##_block, T, bin(par_from[par_i]))                                          \
    PAR_DETAIL_GENERATED int name(size_t *par_counts, size_t par_bins, T const *par_in,            \
                                  size_t par_n) PAR_NOEXCEPT                                       \
    {                                                                                              \
        return par_histogram(par_counts, par_bins, par_in, sizeof(T), par_n, name##_block, NULL);  \
    }
#define PAR_DEFINE_HISTOGRAM_CTX(name, T, Ctx, bin)                                                \
    PAR_DETAIL_SIGNATURE(name, bin, uint32_t, T, Ctx const *)                                      \
    PAR_DETAIL_BIN(name##_block, T, bin(par_from[par_i], PAR_DETAIL_GIVEN(Ctx)))                   \
    PAR_DETAIL_GENERATED int name(size_t *par_counts, size_t par_bins, T const *par_in,            \
                                  size_t par_n, Ctx const *par_ctx) PAR_NOEXCEPT                   \
    {                                                                                              \
        return par_histogram(par_counts, par_bins, par_in, sizeof(T), par_n, name##_block,         \
                             PAR_DETAIL_CTX(Ctx, par_ctx));                                        \
    }

#endif
