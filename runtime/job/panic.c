/* SPDX-License-Identifier: MIT */
/* panic.c - see panic.h. Compiled with -fexceptions: call_guarded has a cleanup. */
#include "job/panic.h"

#include "base/blocker.h"
#include "base/log.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define INITIAL_EXEC __attribute__((tls_model("initial-exec")))

__thread par_detail_defer *par_detail_defers_v1 INITIAL_EXEC;
__thread par_detail_job *ws_panic_refused INITIAL_EXEC;
__thread ws_loose *ws_panic_loose INITIAL_EXEC;
static __thread ws_catch *innermost INITIAL_EXEC;
static __thread ws_catch *unwinding INITIAL_EXEC;

/* While handlers run, locks must ask whether they are given back because of a panic: see
 * sync/lock.h. So inlined code does not find its way then. */
static void unwind_for(ws_catch *catch)
{
    if (unwinding == catch)
        return;
    unwinding = catch;
    if (catch != NULL)
        ws_blocker_hide();
    else
        ws_blocker_show();
}

static size_t hooks_word; /* a const ws_panic_hooks *, or 0 while no worker exists */

void ws_panic_set_hooks(const ws_panic_hooks *hooks)
{
    ws_store_release(&hooks_word, (size_t)hooks);
}

static const ws_panic_hooks *get_hooks(void)
{
    return (const ws_panic_hooks *)ws_load_acquire(&hooks_word);
}

ws_catch *ws_panic_target(void)
{
    return unwinding;
}

bool par_panicking(void)
{
    return unwinding != NULL;
}

void ws_panic_die(const par_failure *failure, const char *where)
{
    ws_log("panic %d%s: %s", failure->code, where, failure->message);
    abort();
}

/* ---- the way down ---------------------------------------------------------------------------- */

/* AddressSanitizer's, if the program has it: frames are left without their own ends. */
extern void __asan_handle_no_return(void) __attribute__((weak));

/* D3: as they were deferred, newest first. */
static void run_defers(const ws_catch *catch)
{
    while (par_detail_defers_v1 != catch->defers)
        par_detail_defer_end(par_detail_defers_v1);
}

static void refuse_to_end(_Unwind_Reason_Code reason, struct _Unwind_Exception *exception)
{
    (void)reason;
    (void)exception;
    ws_log("a catch-all of C++ has swallowed a panic");
    abort();
}

/* D5: called for each frame, from the newest on. */
static _Unwind_Reason_Code stop_at(int version, _Unwind_Action actions,
                                   _Unwind_Exception_Class kind,
                                   struct _Unwind_Exception *exception,
                                   struct _Unwind_Context *context, void *arg)
{
    (void)version;
    (void)kind;
    (void)exception;
    ws_catch *catch = arg;
    if ((actions & _UA_END_OF_STACK) != 0 || _Unwind_GetCFA(context) >= catch->frame)
        longjmp(catch->context, 1); /* also at the first frame that has no tables */
    return _URC_NO_REASON;
}

static void unwind(ws_catch *catch) __attribute__((noreturn));

static void unwind(ws_catch *catch)
{
    if (__asan_handle_no_return != NULL)
        __asan_handle_no_return();
    memset(&catch->exception, 0, sizeof catch->exception);
    catch->exception.exception_cleanup = refuse_to_end;
    _Unwind_ForcedUnwind(&catch->exception, stop_at, catch);
    longjmp(catch->context, 1); /* it could not */
}

static void travel(ws_catch *catch) __attribute__((noreturn));

static void travel(ws_catch *catch)
{
    const ws_panic_hooks *hooks = get_hooks();
    if (catch->told != NULL)
        catch->told(catch); /* D1 */
    if (hooks != NULL)
        hooks->settle(catch); /* D2 */
    unwind_for(catch);
    run_defers(catch);
    if (hooks != NULL)
        hooks->hide(catch); /* D4 */
    unwind(catch);
}

void ws_panic_raise(const par_failure *failure)
{
    ws_catch *catch = innermost;
    if (catch == NULL)
        ws_panic_die(failure, ", and no par_catch");
    if (unwinding != NULL) /* N4: then it is this catch */
        ws_panic_die(failure, " in a handler, because of another panic");
    catch->failure = *failure;
    travel(catch);
}

void par_vpanic(int code, const char *format, va_list args)
{
    par_failure failure = {.code = code != 0 ? code : EINVAL};
    if (vsnprintf(failure.message, sizeof failure.message, format, args) < 0)
        strcpy(failure.message, "(a message that cannot be formatted)");
    ws_panic_raise(&failure);
}

void par_panic(int code, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    par_vpanic(code, format, args);
}

void par_panic_again(const par_failure *failure)
{
    par_failure again = *failure;
    if (again.code == 0)
        again.code = EINVAL;
    ws_panic_raise(&again);
}

/* ---- catching -------------------------------------------------------------------------------- */

