/* SPDX-License-Identifier: MIT */
/* startup.c - making pools. A process makes its default pool once, so each sample is taken by a new
 * process: this program, with a role as its argument. It prints nanoseconds. */
#include "micro/micro.h"

#include "harness/clock.h"

#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

static int64_t first_call(void)
{
    const int64_t start = bench_clock_ns();
    par_pool_run(NULL, micro_nothing, NULL);
    return bench_clock_ns() - start;
}

static int64_t create_pool(void)
{
    par_pool *pool = NULL;
    const int64_t start = bench_clock_ns();
    const int error = par_pool_create(&pool, NULL);
    const int64_t ns = bench_clock_ns() - start;
    par_pool_destroy(pool);
    return error == 0 ? ns : -1;
}

static int64_t create_second_pool(void)
{
    par_pool_run(NULL, micro_nothing, NULL);
    return create_pool();
}

static void *thread_of_nothing(void *arg)
{
    return arg;
}

/* Two threads made by hand. */
static int64_t create_threads(void)
{
    enum { n = 2 };
    pthread_t threads[n];
    const int64_t start = bench_clock_ns();
    int made = 0;
    while (made < n && pthread_create(&threads[made], NULL, thread_of_nothing, NULL) == 0)
        made++;
    const int64_t ns = bench_clock_ns() - start;
    for (int i = 0; i < made; i++)
        pthread_join(threads[i], NULL);
    return made == n ? ns : -1;
}

typedef struct role {
    const char *argument;
    int64_t (*measure)(void);
} role;

static const role roles[] = {
    {"startup:first-call", first_call},
    {"startup:create", create_pool},
    {"startup:create-second", create_second_pool},
    {"startup:threads", create_threads},
};

bool micro_startup_role(const char *argument)
{
    for (size_t i = 0; i < BENCH_COUNT(roles); i++) {
        if (strcmp(argument, roles[i].argument) == 0) {
            printf("%lld\n", (long long)roles[i].measure());
            return true;
        }
    }
    return false;
}

/* The number that the process `child` writes to `from`, or NaN. */
static double read_sample(pid_t child, int from)
{
    char text[32] = "";
    size_t length = 0;
    ssize_t got;
    do {
        got = read(from, text + length, sizeof text - 1 - length);
        length += got > 0 ? (size_t)got : 0;
    } while (got > 0 || (got < 0 && errno == EINTR));
    int status = 1;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    const double ns = strtod(text, NULL);
    return status == 0 && ns > 0 ? ns : NAN;
}

static double measure(void *ctx)
{
    const role *const of = ctx;
    char program[] = "/proc/self/exe";
    char argument[32];
    snprintf(argument, sizeof argument, "%s", of->argument);
    char *const arguments[] = {program, argument, NULL};
    int ends[2];
    if (pipe(ends) != 0)
        return NAN;
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    posix_spawn_file_actions_addclose(&actions, ends[1]);
    pid_t child;
    const int error = posix_spawn(&child, program, &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    const double sample = error == 0 ? read_sample(child, ends[0]) : NAN;
    close(ends[0]);
    return sample;
}

void micro_startup(bench *b)
{
    static role copies[BENCH_COUNT(roles)];
    memcpy(copies, roles, sizeof roles);
    const bench_side sides[] = {
        {"first call, makes the default pool", NULL, measure, NULL, &copies[0]},
        {"par_pool_create, first", NULL, measure, NULL, &copies[1]},
        {"par_pool_create, second", NULL, measure, NULL, &copies[2]},
        {"two bare threads", NULL, measure, NULL, &copies[3]},
    };
    bench_run(b, &(bench_case){"startup", bench_unit_us, 0, 25, 1, sides, BENCH_COUNT(sides), NULL,
                               0, NULL, 0});
}
