/* SPDX-License-Identifier: MIT */
/* topology_startup.c - reading the topology at the start of a program loads no further libraries
 * (hwloc's plugins would bring those of graphics and OpenCL), moves no thread, not even for a
 * while, and leaves the environment as it is. A plain program, as the check needs a process with
 * one thread; with more there is no way to keep the plugins out, and only the environment is
 * checked. */
#include "cpu/topology.h"

#include <link.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int moves;

/* Stands before the system's, for hwloc too. */
int sched_setaffinity(pid_t thread, size_t size, const cpu_set_t *mask)
{
    (void)thread;
    (void)size;
    (void)mask;
    moves++;
    return 0;
}

static int note_additions(struct dl_phdr_info *info, size_t size, void *additions)
{
    (void)size;
    *(unsigned long long *)additions = info->dlpi_adds;
    return 1;
}

/* How many objects were loaded since the program began, also those that are gone again. */
static unsigned long long loaded_objects(void)
{
    unsigned long long additions = 0;
    dl_iterate_phdr(note_additions, &additions);
    return additions;
}

static int has_one_thread(void)
{
    struct stat task;
    return stat("/proc/self/task", &task) == 0 && task.st_nlink == 3;
}

static int check(const char *description)
{
    char **const variables = environ;
    const int alone = has_one_thread();
    const unsigned long long before = loaded_objects();
    ws_topology *topology = NULL;
    if (ws_topology_load(&topology, description) != 0) {
        printf("the topology cannot be read\n");
        return 1;
    }
    ws_topology_free(topology);
    const unsigned long long loaded = loaded_objects() - before;
    if (alone && loaded > 0) {
        printf("%llu objects were loaded while the topology was read\n", loaded);
        return 1;
    }
    if (moves > 0) {
        printf("the thread was moved %d times while the topology was read\n", moves);
        return 1;
    }
    const char *const mark = getenv("TOPOLOGY_MARK");
    if (environ != variables || mark == NULL || strcmp(mark, "here") != 0) {
        printf("the environment is not what it was\n");
        return 1;
    }
    return 0;
}

int main(void)
{
    setenv("TOPOLOGY_MARK", "here", 1);
    return check(NULL) + check("pack:2 core:4 pu:2") > 0;
}
