/* SPDX-License-Identifier: MIT */
/* ref_thread.c - a thread that fails, two with one end, and one in the background. */
#include <par/thread.h>
#include <stdatomic.h>
#include <stdio.h>

static int fail(void *arg)
{
    par_panic(5, "%s", (const char *)arg);
}

static int add(par_thread_scope *scope, void *arg)
{
    (void)scope;
    atomic_fetch_add((atomic_int *)arg, 1);
    return 0;
}

static int body(par_thread_scope *scope, void *arg)
{
    const int code = par_thread_scope_spawn(scope, NULL, add, arg);
    return code != 0 ? code : par_thread_scope_spawn(scope, NULL, add, arg);
}

static int tick(void *arg)
{
    return atomic_fetch_add((atomic_int *)arg, 1) == 12 ? 7 : 0;
}

int main(void)
{
    par_failure outcome;
    par_thread *thread;
    if (par_thread_spawn(&thread, NULL, fail, "no such file") != 0)
        return 1;
    par_thread_join(thread, &outcome);
    printf("%d: %s\n", outcome.code, outcome.message);

    atomic_int number = 0; /* the threads may use it: all have ended when the scope returns */
    const int code = par_thread_scope_run(body, &number);
    printf("%d and %d\n", code, atomic_load(&number));

    par_background *background;
    if (par_background_start(&background, NULL, PAR_MS(1), tick, &number) != 0)
        return 1;
    while (atomic_load(&number) < 13)
        par_background_run_now(background); /* need not wait for its time */
    par_background_stop(background, &outcome);
    printf("ended itself with %d\n", outcome.code);
}
