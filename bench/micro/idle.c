/* SPDX-License-Identifier: MIT */
/* idle.c - what a pool does in a second in which there is nothing to do. */
#include "micro/micro.h"

#include "harness/clock.h"

#include <ctype.h>
#include <dirent.h>
#include <math.h>
#include <par/loop.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of one thread: switches it asked for and such that it did not. -1: it has ended. */
static long switches_of(const char *thread)
{
    char path[300];
    snprintf(path, sizeof path, "/proc/self/task/%s/status", thread);
    FILE *const file = fopen(path, "r");
    if (file == NULL)
        return -1;
    static const char *const fields[] = {"voluntary_ctxt_switches:", "nonvoluntary_ctxt_switches:"};
    long sum = 0;
    char line[256];
    while (fgets(line, sizeof line, file) != NULL)
        for (size_t i = 0; i < BENCH_COUNT(fields); i++)
            if (strncmp(line, fields[i], strlen(fields[i])) == 0)
                sum += strtol(line + strlen(fields[i]), NULL, 10);
    fclose(file);
    return sum;
}

/* Of all threads but the caller, who sleeps in between. */
static double switches_of_others(void)
{
    DIR *const threads = opendir("/proc/self/task");
    if (threads == NULL)
        return NAN;
    double sum = 0;
    for (struct dirent *entry = readdir(threads); entry != NULL; entry = readdir(threads)) {
        if (!isdigit((unsigned char)entry->d_name[0]) ||
            strtol(entry->d_name, NULL, 10) == (long)gettid())
            continue;
        const long switches = switches_of(entry->d_name);
        if (switches > 0)
            sum += (double)switches;
    }
    closedir(threads);
    return sum;
}

static double cpu_of_others(void)
{
    struct timespec all;
    struct timespec self;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &all);
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &self);
    return (double)(all.tv_sec - self.tv_sec) * 1e9 + (double)(all.tv_nsec - self.tv_nsec);
}

typedef struct idle_run {
    double (*counter)(void);
    int64_t ns;
} idle_run;

static void spin_piece(size_t begin, size_t end, void *arg)
{
    (void)arg;
    for (size_t i = begin; i < end; i++)
        bench_clock_spin(10000);
}

/* All threads work, then have ten times as long as is needed to fall asleep. */
static double measure(void *ctx)
{
    const idle_run *const side = ctx;
    const int64_t settle_ns = 20000000;
    par_for_grain(0, 100, 1, spin_piece, NULL);
    bench_clock_sleep(settle_ns);
    const double before = side->counter();
    bench_clock_sleep(side->ns);
    /* Two clocks are not read at the same instant, so nothing can look like a little less. */
    const double used = side->counter() - before;
    return used < 0 ? 0 : used;
}

void micro_idle(bench *b)
{
    const int64_t ns = b->options.quick ? 50 * 1000 * 1000 : 1000 * 1000 * 1000;
    idle_run switches = {switches_of_others, ns};
    idle_run cpu = {cpu_of_others, ns};
    const bench_side switches_side[] = {{"context switches", NULL, measure, NULL, &switches}};
    const bench_side cpu_side[] = {{"CPU time", NULL, measure, NULL, &cpu}};
    const bench_parameter parameters[] = {{"seconds", (double)ns / 1e9}};
    bench_run(b, &(bench_case){"idle/switches", bench_unit_count, 0, 5, 0, switches_side, 1, NULL,
                               0, parameters, BENCH_COUNT(parameters)});
    bench_run(b, &(bench_case){"idle/cpu", bench_unit_us, 0, 5, 0, cpu_side, 1, NULL, 0, parameters,
                               BENCH_COUNT(parameters)});
}
