/* SPDX-License-Identifier: MIT */
/* machine.h - what a number was measured on. Reads the system's files; what they do not tell is
 * "unknown". */
#ifndef BENCH_MACHINE_H
#define BENCH_MACHINE_H

#include <stddef.h>

typedef struct bench_machine {
    char cpu[96];      /* the model's name */
    size_t cores;      /* that this process may use */
    char governor[32]; /* of the clock of the first of them */
    char system[160];  /* name and release of the kernel */
    char compiler[96]; /* of the benchmarks */
} bench_machine;

void bench_machine_read(bench_machine *machine);

#endif
