/* SPDX-License-Identifier: MIT */
/* limits_test.c - the limits that limits.c finds in recorded trees, in garbage, and here. */
#include "cpu/limits.h"

#include "cpu/placement.h"
#include "tests/cpu/limits_trees.h"
#include "tests/cpu/tree.h"

#include <criterion/criterion.h>
#include <math.h>
#include <sched.h>
#include <stdint.h>
#include <unistd.h>

enum { TREES = sizeof limits_trees / sizeof *limits_trees };

static void write_text(const char *root, const char *path, const char *content)
{
    if (content != NULL) {
        tree_write(root, path, content, strlen(content));
    }
}

static void write_tree(const char *root, const limits_tree *tree)
{
    char status[256];
    snprintf(status, sizeof status,
             "Name:\ttest\nCpus_allowed:\tff\nCpus_allowed_list:\t%s\nMems_allowed_list:\t0\n",
             tree->mask != NULL ? tree->mask : "");
    write_text(root, "/proc/self/status", tree->mask != NULL ? status : NULL);
    write_text(root, "/sys/devices/system/cpu/online", tree->online);
    write_text(root, "/proc/self/cgroup", tree->groups);
    write_text(root, "/proc/self/mountinfo", tree->mounts);
    for (size_t i = 0; i < 8 && tree->files[i].path != NULL; i++) {
        write_text(root, tree->files[i].path, tree->files[i].content);
    }
}

static void list_allowed(const ws_limits *limits, char *list, size_t size)
{
    size_t length = 0;
    *list = '\0';
    for (size_t cpu = 0; cpu < limits->allowed_size && length < size; cpu++) {
        if (limits->allowed[cpu]) {
            length +=
                (size_t)snprintf(list + length, size - length, "%s%zu", length > 0 ? "," : "", cpu);
        }
    }
}

/* A machine with 16 cores, whatever the limits allow of it. */
static size_t threads_of_a_large_machine(ws_limits *limits)
{
    ws_pu pus[16];
    bool allowed[16];
    for (unsigned i = 0; i < 16; i++) {
        pus[i] = (ws_pu){.cpu = i, .core = i, .l2 = i, .l3 = i};
        allowed[i] = true;
    }
    const ws_topology machine = {.pu_count = 16, .pus = pus};
    const ws_limits open = {allowed, 16, 16, false, limits->quota, NULL};
    return ws_placement_default_threads(&machine, &open, false);
}

static void check_tree(const limits_tree *tree, ws_limits *limits)
{
    char allowed[256];
    list_allowed(limits, allowed, sizeof allowed);
    size_t count = 1;
    for (const char *c = tree->allowed; *c != '\0'; c++) {
        count += *c == ',';
    }
    cr_expect_str_eq(allowed, tree->allowed, "%s: allowed are %s", tree->name, allowed);
    cr_expect_eq(limits->allowed_count, count, "%s: %zu", tree->name, limits->allowed_count);
    cr_expect_eq(limits->narrowed, tree->narrowed, "%s: narrowed", tree->name);
    cr_expect_float_eq(limits->quota, tree->quota, 1e-9, "%s: quota is %f", tree->name,
                       limits->quota);
    cr_expect_eq(threads_of_a_large_machine(limits), tree->quota > 0 ? tree->threads : 16,
                 "%s: threads", tree->name);
    if (tree->source == NULL) {
        cr_expect_null(limits->quota_source, "%s: source", tree->name);
    } else {
        cr_assert_not_null(limits->quota_source, "%s: source", tree->name);
        cr_expect_str_eq(limits->quota_source, tree->source, "%s: source is %s", tree->name,
                         limits->quota_source);
    }
}

Test(limits, recorded_trees)
{
    for (size_t i = 0; i < TREES; i++) {
        char root[64];
        tree_begin(root);
        write_tree(root, &limits_trees[i]);
        ws_limits limits;
        const int rc = ws_limits_read(&limits, root);
        tree_end(root);
        cr_assert_eq(rc, 0, "%s", limits_trees[i].name);
        check_tree(&limits_trees[i], &limits);
        ws_limits_free(&limits);
    }
}