/* A cleanup. Our own way to the catch passes here too. */
static void refuse_others(ws_catch **armed)
{
    if (*armed == NULL || *armed == unwinding)
        return;
    ws_log("a task was left by an exception of C++, or by the end of its thread; par.hpp carries "
           "exceptions to the caller");
    abort();
}

/* Its frame lies just above that of `land`, the end of which is its own beginning. */
static void call_guarded(ws_catch *catch, par_fn *fn, void *arg) __attribute__((noinline));

static void call_guarded(ws_catch *catch, par_fn *fn, void *arg)
{
    ws_catch *armed __attribute__((cleanup(refuse_others))) = catch;
    catch->frame = (size_t)__builtin_dwarf_cfa();
    fn(arg);
    armed = NULL;
}

/* Nothing here is needed after the jump but the result. */
static bool land(ws_catch *catch, par_fn *fn, void *arg) __attribute__((noinline));

static bool land(ws_catch *catch, par_fn *fn, void *arg)
{
    if (_setjmp(catch->context) != 0)
        return true;
    call_guarded(catch, fn, arg);
    return false;
}

static void begin(ws_catch *catch)
{
    par_detail_worker *self = par_detail_self_v1;
    catch->around = innermost;
    catch->unwinding = unwinding;
    catch->self = self;
    catch->bottom = self != NULL ? self->bottom : 0;
    catch->group = self != NULL ? self->group : NULL;
    catch->refused = ws_panic_refused;
    catch->loose = ws_panic_loose;
    catch->defers = par_detail_defers_v1;
    catch->hidden = NULL;
    innermost = catch;
    unwind_for(NULL); /* N4 */
}

/* D6 */
static void arrive(ws_catch *catch)
{
    const ws_panic_hooks *hooks = get_hooks();
    if (hooks != NULL)
        hooks->land(catch);
    par_detail_defers_v1 = catch->defers;
}

bool ws_panic_catch_told(ws_catch *catch, par_fn *fn, void *arg)
{
    begin(catch);
    const bool failed = land(catch, fn, arg);
    if (failed)
        arrive(catch);
    innermost = catch->around;
    unwind_for(catch->unwinding);
    return failed;
}

bool ws_panic_catch(ws_catch *catch, par_fn *fn, void *arg)
{
    catch->told = NULL;
    return ws_panic_catch_told(catch, fn, arg);
}

static void tell_nothing(par_failure *failure)
{
    failure->code = 0;
    failure->suppressed = 0;
    failure->message[0] = '\0';
}

int par_catch(par_fn *fn, void *arg, par_failure *failure)
{
    ws_catch catch;
    if (failure != NULL)
        tell_nothing(failure);
    if (fn == NULL)
        return EINVAL;
    if (!ws_panic_catch(&catch, fn, arg))
        return 0;
    if (failure != NULL)
        *failure = catch.failure;
    return catch.failure.code;
}

/* ---- the first of several -------------------------------------------------------------------- */

static void claim(ws_catch *catch)
{
    ws_first *first = catch->ctx;
    catch->is_first = (first->may == NULL || first->may(first->owner, catch->failure.code)) &&
                      ws_cas_acq_rel(&first->claimed, 0, 1);
}

void ws_first_run(ws_first *first, par_fn *fn, void *arg)
{
    ws_catch catch;
    catch.told = claim;
    catch.ctx = first;
    if (!ws_panic_catch_told(&catch, fn, arg))
        return;
    if (catch.is_first)
        first->failure = catch.failure;
    ws_add_relaxed(&first->suppressed, catch.failure.suppressed + !catch.is_first);
}

int ws_first_get(ws_first *first, par_failure *failure)
{
    const bool is_set = ws_first_is_set(first);
    if (is_set)
        first->failure.suppressed = (unsigned)ws_load_relaxed(&first->suppressed);
    if (is_set && failure != NULL)
        *failure = first->failure;
    else if (failure != NULL)
        tell_nothing(failure);
    return is_set ? first->failure.code : 0;
}

void ws_first_raise(ws_first *first)
{
    if (ws_first_get(first, NULL) != 0)
        ws_panic_raise(&first->failure);
}

/* ---- what a fork leaves behind --------------------------------------------------------------- */

/* Without memory the code alone, told by the lowest bit. */
void ws_panic_leave(par_detail_job *job, const par_failure *failure)
{
    par_failure *copy = malloc(sizeof *copy);
    if (copy != NULL)
        *copy = *failure;
    job->group =
        copy != NULL ? (void *)copy : (void *)((size_t)(unsigned)failure->code << 1 | (size_t)1);
}

bool ws_panic_take(par_detail_job *job, par_failure *failure)
{
    void *left = job->group;
    job->group = NULL;
    if (left == NULL)
        return false;
    if (((size_t)left & 1) != 0) {
        *failure = (par_failure){.code = (int)(unsigned)((size_t)left >> 1)};
        return true;
    }
    *failure = *(par_failure *)left;
    free(left);
    return true;
}
