/* SPDX-License-Identifier: MIT */
/* ops.c - the accesses of the threads. */
#include "engine/choices.h"
#include "engine/inside.h"

static const char *const change_names[] = {"exchange", "add", "or", "and"};

static size_t changed(model_change change, size_t before, size_t operand)
{
    switch (change) {
    case MODEL_ADD:
        return before + operand;
    case MODEL_OR:
        return before | operand;
    case MODEL_AND:
        return before & operand;
    case MODEL_EXCHANGE:
    default:
        return operand;
    }
}

static void see(thread *self, uint64_t what)
{
    self->visible++;
    self->history = model_mix(self->history, what);
}

size_t model_load(const size_t *at, model_site site)
{
    thread *self = model_run.current;
    if (self == NULL)
        return *at;
    model_run.steps++;
    memory_check_use(at);
    known_word *word = words_use(at, WORD_READ);
    bool own = buffer_holds(self, at);
    if (own ? word->contended : word->shared)
        threads_point();
    own = buffer_holds(self, at) && buffer_reads_own(self, at);
    if (own && word->contended)
        self->history = model_mix(self->history, 5);
    if (word->shared && !own) {
        buffer_settle(at, self);
        see(self, words_tag(word));
        memory_check_use(at);
    }
    trace_line(self, site, "load %s -> %s%s", memory_name(at), memory_value(*at),
               own ? " (own store)" : "");
    return *at;
}

void model_store(size_t *at, size_t value, model_site site)
{
    thread *self = model_run.current;
    if (self == NULL) {
        *at = value;
        return;
    }
    model_run.steps++;
    memory_check_use(at);
    trace_line(self, site, "store %s = %s", memory_name(at), memory_value(value));
    if (words_use(at, WORD_CHANGE)->shared)
        buffer_put(self, at, value);
    else
        *at = value;
}

/* Before a locked instruction on the word: all own stores are visible. */
static known_word *lock_bus(thread *self, size_t *at)
{
    model_run.steps++;
    memory_check_use(at);
    known_word *word = words_use(at, WORD_READ | WORD_CHANGE);
    if (word->shared || self->count > 0)
        threads_point();
    buffer_drain(self);
    buffer_settle(at, self);
    see(self, words_tag(word));
    memory_check_use(at);
    return word;
}

static void change(thread *self, known_word *word, size_t *at, size_t value)
{
    words_change(word, self->history);
    if (*at != value)
        threads_changed();
    *at = value;
}

size_t model_rmw(size_t *at, model_change how, size_t operand, model_site site)
{
    thread *self = model_run.current;
    const size_t outside = *at;
    if (self == NULL) {
        *at = changed(how, outside, operand);
        return outside;
    }
    known_word *word = lock_bus(self, at);
    const size_t before = *at;
    change(self, word, at, changed(how, before, operand));
    trace_line(self, site, "%s %s, %s: %s -> %s", change_names[how], memory_name(at),
               memory_value(operand), memory_value(before), memory_value(*at));
    return before;
}

bool model_cas(size_t *at, size_t expected, size_t desired, model_site site)
{
    thread *self = model_run.current;
    if (self == NULL) {
        const bool equal = *at == expected;
        if (equal)
            *at = desired;
        return equal;
    }
    known_word *word = lock_bus(self, at);
    const size_t before = *at;
    const bool done = before == expected;
    if (done)
        change(self, word, at, desired);
    trace_line(self, site, "cas %s, %s -> %s: %s", memory_name(at), memory_value(expected),
               memory_value(desired), done ? "done" : "failed");
    if (!done)
        trace_line(self, site, "    it is %s", memory_value(before));
    return done;
}

void model_fence(model_site site)
{
    thread *self = model_run.current;
    if (self == NULL)
        return;
    model_run.steps++;
    if (self->count > 0)
        threads_point();
    buffer_drain(self);
    self->visible++;
    trace_line(self, site, "fence");
}

/* The system call passes one thread after the other, and others go on in between. A thread without
 * stores under way has nothing to pass. */
void model_barrier(model_site site)
{
    thread *self = model_run.current;
    if (self == NULL)
        return;
    model_fence(site);
    for (size_t i = 0; i < model_run.count; i++) {
        thread *other = &model_run.threads[i];
        if (other == self || other->count == 0)
            continue;
        model_run.steps++;
        threads_point();
        trace_line(self, site, "barrier in %s", other->name);
        buffer_pass_barrier(other);
        see(self, 2);
    }
    model_run.steps++;
    threads_point();
    see(self, 3);
    trace_line(self, site, "barrier is over");
}

