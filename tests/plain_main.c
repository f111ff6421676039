/* SPDX-License-Identifier: MIT */
/* plain_main.c - runs a table of checks without Criterion, all or those named by the arguments. */
#include "support.h"

static bool is_wanted(const check *row, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        if (strcmp(row->name, argv[i]) == 0)
            return true;
    }
    return argc == 1;
}

int checks_main(int argc, char **argv)
{
    size_t run = 0;
    size_t failed = 0;
    for (const check *row = checks; row->name != NULL; row++) {
        if (!is_wanted(row, argc, argv))
            continue;
        const char *problem = row->run();
        run++;
        if (problem == NULL)
            continue;
        failed++;
        printf("%s: %s\n", row->name, problem);
        (void)fflush(stdout);
    }
    printf("%zu checks, %zu failed\n", run, failed);
    return run > 0 && failed == 0 ? 0 : 1;
}

/* Weak: a program that has more to do than its checks brings its own. */
__attribute__((weak)) int main(int argc, char **argv)
{
    return checks_main(argc, argv);
}
