/* SPDX-License-Identifier: MIT */
/* fiber.h - stacks that one thread switches between. Two implementations, of which the build picks
 * one: fiber_x86_64.c and, for other processors and for AddressSanitizer, fiber_ucontext.c. */
#ifndef MODEL_FIBER_H
#define MODEL_FIBER_H

#include <stddef.h>

typedef struct model_fiber {
    void *stack; /* NULL: the stack that the process began with */
    size_t size;
    void *context; /* the implementation's, valid while the fiber does not run */
} model_fiber;

/* Once for each fiber. Exits the process when there is no memory. */
void fiber_make(model_fiber *fiber, size_t size);

/* The next switch to the fiber calls entry, which never returns. Whatever it was in is dropped. */
void fiber_begin(model_fiber *fiber, void (*entry)(void));

void fiber_switch(model_fiber *from, const model_fiber *to);

#endif