/* ---- waiting --------------------------------------------------------------------------------- */

/* Until the word has that value, or is 0 if that is 0. */
static void wait_until(thread *self, const size_t *at, size_t at_least)
{
    self->waits_for = at;
    self->at_least = at_least;
    threads_point();
    self->waits_for = NULL;
}

/* The same with a locked instruction, which changes the word to `value`. Who sleeps has passed its
 * stores on. */
static void take_when(thread *self, size_t *at, size_t at_least, size_t value)
{
    model_run.steps++;
    memory_check_use(at);
    known_word *word = words_use(at, WORD_READ | WORD_CHANGE);
    if (self->count > 0)
        threads_point();
    buffer_drain(self);
    wait_until(self, at, at_least);
    see(self, words_tag(word));
    memory_check_use(at);
    change(self, word, at, value);
}

void model_park(size_t *token, model_site site)
{
    thread *self = model_run.current;
    trace_line(self, site, "%s", *token == 0 ? "parks" : "does not need to park");
    take_when(self, token, 1, 0);
    trace_line(self, site, "takes its token");
}

bool model_park_until(size_t *token, model_site site)
{
    thread *self = model_run.current;
    model_run.steps++;
    memory_check_use(token);
    known_word *word = words_use(token, WORD_READ | WORD_CHANGE);
    trace_line(self, site, "parks until a deadline");
    if (self->count > 0)
        threads_point();
    buffer_drain(self);
    self->may_give_up = true;
    threads_point();
    self->may_give_up = false;
    see(self, words_tag(word));
    const bool taken = *token != 0;
    if (taken)
        change(self, word, token, 0);
    trace_line(self, site, "%s", taken ? "takes its token" : "gives up");
    return taken;
}

void model_unpark(size_t *token, model_site site)
{
    thread *self = model_run.current;
    if (self == NULL) {
        *token = 1;
        return;
    }
    known_word *word = lock_bus(self, token);
    change(self, word, token, 1);
    trace_line(self, site, "leaves a token in %s", memory_name(token));
}

void model_lock(size_t *lock, model_site site)
{
    thread *self = model_run.current;
    if (self == NULL)
        return;
    take_when(self, lock, 0, 1);
    trace_line(self, site, "locks %s", memory_name(lock));
}

void model_unlock(size_t *lock, model_site site)
{
    thread *self = model_run.current;
    if (self == NULL)
        return;
    known_word *word = lock_bus(self, lock);
    model_assert(*lock == 1);
    change(self, word, lock, 0);
    trace_line(self, site, "unlocks %s", memory_name(lock));
}

void model_yield(model_site site)
{
    thread *self = model_run.current;
    if (self == NULL)
        return;
    model_run.steps++;
    self->yielded = true;
    trace_line(self, site, "yields");
    threads_point();
    self->yielded = false;
    see(self, 4);
}

uint64_t model_clock(void)
{
    static const uint64_t millisecond = 1000000;
    thread *self = model_run.current;
    return self == NULL ? 0 : (self->clock += millisecond);
}

/* ---- outside of the code under test ---------------------------------------------------------- */

/* Not an access of the machine's: it makes no store visible. */
void model_post(model_event *event)
{
    thread *self = model_run.current;
    model_run.steps++;
    threads_point();
    known_word *word = words_use(&event->count, WORD_READ | WORD_CHANGE);
    see(self, words_tag(word));
    change(self, word, &event->count, event->count + 1);
    trace_line(self, (model_site){NULL, 0}, "posts %s", memory_name(&event->count));
}

void model_await(model_event *event, size_t count)
{
    thread *self = model_run.current;
    model_run.steps++;
    trace_line(self, (model_site){NULL, 0}, "waits for %s", memory_name(&event->count));
    if (count > 0)
        wait_until(self, &event->count, count);
    see(self, words_tag(words_use(&event->count, WORD_READ)));
}

unsigned model_choose(unsigned n)
{
    thread *self = model_run.current;
    model_run.steps++;
    const unsigned made = choices_make(n, COST_PREEMPTION, 0, NULL, false);
    self->history = model_mix(self->history, made);
    trace_line(self, (model_site){NULL, 0}, "chooses %u of %u", made, n);
    return made;
}
