/* SPDX-License-Identifier: MIT */
/* sort.h - sorting, merging and selecting in arrays.
 *
 *     static inline bool older(struct person a, struct person b) { return a.born < b.born; }
 *     PAR_DEFINE_SORT(sort_by_age, struct person, older)
 *
 * Which call: numbers by par_sort_u32 and its kin; elements of your own by a line of
 * PAR_DEFINE_SORT, whose order is inlined; by par_sort when the type or the order is known only at
 * run time; by a key when it is an integer or is costly to compute.
 *
 * All of these may be called from any thread, inside tasks too, and block until done: a sort that
 * has begun is not canceled. They return 0 or an errno code: EINVAL for a NULL or a size of 0 where
 * something is needed, EOVERFLOW when n elements do not fit in memory's address range, ENOMEM when
 * there is no room to work in, with the items untouched. Where items are equal, stable sorts keep
 * their order. The result is the same for every number of threads. The functions that order and
 * that make keys are called from several threads at once. An order that contradicts itself gives
 * some permutation of the items. */
#ifndef PAR_SORT_H
#define PAR_SORT_H

#include <par/detail/sort.h>
#include <par/detail/sort_in_place.h>
#include <par/typed.h>

PAR_BEGIN_DECLS

/* Less than 0 if `a` stands before `b`, more than 0 if behind, 0 if it does not matter. */
typedef int par_compare_fn(const void *a, const void *b, void *ctx);

/* Sorts n items of `size` bytes; stable. A merge sort of about n log n comparisons; of n - 1, with
 * no moves, if the items are sorted. Allocates n * size bytes. */
PAR_API int par_sort(void *items, size_t size, size_t n, par_compare_fn *compare,
                     void *ctx) PAR_NOEXCEPT;

/* The same in place, and not stable: equal items may change their order. A quicksort, with heapsort
 * where its pivots are bad. Allocates nothing. */
PAR_API int par_sort_unstable(void *items, size_t size, size_t n, par_compare_fn *compare,
                              void *ctx) PAR_NOEXCEPT;

/* ---- by keys --------------------------------------------------------------------------------- */

/* Writes the key of *item to *key. */
typedef void par_key_fn(void *key, const void *item, void *ctx);

/* par_sort by the keys, which `compare` gets. A key is made again for each comparison; those of
 * more than 256 bytes as by par_sort_by_cached_key. Keys are aligned as malloc aligns. */
PAR_API int par_sort_by_key(void *items, size_t size, size_t n, size_t key_size, par_key_fn *key,
                            par_compare_fn *compare, void *ctx) PAR_NOEXCEPT;

/* The same with each key made once, in parallel, and each item moved twice: for keys that are
 * costly, and for large items. Allocates an entry of key_size + 4 bytes (8 from 2^32 items on) for
 * each item, and as much again or the size of the items, whichever is more. */
PAR_API int par_sort_by_cached_key(void *items, size_t size, size_t n, size_t key_size,
                                   par_key_fn *key, par_compare_fn *compare,
                                   void *ctx) PAR_NOEXCEPT;

typedef uint32_t par_key_u32_fn(const void *item, void *ctx);
typedef uint64_t par_key_u64_fn(const void *item, void *ctx);

/* Sorts by a key that is a number, made once for each item; stable. A radix sort: no comparisons.
 * Allocates 8 bytes and the larger of 8 and `size` for each item; 16 for 8 with 64-bit keys, and
 * from 2^32 items on. */
PAR_API int par_sort_by_u32(void *items, size_t size, size_t n, par_key_u32_fn *key,
                            void *ctx) PAR_NOEXCEPT;
PAR_API int par_sort_by_u64(void *items, size_t size, size_t n, par_key_u64_fn *key,
                            void *ctx) PAR_NOEXCEPT;

/* ---- numbers --------------------------------------------------------------------------------- */

