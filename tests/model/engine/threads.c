/* SPDX-License-Identifier: MIT */
/* threads.c - executions: the threads as fibers, and who goes on.
 *
 * T1  A thread stops only at points: before it does what others may see or prevent. What it does
 *     between two points is one step for all others.
 * T2  At a point it goes on by itself, or another one is chosen that can go on; that is counted as
 *     a preemption if it could have gone on too.
 * T3  Who yields goes on when something has changed, or when nobody else can. */
#include "engine/choices.h"
#include "engine/inside.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STACK = 1 << 16 };

run model_run;

static size_t made_by_set_up;
static void **locals[LOCALS];
static size_t local_count;
static jmp_buf outside_of_threads;
static bool is_executing;

/* ---- failures -------------------------------------------------------------------------------- */

static void leave(void) __attribute__((noreturn));

static void leave(void)
{
    thread *current = model_run.current;
    if (current == NULL)
        longjmp(outside_of_threads, 1);
    fiber_switch(&current->fiber, &model_run.outside);
    abort();
}

void model_fail(model_kind kind, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    (void)vsnprintf(model_run.message, sizeof model_run.message, format, args);
    va_end(args);
    model_run.failed = true;
    model_run.kind = kind;
    if (is_executing)
        leave();
    (void)fprintf(stderr, "set-up: %s\n", model_run.message);
    exit(2);
}

/* ---- making threads -------------------------------------------------------------------------- */

static void make(const char *name, void *(*function)(void *), void *arg, bool daemon)
{
    if (model_run.count == THREADS)
        model_fail(MODEL_MISUSE, "more than %d threads", THREADS);
    thread *made = &model_run.threads[model_run.count++];
    made->name = name;
    made->run = function;
    made->arg = arg;
    made->daemon = daemon;
}

static void body(void)
{
    thread *self = model_run.current;
    self->run(self->arg);
    model_run.steps++;
    if (self->count > 0)
        threads_point();
    buffer_drain(self);
    self->ended = true;
    trace_line(self, (model_site){NULL, 0}, "ends");
    threads_point();
    abort();
}

static void begin(thread *made)
{
    if (made->fiber.stack == NULL)
        fiber_make(&made->fiber, STACK);
    fiber_begin(&made->fiber, body);
    made->ended = false;
    made->yielded = false;
    made->may_give_up = false;
    made->draining = false;
    made->waits_for = NULL;
    made->history = (uint64_t)(made - model_run.threads) + 1;
    made->visible = 0;
    made->drained = 0;
    made->clock = 0;
    made->first = 0;
    made->count = 0;
    memset(made->locals, 0, sizeof made->locals);
}

void model_thread(const char *name, void *(*function)(void *), void *arg)
{
    make(name, function, arg, false);
    if (model_run.current != NULL)
        begin(&model_run.threads[model_run.count - 1]);
}

void model_daemon(const char *name, void *(*function)(void *), void *arg)
{
    make(name, function, arg, true);
    if (model_run.current != NULL)
        begin(&model_run.threads[model_run.count - 1]);
}

size_t model_self(void)
{
    return (size_t)(model_run.current - model_run.threads);
}

bool model_is_outside(void)
{
    return model_run.current == NULL;
}

void model_local(void **word)
{
    if (local_count == LOCALS)
        model_fail(MODEL_MISUSE, "more than %d local words", LOCALS);
    locals[local_count++] = word;
}

/* ---- who goes on ----------------------------------------------------------------------------- */

static bool can_go(const thread *of)
{
    if (of->ended)
        return false;
    if (of->waits_for == NULL)
        return true;
    return of->at_least == 0 ? *of->waits_for == 0 : *of->waits_for >= of->at_least;
}

void threads_changed(void)
{
    for (size_t i = 0; i < model_run.count; i++) {
        if (&model_run.threads[i] != model_run.current)
            model_run.threads[i].yielded = false;
    }
}

/* Those that can go on: the current one first, if it can, then the others after it in turn. */
static unsigned candidates(unsigned *found, bool *with_current)
{
    const size_t self = model_self();
    unsigned n = 0;
    *with_current = false;
    for (size_t i = 0; i < model_run.count; i++) {
        const size_t index = (self + i) % model_run.count;
        const thread *other = &model_run.threads[index];
        if (other->yielded || !can_go(other))
            continue;
        if (i == 0 && !other->may_give_up)
            *with_current = true;
        found[n++] = (unsigned)index;
    }
    return n;
}

