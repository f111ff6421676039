/* SPDX-License-Identifier: MIT */
/* plain_main.c - runs a table of checks without Criterion, all or those named by the arguments. */
#include "support.h"

#include <signal.h>
#include <unistd.h>

/* A little less than the runner's limit for the whole program. */
enum { LIMIT_SECONDS = 280 };

static const check *volatile running;

/* Tells which check hangs, which the runner cannot know. */
static void end_hanging(int number)
{
    static const char text[] = ": does not end\n";
    (void)number;
    (void)!write(STDERR_FILENO, running->name, strlen(running->name));
    (void)!write(STDERR_FILENO, text, sizeof text - 1);
    _exit(1);
}

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
    (void)signal(SIGALRM, end_hanging);
    (void)alarm(LIMIT_SECONDS);
    for (const check *row = checks; row->name != NULL; row++) {
        if (!is_wanted(row, argc, argv))
            continue;
        running = row;
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
