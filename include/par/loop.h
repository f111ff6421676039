/* SPDX-License-Identifier: MIT */
/* loop.h - loops over an index range, by bodies that take a piece of it. */
#ifndef PAR_LOOP_H
#define PAR_LOOP_H

#include <par/group.h>

PAR_BEGIN_DECLS

/* Works on the indices begin <= i < end. Called from several threads at once, on pieces that do
 * not overlap and together are the whole range. Never called with an empty piece. */
typedef void par_range_fn(size_t begin, size_t end, void *arg);

/* The same, for bodies that can fail: anything but 0 stops the loop. */
typedef int par_try_range_fn(size_t begin, size_t end, void *arg);

/* Runs `body` over begin <= i < end and returns when all of it is done. Piece sizes follow the time
 * that pieces take and whether anyone is idle; a loop not worth waking a thread for runs on the
 * caller alone. An empty or reversed range does nothing. Any thread may call it, from inside tasks
 * and other loops too. Blocks until done; while it waits it runs only pieces of this loop and what
 * they forked. Allocates nothing. A par_panic in a piece skips those that have not begun. */
PAR_API void par_for(size_t begin, size_t end, par_range_fn *body, void *arg) PAR_NOEXCEPT;

/* par_for with pieces of at most `grain` indices, and idle threads woken at once: for iterations
 * that are long or uneven. Ranges of no more than `grain` are not split further. 0 lets par choose,
 * as par_for does. */
PAR_API void par_for_grain(size_t begin, size_t end, size_t grain, par_range_fn *body,
                           void *arg) PAR_NOEXCEPT;

/* Which thread gets which indices. */
typedef enum par_schedule {
    PAR_SCHEDULE_DEFAULT,  /* affinity for an outermost loop, dynamic for one inside a task */
    PAR_SCHEDULE_DYNAMIC,  /* whoever is free takes half of what somebody has left */
    PAR_SCHEDULE_STATIC,   /* a slice per thread, taken whole: for indices that cost the same */
    PAR_SCHEDULE_AFFINITY, /* the same slices, and who has ended his takes half of another's */
} par_schedule;

typedef struct par_loop_options {
    size_t size;        /* of this struct; set by PAR_LOOP_OPTIONS_INIT */
    size_t grain;       /* no piece is larger; 0 = par chooses */
    size_t max_threads; /* no more threads than this work on the loop at once; 0 = no bound */
    par_group *group;   /* lets par_cancel stop the loop; NULL = nobody can */
    par_schedule schedule;
    struct par_failure *failure; /* told of the panic whose code is returned; NULL = nobody is */
} par_loop_options;

#define PAR_LOOP_OPTIONS_INIT                                                                      \
    {                                                                                              \
        sizeof(par_loop_options), 0, 0, NULL, PAR_SCHEDULE_DEFAULT, NULL                           \
    }

/* par_for with a body that may fail. The first code other than 0 that a piece returns, or panics
 * with, is returned, unchanged, after all running pieces have ended; pieces that had not begun are
 * skipped. ECANCELED if par_cancel stopped it (also when nothing was left to skip: ask what ran,
 * not when it was asked); EINVAL for options of an unknown size or schedule. `options` may be NULL
 * and is only read during the call. Threads and blocking as par_for. */
PAR_API int par_try_for(size_t begin, size_t end, par_try_range_fn *body, void *arg,
                        const par_loop_options *options) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
