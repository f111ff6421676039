/* SPDX-License-Identifier: MIT */
/* arc.h - data that several threads own together: it is ended and freed with the last reference.
 * Handles with a type of their own: PAR_ARC_DEFINE below. The functions work on the object's own
 * address, which par_arc_new returned, and no other.
 *
 * The counts are safe in any thread. The object is not: while it is shared, it is read only, or
 * has a lock or atomics inside. No call blocks. */
#ifndef PAR_ARC_H
#define PAR_ARC_H

#include <par/detail/generate.h>

PAR_BEGIN_DECLS

/* A new object of `size` zero bytes with one reference, the caller's; `align` is a power of two, 0
 * for any type of C. drop(object), if not NULL, is called when the last reference is dropped, on
 * that thread; what any thread wrote before it dropped its own can be seen there. Then the memory
 * is freed, or when the last weak reference is dropped too. NULL without memory, or for another
 * `align`. One allocation of `size` and 48 bytes more. */
PAR_API void *par_arc_new(size_t size, size_t align, void (*drop)(void *object)) PAR_NOEXCEPT;

/* One more reference to the same object, which is returned. One locked instruction. */
PAR_API void *par_arc_clone(void *object) PAR_NOEXCEPT;

/* Gives up a reference; the last one ends the object. NULL does nothing. */
PAR_API void par_arc_drop(void *object) PAR_NOEXCEPT;

/* How many references there are: a snapshot, which another thread may have made old. */
PAR_API size_t par_arc_count(const void *object) PAR_NOEXCEPT;
PAR_API size_t par_arc_weak_count(const void *object) PAR_NOEXCEPT;

/* ---- having it alone ------------------------------------------------------------------------- */

/* The object, to be written, if there is no other reference to it, weak ones included; else NULL.
 * It stays the caller's alone until the caller shares it. */
PAR_API void *par_arc_get_mut(void *object) PAR_NOEXCEPT;

/* If the caller's is the only reference: moves the object's bytes to `out`, gives up the reference
 * without `drop`, and returns true. Else false, and nothing has changed. Weak references do not
 * count; they end. */
PAR_API bool par_arc_try_unwrap(void *object, void *out) PAR_NOEXCEPT;

/* Gives up the reference. If it was the last one, moves the object's bytes to `out` instead of
 * calling `drop`, and returns true. Of all who call it one gets the object. */
PAR_API bool par_arc_into_inner(void *object, void *out) PAR_NOEXCEPT;

/* Makes *object an object of which the caller has the only reference, weak ones included: itself,
 * or, if others share it, a copy by copy(to, from), for which the caller's reference to the old one
 * is given up. A NULL `copy` copies the bytes. If only weak references share it, the bytes are
 * moved to a new object, and those end. ENOMEM, or a code of copy other than 0: nothing has
 * changed, and what is at `to` is forgotten. */
PAR_API int par_arc_make_mut(void **object, int (*copy)(void *to, const void *from)) PAR_NOEXCEPT;

/* ---- weak references ------------------------------------------------------------------------- */

/* A reference that does not keep the object, only its memory. Two objects that refer to each other
 * are never ended unless one of the references is weak. */
typedef struct par_weak par_weak;

/* A weak reference to the object. One locked instruction, as each of these. */
PAR_API par_weak *par_arc_downgrade(void *object) PAR_NOEXCEPT;

/* A reference to the object, which counts; NULL if it has ended. */
PAR_API void *par_weak_upgrade(par_weak *weak) PAR_NOEXCEPT;

PAR_API par_weak *par_weak_clone(par_weak *weak) PAR_NOEXCEPT;
PAR_API void par_weak_drop(par_weak *weak) PAR_NOEXCEPT; /* NULL does nothing */

PAR_END_DECLS

/* ---- with types ------------------------------------------------------------------------------ */

/* PAR_ARC_DEFINE(name, T), at file scope and without a semicolon, makes two types of handle, and
 * the functions of this header for them. A handle of another type, or a pointer that is no handle,
 * does not compile.
 *
 *     name            { T *ptr; }           a reference, ptr NULL: none
 *     name_weak       { par_weak *ref; }    a weak one, ref NULL: none
 *     name name_new(T value)                ptr NULL without memory: value is the caller's still
 *     name name_clone(name)
 *     void name_drop(name)
 *     size_t name_count(name)
 *     T *name_get_mut(name)
 *     bool name_try_unwrap(name, T *out)
 *     bool name_into_inner(name, T *out)
 *     int name_make_mut(name *)
 *     name_weak name_downgrade(name)
 *     name name_upgrade(name_weak)
 *     name_weak name_weak_clone(name_weak)
 *     void name_weak_drop(name_weak)
 *
 * Values are plain data: they are copied as bytes and need no end. In PAR_ARC_DEFINE_DROP a value
 * is ended by void drop(T *), and there is no name_make_mut. In PAR_ARC_DEFINE_COPY it is also
 * copied by int copy(T *to, const T *from), which returns 0 or a code. In C++ T must be a type that
 * memcpy can copy. */
