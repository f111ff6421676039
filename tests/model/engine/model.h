/* SPDX-License-Identifier: MIT */
/* model.h - the model checker as harnesses and the shims of runtime/base see it. It runs the
 * threads of a harness as fibers, one at a time, and tries all ways in which their accesses may
 * interleave and their stores may be delayed. What is modelled, and what is not, is in
 * docs/design/model.md.
 *
 * M1  Between two calls of this header a thread does nothing that another one can see. Plain
 *     accesses are allowed where the accesses made here order them, as in any program.
 * M2  A thread does the same again if it is given the same values again: no clock, no address of
 *     malloc, nothing left over from the execution before. Memory that is kept (model_keep,
 *     model_new) is put back to what set-up left in it before each execution.
 * M3  Outside of threads - in set-up and in the check at the end - accesses are plain ones. */
#ifndef MODEL_MODEL_H
#define MODEL_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- a harness ------------------------------------------------------------------------------- */

enum { MODEL_ALL = 250 }; /* a bound that is none */

typedef struct model_harness {
    const char *name;
    /* Once: makes the state, and the threads with model_thread. */
    void (*set_up)(void);
    /* After every execution, when no thread can go on and all stores are visible. NULL: nothing. */
    void (*check)(void);
    /* After a search without failure: NULL, or what is wrong with all the executions together. */
    const char *(*finish)(void);
    unsigned short_bound; /* preemptions in the usual run */
    unsigned long_bound;  /* and in the long one */
} model_harness;

/* How an execution may fail. */
typedef enum model_kind {
    MODEL_ASSERT,    /* model_assert */
    MODEL_INVARIANT, /* WS_ASSERT in the code under test */
    MODEL_TWICE,     /* an item was taken twice, or one that does not exist */
    MODEL_NEVER,     /* an item was not taken */
    MODEL_DEADLOCK,  /* all threads wait, and one of them has not ended */
    MODEL_DEAD,      /* memory was touched after its end */
    MODEL_ENDLESS,   /* too many steps */
    MODEL_MISUSE,    /* the harness or a limit of the checker */
    MODEL_KINDS
} model_kind;

/* Ends the execution as a failure. */
void model_fail(model_kind kind, const char *format, ...)
    __attribute__((format(printf, 2, 3), noreturn));

#define model_assert(condition)                                                                    \
    ((condition)                                                                                   \
         ? (void)0                                                                                 \
         : model_fail(MODEL_ASSERT, "%s:%d: this must hold: %s", __FILE__, __LINE__, #condition))

/* A thread that must end. */
void model_thread(const char *name, void *(*run)(void *), void *arg);

/* A thread that may wait for ever once all others have ended. May be called by a thread too. */
void model_daemon(const char *name, void *(*run)(void *), void *arg);

/* The number of the calling thread, in the order in which they were made. */
size_t model_self(void);

/* Whether this is set-up, or the check at the end. */
bool model_is_outside(void);

/* A word of which every thread has its own value, as of a thread-local one. */
void model_local(void **word);

/* Memory that each execution begins with as set-up left it. The second form hands out zeroed,
 * aligned memory of that kind; NULL when there is no more. */
void model_keep(void *memory, size_t size);
void *model_new(size_t size);

/* What the trace calls an address. */
void model_name(const void *memory, size_t size, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Memory that nobody may touch from now on. Kept memory only. */
void model_end_of(void *memory, size_t size);

/* ---- items ----------------------------------------------------------------------------------- */

/* Items 0 .. n-1 must each be taken once by the end of every execution. */
void model_items(size_t n);
void model_took(size_t item);
bool model_was_taken(size_t item);

/* ---- what threads tell each other outside of the code under test ----------------------------- */

/* An event is a count in kept memory. Waiting for one stands for the work of a long task. */
typedef struct model_event {
    size_t count;
} model_event;

void model_post(model_event *event);
void model_await(model_event *event, size_t count);

/* A choice of 0 .. n-1 that has nothing to do with the other threads. */
unsigned model_choose(unsigned n);

/* ---- accesses, for the shims ----------------------------------------------------------------- */

typedef struct model_site {
    const char *file;
    int line;
} model_site;

#define MODEL_SITE ((model_site){__FILE__, __LINE__})

typedef enum model_change { MODEL_EXCHANGE, MODEL_ADD, MODEL_OR, MODEL_AND } model_change;

size_t model_load(const size_t *word, model_site site);
void model_store(size_t *word, size_t value, model_site site);

/* A locked instruction; the value before it. */
size_t model_rmw(size_t *word, model_change change, size_t operand, model_site site);
bool model_cas(size_t *word, size_t expected, size_t desired, model_site site);

/* Makes the stores of the calling thread visible. */
void model_fence(model_site site);

/* Makes those of every other thread visible as well, of one after the other. */
void model_barrier(model_site site);

/* Takes a token, waiting until there is one; leaves one. */
void model_park(size_t *token, model_site site);
/* The same, but it may give up at any time, without a token: false. */
bool model_park_until(size_t *token, model_site site);
void model_unpark(size_t *token, model_site site);

void model_lock(size_t *lock, model_site site);
void model_unlock(size_t *lock, model_site site);

/* A clock of the calling thread's: a millisecond has passed whenever it looks. */
uint64_t model_clock(void);

/* The thread waits in a loop: others go first. */
void model_yield(model_site site);

#endif
