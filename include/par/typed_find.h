/* SPDX-License-Identifier: MIT */
/* typed_find.h - searches in one line each, made from a function of one element: which elements
 * match, and which is the least or the greatest. See par/typed.h for how such lines are used.
 *
 *     static inline bool is_negative(float x) { return x < 0; }
 *     PAR_DEFINE_FIND(negative, float, is_negative)
 *     ...
 *     int code = negative_first(x, n, &index);
 *
 * Codes are those of par/iter.h and par_reduce: EINVAL for a NULL or for elements of more than
 * PAR_ITER_MAX_SIZE bytes, ENOMEM, EOVERFLOW, ECANCELED, and where it is named ENODATA. After each
 * of them the results are unchanged. */
#ifndef PAR_TYPED_FIND_H
#define PAR_TYPED_FIND_H

#include <errno.h>
#include <par/typed.h>

/* From bool matches(T):
 *     int name_first(const T *in, size_t n, size_t *index)    the first element that matches
 *     int name_last(const T *in, size_t n, size_t *index)     the last
 *     int name_any(const T *in, size_t n, size_t *index)      any one
 *     int name_is_any(const T *in, size_t n, bool *answer)    whether one matches
 *     int name_is_all(const T *in, size_t n, bool *answer)    whether each does
 *     int name_count(const T *in, size_t n, size_t *count)    how many do
 * The first three store the index of the element in *index, if that is not NULL, and return ENODATA
 * if there is none. Of no elements, all match and none does. Elements that cannot matter any more
 * are not looked at, except by name_count; but behind 64 elements that do not match up to 32 are
 * looked at together, and those among which one matches are looked at again. For iterators:
 * name_find, a par_find_fn, and name_count_fold and name_count_merge, whose accumulator is a
 * size_t. In C++ T is trivially copyable. */
#define PAR_DEFINE_FIND(name, T, matches)                                                          \
    PAR_DETAIL_SIGNATURE(name, matches, bool, T)                                                   \
    PAR_DETAIL_FIND(name, T, matches(par_from[par_i]), NULL, )
#define PAR_DEFINE_FIND_CTX(name, T, Ctx, matches)                                                 \
    PAR_DETAIL_SIGNATURE(name, matches, bool, T, Ctx const *)                                      \
    PAR_DETAIL_FIND(name, T, matches(par_from[par_i], PAR_DETAIL_GIVEN(Ctx)),                      \
                    PAR_DETAIL_CTX(Ctx, par_ctx), , Ctx const *par_ctx)

