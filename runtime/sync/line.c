/* SPDX-License-Identifier: MIT */
#include "sync/line.h"

#include "base/cacheline.h"
#include "pool/process.h"

/* ---- guards ---------------------------------------------------------------------------------- */

/* Locks that share a guard only wait for each other's lines to be changed. */
enum { LOCKS = 32, CONDITIONS = 16, GUARDS = LOCKS + CONDITIONS };

typedef struct guard {
    WS_OWN_LINE pthread_mutex_t mutex;
} guard;

static guard guards[GUARDS];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void init_guards(void)
{
    for (size_t i = 0; i < GUARDS; i++)
        pthread_mutex_init(&guards[i].mutex, NULL);
}

static void lock_guards(void)
{
    for (size_t i = GUARDS; i > 0; i--)
        pthread_mutex_lock(&guards[i - 1].mutex);
}

static void unlock_guards(void)
{
    for (size_t i = 0; i < GUARDS; i++)
        pthread_mutex_unlock(&guards[i].mutex);
}

bool ws_line_is_in_child(void)
{
    return ws_process_generation() != 0;
}

static void make_guards(void)
{
    init_guards();
    ws_process_init();
    pthread_atfork(lock_guards, unlock_guards, init_guards); /* N4 */
}

/* What is done under a guard is short: it is worth looking again before sleeping. */
static void enter(guard *entered)
{
    enum { LOOKS = 32 };
    pthread_once(&once, make_guards);
    for (int i = 0; i < LOOKS; i++) {
        if (pthread_mutex_trylock(&entered->mutex) == 0)
            return;
        ws_pause();
    }
    pthread_mutex_lock(&entered->mutex);
}

static size_t mix(const void *address)
{
    return ((size_t)address >> 3) * (size_t)0x9e3779b97f4a7c15 >> (sizeof(size_t) * 8 - 16);
}

static guard *guard_of_lock(const void *lock)
{
    return &guards[mix(lock) % LOCKS];
}

static guard *guard_of_condition(const void *condition)
{
    return &guards[LOCKS + mix(condition) % CONDITIONS];
}

void ws_line_enter_lock(const void *lock)
{
    enter(guard_of_lock(lock));
}

void ws_line_leave_lock(const void *lock)
{
    pthread_mutex_unlock(&guard_of_lock(lock)->mutex);
}

void ws_line_enter_condition(const void *condition)
{
    enter(guard_of_condition(condition));
}

void ws_line_leave_condition(const void *condition)
{
    pthread_mutex_unlock(&guard_of_condition(condition)->mutex);
}

/* ---- lines ----------------------------------------------------------------------------------- */

ws_waiter ws_line_waiter(ws_blocker *self)
{
    return (ws_waiter){.blocker = self};
}

/* N4: the bits of an address that are free. */
enum { GENERATIONS = sizeof(void *) };

static size_t generation(void)
{
    return ws_process_generation() % GENERATIONS;
}

ws_waiter *ws_line_first(const size_t *line)
{
    const size_t word = ws_load_relaxed(line);
    return word % GENERATIONS == generation() ? (ws_waiter *)(word - generation()) : NULL;
}

/* Release: whoever sees that a line is not empty, without its guard, may go and look. */
static void set_first(size_t *line, const ws_waiter *first)
{
    ws_store_release(line, first == NULL ? 0 : (size_t)first + generation());
}

void ws_line_put_last(size_t *line, ws_waiter *waiter, const void *where)
{
    ws_waiter *first = ws_line_first(line);
    if (first == NULL) {
        waiter->next = waiter;
        waiter->before = waiter;
        set_first(line, waiter);
    } else {
        waiter->next = first;
        waiter->before = first->before;
        first->before->next = waiter;
        first->before = waiter;
    }
    ws_store_release(&waiter->where, (size_t)where);
}

void ws_line_put_first(size_t *line, ws_waiter *waiter, const void *where)
{
    ws_line_put_last(line, waiter, where);
    set_first(line, waiter);
}

void ws_line_take_out(size_t *line, ws_waiter *waiter)
{
    waiter->before->next = waiter->next;
    waiter->next->before = waiter->before;
    if (ws_line_first(line) == waiter)
        set_first(line, waiter->next == waiter ? NULL : waiter->next);
    ws_store_release(&waiter->where, 0);
}
