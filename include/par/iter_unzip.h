/* SPDX-License-Identifier: MIT */
/* iter_unzip.h - running an iterator of par/iter.h into several arrays at once: the members of its
 * elements, or the elements that belong to one side and those that belong to the other.
 *
 * The calls may be made from any thread, inside tasks too, and block until done. Codes are those of
 * par_iter_collect, and so is the room that is needed in each array: EOVERFLOW if there is less. No
 * array overlaps the source or another one. After a failure no number of elements is changed, and
 * what stands in the arrays is undefined. */
#ifndef PAR_ITER_UNZIP_H
#define PAR_ITER_UNZIP_H

#include <par/typed.h>

PAR_BEGIN_DECLS

/* Where the member of `size` bytes at `offset` of each element goes, one behind the other. */
typedef struct par_member {
    void *out;
    size_t size;
    size_t offset;
} par_member;

/* Stores members of all elements, in order, in as many arrays, which have room for `capacity` each,
 * and the number of elements in *n. EINVAL if there are no members, or one is not in an element. */
PAR_API int par_iter_unzip(const par_iter *it, const par_member *members, size_t n_members,
                           size_t capacity, size_t *n) PAR_NOEXCEPT;

/* An array for the elements of one side, of `size` bytes: room, and, after the call, how many there
 * are. */
typedef struct par_side {
    void *out;
    size_t size;
    size_t capacity;
    size_t n;
} par_side;

/* Writes what n elements become to the one side or the other, both in order, with room for n on
 * each. Returns how many it wrote to the left, with the others on the right, or a negative value to
 * stop the whole call. Called from several threads at once; n is never 0. */
typedef ptrdiff_t par_sides_fn(void *left, void *right, const void *in, size_t n, void *ctx);

/* Stores what comes out in two arrays, in order in each. */
PAR_API int par_iter_partition(const par_iter *it, par_side *left, par_side *right,
                               par_sides_fn *split, void *ctx) PAR_NOEXCEPT;

PAR_END_DECLS

/* From bool is_left(T), at file scope, without a semicolon: name_sides, a par_sides_fn. */
#define PAR_DEFINE_SIDES(name, T, is_left)                                                         \
    PAR_DETAIL_SIGNATURE(name, is_left, bool, T)                                                   \
    PAR_DETAIL_SIDES(                                                                              \
        name, T, T, T,                                                                             \
        PAR_DETAIL_BOTH(par_to, par_other, par_from[par_i], is_left(par_from[par_i])))
#define PAR_DEFINE_SIDES_CTX(name, T, Ctx, is_left)                                                \
    PAR_DETAIL_SIGNATURE(name, is_left, bool, T, Ctx const *)                                      \
    PAR_DETAIL_SIDES(name, T, T, T,                                                                \
                     PAR_DETAIL_BOTH(par_to, par_other, par_from[par_i],                           \
                                     is_left(par_from[par_i], PAR_DETAIL_GIVEN(Ctx))))

/* From bool element(Left *, Right *, In), which writes one of the two and says whether it was the
 * left one: name_sides. */
#define PAR_DEFINE_SIDES_MAP(name, Left, Right, In, element)                                       \
    PAR_DETAIL_SIGNATURE(name, element, bool, Left *, Right *, In)                                 \
    PAR_DETAIL_SIDES(name, Left, Right, In, element(par_to, par_other, par_from[par_i]))
#define PAR_DEFINE_SIDES_MAP_CTX(name, Left, Right, In, Ctx, element)                              \
    PAR_DETAIL_SIGNATURE(name, element, bool, Left *, Right *, In, Ctx const *)                    \
    PAR_DETAIL_SIDES(name, Left, Right, In,                                                        \
                     element(par_to, par_other, par_from[par_i], PAR_DETAIL_GIVEN(Ctx)))

/* Writes to both sides, and counts on one. */
#define PAR_DETAIL_BOTH(to, other, value, answer) (*(to) = *(other) = (value), (answer))

#define PAR_DETAIL_SIDES(name, Left, Right, In, call)                                              \
    PAR_DETAIL_COPYABLE(Left)                                                                      \
    PAR_DETAIL_COPYABLE(Right)                                                                     \
    PAR_DETAIL_GENERATED ptrdiff_t name##_sides(void *par_left, void *par_right,                   \
                                                const void *par_in, size_t par_n, void *par_ctx)   \
    {                                                                                              \
        Left *par_to = PAR_DETAIL_CAST(Left *, par_left);                                          \
        Right *par_other = PAR_DETAIL_CAST(Right *, par_right);                                    \
        In const *const par_from = PAR_DETAIL_CAST(In const *, par_in);                            \
        (void)par_ctx;                                                                             \
        for (size_t par_i = 0; par_i < par_n; par_i++) {                                           \
            const bool par_left_one = (call);                                                      \
            par_to += par_left_one ? 1 : 0;                                                        \
            par_other += par_left_one ? 0 : 1;                                                     \
        }                                                                                          \
        return par_to - PAR_DETAIL_CAST(Left *, par_left);                                         \
    }

#endif
