/* SPDX-License-Identifier: MIT */
/* thread.h - threads of one's own: one that is joined, several with one end, and one that does
 * something again and again. For what waits or lasts; for work that is only to be done, a pool is
 * cheaper (join.h, scope.h). Such a thread is in no pool until it calls into par.
 *
 * All signals are blocked in them, but those that a fault raises and SIGPROF, so that signals go to
 * the program's other threads. */
#ifndef PAR_THREAD_H
#define PAR_THREAD_H

#include <par/group.h>
#include <par/join.h>
#include <par/panic.h>
#include <par/time.h>

PAR_BEGIN_DECLS

typedef struct par_thread_options {
    size_t size;       /* of this struct; set by PAR_THREAD_OPTIONS_INIT */
    const char *name;  /* shown by debuggers, copied, cut to what the system keeps; NULL = "par" */
    size_t stack_size; /* bytes; 0 = PAR_STACK_SIZE, whose default is the system's */
} par_thread_options;

#define PAR_THREAD_OPTIONS_INIT                                                                    \
    {                                                                                              \
        sizeof(par_thread_options), NULL, 0                                                        \
    }

/* ---- one thread ------------------------------------------------------------------------------ */

/* A thread that will be joined or detached, once. */
typedef struct par_thread par_thread;

/* Starts a thread that calls fn(arg), and stores it in *out, which is untouched on failure. NULL
 * options are the defaults. What `arg` points to must live until the thread has read it. Any thread
 * may call it; it does not wait for the new one. Returns 0; EINVAL without `out` or a function, or
 * for options out of range; ENOMEM; EAGAIN if the system gives no thread. One allocation and one
 * thread: some 10 us. */
PAR_API int par_thread_spawn(par_thread **out, const par_thread_options *options, par_try_fn *fn,
                             void *arg) PAR_NOEXCEPT;

/* Waits until the thread has ended, tells in *outcome how, and frees it. `code` is what its
 * function returned, or that of the panic that left it, which has a message; it is empty after a
 * return. (NULL: nobody wants to know.) Any thread, one at a time; inside a pool the caller's core
 * is lent meanwhile (block.h). Returns 0; EINVAL for NULL; EDEADLK from the thread itself, which
 * changes nothing. */
PAR_API int par_thread_join(par_thread *thread, par_failure *outcome) PAR_NOEXCEPT;

/* The same, but gives up at the deadline (ETIMEDOUT) or when the group is canceled (ECANCELED;
 * NULL: never). After those the thread still must be joined or detached. If it has ended it is
 * joined, even with a deadline that has passed. */
PAR_API int par_thread_join_until(par_thread *thread, par_failure *outcome, par_deadline deadline,
                                  par_group *group) PAR_NOEXCEPT;

/* Lets the thread go: nobody will know how it ends, not even if it panics, and it is freed when it
 * has. Any thread, itself too. Does not block. Returns 0; EINVAL for NULL. */
PAR_API int par_thread_detach(par_thread *thread) PAR_NOEXCEPT;

/* ---- threads with one end -------------------------------------------------------------------- */

/* A bracket around threads. It exists while its par_thread_scope_run does. */
typedef struct par_thread_scope par_thread_scope;

/* The scope's body, or the function of a thread in it. */
typedef int par_thread_scope_fn(par_thread_scope *scope, void *arg);

/* Calls body(scope, arg) on the calling thread and returns when it and all threads of the scope
 * have ended: they may use what stands in the caller's frame. Returns the code of the body, if it
 * failed, else that of the first thread that did, by the order of their spawns; EINVAL without a
 * body. A panic is a failure like a code that is returned. Any thread may call it; while it waits
 * its core is lent. */
PAR_API int par_thread_scope_run(par_thread_scope_fn *body, void *arg) PAR_NOEXCEPT;

/* The same, and tells in *outcome the code that it returns and, if that is of a panic, its message.
 */
PAR_API int par_catch_thread_scope(par_thread_scope_fn *body, void *arg,
                                   par_failure *outcome) PAR_NOEXCEPT;

/* Starts a thread that calls fn(scope, arg). From the body, the threads of the scope, or any other
 * thread while the scope is known to be open. Errors and cost as par_thread_spawn. */
PAR_API int par_thread_scope_spawn(par_thread_scope *scope, const par_thread_options *options,
                                   par_thread_scope_fn *fn, void *arg) PAR_NOEXCEPT;

/* ---- a thread that does something again and again -------------------------------------------- */

typedef struct par_background par_background;

/* Starts a thread that calls fn(arg) every `period` nanoseconds, the first time one period from
 * now. The times are multiples of the period from the start, however long calls take; those that
 * pass during a call are left out. PAR_FOREVER: only when asked by par_background_run_now. If fn
 * returns something other than 0, or panics, it is not called again. NULL options are the defaults.
 * Returns as par_thread_spawn; also EINVAL for a period of 0. */
PAR_API int par_background_start(par_background **out, const par_thread_options *options,
                                 uint64_t period, par_try_fn *fn, void *arg) PAR_NOEXCEPT;

/* Asks for one call more, as soon as the thread is free; asking several times before it begins is
 * asking once. The times of the others stay. Any thread and any signal handler; does not block.
 * Returns 0; EINVAL for NULL. */
PAR_API int par_background_run_now(par_background *background) PAR_NOEXCEPT;

/* Whether par_background_stop has been called: for long functions. Any thread; one load. */
PAR_API bool par_background_is_stopping(const par_background *background) PAR_NOEXCEPT;

/* Ends it: no call begins any more, one that runs is waited for, with the caller's core lent. Tells
 * in *outcome what ended the calls, a code of 0 if nothing did before (NULL: nobody wants to know),
 * and frees it. Any thread, once. Returns 0; EINVAL for NULL; EDEADLK from inside fn, which changes
 * nothing. */
PAR_API int par_background_stop(par_background *background, par_failure *outcome) PAR_NOEXCEPT;

PAR_END_DECLS

#endif
