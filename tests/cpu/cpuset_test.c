/* SPDX-License-Identifier: MIT */
/* cpuset_test.c - lists of CPUs are understood wholly or refused. */
#include "cpu/cpuset.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <sched.h>
#include <stdint.h>
#include <string.h>

typedef struct list {
    const char *text;
    const char *members; /* "0110": the CPUs 1 and 2; NULL: refused */
} list;

static const list lists[] = {
    {"0", "1"},
    {"1\n", "01"},
    {" 0-2 \n", "111"},
    {"0,2,4-5", "101011"},
    {"4-5,0", "100011"},
    {"1-2,2-3", "0111"},
    {"3-3", "0001"},
    {"007", "00000001"},
    {"", NULL},
    {"\n", NULL},
    {"x", NULL},
    {"-1", NULL},
    {"1-", NULL},
    {"3-1", NULL},
    {"0,3-1", NULL},
    {"0,,1", NULL},
    {",0", NULL},
    {"0-1-2", NULL},
    {"0 1", NULL},
    {"0, 1", NULL},
    {"0x1", NULL},
    {"0-3:1/2", NULL},
    {"65536", NULL},
    {"0-4294967295", NULL},
    {"99999999999999999999", NULL},
};

Test(cpuset, lists_are_understood_wholly_or_refused)
{
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        ws_cpuset set;
        const char *const members = lists[i].members;
        const int rc = ws_cpuset_parse(&set, lists[i].text);
        cr_expect_eq(rc, members != NULL ? 0 : EINVAL, "\"%s\": %d", lists[i].text, rc);
        const size_t length = members != NULL ? strlen(members) : 0;
        size_t count = 0;
        for (size_t cpu = 0; cpu < length; cpu++) {
            cr_expect_eq(ws_cpuset_has(&set, cpu), members[cpu] == '1', "\"%s\": %zu",
                         lists[i].text, cpu);
            count += members[cpu] == '1';
        }
        cr_expect_eq(ws_cpuset_count(&set), count, "\"%s\"", lists[i].text);
        cr_expect_not(ws_cpuset_has(&set, SIZE_MAX));
        ws_cpuset_free(&set);
    }
}

Test(cpuset, the_largest_number_is_accepted)
{
    ws_cpuset set;
    cr_assert_eq(ws_cpuset_parse(&set, "65535"), 0);
    cr_expect(ws_cpuset_has(&set, 65535));
    cr_expect_eq(ws_cpuset_count(&set), 1u);
    ws_cpuset_free(&set);
}

typedef struct narrowing {
    const char *set;
    const char *other;
    const char *result;
} narrowing;

Test(cpuset, narrowing_never_leaves_nothing)
{
    static const narrowing narrowings[] = {
        {"0-3", "1-2", "1-2"}, {"0-3", "2-9", "2-3"}, {"2-9", "0-3", "2-3"},
        {"0-3", "4-7", "0-3"}, {"4-7", "0-3", "4-7"}, {"1,3", "0-63", "1,3"},
    };
    for (size_t i = 0; i < sizeof narrowings / sizeof *narrowings; i++) {
        ws_cpuset set;
        ws_cpuset other;
        ws_cpuset result;
        cr_assert_eq(ws_cpuset_parse(&set, narrowings[i].set), 0);
        cr_assert_eq(ws_cpuset_parse(&other, narrowings[i].other), 0);
        cr_assert_eq(ws_cpuset_parse(&result, narrowings[i].result), 0);
        ws_cpuset_narrow(&set, &other);
        for (size_t cpu = 0; cpu < 64; cpu++) {
            cr_expect_eq(ws_cpuset_has(&set, cpu), ws_cpuset_has(&result, cpu), "%s by %s: %zu",
                         narrowings[i].set, narrowings[i].other, cpu);
        }
        ws_cpuset_free(&set);
        ws_cpuset_free(&other);
        ws_cpuset_free(&result);
    }
}

Test(cpuset, narrowing_by_the_empty_set_changes_nothing)
{
    ws_cpuset set;
    const ws_cpuset empty = {0};
    cr_assert_eq(ws_cpuset_parse(&set, "0-1"), 0);
    ws_cpuset_narrow(&set, &empty);
    cr_expect_eq(ws_cpuset_count(&set), 2u);
    ws_cpuset_free(&set);
}

Test(cpuset, the_thread_has_the_mask_that_the_system_says)
{
    cpu_set_t mask;
    cr_assert_eq(sched_getaffinity(0, sizeof mask, &mask), 0);
    ws_cpuset set;
    cr_assert_eq(ws_cpuset_of_thread(&set), 0);
    cr_expect_eq(ws_cpuset_count(&set), (size_t)CPU_COUNT(&mask));
    for (size_t cpu = 0; cpu < CPU_SETSIZE; cpu++) {
        cr_expect_eq(ws_cpuset_has(&set, cpu), CPU_ISSET(cpu, &mask) != 0, "CPU %zu", cpu);
    }
    ws_cpuset_free(&set);
}