typedef struct quota_text {
    const char *v2;
    const char *v1_quota;
    const char *v1_period;
    double quota;
} quota_text;

static const quota_text quota_texts[] = {
    {"100000 100000", "100000", "100000", 1},
    {" 100000 50000 \n", " 100000\n", "50000 \n", 2},
    {"1 1000000", "1", "1000000", 1e-6},
    {"max 100000", "-1", "100000", 0},
    {"0 100000", "0", "100000", 0},
    {"100000 0", "100000", "0", 0},
    {"-1 100000", "-100000", "100000", 0},
    {"100000", "100000", "", 0},
    {"", "", "100000", 0},
    {"100000 100000 100000", "100000 100000", "100000", 0},
    {"100000 max", "100000", "max", 0},
    {"0x10 100000", "0x10", "100000", 0},
    {"1e5 100000", "1e5", "100000", 0},
    {"100000us 100000", "100000us", "100000", 0},
    {"99999999999999999999 100000", "99999999999999999999", "100000", 0},
    {"\xff\xfe\x01", "\xff\xfe\x01", "\x80", 0},
};

static double read_quota(const limits_tree *tree)
{
    char root[64];
    tree_begin(root);
    write_tree(root, tree);
    ws_limits limits;
    const int rc = ws_limits_read(&limits, root);
    tree_end(root);
    cr_assert_eq(rc, 0);
    const double quota = limits.quota;
    ws_limits_free(&limits);
    return quota;
}

Test(limits, quotas_are_understood_wholly_or_not_at_all)
{
    for (size_t i = 0; i < sizeof quota_texts / sizeof *quota_texts; i++) {
        const quota_text *const text = &quota_texts[i];
        const limits_tree v2 = {.mask = "0",
                                .groups = "0::/a\n",
                                .mounts = LINE_V2,
                                .files = {{V2 "/a/cpu.max", text->v2}}};
        const limits_tree v1 = {.mask = "0",
                                .groups = "4:cpu:/a\n",
                                .mounts = LINE_CPU,
                                .files = {{CPU "/a/cpu.cfs_quota_us", text->v1_quota},
                                          {CPU "/a/cpu.cfs_period_us", text->v1_period}}};
        cr_expect_float_eq(read_quota(&v2), text->quota, 1e-12, "v2 \"%s\"", text->v2);
        cr_expect_float_eq(read_quota(&v1), text->quota, 1e-12, "v1 \"%s\"", text->v1_quota);
    }
}

/* A group as deep as a path may be, below a table of mounts larger than any buffer. */
Test(limits, deep_groups_and_many_mounts)
{
    enum { MOUNTS = 3000 };
    char root[64];
    tree_begin(root);
    char *const mounts = calloc(MOUNTS + 1, 128);
    cr_assert_not_null(mounts);
    size_t length = 0;
    for (int i = 0; i < MOUNTS; i++) {
        length += (size_t)sprintf(mounts + length,
                                  "%d 25 0:%d / /var/lib/layer/%d rw shared:%d - overlay o rw\n",
                                  100 + i, i, i, i);
    }
    length += (size_t)sprintf(mounts + length, "%s", LINE_V2);
    tree_write(root, "/proc/self/mountinfo", mounts, length);
    free(mounts);

    char group[256] = "0::";
    for (int i = 0; i < 60; i++) {
        strcat(group, "/x");
    }
    write_text(root, "/proc/self/cgroup", group);
    write_text(root, V2 "/x/x/x/cpu.max", "700000 100000\n");
    ws_limits limits;
    const int rc = ws_limits_read(&limits, root);
    tree_end(root);
    cr_assert_eq(rc, 0);
    cr_expect_float_eq(limits.quota, 7.0, 1e-9);
    ws_limits_free(&limits);
}