/* Sort n numbers, by radix. Floating-point numbers stand in this order: -NaN, -infinity, negative
 * ones, -0, +0, positive ones, infinity, NaN. Allocate as much as the numbers take, and at most 5
 * percent more; nothing for up to 16 KiB of numbers. */
PAR_API int par_sort_u32(uint32_t *items, size_t n) PAR_NOEXCEPT;
PAR_API int par_sort_u64(uint64_t *items, size_t n) PAR_NOEXCEPT;
PAR_API int par_sort_i32(int32_t *items, size_t n) PAR_NOEXCEPT;
PAR_API int par_sort_i64(int64_t *items, size_t n) PAR_NOEXCEPT;
PAR_API int par_sort_f32(float *items, size_t n) PAR_NOEXCEPT;
PAR_API int par_sort_f64(double *items, size_t n) PAR_NOEXCEPT;

/* ---- parts of sorting ------------------------------------------------------------------------ */

/* Merges sorted `a` and `b` to `out`, which has room for both and overlaps neither. Stable: of
 * equal items those of `a` come first. Allocates nothing. */
PAR_API int par_merge(void *out, const void *a, size_t a_n, const void *b, size_t b_n, size_t size,
                      par_compare_fn *compare, void *ctx) PAR_NOEXCEPT;

/* Moves the items so that items[nth] is the one that a sort would put there, none before it is
 * greater and none after it is less. EINVAL unless nth < n. About 3 n comparisons. In place;
 * allocates nothing. */
PAR_API int par_select_nth(void *items, size_t size, size_t n, size_t nth, par_compare_fn *compare,
                           void *ctx) PAR_NOEXCEPT;

/* Sets *sorted to whether no item is less than the one before it. Looks no further than it must.
 * Also ECANCELED when a par_try_for around the call is stopped, with *sorted unchanged. */
PAR_API int par_is_sorted(const void *items, size_t size, size_t n, par_compare_fn *compare,
                          void *ctx, bool *sorted) PAR_NOEXCEPT;

/* ---- typed sorts ----------------------------------------------------------------------------- */

/* The inner loops of a sort over elements of one type. The lines below make them, from the
 * functions of par/detail/sort.h. Those of the sort that is not asked for may be NULL. */
typedef struct par_sort_ops {
    size_t size; /* of this struct */
    size_t item_size;
    par_sort_less_fn *less;
    /* for par_sort_with */
    par_sort_run (*sort)(void *items, void *room, size_t n, void *ctx);
    void (*merge)(void *out, const void *a, size_t a_n, const void *b, size_t b_n, void *ctx);
    /* for par_sort_unstable_with */
    void (*sort_in_place)(void *items, size_t n, bool after, void *ctx);
    size_t (*partition)(void *left, size_t left_n, void *right, size_t right_n, size_t *right_low,
                        const void *pivot, bool equal, void *ctx);
    size_t (*run)(const void *items, size_t n, bool falling, void *ctx); /* NULL: by `less` */
} par_sort_ops;

/* par_sort and par_sort_unstable by such loops. EINVAL also for a struct of unknown size. */
PAR_API int par_sort_with(void *items, size_t n, const par_sort_ops *ops, void *ctx) PAR_NOEXCEPT;
PAR_API int par_sort_unstable_with(void *items, size_t n, const par_sort_ops *ops,
                                   void *ctx) PAR_NOEXCEPT;

PAR_END_DECLS

#define PAR_DETAIL_SORT_LESS(name, T, less)                                                        \
    PAR_DETAIL_SIGNATURE(name, less, bool, T, T)                                                   \
    PAR_DETAIL_COPYABLE(T)                                                                         \
    PAR_DETAIL_GENERATED bool name##_less(const void *par_a, const void *par_b, void *par_ctx)     \
    {                                                                                              \
        (void)par_ctx;                                                                             \
        return less(*PAR_DETAIL_CAST(T const *, par_a), *PAR_DETAIL_CAST(T const *, par_b));       \
    }

