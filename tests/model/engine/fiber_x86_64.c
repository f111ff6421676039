/* SPDX-License-Identifier: MIT */
/* fiber_x86_64.c - fibers in the calling convention of System V: a switch saves the six registers
 * that a called function must keep, on the stack. */
#include "engine/fiber.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { SAVED_REGISTERS = 6 };

/* Saves the stack pointer in *from and goes on where `to` was saved. */
void fiber_swap(void **from, void *to);

__asm__(".text\n"
        ".globl fiber_swap\n"
        ".type fiber_swap, @function\n"
        "fiber_swap:\n"
        "    pushq %rbp\n"
        "    pushq %rbx\n"
        "    pushq %r12\n"
        "    pushq %r13\n"
        "    pushq %r14\n"
        "    pushq %r15\n"
        "    movq %rsp, (%rdi)\n"
        "    movq %rsi, %rsp\n"
        "    popq %r15\n"
        "    popq %r14\n"
        "    popq %r13\n"
        "    popq %r12\n"
        "    popq %rbx\n"
        "    popq %rbp\n"
        "    ret\n"
        ".size fiber_swap, .-fiber_swap\n");

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
    void **top = (void **)(void *)((char *)fiber->stack + fiber->size);
    *--top = NULL; /* where entry would return to; it also aligns the stack as after a call */
    *--top = (void *)(uintptr_t)entry;
    for (int i = 0; i < SAVED_REGISTERS; i++)
        *--top = NULL;
    fiber->context = top;
}

void fiber_switch(model_fiber *from, const model_fiber *to)
{
    fiber_swap(&from->context, to->context);
}
