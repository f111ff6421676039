/* SPDX-License-Identifier: MIT */
/* task_misuse.c - what only running shows to be wrong ends a debug build with a message: a fork
 * that is joined twice, in a task, in a plain function, and where the join stands in a loop. Runs
 * itself again as the program in question. */
#ifdef NDEBUG
#error "the checks of debug builds are to be tested"
#endif
#include "child.h"

#include <par/task.h>

enum { DIE_STATUS = 70 };

PAR_TASK_1(long, twice, long, n)
{
    return 2 * n;
}

PAR_VOID_TASK_1(reset, long *, n)
{
    *n = 0;
}

/* ---- the programs ---- */

PAR_TASK_1(long, join_in_loop, long, joins)
{
    long sum = 0;
    PAR_FORK(twice, child, 1);
    for (long i = 0; i < joins; i++)
        sum += PAR_JOIN(twice, child);
    return sum;
}

static long join_in_function(void)
{
    long n = 1;
    PAR_FORK(reset, child, &n);
    PAR_JOIN(reset, child);
    PAR_JOIN(reset, child);
    return n;
}

/* What is right must go on after the join, so each prints that it has come so far. */
static int run_program(const char *name)
{
    if (strcmp(name, "once") == 0)
        printf("%ld\n", join_in_loop(1));
    else if (strcmp(name, "never") == 0)
        printf("%ld\n", join_in_loop(0));
    else if (strcmp(name, "loop") == 0)
        printf("%ld\n", join_in_loop(2));
    else if (strcmp(name, "function") == 0)
        printf("%ld\n", join_in_function());
    else
        return 2;
    return 0;
}

/* ---- the checks ---- */

static const char *run_child(child_end *end, const char *name, int code)
{
    const char *const arguments[] = {"--program", name, NULL};
    const char *problem = child_run(end, arguments, NULL);
    return problem != NULL ? problem : child_judge(end, code);
}

static const char *expect_message(const char *name, const char *message)
{
    static child_end end;
    const char *problem = run_child(&end, name, DIE_STATUS);
    if (problem != NULL)
        return problem;
    if (strstr(end.err, message) == NULL || child_lines(end.err) != 1)
        return wrong("'%s' says: %.200s", name, end.err);
    return end.out[0] == '\0' ? NULL : wrong("'%s' went on and printed %.20s", name, end.out);
}

static const char *joined_twice_in_a_task(void)
{
    return expect_message("loop", "task twice: joined twice");
}

static const char *joined_twice_in_a_function(void)
{
    return expect_message("function", "task reset: joined twice");
}

static const char *joined_once_or_never(void)
{
    static child_end end;
    const char *problem = run_child(&end, "once", 0);
    if (problem == NULL && strcmp(end.out, "2\n") != 0)
        problem = wrong("joined once it gives %.20s", end.out);
    if (problem == NULL)
        problem = run_child(&end, "never", 0);
    if (problem == NULL && strcmp(end.out, "0\n") != 0)
        problem = wrong("never joined it gives %.20s", end.out);
    return problem == NULL && end.err[0] != '\0' ? wrong("it says %.200s", end.err) : problem;
}

const check checks[] = {
    {"task.joined_twice_in_a_task", joined_twice_in_a_task},
    {"task.joined_twice_in_a_function", joined_twice_in_a_function},
    {"task.joined_once_or_never", joined_once_or_never},
    {NULL, NULL},
};

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--program") == 0)
        return run_program(argv[2]);
    return checks_main(argc, argv);
}
