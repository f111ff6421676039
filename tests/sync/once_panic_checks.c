/* SPDX-License-Identifier: MIT */
/* once_panic_checks.c - an init that panics: the panic goes on to whoever ran it, the once stays
 * incomplete, and the next one runs its own. */
#include "sync/once_checks.h"

#include <par/loop.h>
#include <par/panic.h>

enum { THREADS = 4, CODE = 41 };

typedef struct panicking {
    par_once once;
    atomic_size_t runs;
    atomic_size_t caught;
    atomic_size_t done;
    atomic_size_t in;
    size_t panics;
    bool in_pieces; /* the panic is one of a piece of init's loop */
} panicking;

static void panic_in_piece(size_t begin, size_t end, void *arg)
{
    (void)arg;
    if (begin <= 7 && 7 < end)
        par_panic(CODE, "piece 7");
}

static int panic_at_first(void *arg)
{
    panicking *self = arg;
    if (atomic_fetch_add(&self->runs, 1) >= self->panics)
        return 0;
    if (self->in_pieces)
        par_for_grain(0, 20, 1, panic_in_piece, self);
    par_panic(CODE, "not in a piece");
}

static void run_it(void *arg)
{
    panicking *self = arg;
    if (par_once_run(&self->once, panic_at_first, self) == 0)
        atomic_fetch_add(&self->done, 1);
}

static void insist(panicking *self)
{
    par_failure failure;
    while (par_catch(run_it, self, &failure) == CODE)
        atomic_fetch_add(&self->caught, 1);
}

static const char *judge(const panicking *self, size_t callers)
{
    if (atomic_load(&self->runs) != self->panics + 1 ||
        atomic_load(&self->caught) != self->panics || atomic_load(&self->done) != callers)
        return wrong("%zu runs, %zu panics caught, %zu of %zu done", atomic_load(&self->runs),
                     atomic_load(&self->caught), atomic_load(&self->done), callers);
    return NULL;
}

static void insist_in_thread(size_t number, void *arg)
{
    panicking *self = arg;
    (void)number;
    meet(&self->in, THREADS);
    insist(self);
}

const char *once_panic_leaves_it_incomplete(void)
{
    for (size_t i = 0; i < scaled(200); i++) {
        panicking self = {.panics = 3, .in_pieces = i % 2 == 0};
        crowd_run(THREADS, insist_in_thread, &self);
        const char *problem = judge(&self, THREADS);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

static void insist_in_pieces(size_t begin, size_t end, void *arg)
{
    for (size_t i = begin; i < end; i++)
        insist(arg);
}

static const char *insist_inside(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < scaled(30); i++) {
        panicking self = {.panics = 3, .in_pieces = i % 2 == 0};
        par_for_grain(0, 20, 1, insist_in_pieces, &self);
        const char *problem = judge(&self, 20);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

const char *once_panic_leaves_it_to_other_tasks(void)
{
    return in_every_pool(insist_inside, NULL);
}
