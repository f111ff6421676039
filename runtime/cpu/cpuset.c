/* SPDX-License-Identifier: MIT */
/* cpuset.c - sets of CPU numbers. */
#include "cpu/cpuset.h"

#include "base/text.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>

/* More than any system has; a larger number is a mistake. */
enum { MOST_CPUS = 1 << 16 };

bool ws_cpuset_has(const ws_cpuset *set, size_t cpu)
{
    return cpu < set->size && set->member[cpu];
}

size_t ws_cpuset_count(const ws_cpuset *set)
{
    size_t count = 0;
    for (size_t cpu = 0; cpu < set->size; cpu++) {
        count += set->member[cpu];
    }
    return count;
}

void ws_cpuset_free(ws_cpuset *set)
{
    free(set->member);
    *set = (ws_cpuset){0};
}

static int reserve(ws_cpuset *set, size_t size)
{
    if (size <= set->size) {
        return 0;
    }
    bool *const member = realloc(set->member, size * sizeof *member);
    if (member == NULL) {
        return ENOMEM;
    }
    for (size_t cpu = set->size; cpu < size; cpu++) {
        member[cpu] = false;
    }
    *set = (ws_cpuset){member, size};
    return 0;
}

/* "3" or "3-5". */
static bool parse_range(ws_text text, int64_t *first, int64_t *last)
{
    if (!ws_text_take_number(&text, first)) {
        return false;
    }
    *last = *first;
    if (text.length > 0 && *text.begin == '-') {
        text.begin++;
        text.length--;
        if (!ws_text_take_number(&text, last)) {
            return false;
        }
    }
    return text.length == 0 && *first <= *last && *last < MOST_CPUS;
}

static int add_range(ws_cpuset *set, ws_text text)
{
    int64_t first;
    int64_t last;
    if (!parse_range(text, &first, &last)) {
        return EINVAL;
    }
    const int rc = reserve(set, (size_t)last + 1);
    if (rc != 0) {
        return rc;
    }
    for (int64_t cpu = first; cpu <= last; cpu++) {
        set->member[cpu] = true;
    }
    return 0;
}

int ws_cpuset_parse(ws_cpuset *out, const char *list)
{
    *out = (ws_cpuset){0};
    ws_text rest = ws_text_trim(list);
    int rc = 0;
    do {
        rc = add_range(out, ws_text_next(&rest, ','));
    } while (rc == 0 && rest.length > 0);
    if (rc != 0) {
        ws_cpuset_free(out);
    }
    return rc;
}

/* The system refuses a mask that is smaller than its own, without saying how large that is. */
static int read_mask(ws_cpuset *out, size_t cpus)
{
    cpu_set_t *const mask = CPU_ALLOC(cpus);
    if (mask == NULL) {
        return ENOMEM;
    }
    const size_t size = CPU_ALLOC_SIZE(cpus);
    CPU_ZERO_S(size, mask);
    int rc = sched_getaffinity(0, size, mask) == 0 ? 0 : EINVAL;
    if (rc == 0) {
        rc = reserve(out, cpus);
    }
    for (size_t cpu = 0; rc == 0 && cpu < cpus; cpu++) {
        out->member[cpu] = CPU_ISSET_S(cpu, size, mask);
    }
    CPU_FREE(mask);
    return rc;
}

int ws_cpuset_of_thread(ws_cpuset *out)
{
    *out = (ws_cpuset){0};
    int rc = EINVAL;
    for (size_t cpus = CPU_SETSIZE; cpus <= MOST_CPUS && rc == EINVAL; cpus *= 2) {
        rc = read_mask(out, cpus);
    }
    return rc;
}

void ws_cpuset_narrow(ws_cpuset *set, const ws_cpuset *other)
{
    bool any = false;
    for (size_t cpu = 0; cpu < set->size; cpu++) {
        any = any || (set->member[cpu] && ws_cpuset_has(other, cpu));
    }
    for (size_t cpu = 0; any && cpu < set->size; cpu++) {
        set->member[cpu] = set->member[cpu] && ws_cpuset_has(other, cpu);
    }
}
