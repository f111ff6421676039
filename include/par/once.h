/* SPDX-License-Identifier: MIT */
/* once.h - what must happen once, at first use, whichever thread comes first; and globals that are
 * made so. */
#ifndef PAR_ONCE_H
#define PAR_ONCE_H

#include <par/detail/generate.h>
#include <par/group.h>
#include <par/join.h>
#include <par/time.h>

PAR_BEGIN_DECLS

/* Something that is to happen once. Static or all zero is PAR_ONCE_INIT. It needs no end, and may
 * be forgotten when no call uses it. */
typedef struct par_once {
    size_t state_;
} par_once;

#define PAR_ONCE_INIT                                                                              \
    {                                                                                              \
        0                                                                                          \
    }

/* Returns 0 when init(arg) has returned 0, by this call or an earlier one; what init wrote can be
 * seen then. Of all threads that call it, one runs init and the others wait. If init fails, its
 * code is returned, and the next call, or one that waits, runs its own init. So too if a panic
 * leaves init, which travels on from here, or the thread ends in it.
 *
 * EDEADLK when called by what this once's init runs: on the same thread, or in a task that it has
 * forked or spawned into a scope. EINVAL without a function.
 *
 * Any thread may call it, tasks too: who waits lends its core, so init may fork. Blocks while
 * another thread runs init. One load when it has happened. */
PAR_API PAR_INLINE int par_once_run(par_once *once, par_try_fn *init, void *arg) PAR_NOEXCEPT;

/* The same, but EAGAIN instead of waiting for another thread that runs init. */
PAR_API int par_once_try_run(par_once *once, par_try_fn *init, void *arg) PAR_NOEXCEPT;

/* The same, but waits until `deadline` at most (ETIMEDOUT), or until `group` is canceled
 * (ECANCELED); a NULL group is never canceled. If it comes to run init itself, that is not cut
 * short. */
PAR_API int par_once_run_until(par_once *once, par_try_fn *init, void *arg, par_deadline deadline,
                               par_group *group) PAR_NOEXCEPT;

/* Whether it has happened; then what it wrote can be seen. Any thread; does not block. */
PAR_API PAR_INLINE bool par_once_is_done(const par_once *once) PAR_NOEXCEPT;

/* ---- globals --------------------------------------------------------------------------------- */

/* PAR_LAZY(T, name, make), from T make(void), at file scope and without a semicolon, defines
 *     T *name(void)
 * the global of type T that make() returned when name() was first called. Later calls cost one
 * load. NULL only if make itself, or a task of it, calls name().
 *
 * PAR_TRY_LAZY(T, name, make), from int make(T *value), defines
 *     int name(T **value)
 * which stores the global's address and returns 0. If make fails, its code is returned, nothing is
 * stored, and the next call tries again, with what the failed one left in the value; it is zero at
 * first. EDEADLK as par_once_run.
 *
 * What changes after it was made needs a lock or atomics, as any global. It is never ended: at the
 * process's end a thread may still use it. The names are local to the file. In C++ T must be a type
 * that memcpy can copy. */
#define PAR_LAZY(T, name, make)                                                                    \
    PAR_DETAIL_SIGNATURE(name, make, T, void)                                                      \
    PAR_DETAIL_LAZY(T, name)                                                                       \
    static int name##_par_make(void *par_value)                                                    \
    {                                                                                              \
        *PAR_DETAIL_CAST(T *, par_value) = make();                                                 \
        return 0;                                                                                  \
    }                                                                                              \
    PAR_DETAIL_GENERATED T *name(void)                                                             \
    {                                                                                              \
        return par_once_run(&name##_par_once, name##_par_make, &name##_par_value) == 0             \
                   ? &name##_par_value                                                             \
                   : PAR_DETAIL_NULL;                                                              \
    }

#define PAR_TRY_LAZY(T, name, make)                                                                \
    PAR_DETAIL_SIGNATURE(name, make, int, T *)                                                     \
    PAR_DETAIL_LAZY(T, name)                                                                       \
    static int name##_par_make(void *par_value)                                                    \
    {                                                                                              \
        return make(PAR_DETAIL_CAST(T *, par_value));                                              \
    }                                                                                              \
    PAR_DETAIL_GENERATED int name(T **par_out)                                                     \
    {                                                                                              \
        const int par_code = par_once_run(&name##_par_once, name##_par_make, &name##_par_value);   \
        if (par_code == 0)                                                                         \
            *par_out = &name##_par_value;                                                          \
        return par_code;                                                                           \
    }

#define PAR_DETAIL_LAZY(T, name)                                                                   \
    PAR_DETAIL_COPYABLE(T)                                                                         \
    static T name##_par_value;                                                                     \
    static par_once name##_par_once = PAR_ONCE_INIT;

/* ---- the fast path --------------------------------------------------------------------------- */

#define PAR_DETAIL_ONCE_DONE ((size_t)1)

PAR_API int par_detail_once_run_v1(par_once *once, par_try_fn *init, void *arg) PAR_NOEXCEPT;

PAR_INLINE bool par_once_is_done(const par_once *once) PAR_NOEXCEPT
{
    /* Acquire: pairs with the exchange at the end of init. */
    return __atomic_load_n(&once->state_, __ATOMIC_ACQUIRE) == PAR_DETAIL_ONCE_DONE;
}

PAR_INLINE int par_once_run(par_once *once, par_try_fn *init, void *arg) PAR_NOEXCEPT
{
    return PAR_LIKELY(par_once_is_done(once)) ? 0 : par_detail_once_run_v1(once, init, arg);
}

PAR_END_DECLS

#endif
