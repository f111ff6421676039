/* SPDX-License-Identifier: MIT */
/* inside.h - what the files of the checker share. One execution is described by `run`; choices.h
 * knows all of them. */
#ifndef MODEL_INSIDE_H
#define MODEL_INSIDE_H

#include "engine/fiber.h"
#include "engine/model.h"

enum { THREADS = 4, BUFFER = 64, LOCALS = 2, STEPS = 20000, MESSAGE = 400 };

/* A store that its thread has made and others do not see. */
typedef struct buffered {
    size_t *word;
    size_t value;
    size_t under;    /* what stands in the word below this store, while the thread runs */
    size_t visible;  /* the thread's count of visible steps when it made the store */
    uint64_t origin; /* stands for the store in histories */
} buffered;

typedef struct thread {
    const char *name;
    void *(*run)(void *);
    void *arg;
    bool daemon;
    model_fiber fiber;
    bool ended;
    bool yielded;            /* waits in a loop, and nothing has changed since it last looked */
    bool may_give_up;        /* goes on at any time, and others may go first for nothing */
    bool draining;           /* one of its stores is just becoming visible */
    const size_t *waits_for; /* NULL: it can go on */
    size_t at_least;         /* it goes on when the word has this value, or 0 if this is 0 */
    uint64_t history;        /* of all that it has seen */
    size_t visible;          /* steps in which it read or changed what others see */
    size_t drained;
    uint64_t clock;
    size_t first; /* the buffer is a ring; stores leave it in order */
    size_t count;
    buffered buffer[BUFFER];
    void *locals[LOCALS];
} thread;

typedef struct run {
    thread threads[THREADS];
    size_t count;
    thread *current; /* NULL outside of threads */
    size_t steps;    /* calls of the threads so far: they number the lines of a trace */
    model_fiber outside;
    bool tracing;
    bool failed;
    bool cut; /* it came to a state from which all has been tried */
    model_kind kind;
    char message[MESSAGE];
} run;

extern run model_run;

static inline uint64_t model_mix(uint64_t a, uint64_t b)
{
    uint64_t x = a * 0x9E3779B97F4A7C15U + b + 1;
    x ^= x >> 32;
    x *= 0xD6E8FEB86659FD93U;
    x ^= x >> 32;
    return x;
}

/* ---- threads.c: set-up, executions, who goes next -------------------------------------------- */

void threads_set_up(const model_harness *harness);

/* One execution, by the choices of choices.c. */
void threads_execute(const model_harness *harness);

/* The current thread is about to do what others may see or prevent. Returns when it may; others may
 * have gone in between. */
void threads_point(void);

/* Some word has changed. */
void threads_changed(void);

/* ---- buffer.c: stores that are not visible yet ----------------------------------------------- */

bool buffer_holds(const thread *of, const size_t *word);
void buffer_put(thread *of, size_t *word, size_t value);

/* `actor` is about to read or change the word: chooses which of the other threads' stores to it
 * have become visible by now. */
void buffer_settle(const size_t *word, const thread *actor);

/* The thread is about to read a word to which it has a store under way, as others perhaps have.
 * True: it reads its own. Else its own have become visible, and others' perhaps after them. */
bool buffer_reads_own(thread *of, const size_t *word);

/* Makes all its stores visible. */
void buffer_drain(thread *of);

/* Another thread's barrier passes it: all its stores become visible, but for those that it may as
 * well be thought to make after the barrier. */
void buffer_pass_barrier(thread *of);

/* Memory shows what the running thread sees; these two change the view. */
void buffer_show(thread *of);
void buffer_hide(const thread *of);

/* ---- words.c: what is known of each word ----------------------------------------------------- */

typedef struct known_word {
    const void *at;
    unsigned readers; /* bits of threads, in all executions so far */
    unsigned writers;
    bool shared;    /* two threads use it, one of them writes */
    bool contended; /* two threads write it */
    uint64_t execution;
    uint64_t tag; /* stands for all changes in this execution */
} known_word;

enum { WORD_READ = 1, WORD_CHANGE = 2 };

/* The current thread uses the word. */
known_word *words_use(const void *at, unsigned how);
uint64_t words_tag(known_word *word);
void words_change(known_word *word, uint64_t origin);

/* Stands for all changes of all words in this execution. */
uint64_t words_hash(void);
void words_begin(void);

/* Whether words have become shared since the last call: what was explored before is incomplete. */
bool words_have_grown(void);
bool words_are_growing(void);
extern bool words_all_shared; /* for a replay, which does not know */

/* ---- memory.c: kept memory, names, and memory that has ended --------------------------------- */

void memory_snapshot(void);
void memory_restore(void);
void memory_check_use(const void *at);

/* Whether what has ended is as its end left it; else a thread wrote there by a plain store. */
const void *memory_first_touched(void);
const char *memory_name(const void *at);

/* A value as text: the name of what it points to, or the number. */
const char *memory_value(size_t value);

/* ---- items.c --------------------------------------------------------------------------------- */

void items_begin(void);
void items_check(void);

/* ---- trace.c --------------------------------------------------------------------------------- */

void trace_line(const thread *of, model_site site, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

#endif
