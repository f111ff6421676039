/* SPDX-License-Identifier: MIT */
/* buffer.c - the store buffers of x86.
 *
 * B1  A store becomes visible no earlier than all earlier ones of its thread.
 * B2  When it does is only decided when it matters: when another thread is about to use the word,
 *     or when its own thread must have all its stores visible.
 * B3  While a thread runs, memory shows its own stores: that is how it reads them, and how plain
 *     reads of its own words go right. While it does not run, memory is what all see. */
#include "engine/choices.h"
#include "engine/inside.h"

static buffered *at(thread *of, size_t i)
{
    return &of->buffer[(of->first + i) % BUFFER];
}

static const buffered *at_const(const thread *of, size_t i)
{
    return &of->buffer[(of->first + i) % BUFFER];
}

bool buffer_holds(const thread *of, const size_t *word)
{
    for (size_t i = 0; i < of->count; i++) {
        if (at_const(of, i)->word == word)
            return true;
    }
    return false;
}

void buffer_put(thread *of, size_t *word, size_t value)
{
    if (of->count == BUFFER)
        model_fail(MODEL_MISUSE, "%s has more than %d stores under way", of->name, BUFFER);
    of->history = model_mix(of->history, 1);
    *at(of, of->count) = (buffered){word, value, *word, of->visible, of->history};
    of->count++;
    *word = value;
}

void buffer_show(thread *of)
{
    for (size_t i = 0; i < of->count; i++) {
        buffered *entry = at(of, i);
        entry->under = *entry->word;
        *entry->word = entry->value;
    }
}

void buffer_hide(const thread *of)
{
    for (size_t i = of->count; i-- > 0;) {
        const buffered *entry = at_const(of, i);
        if (*entry->word != entry->value)
            model_fail(MODEL_MISUSE, "%s wrote %s by a plain store after an atomic one", of->name,
                       memory_name(entry->word));
        *entry->word = entry->under;
    }
}

/* Puts the value below the running thread's own stores to the word. */
static void write_under(const thread *of, size_t *word, size_t value)
{
    thread *current = model_run.current;
    if (of == current)
        return; /* memory shows it already */
    for (size_t i = 0; current != NULL && i < current->count; i++) {
        if (at(current, i)->word == word) {
            at(current, i)->under = value;
            return;
        }
    }
    *word = value;
}

static void drain_one(thread *of)
{
    of->draining = true;
    const buffered entry = *at(of, 0);
    buffer_settle(entry.word, of);
    of->first = (of->first + 1) % BUFFER;
    of->count--;
    of->drained++;
    write_under(of, entry.word, entry.value);
    memory_check_use(entry.word);
    if (model_run.current != NULL)
        words_change(words_use(entry.word, 0), entry.origin);
    threads_changed();
    trace_line(of, (model_site){NULL, 0}, "visible %s = %s", memory_name(entry.word),
               memory_value(entry.value));
    of->draining = false;
}

/* How many of its stores to the word are under way, and how many of the last ones may stay hidden
 * for nothing: its thread has done nothing since that another one could see or would have seen. */
static size_t count_stores(const thread *of, const size_t *word, size_t *fresh)
{
    size_t n = 0;
    *fresh = 0;
    for (size_t i = 0; i < of->count; i++) {
        if (at_const(of, i)->word != word)
            continue;
        n++;
        *fresh = at_const(of, i)->visible == of->visible ? *fresh + 1 : 0;
    }
    return n;
}

static void drain_until(thread *of, const size_t *word, size_t left)
{
    size_t fresh;
    while (count_stores(of, word, &fresh) > left)
        drain_one(of);
}

void buffer_settle(const size_t *word, const thread *actor)
{
    for (size_t i = 0; i < model_run.count; i++) {
        thread *other = &model_run.threads[i];
        size_t fresh;
        if (other == actor || other->draining)
            continue;
        const size_t n = count_stores(other, word, &fresh);
        if (n == 0)
            continue;
        const unsigned costly = ~0U << (fresh + 1);
        const unsigned left = choices_make((unsigned)n + 1, COST_LATE, costly, NULL, false);
        drain_until(other, word, left);
    }
}

static bool others_hold(const thread *of, const size_t *word)
{
    for (size_t i = 0; i < model_run.count; i++) {
        const thread *other = &model_run.threads[i];
        if (other != of && buffer_holds(other, word))
            return true;
    }
    return false;
}

bool buffer_reads_own(thread *of, const size_t *word)
{
    if (!others_hold(of, word) || choices_make(2, COST_LATE, 0, NULL, false) == 0)
        return true;
    drain_until(of, word, 0);
    return false;
}

void buffer_drain(thread *of)
{
    while (of->count > 0)
        drain_one(of);
}

void buffer_pass_barrier(thread *of)
{
    size_t fresh = 0;
    while (fresh < of->count && at(of, of->count - 1 - fresh)->visible == of->visible)
        fresh++;
    const unsigned left = choices_make((unsigned)fresh + 1, COST_LATE, 0, NULL, false);
    while (of->count > left)
        drain_one(of);
}