/* ---- garbage -------------------------------------------------------------------------------- */

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

/* Writes `content` with a few bytes changed, or cut short. */
static void write_damaged(const char *root, const char *path, const char *content, uint32_t *state)
{
    static const char letters[] = "\0\n :,-/.\\019acpuxm\xff";
    char damaged[1024];
    size_t length = strlen(content);
    cr_assert_lt(length, sizeof damaged);
    memcpy(damaged, content, length);
    for (uint32_t changes = next_random(state) % 6; changes > 0 && length > 0; changes--) {
        damaged[next_random(state) % length] = letters[next_random(state) % (sizeof letters - 1)];
    }
    if (next_random(state) % 4 == 0 && length > 0) {
        length = next_random(state) % length;
    }
    tree_write(root, path, damaged, length);
}

static void write_damaged_tree(const char *root, const limits_tree *tree, uint32_t *state)
{
    const tree_file files[] = {
        {"/proc/self/status", "Cpus_allowed_list:\t0-3,5,7-9\n"},
        {"/sys/devices/system/cpu/online", "0-7,9\n"},
        {"/proc/self/cgroup", tree->groups != NULL ? tree->groups : ""},
        {"/proc/self/mountinfo", tree->mounts != NULL ? tree->mounts : ""},
    };
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        write_damaged(root, files[i].path, files[i].content, state);
    }
    for (size_t i = 0; i < 8 && tree->files[i].path != NULL; i++) {
        write_damaged(root, tree->files[i].path, tree->files[i].content, state);
    }
}

Test(limits, damaged_files_never_break_what_callers_rely_on)
{
    uint32_t state = 20240607;
    for (size_t round = 0; round < 4 * TREES; round++) {
        char root[64];
        tree_begin(root);
        write_damaged_tree(root, &limits_trees[round % TREES], &state);
        ws_limits limits;
        const int rc = ws_limits_read(&limits, root);
        tree_end(root);
        cr_assert_eq(rc, 0, "round %zu", round);
        size_t count = 0;
        for (size_t cpu = 0; cpu < limits.allowed_size; cpu++) {
            count += limits.allowed[cpu];
        }
        cr_assert_geq(limits.allowed_count, 1u, "round %zu", round);
        cr_assert_eq(limits.allowed_count, count, "round %zu", round);
        cr_assert(isfinite(limits.quota) && limits.quota >= 0, "round %zu", round);
        cr_assert_eq(limits.quota > 0, limits.quota_source != NULL, "round %zu", round);
        ws_limits_free(&limits);
    }
}

/* ---- here ----------------------------------------------------------------------------------- */

Test(limits, this_process_follows_its_affinity_mask)
{
    cpu_set_t before;
    cr_assert_eq(sched_getaffinity(0, sizeof before, &before), 0);
    ws_limits limits;
    cr_assert_eq(ws_limits_read(&limits, ""), 0);
    cr_expect_eq(limits.allowed_count, (size_t)CPU_COUNT(&before));
    for (size_t cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        const bool allowed = cpu < limits.allowed_size && limits.allowed[cpu];
        cr_expect_eq(allowed, CPU_ISSET(cpu, &before) != 0, "CPU %zu", cpu);
    }
    ws_limits_free(&limits);

    size_t last = CPU_SETSIZE - 1;
    while (!CPU_ISSET(last, &before)) {
        last--;
    }
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(last, &one);
    cr_assert_eq(sched_setaffinity(0, sizeof one, &one), 0);
    cr_assert_eq(ws_limits_read(&limits, ""), 0);
    cr_expect_eq(limits.allowed_count, 1u);
    cr_expect(limits.allowed[last]);
    cr_expect_eq(limits.narrowed, sysconf(_SC_NPROCESSORS_ONLN) > 1);
    ws_limits_free(&limits);
}
