/* SPDX-License-Identifier: MIT */
/* safety.h - what clang's -Wthread-safety knows of locks, in words; nothing with other compilers.
 * Programs may use them for their own data: PAR_GUARDED_BY(lock) behind a variable,
 * PAR_FIELD_GUARDED_BY(lock) behind a field whose lock is a field of the same struct, and
 * PAR_REQUIRES(lock) behind a function that is to be called with the lock held.
 *
 * In C, clang cannot read the name of another field there; from version 19 on it can with
 * -fexperimental-late-parse-attributes. Who compiles with that defines PAR_LATE_ATTRIBUTES. Without
 * it, PAR_FIELD_GUARDED_BY is checked in C++ alone. */
#ifndef PAR_DETAIL_SAFETY_H
#define PAR_DETAIL_SAFETY_H

#if defined(__clang__)
#define PAR_DETAIL_SAFETY(what) __attribute__((what))
#else
#define PAR_DETAIL_SAFETY(what)
#endif

/* Types and data. */
#define PAR_CAPABILITY(kind) PAR_DETAIL_SAFETY(capability(kind))
#define PAR_SCOPED_CAPABILITY PAR_DETAIL_SAFETY(scoped_lockable)
#define PAR_GUARDED_BY(lock) PAR_DETAIL_SAFETY(guarded_by(lock))
#if defined(__cplusplus) || defined(PAR_LATE_ATTRIBUTES)
#define PAR_FIELD_GUARDED_BY(lock) PAR_GUARDED_BY(lock)
#else
#define PAR_FIELD_GUARDED_BY(lock)
#endif
#define PAR_POINTEE_GUARDED_BY(lock) PAR_DETAIL_SAFETY(pt_guarded_by(lock))

/* Functions: what is held before and after. */
#define PAR_REQUIRES(lock) PAR_DETAIL_SAFETY(requires_capability(lock))
#define PAR_REQUIRES_SHARED(lock) PAR_DETAIL_SAFETY(requires_shared_capability(lock))
#define PAR_EXCLUDES(lock) PAR_DETAIL_SAFETY(locks_excluded(lock))
#define PAR_ACQUIRES(lock) PAR_DETAIL_SAFETY(acquire_capability(lock))
#define PAR_ACQUIRES_SHARED(lock) PAR_DETAIL_SAFETY(acquire_shared_capability(lock))
#define PAR_RELEASES(lock) PAR_DETAIL_SAFETY(release_capability(lock))
#define PAR_RELEASES_SHARED(lock) PAR_DETAIL_SAFETY(release_shared_capability(lock))
/* Acquires if it returns 0. */
#define PAR_TRIES(lock) PAR_DETAIL_SAFETY(try_acquire_capability(0, lock))
#define PAR_TRIES_SHARED(lock) PAR_DETAIL_SAFETY(try_acquire_shared_capability(0, lock))
#define PAR_ASSERTS(lock) PAR_DETAIL_SAFETY(assert_capability(lock))
#define PAR_ASSERTS_SHARED(lock) PAR_DETAIL_SAFETY(assert_shared_capability(lock))
/* Is not looked into. */
#define PAR_NO_SAFETY_ANALYSIS PAR_DETAIL_SAFETY(no_thread_safety_analysis)

#endif