#define PAR_DETAIL_FIND(name, T, call, given, ...)                                                 \
    PAR_DETAIL_COPYABLE(T)                                                                         \
    PAR_DETAIL_FIND_BLOCK(name##_find, T, call)                                                    \
    PAR_DETAIL_FIND_BLOCK(name##_find_other, T, !call)                                             \
    PAR_DETAIL_COUNT_BLOCKS(name##_count, T, call)                                                 \
    PAR_DETAIL_FIND_INDEX(name##_first, T, par_iter_find_first, name##_find, given, __VA_ARGS__)   \
    PAR_DETAIL_FIND_INDEX(name##_last, T, par_iter_find_last, name##_find, given, __VA_ARGS__)     \
    PAR_DETAIL_FIND_INDEX(name##_any, T, par_iter_find_any, name##_find, given, __VA_ARGS__)       \
    PAR_DETAIL_FIND_ANSWER(name##_is_any, T, name##_find, true, given, __VA_ARGS__)                \
    PAR_DETAIL_FIND_ANSWER(name##_is_all, T, name##_find_other, false, given, __VA_ARGS__)         \
    PAR_DETAIL_COUNT(name##_count, T, given, __VA_ARGS__)

/* The first elements are looked at one by one, then some together, which compilers can vectorise.
 * So a block looks at no more than half as many again as it must. */
#define PAR_DETAIL_FIND_ALONE ((size_t)64)
#define PAR_DETAIL_FIND_TOGETHER ((size_t)32)
#define PAR_DETAIL_FIND_BLOCK(name, T, call)                                                       \
    PAR_DETAIL_GENERATED ptrdiff_t name(const void *par_in, size_t par_n, bool par_last,           \
                                        void *par_ctx)                                             \
    {                                                                                              \
        T const *const par_from = PAR_DETAIL_CAST(T const *, par_in);                              \
        size_t par_i = 0;                                                                          \
        (void)par_ctx;                                                                             \
        if (!par_last) {                                                                           \
            while (par_i < par_n && par_i < PAR_DETAIL_FIND_ALONE && !(call))                      \
                par_i++;                                                                           \
            if (par_i < PAR_DETAIL_FIND_ALONE)                                                     \
                return PAR_DETAIL_CAST(ptrdiff_t, par_i);                                          \
            while (par_n - par_i >= PAR_DETAIL_FIND_TOGETHER) {                                    \
                int par_found = 0;                                                                 \
                const size_t par_end = par_i + PAR_DETAIL_FIND_TOGETHER;                           \
                for (; par_i < par_end; par_i++)                                                   \
                    par_found |= (call) ? 1 : 0;                                                   \
                if (par_found != 0) {                                                              \
                    par_i -= PAR_DETAIL_FIND_TOGETHER;                                             \
                    break;                                                                         \
                }                                                                                  \
            }                                                                                      \
            while (par_i < par_n && !(call))                                                       \
                par_i++;                                                                           \
            return PAR_DETAIL_CAST(ptrdiff_t, par_i);                                              \
        }                                                                                          \
        for (par_i = par_n; par_i-- > 0;) {                                                        \
            if (call)                                                                              \
                return PAR_DETAIL_CAST(ptrdiff_t, par_i);                                          \
        }                                                                                          \
        return PAR_DETAIL_CAST(ptrdiff_t, par_n);                                                  \
    }

#define PAR_DETAIL_FIND_INDEX(name, T, search, find, given, ...)                                   \
    PAR_DETAIL_GENERATED int name(T const *par_in, size_t par_n, size_t *par_index __VA_ARGS__)    \
        PAR_NOEXCEPT                                                                               \
    {                                                                                              \
        const par_iter par_it = par_iter_over(par_in, sizeof(T), par_n);                           \
        return search(&par_it, NULL, par_index, find, given);                                      \
    }

/* The answer is `found` if there is an element that `find` finds, else the opposite. */
#define PAR_DETAIL_FIND_ANSWER(name, T, find, found, given, ...)                                   \
    PAR_DETAIL_GENERATED int name(T const *par_in, size_t par_n, bool *par_answer __VA_ARGS__)     \
        PAR_NOEXCEPT                                                                               \
    {                                                                                              \
        const par_iter par_it = par_iter_over(par_in, sizeof(T), par_n);                           \
        const int par_code =                                                                       \
            par_answer == NULL ? EINVAL : par_iter_find_any(&par_it, NULL, NULL, find, given);     \
        if (par_code != 0 && par_code != ENODATA)                                                  \
            return par_code;                                                                       \
        *par_answer = (par_code == 0) == found;                                                    \
        return 0;                                                                                  \
    }

#define PAR_DETAIL_COUNT_BLOCKS(name, T, call)                                                     \
    PAR_DETAIL_BLOCK(name##_fold)                                                                  \
    {                                                                                              \
        T const *const par_from = PAR_DETAIL_CAST(T const *, par_in);                              \
        size_t par_count = 0;                                                                      \
        (void)par_ctx;                                                                             \
        for (size_t par_i = 0; par_i < par_n; par_i++)                                             \
            par_count += call ? 1 : 0;                                                             \
        *PAR_DETAIL_CAST(size_t *, par_out) += par_count;                                          \
        return 0;                                                                                  \
    }                                                                                              \
    PAR_DETAIL_MERGE(name##_merge)                                                                 \
    {                                                                                              \
        (void)par_ctx;                                                                             \
        *PAR_DETAIL_CAST(size_t *, par_left) += *PAR_DETAIL_CAST(const size_t *, par_right);       \
    }

#define PAR_DETAIL_COUNT(name, T, given, ...)                                                      \
    PAR_DETAIL_GENERATED int name(T const *par_in, size_t par_n, size_t *par_count __VA_ARGS__)    \
        PAR_NOEXCEPT                                                                               \
    {                                                                                              \
        size_t par_sum = 0;                                                                        \
        const int par_code = par_count == NULL                                                     \
                                 ? EINVAL                                                          \
                                 : par_reduce(&par_sum, sizeof(par_sum), par_in, sizeof(T), par_n, \
                                              name##_fold, name##_merge, given);                   \
        if (par_code == 0)                                                                         \
            *par_count = par_sum;                                                                  \
        return par_code;                                                                           \
    }

/* From bool less(T, T), a strict weak order:
 *     int name_min(const T *in, size_t n, size_t *index)      the first of the least elements
 *     int name_max(const T *in, size_t n, size_t *index)      the last of the greatest
 * ENODATA if n is 0. For par_iter_reduce_with, which gives the element instead of its index:
 * name_min_fold and name_min_merge, name_max_fold and name_max_merge. In C++ T is trivially
 * copyable. */
#define PAR_DEFINE_EXTREMES(name, T, less)                                                         \
    PAR_DETAIL_SIGNATURE(name, less, bool, T, T)                                                   \
    PAR_DETAIL_COPYABLE(T)                                                                         \
    PAR_DETAIL_EXTREME(name##_min, T, less(par_next, par_best))                                    \
    PAR_DETAIL_EXTREME(name##_max, T, !less(par_next, par_best))

/* `wins`: whether par_next, which stands behind par_best, takes its place. Accumulators of
 * name_at_fold and name_at_merge are pointers to the element: NULL before there is one. */
#define PAR_DETAIL_EXTREME(name, T, wins)                                                          \
    PAR_DETAIL_BLOCK(name##_fold)                                                                  \
    {                                                                                              \
        T const *const par_from = PAR_DETAIL_CAST(T const *, par_in);                              \
        T par_best = *PAR_DETAIL_CAST(T *, par_out);                                               \
        (void)par_ctx;                                                                             \
        for (size_t par_i = 0; par_i < par_n; par_i++) {                                           \
            T const par_next = par_from[par_i];                                                    \
            par_best = wins ? par_next : par_best;                                                 \
        }                                                                                          \
        *PAR_DETAIL_CAST(T *, par_out) = par_best;                                                 \
        return 0;                                                                                  \
    }                                                                                              \
    PAR_DETAIL_MERGE(name##_merge)                                                                 \
    {                                                                                              \
        T const par_best = *PAR_DETAIL_CAST(T *, par_left);                                        \
        T const par_next = *PAR_DETAIL_CAST(T const *, par_right);                                 \
        (void)par_ctx;                                                                             \
        if (wins)                                                                                  \
            *PAR_DETAIL_CAST(T *, par_left) = par_next;                                            \
    }                                                                                              \
    PAR_DETAIL_BLOCK(name##_at_fold)                                                               \
    {                                                                                              \
        T const *const par_from = PAR_DETAIL_CAST(T const *, par_in);                              \
        T const **const par_acc = PAR_DETAIL_CAST(T const **, par_out);                            \
        T const *par_at = *par_acc == NULL ? par_from : *par_acc;                                  \
        T par_best = *par_at;                                                                      \
        (void)par_ctx;                                                                             \
        for (size_t par_i = *par_acc == NULL; par_i < par_n; par_i++) {                            \
            T const par_next = par_from[par_i];                                                    \
            if (PAR_UNLIKELY(wins)) {                                                              \
                par_best = par_next;                                                               \
                par_at = &par_from[par_i];                                                         \
            }                                                                                      \
        }                                                                                          \
        *par_acc = par_at;                                                                         \
        return 0;                                                                                  \
    }                                                                                              \
    PAR_DETAIL_MERGE(name##_at_merge)                                                              \
    {                                                                                              \
        T const **const par_acc = PAR_DETAIL_CAST(T const **, par_left);                           \
        T const *const par_other = *PAR_DETAIL_CAST(T const *const *, par_right);                  \
        T const par_best = **par_acc;                                                              \
        T const par_next = *par_other;                                                             \
        (void)par_ctx;                                                                             \
        if (wins)                                                                                  \
            *par_acc = par_other;                                                                  \
    }                                                                                              \
    PAR_DETAIL_GENERATED int name(T const *par_in, size_t par_n, size_t *par_index) PAR_NOEXCEPT   \
    {                                                                                              \
        T const *par_at = NULL;                                                                    \
        const int par_code = par_index == NULL                                                     \
                                 ? EINVAL                                                          \
                                 : par_reduce(&par_at, sizeof(par_at), par_in, sizeof(T), par_n,   \
                                              name##_at_fold, name##_at_merge, NULL);              \
        if (par_code != 0)                                                                         \
            return par_code;                                                                       \
        if (par_at == NULL)                                                                        \
            return ENODATA;                                                                        \
        *par_index = PAR_DETAIL_CAST(size_t, par_at - par_in);                                     \
        return 0;                                                                                  \
    }

#endif
