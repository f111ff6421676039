/* SPDX-License-Identifier: MIT */
/* memory.c - see memory.h. */
#include "mandelbrot/base/memory.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/sysinfo.h>

/* Systems that promise more memory than they have would end the program in the middle. */
static bool machine_has(size_t bytes)
{
    struct sysinfo info;
    if (sysinfo(&info) != 0)
        return true;
    return bytes / info.mem_unit < info.totalram + info.totalswap;
}

void *mandel_memory_zeros(size_t n, size_t size)
{
    if (size != 0 && n > SIZE_MAX / size)
        return NULL;
    return machine_has(n * size) ? calloc(n, size) : NULL;
}