/* All that can go on have yielded: whoever waits in a loop sees in the end what was stored. */
static bool end_yields(void)
{
    bool any = false;
    for (size_t i = 0; i < model_run.count; i++) {
        const thread *other = &model_run.threads[i];
        any = any || (other->yielded && can_go(other));
    }
    for (size_t i = 0; i < model_run.count; i++) {
        model_run.threads[i].yielded = false;
        buffer_drain(&model_run.threads[i]); /* ends the yields of others by itself */
    }
    return any;
}

static void switch_to(thread *next)
{
    thread *self = model_run.current;
    if (next == self)
        return;
    buffer_hide(self);
    for (size_t i = 0; i < local_count; i++) {
        self->locals[i] = *locals[i];
        *locals[i] = next->locals[i];
    }
    model_run.current = next;
    buffer_show(next);
    fiber_switch(&self->fiber, &next->fiber);
}

/* Nobody can go on: either the execution has come to its end, or somebody waits in vain. */
static void end(void)
{
    char text[MESSAGE];
    size_t length = 0;
    bool stuck = false;
    text[0] = '\0';
    for (size_t i = 0; i < model_run.count && length < sizeof text; i++) {
        const thread *other = &model_run.threads[i];
        if (other->ended)
            continue;
        stuck = stuck || !other->daemon;
        length +=
            (size_t)snprintf(text + length, sizeof text - length, "%s%s waits for %s",
                             length > 0 ? ", " : "", other->name, memory_name(other->waits_for));
    }
    if (stuck)
        model_fail(MODEL_DEADLOCK, "nobody can go on: %s", text);
    leave();
}

static uint64_t state_key(void)
{
    uint64_t key = model_mix(words_hash(), model_self());
    for (size_t i = 0; i < model_run.count; i++) {
        const thread *other = &model_run.threads[i];
        key = model_mix(key, other->history);
        key = model_mix(key, other->drained * 4 + other->yielded * 2U + other->ended);
    }
    return key;
}

void threads_point(void)
{
    if (model_run.steps > STEPS)
        model_fail(MODEL_ENDLESS, "more than %d steps", STEPS);
    if (choices_has_seen(state_key())) {
        model_run.cut = true;
        leave();
    }
    unsigned found[THREADS];
    bool with_current;
    unsigned n = candidates(found, &with_current);
    if (n == 0 && end_yields())
        n = candidates(found, &with_current);
    if (n == 0)
        end();
    const unsigned costly = with_current ? ~1U : 0;
    const unsigned made = choices_make(n, COST_PREEMPTION, costly, found, true);
    switch_to(&model_run.threads[found[made]]);
}

/* ---- executions ------------------------------------------------------------------------------ */

void threads_set_up(const model_harness *harness)
{
    harness->set_up();
    made_by_set_up = model_run.count;
    memory_snapshot();
}

static void start(void)
{
    memory_restore();
    words_begin();
    items_begin();
    model_run.steps = 0;
    model_run.failed = false;
    model_run.cut = false;
    model_run.count = made_by_set_up;
    for (size_t i = 0; i < model_run.count; i++)
        begin(&model_run.threads[i]);
}

/* The first choice is who begins. */
static void run_threads(void)
{
    unsigned found[THREADS];
    for (unsigned i = 0; i < THREADS; i++)
        found[i] = i;
    const unsigned first = choices_make((unsigned)model_run.count, COST_PREEMPTION, 0, found, true);
    for (size_t i = 0; i < local_count; i++)
        *locals[i] = NULL;
    model_run.current = &model_run.threads[first];
    fiber_switch(&model_run.outside, &model_run.current->fiber);
    for (size_t i = 0; i < local_count; i++)
        *locals[i] = NULL;
}

static void check(const model_harness *harness)
{
    const thread *last = model_run.current;
    model_run.current = NULL;
    if (setjmp(outside_of_threads) != 0)
        return;
    model_run.steps++;
    buffer_hide(last);
    for (size_t i = 0; i < model_run.count; i++)
        buffer_drain(&model_run.threads[i]);
    const void *touched = memory_first_touched();
    if (touched != NULL)
        model_fail(MODEL_DEAD, "%s was written after its end", memory_name(touched));
    items_check();
    if (harness->check != NULL)
        harness->check();
}

void threads_execute(const model_harness *harness)
{
    start();
    is_executing = true;
    run_threads();
    if (!model_run.failed && !model_run.cut && !words_are_growing())
        check(harness);
    model_run.current = NULL;
    is_executing = false;
}
