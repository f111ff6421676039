/* SPDX-License-Identifier: MIT */
/* panic_ends_threads.c - panics, and other ways out of a task, that end the process: with a message
 * that says what happened. Runs itself again as that process. */
#include "child.h"

#include <par/loop.h>
#include <par/panic.h>
#include <sys/resource.h>

/* ---- the process ---- */

static void panic_plainly(void *arg)
{
    (void)arg;
    par_panic(3, "plain");
}

static void panic_in_handler(void *arg)
{
    (void)arg;
    PAR_DEFER(panic_plainly, NULL);
    par_panic(4, "first");
}

static void *sleep_on(void *arg)
{
    pause();
    return arg;
}

static void leave_thread(void *arg)
{
    pthread_exit(arg);
}

static void catch_on_thread(void *arg)
{
    (void)par_catch(leave_thread, arg, NULL);
}

static void *run_and_leave(void *arg)
{
    catch_on_thread(arg);
    return NULL;
}

static void run_program(const char *name)
{
    pthread_t thread;
    if (strcmp(name, "uncaught") == 0)
        panic_plainly(NULL);
    else if (strcmp(name, "join") == 0)
        par_join(panic_plainly, NULL, panic_plainly, NULL);
    else if (strcmp(name, "handler") == 0)
        (void)par_catch(panic_in_handler, NULL, NULL);
    else if (strcmp(name, "detached") == 0)
        (void)par_pool_spawn(NULL, panic_plainly, NULL);
    else if (pthread_create(&thread, NULL, run_and_leave, NULL) == 0)
        pthread_join(thread, NULL);
    (void)sleep_on(NULL);
}

/* ---- the checks ---- */

static const char *ends_with(const char *name, const char *message)
{
    static child_end end;
    const char *const arguments[] = {"--program", name, NULL};
    const char *problem = child_run(&end, arguments, NULL);
    if (problem != NULL)
        return problem;
    if (!WIFSIGNALED(end.status) || WTERMSIG(end.status) != SIGABRT)
        return wrong("%s: status %x; stderr: %.200s", name, (unsigned)end.status, end.err);
    return strstr(end.err, message) != NULL ? NULL : wrong("%s said '%.300s'", name, end.err);
}

static const char *panic_ends_without_a_catch(void)
{
    const char *problem = ends_with("uncaught", "par: panic 3, and no par_catch: plain");
    return problem != NULL ? problem : ends_with("join", "par: panic 3, and no par_catch: plain");
}

static const char *panic_ends_in_a_handler(void)
{
    return ends_with("handler", "par: panic 3 in a handler, because of another panic: plain");
}

static const char *panic_ends_in_a_detached_task(void)
{
    return ends_with("detached", "par: panic 3 in a detached task: plain");
}

static const char *panic_ends_for_the_end_of_a_thread(void)
{
    return ends_with("thread", "par: a task was left by an exception of C++");
}

const check checks[] = {{"panic_ends.without_a_catch", panic_ends_without_a_catch},
                        {"panic_ends.in_a_handler", panic_ends_in_a_handler},
                        {"panic_ends.in_a_detached_task", panic_ends_in_a_detached_task},
                        {"panic_ends.for_the_end_of_a_thread", panic_ends_for_the_end_of_a_thread},
                        {NULL, NULL}};

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--program") == 0) {
        const struct rlimit none = {0, 0};
        (void)setrlimit(RLIMIT_CORE, &none);
        run_program(argv[2]);
        return 0;
    }
    return checks_main(argc, argv);
}
