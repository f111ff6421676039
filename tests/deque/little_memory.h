/* SPDX-License-Identifier: MIT */
/* little_memory.h - runs a piece of a test in a child that may not have more address space than it
 * has, and a given number of bytes on top. */
#ifndef TESTS_DEQUE_LITTLE_MEMORY_H
#define TESTS_DEQUE_LITTLE_MEMORY_H

#include <stdbool.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static inline size_t little_memory_in_use(void)
{
    size_t pages = 0;
    FILE *file = fopen("/proc/self/statm", "r");
    if (file != NULL) {
        if (fscanf(file, "%zu", &pages) != 1)
            pages = 0;
        (void)fclose(file);
    }
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

/* What fn(arg) returns in a child with `bytes` to spare; -1 if there could be no such child. */
static inline int little_memory_run(size_t bytes, int (*fn)(void *arg), void *arg)
{
    (void)fflush(NULL);
    const pid_t child = fork();
    if (child == 0) {
        const rlim_t most = little_memory_in_use() + bytes;
        const struct rlimit limit = {most, most};
        _exit(setrlimit(RLIMIT_AS, &limit) != 0 ? 255 : fn(arg));
    }
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
        return -1;
    return WEXITSTATUS(status) == 255 ? -1 : WEXITSTATUS(status);
}

#endif
