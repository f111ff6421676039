/* SPDX-License-Identifier: MIT */
/* panic.h - ending a task in the middle, and arriving where somebody is ready for it.
 *
 *     static void work(void *arg)
 *     {
 *         FILE *file = open_or(arg, par_panic(ENOENT, "no file %s", name));
 *         PAR_DEFER(close_file, file);
 *         par_for(0, n, read_piece, file);    // a panic in a piece travels on from here
 *     }
 *     par_failure failure;
 *     if (par_catch(work, &job, &failure) != 0)
 *         puts(failure.message);
 *
 * A panic arrives at the innermost of these around it: par_catch; par_try_join and par_try_for,
 * which return its code; the end of a scope, which returns it too, as par_scope_run; the verb that
 * runs on other threads (par_join, par_for, par_broadcast, par_gang, par_pool_run), which first
 * waits for all others and then lets it travel on from the caller. A detached task
 * (par_pool_spawn) has nobody to tell, and a panic that leaves it ends the process with a message,
 * as does one on a thread without a par_catch.
 *
 * Before anything of the stack is left, every fork on it is ended while its frame still stands:
 * those not taken are run, those taken are waited for. So both sides of a join always run, and
 * nothing runs on a dead frame, however the code between was compiled. Then the handlers of
 * PAR_DEFER run, newest first; then the cleanup attributes and C++ destructors of frames that
 * have them (C: compiled with -fexceptions; the first frame without unwind tables ends it). If
 * several panics meet, the first wins, and the others are counted in it.
 *
 * In C++ a panic must not meet a noexcept function on its way, and the calls of par are: catch it
 * inside the callback, or use par.hpp. */
#ifndef PAR_PANIC_H
#define PAR_PANIC_H

#include <par/join.h>
#include <par/scope.h>

#include <stdarg.h>

PAR_BEGIN_DECLS

enum { PAR_FAILURE_MESSAGE = 240 };

/* What arrives. */
typedef struct par_failure {
    int code;                          /* of the panic; 0: there was none */
    unsigned suppressed;               /* panics that came after it, and were dropped for it */
    char message[PAR_FAILURE_MESSAGE]; /* one that is longer is cut, at the end */
} par_failure;

/* Ends the current task with a code and a message, formatted as by printf. A code of 0 becomes
 * EINVAL. Any thread may call it, except from signal handlers. It blocks until what the task has
 * forked has ended. Without a catch on this thread, and when a handler or destructor that itself
 * runs because of a panic lets another one out, the message is printed and the process aborts.
 * Cost: microseconds, and about one for each frame with something to clean up. */
PAR_API void par_panic(int code, const char *format, ...)
    __attribute__((noreturn, cold, format(printf, 2, 3)));
PAR_API void par_vpanic(int code, const char *format, va_list args)
    __attribute__((noreturn, cold, format(printf, 2, 0)));

/* Lets a failure that was caught travel on, as it is; a code of 0 becomes EINVAL. */
PAR_API void par_panic_again(const par_failure *failure) __attribute__((noreturn, cold));

/* Calls fn(arg). Returns 0; or the code of the panic that left it, after everything that was forked
 * in it has ended; EINVAL without a function. `failure` may be NULL; else it is filled, with a
 * code of 0 and an empty message if there was no panic. Any thread may call it, and catches nest.
 * A C++ exception, or the end of the thread, that leaves fn ends the process with a message. Costs
 * a setjmp, some 10 ns. */
PAR_API int par_catch(par_fn *fn, void *arg, par_failure *failure) PAR_NOEXCEPT;

/* par_try_join and par_scope_run that also tell the message. They return what those return;
 * `failure` is filled as by par_catch, so that its code is 0 when the code came by a return. */
PAR_API int par_catch_join(par_try_fn *a, void *a_arg, par_try_fn *b, void *b_arg,
                           par_failure *failure) PAR_NOEXCEPT;
PAR_API int par_catch_scope(par_scope_fn *body, void *arg, par_failure *failure) PAR_NOEXCEPT;

/* Whether the caller is a handler of PAR_DEFER, a cleanup attribute or a destructor that runs
 * because of a panic. Any thread; does not block; one load. */
PAR_API bool par_panicking(void) PAR_NOEXCEPT;

/* PAR_DEFER(fn, arg); has fn(arg) called when the current block is left, be it by its end, return,
 * break, goto or a panic; the newest first. fn is a par_fn. In a panic the handlers run before
 * the stack is left, all frames of it still standing, and need nothing of the compiler's options.
 * A few stores on the stack. */
#define PAR_DEFER(fn, arg) PAR_DETAIL_DEFER(PAR_DETAIL_DEFER_NAME(__COUNTER__), fn, arg)

/* ---- what it expands to: not API ------------------------------------------------------------- */

/* fn is NULL once the handler has run. */
typedef struct par_detail_defer {
    struct par_detail_defer *below;
    par_fn *fn;
    void *arg;
} par_detail_defer;

/* The newest of the calling thread. */
extern PAR_API __thread par_detail_defer *par_detail_defers_v1
    __attribute__((tls_model("initial-exec")));

PAR_DETAIL_INLINE par_detail_defer par_detail_defer_begin(par_detail_defer *self, par_fn *fn,
                                                          void *arg) PAR_NOEXCEPT
{
    const par_detail_defer node = {par_detail_defers_v1, fn, arg};
    /* So that gcc does not take it for a pointer that is left dangling: it is taken back. */
    __atomic_store_n(&par_detail_defers_v1, self, __ATOMIC_RELAXED);
    return node;
}

PAR_DETAIL_INLINE void par_detail_defer_end(par_detail_defer *self)
{
    par_fn *fn = self->fn;
    if (fn == NULL)
        return;
    par_detail_defers_v1 = self->below;
    self->fn = NULL;
    fn(self->arg);
}

#define PAR_DETAIL_DEFER_NAME(number) PAR_DETAIL_DEFER_JOIN(par_defer_, number)
#define PAR_DETAIL_DEFER_JOIN(a, b) a##b
#define PAR_DETAIL_DEFER(name, fn, arg)                                                            \
    par_detail_defer name __attribute__((cleanup(par_detail_defer_end), unused)) =                 \
        par_detail_defer_begin(&name, fn, arg)

PAR_END_DECLS

#endif
