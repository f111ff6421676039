/* SPDX-License-Identifier: MIT */
/* machine.c - see machine.h. */
#include "harness/machine.h"

#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>

static const char *const unknown = "unknown";

/* The compilers define one of these; clang's text begins with its name, gcc's is the number. */
#ifdef __clang__
static const char *const compiler = __VERSION__;
#else
static const char *const compiler = "GCC " __VERSION__;
#endif

static void copy_line(char *to, size_t size, const char *line)
{
    const int length = (int)strcspn(line, "\n");
    snprintf(to, size, "%.*s", length, line);
}

static void read_cpu(char *to, size_t size)
{
    snprintf(to, size, "%s", unknown);
    FILE *const file = fopen("/proc/cpuinfo", "r");
    if (file == NULL)
        return;
    char line[256];
    while (fgets(line, sizeof line, file) != NULL) {
        const char *const colon = strchr(line, ':');
        if (strncmp(line, "model name", strlen("model name")) != 0 || colon == NULL)
            continue;
        copy_line(to, size, colon + 1 + strspn(colon + 1, " "));
        break;
    }
    fclose(file);
}

static void read_governor(char *to, size_t size, size_t cpu)
{
    snprintf(to, size, "%s", unknown);
    char path[96];
    snprintf(path, sizeof path, "/sys/devices/system/cpu/cpu%zu/cpufreq/scaling_governor", cpu);
    FILE *const file = fopen(path, "r");
    if (file == NULL)
        return;
    char line[64];
    if (fgets(line, sizeof line, file) != NULL)
        copy_line(to, size, line);
    fclose(file);
}

void bench_machine_read(bench_machine *machine)
{
    cpu_set_t allowed;
    size_t first = 0;
    machine->cores = 1;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0) {
        machine->cores = (size_t)CPU_COUNT(&allowed);
        while (first + 1 < CPU_SETSIZE && !CPU_ISSET(first, &allowed))
            first++;
    }
    read_cpu(machine->cpu, sizeof machine->cpu);
    read_governor(machine->governor, sizeof machine->governor, first);
    snprintf(machine->compiler, sizeof machine->compiler, "%s", compiler);
    struct utsname name;
    if (uname(&name) == 0)
        snprintf(machine->system, sizeof machine->system, "%s %s", name.sysname, name.release);
    else
        snprintf(machine->system, sizeof machine->system, "%s", unknown);
}
