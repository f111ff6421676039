/* SPDX-License-Identifier: MIT */
/* fiber_ucontext.c - fibers over the C library's contexts, which AddressSanitizer knows. Slower: a
 * switch is a system call. */
#include "engine/fiber.h"

#include <stdio.h>
#include <stdlib.h>
#include <ucontext.h>

static ucontext_t *context_of(model_fiber *fiber)
{
    if (fiber->context == NULL)
        fiber->context = calloc(1, sizeof(ucontext_t));
    if (fiber->context != NULL)
        return fiber->context;
    (void)fprintf(stderr, "no memory for a context\n");
    exit(2);
}

void fiber_make(model_fiber *fiber, size_t size)
{
    fiber->stack = aligned_alloc(64, size);
    fiber->size = size;
    if (fiber->stack != NULL)
        return;
    (void)fprintf(stderr, "no memory for a stack of %zu bytes\n", size);
    exit(2);
}

void fiber_begin(model_fiber *fiber, void (*entry)(void))
{
    ucontext_t *context = context_of(fiber);
    if (getcontext(context) != 0)
        abort();
    context->uc_stack.ss_sp = fiber->stack;
    context->uc_stack.ss_size = fiber->size;
    context->uc_link = NULL;
    makecontext(context, entry, 0);
}

void fiber_switch(model_fiber *from, const model_fiber *to)
{
    if (swapcontext(context_of(from), to->context) != 0)
        abort();
}