#define PAR_ARC_DEFINE(name, T)                                                                    \
    PAR_DETAIL_ARC(name, T, PAR_DETAIL_NULL)                                                       \
    PAR_DETAIL_ARC_MAKE_MUT(name, PAR_DETAIL_NULL)

#define PAR_ARC_DEFINE_DROP(name, T, drop)                                                         \
    PAR_DETAIL_ARC_DROP(name, T, drop)                                                             \
    PAR_DETAIL_ARC(name, T, name##_par_drop)

#define PAR_ARC_DEFINE_COPY(name, T, drop, copy)                                                   \
    PAR_ARC_DEFINE_DROP(name, T, drop)                                                             \
    PAR_DETAIL_SIGNATURE(name##_copy, copy, int, T *, T const *)                                   \
    static int name##_par_copy(void *par_to, const void *par_from)                                 \
    {                                                                                              \
        return copy(PAR_DETAIL_CAST(T *, par_to), PAR_DETAIL_CAST(T const *, par_from));           \
    }                                                                                              \
    PAR_DETAIL_ARC_MAKE_MUT(name, name##_par_copy)

#define PAR_DETAIL_ARC_DROP(name, T, drop)                                                         \
    PAR_DETAIL_SIGNATURE(name##_drop, drop, void, T *)                                             \
    static void name##_par_drop(void *par_object)                                                  \
    {                                                                                              \
        drop(PAR_DETAIL_CAST(T *, par_object));                                                    \
    }

#define PAR_DETAIL_ARC(name, T, drop)                                                              \
    PAR_DETAIL_COPYABLE(T)                                                                         \
    typedef struct name {                                                                          \
        T *ptr;                                                                                    \
    } name;                                                                                        \
    typedef struct name##_weak {                                                                   \
        par_weak *ref;                                                                             \
    } name##_weak;                                                                                 \
    PAR_DETAIL_GENERATED name name##_new(T par_value)                                              \
    {                                                                                              \
        name par_arc;                                                                              \
        par_arc.ptr = PAR_DETAIL_CAST(T *, par_arc_new(sizeof(T), PAR_DETAIL_ALIGNOF(T), drop));   \
        if (par_arc.ptr != PAR_DETAIL_NULL)                                                        \
            *par_arc.ptr = par_value;                                                              \
        return par_arc;                                                                            \
    }                                                                                              \
    PAR_DETAIL_GENERATED name name##_clone(name par_arc)                                           \
    {                                                                                              \
        (void)par_arc_clone(par_arc.ptr);                                                          \
        return par_arc;                                                                            \
    }                                                                                              \
    PAR_DETAIL_GENERATED void name##_drop(name par_arc)                                            \
    {                                                                                              \
        par_arc_drop(par_arc.ptr);                                                                 \
    }                                                                                              \
    PAR_DETAIL_GENERATED size_t name##_count(name par_arc)                                         \
    {                                                                                              \
        return par_arc_count(par_arc.ptr);                                                         \
    }                                                                                              \
    PAR_DETAIL_GENERATED T *name##_get_mut(name par_arc)                                           \
    {                                                                                              \
        return PAR_DETAIL_CAST(T *, par_arc_get_mut(par_arc.ptr));                                 \
    }                                                                                              \
    PAR_DETAIL_GENERATED bool name##_try_unwrap(name par_arc, T *par_out)                          \
    {                                                                                              \
        return par_arc_try_unwrap(par_arc.ptr, par_out);                                           \
    }                                                                                              \
    PAR_DETAIL_GENERATED bool name##_into_inner(name par_arc, T *par_out)                          \
    {                                                                                              \
        return par_arc_into_inner(par_arc.ptr, par_out);                                           \
    }                                                                                              \
    PAR_DETAIL_GENERATED name##_weak name##_downgrade(name par_arc)                                \
    {                                                                                              \
        name##_weak par_made;                                                                      \
        par_made.ref = par_arc_downgrade(par_arc.ptr);                                             \
        return par_made;                                                                           \
    }                                                                                              \
    PAR_DETAIL_GENERATED name name##_upgrade(name##_weak par_given)                                \
    {                                                                                              \
        name par_arc;                                                                              \
        par_arc.ptr = PAR_DETAIL_CAST(T *, par_weak_upgrade(par_given.ref));                       \
        return par_arc;                                                                            \
    }                                                                                              \
    PAR_DETAIL_GENERATED name##_weak name##_weak_clone(name##_weak par_given)                      \
    {                                                                                              \
        (void)par_weak_clone(par_given.ref);                                                       \
        return par_given;                                                                          \
    }                                                                                              \
    PAR_DETAIL_GENERATED void name##_weak_drop(name##_weak par_given)                              \
    {                                                                                              \
        par_weak_drop(par_given.ref);                                                              \
    }

#define PAR_DETAIL_ARC_MAKE_MUT(name, copy)                                                        \
    PAR_DETAIL_GENERATED int name##_make_mut(name *par_arc)                                        \
    {                                                                                              \
        void *par_object = par_arc->ptr;                                                           \
        const int par_code = par_arc_make_mut(&par_object, copy);                                  \
        par_arc->ptr = PAR_DETAIL_CAST(__typeof__(par_arc->ptr), par_object);                      \
        return par_code;                                                                           \
    }

#endif
