/* SPDX-License-Identifier: MIT */
/* limits.c - what the system grants this process: the CPUs of its mask and its cpusets, and the
 * least of the time quotas that its control groups and their ancestors set. */
#include "cpu/limits.h"

#include "base/text.h"
#include "cpu/cgroup.h"
#include "cpu/cpuset.h"
#include "cpu/sysfile.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct reading {
    const char *root;
    ws_cpuset allowed;
    double quota; /* 0 = none */
    char *quota_source;
} reading;

/* ---- quotas --------------------------------------------------------------------------------- */

/* A whole text that is one number above 0. */
static bool parse_positive(ws_text text, double *value)
{
    int64_t number;
    if (!ws_text_take_number(&text, &number) || text.length > 0 || number == 0) {
        return false;
    }
    *value = (double)number;
    return true;
}

/* "50000 100000": microseconds of each period. "max 100000" is no quota, and so is whatever else
 * stands there. */
static double parse_cpu_max(const char *text)
{
    ws_text rest = ws_text_trim(text);
    double time;
    double period;
    if (!parse_positive(ws_text_next(&rest, ' '), &time) || !parse_positive(rest, &period)) {
        return 0;
    }
    return time / period;
}

/* A quota of -1 is none. */
static double parse_cfs(const char *quota_text, const char *period_text)
{
    double time;
    double period;
    if (!parse_positive(ws_text_trim(quota_text), &time) ||
        !parse_positive(ws_text_trim(period_text), &period)) {
        return 0;
    }
    return time / period;
}

static int take_quota(reading *r, double quota, const char *folder, const char *name)
{
    if (quota <= 0 || (r->quota > 0 && r->quota <= quota)) {
        return 0;
    }
    char *source = NULL;
    if (asprintf(&source, "%s/%s", folder, name) < 0) {
        return ENOMEM;
    }
    free(r->quota_source);
    r->quota_source = source;
    r->quota = quota;
    return 0;
}

static int read_cpu_max(reading *r, const char *folder)
{
    static const char name[] = "cpu.max";
    char *text;
    int rc = ws_sysfile_read(&text, r->root, folder, name);
    if (rc == 0 && text != NULL) {
        rc = take_quota(r, parse_cpu_max(text), folder, name);
    }
    free(text);
    return rc;
}

static int read_cfs_quota(reading *r, const char *folder)
{
    static const char name[] = "cpu.cfs_quota_us";
    char *quota = NULL;
    char *period = NULL;
    int rc = ws_sysfile_read(&quota, r->root, folder, name);
    if (rc == 0) {
        rc = ws_sysfile_read(&period, r->root, folder, "cpu.cfs_period_us");
    }
    if (rc == 0 && quota != NULL && period != NULL) {
        rc = take_quota(r, parse_cfs(quota, period), folder, name);
    }
    free(quota);
    free(period);
    return rc;
}

/* ---- sets ----------------------------------------------------------------------------------- */

/* Reads a list of CPUs from a file; empty if there is none. */
static int read_list(ws_cpuset *out, const char *root, const char *folder, const char *name)
{
    *out = (ws_cpuset){0};
    char *text;
    int rc = ws_sysfile_read(&text, root, folder, name);
    if (rc == 0 && text != NULL) {
        rc = ws_cpuset_parse(out, text);
    }
    free(text);
    return rc == ENOMEM ? rc : 0;
}

static int read_online(ws_cpuset *out, const char *root)
{
    return read_list(out, root, "/sys/devices/system/cpu", "online");
}

/* What is in effect counts, not what was asked for. An ancestor's set may lack CPUs that it has
 * handed to this group for good (a partition); as the two have nothing in common then, narrowing
 * leaves the set alone. */
static int read_cpuset(reading *r, const char *folder, const char *effective)
{
    ws_cpuset set;
    int rc = read_list(&set, r->root, folder, effective);
    if (rc == 0 && set.size == 0) {
        rc = read_list(&set, r->root, folder, "cpuset.cpus");
    }
    ws_cpuset_narrow(&r->allowed, &set);
    ws_cpuset_free(&set);
    return rc;
}

static int read_group(ws_cgroup_kind kind, const char *folder, void *arg)
{
    reading *const r = arg;
    switch (kind) {
    case WS_CGROUP_V2: {
        const int rc = read_cpu_max(r, folder);
        return rc != 0 ? rc : read_cpuset(r, folder, "cpuset.cpus.effective");
    }
    case WS_CGROUP_V1_CPU:
        return read_cfs_quota(r, folder);
    case WS_CGROUP_V1_CPUSET:
        return read_cpuset(r, folder, "cpuset.effective_cpus");
    case WS_CGROUP_KINDS:
    default:
        return 0;
    }
}

/* The mask in a recorded status file. It may name CPUs that are not online. */
static int read_recorded_mask(ws_cpuset *out, const char *root)
{
    static const char key[] = "Cpus_allowed_list:";
    *out = (ws_cpuset){0};
    char *text;
    int rc = ws_sysfile_read(&text, root, "/proc/self", "status");
    char *const line = rc == 0 && text != NULL ? strstr(text, key) : NULL;
    if (line != NULL) {
        char *const list = line + strlen(key);
        list[strcspn(list, "\n")] = '\0';
        rc = ws_cpuset_parse(out, list);
    }
    free(text);
    return rc;
}

/* The mask; without one all CPUs that are online; without those the first. */
static int read_allowed(reading *r, const ws_cpuset *online)
{
    int rc = *r->root == '\0' ? ws_cpuset_of_thread(&r->allowed)
                              : read_recorded_mask(&r->allowed, r->root);
    if (rc != ENOMEM && ws_cpuset_count(&r->allowed) == 0) {
        rc = read_online(&r->allowed, r->root);
    }
    if (rc != ENOMEM && ws_cpuset_count(&r->allowed) == 0) {
        rc = ws_cpuset_parse(&r->allowed, "0");
    }
    ws_cpuset_narrow(&r->allowed, online);
    return rc;
}

static bool lacks_any_of(const ws_cpuset *allowed, const ws_cpuset *online)
{
    for (size_t cpu = 0; cpu < online->size; cpu++) {
        if (online->member[cpu] && !ws_cpuset_has(allowed, cpu)) {
            return true;
        }
    }
    return false;
}

static void free_reading(reading *r)
{
    ws_cpuset_free(&r->allowed);
    free(r->quota_source);
}

static int read_limits(ws_limits *out, reading *r, const ws_cpuset *online)
{
    int rc = read_allowed(r, online);
    if (rc == 0) {
        rc = ws_cgroup_walk(r->root, read_group, r);
    }
    if (rc != 0) {
        free_reading(r);
        return rc;
    }
    *out = (ws_limits){
        .allowed = r->allowed.member,
        .allowed_size = r->allowed.size,
        .allowed_count = ws_cpuset_count(&r->allowed),
        .narrowed = lacks_any_of(&r->allowed, online),
        .quota = r->quota,
        .quota_source = r->quota_source,
    };
    return 0;
}

int ws_limits_read(ws_limits *out, const char *root)
{
    reading r = {.root = root};
    ws_cpuset online;
    int rc = read_online(&online, root);
    if (rc == 0) {
        rc = read_limits(out, &r, &online);
    }
    ws_cpuset_free(&online);
    return rc;
}

void ws_limits_free(ws_limits *limits)
{
    free(limits->allowed);
    free(limits->quota_source);
    *limits = (ws_limits){0};
}