/* From bool less(T, T):  int name(T *items, size_t n)
 * par_sort, with `less` inlined. Stands at file scope, without a semicolon. In C++ T is trivially
 * copyable. */
#define PAR_DEFINE_SORT(name, T, less)                                                             \
    PAR_DETAIL_SORT_LESS(name, T, less)                                                            \
    PAR_DETAIL_GENERATED par_sort_run name##_piece(void *par_items, void *par_room, size_t par_n,  \
                                                   void *par_ctx)                                  \
    {                                                                                              \
        return par_detail_sort_stable(PAR_DETAIL_CAST(char *, par_items),                          \
                                      PAR_DETAIL_CAST(char *, par_room), par_n, sizeof(T),         \
                                      name##_less, par_ctx);                                       \
    }                                                                                              \
    PAR_DETAIL_GENERATED void name##_merge(void *par_out, const void *par_a, size_t par_a_n,       \
                                           const void *par_b, size_t par_b_n, void *par_ctx)       \
    {                                                                                              \
        par_detail_sort_merge(                                                                     \
            PAR_DETAIL_CAST(char *, par_out), PAR_DETAIL_CAST(const char *, par_a), par_a_n,       \
            PAR_DETAIL_CAST(const char *, par_b), par_b_n, sizeof(T), name##_less, par_ctx);       \
    }                                                                                              \
    PAR_DETAIL_GENERATED int name(T *par_items, size_t par_n) PAR_NOEXCEPT                         \
    {                                                                                              \
        static const par_sort_ops par_ops = {                                                      \
            sizeof(par_sort_ops), sizeof(T), name##_less, name##_piece,                            \
            name##_merge,         NULL,      NULL,        NULL};                                   \
        return par_sort_with(par_items, par_n, &par_ops, NULL);                                    \
    }

/* The same by par_sort_unstable. */
#define PAR_DEFINE_SORT_UNSTABLE(name, T, less)                                                    \
    PAR_DETAIL_SORT_LESS(name, T, less)                                                            \
    PAR_DETAIL_GENERATED void name##_piece(void *par_items, size_t par_n, bool par_after,          \
                                           void *par_ctx)                                          \
    {                                                                                              \
        par_detail_sort_unstable(PAR_DETAIL_CAST(char *, par_items), par_n, par_after, sizeof(T),  \
                                 name##_less, par_ctx);                                            \
    }                                                                                              \
    PAR_DETAIL_GENERATED size_t name##_partition(                                                  \
        void *par_left, size_t par_left_n, void *par_right, size_t par_right_n,                    \
        size_t *par_right_low, const void *par_pivot, bool par_equal, void *par_ctx)               \
    {                                                                                              \
        return par_detail_sort_partition_pair(                                                     \
            PAR_DETAIL_CAST(char *, par_left), par_left_n, PAR_DETAIL_CAST(char *, par_right),     \
            par_right_n, par_right_low, PAR_DETAIL_CAST(const char *, par_pivot), par_equal,       \
            sizeof(T), name##_less, par_ctx);                                                      \
    }                                                                                              \
    PAR_DETAIL_GENERATED size_t name##_run(const void *par_items, size_t par_n, bool par_falling,  \
                                           void *par_ctx)                                          \
    {                                                                                              \
        return par_detail_sort_run(PAR_DETAIL_CAST(const char *, par_items), par_n, par_falling,   \
                                   sizeof(T), name##_less, par_ctx);                               \
    }                                                                                              \
    PAR_DETAIL_GENERATED int name(T *par_items, size_t par_n) PAR_NOEXCEPT                         \
    {                                                                                              \
        static const par_sort_ops par_ops = {                                                      \
            sizeof(par_sort_ops), sizeof(T),        name##_less, NULL, NULL,                       \
            name##_piece,         name##_partition, name##_run};                                   \
        return par_sort_unstable_with(par_items, par_n, &par_ops, NULL);                           \
    }

#endif
