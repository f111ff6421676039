/* SPDX-License-Identifier: MIT */
/* misuse.c - what only running shows to be wrong ends a debug build of the library with a message:
 * functions that say that they wrote other numbers of elements than they may, and arrays that
 * overlap. Runs itself again as the program in question. A release build says nothing, so there is
 * nothing to be tested there. */
#include "child.h"

#include <par/arrange.h>
#include <par/iter_any.h>
#include <par/iter_compare.h>
#include <par/iter_slices.h>
#include <par/iter_unzip.h>
#include <par/scan.h>
#include <par/sort.h>

#include <signal.h>

enum { N = 1000 };

static uint64_t in[N];
static uint64_t out[2 * N + 16]; /* room for what is too much */
static size_t n_out;

/* ---- functions ---- */

static ptrdiff_t copy(void *to, const void *from, size_t n, void *ctx)
{
    (void)ctx;
    memcpy(to, from, n * sizeof *in);
    return (ptrdiff_t)n;
}

static ptrdiff_t too_many(void *to, const void *from, size_t n, void *ctx)
{
    return copy(to, from, n, ctx) + 1;
}

static ptrdiff_t too_few(void *to, const void *from, size_t n, void *ctx)
{
    return copy(to, from, n, ctx) - 1;
}

static ptrdiff_t too_far(const void *from, size_t n, void *ctx)
{
    (void)from;
    (void)ctx;
    return (ptrdiff_t)n + 1;
}

static ptrdiff_t keys(void *to, const void *from, size_t n, void *ctx)
{
    (void)from;
    (void)ctx;
    memset(to, 0, n * sizeof(uint32_t));
    return (ptrdiff_t)n - 1;
}

static ptrdiff_t too_many_pairs(int *order, const void *a, const void *b, size_t n, void *ctx)
{
    (void)a;
    (void)b;
    *order = PAR_LESS;
    return too_far(NULL, n, ctx);
}

static ptrdiff_t too_many_lefts(void *left, void *right, const void *from, size_t n, void *ctx)
{
    (void)right;
    return too_many(left, from, n, ctx);
}

static ptrdiff_t scan(void *to, const void *from, size_t n, void *acc, const void *before,
                      void *ctx)
{
    (void)acc;
    (void)before;
    if (to != NULL)
        (void)copy(to, from, n, ctx);
    return 0;
}

static void merge(void *left, const void *right, void *ctx)
{
    (void)left;
    (void)right;
    (void)ctx;
}

static int compare(const void *a, const void *b, void *ctx)
{
    (void)a;
    (void)b;
    (void)ctx;
    return 0;
}

/* ---- programs ---- */

static par_iter over(void)
{
    return par_iter_over(in, sizeof *in, N);
}

static int collect(const par_iter *it)
{
    return par_iter_collect(it, out, N, &n_out);
}

static int map_too_many(void)
{
    par_iter it = over();
    par_iter_map(&it, sizeof *in, copy, NULL);
    par_iter_map(&it, sizeof *in, too_many, NULL);
    return collect(&it);
}

static int map_too_few(void)
{
    par_iter it = over();
    par_iter_map(&it, sizeof *in, too_few, NULL);
    return collect(&it);
}

static int filter_too_many(void)
{
    par_iter it = over();
    par_iter_map(&it, sizeof *in, copy, NULL);
    par_iter_map(&it, sizeof *in, copy, NULL);
    par_iter_filter(&it, too_many, NULL);
    return collect(&it);
}

static int take_too_many(void)
{
    par_iter it = over();
    par_iter_take_any_while(&it, too_far, NULL);
    return collect(&it);
}

static int skip_too_many(void)
{
    par_iter it = over();
    par_iter_skip_any_while(&it, too_far, NULL);
    return collect(&it);
}

static int too_many_some(void)
{
    par_iter it = over();
    par_iter_while_some(&it, sizeof *in, too_many, NULL);
    return collect(&it);
}

static int border_too_far(void)
{
    const par_iter it = par_iter_chunk_by(in, sizeof *in, N, too_far, NULL);
    return par_iter_count(&it, &n_out);
}

static int pairs_too_many(void)
{
    const par_iter it = over();
    int order;
    return par_iter_compare(&order, &it, &it, too_many_pairs, NULL);
}

static int lefts_too_many(void)
{
    const par_iter it = over();
    static uint64_t rights[N];
    par_side left = {out, sizeof *out, N, 0};
    par_side right = {rights, sizeof *rights, N, 0};
    return par_iter_partition(&it, &left, &right, too_many_lefts, NULL);
}

static int eager_map(void)
{
    return par_map(out, sizeof *out, in, sizeof *in, N, too_few, NULL);
}

static int eager_filter(void)
{
    return par_filter(out, &n_out, in, sizeof *in, N, too_many, NULL);
}

static int eager_partition(void)
{
    return par_partition(out, &n_out, in, sizeof *in, N, too_many, NULL);
}

static int eager_histogram(void)
{
    size_t bins[1];
    return par_histogram(bins, 1, in, sizeof *in, N, keys, NULL);
}

static int eager_group_by(void)
{
    par_key_group groups[N];
    return par_group_by(out, groups, N, &n_out, in, sizeof *in, N, too_few, NULL);
}

/* ---- arrays that overlap ---- */

static int collect_in_place(void)
{
    const par_iter it = over();
    return par_iter_collect(&it, in + N - 1, N, &n_out);
}

static int collect_from_behind(void)
{
    par_iter back = par_iter_over(out, sizeof *in, N);
    const par_iter other = over();
    par_iter_rev(&back);
    const par_iter it = par_iter_chain(&other, &back);
    return par_iter_collect(&it, out, 2 * N, &n_out);
}

/* Only what is taken is read. */
static int collect_beside(void)
{
    par_iter it = par_iter_over(out, sizeof *in, 2 * N);
    par_iter_skip(&it, N);
    return par_iter_collect(&it, out, N, &n_out);
}

static int unzip_into_one(void)
{
    const par_iter it = over();
    const par_member members[] = {{out, 4, 0}, {(char *)out + 100, 4, 4}};
    return par_iter_unzip(&it, members, 2, N, &n_out);
}

static int partition_into_one(void)
{
    const par_iter it = over();
    par_side left = {out, sizeof *out, N, 0};
    par_side right = {out + N - 1, sizeof *out, N, 0};
    return par_iter_partition(&it, &left, &right, too_many_lefts, NULL);
}

static int merge_in_place(void)
{
    return par_merge(out, out + N, N, in, N, sizeof *in, compare, NULL);
}

static int merge_into_right(void)
{
    return par_merge(out, in, N, out + N, 1, sizeof *in, compare, NULL);
}

static int scan_shifted(void)
{
    uint64_t acc = 0;
    return par_scan(out + 1, out, sizeof *in, N, &acc, sizeof acc, scan, merge, NULL);
}

static int copy_shifted(void)
{
    return par_copy(out + 1, out, sizeof *in, N);
}

static int count_in_place(void)
{
    return par_histogram((size_t *)(void *)in, 10, in, sizeof *in, N, keys, NULL);
}

static const struct program {
    const char *name;
    int (*run)(void);
    const char *message; /* NULL: nothing is wrong */
} programs[] = {
    {"map_too_many", map_too_many, "stage 2 of an iterator, a map: the function returned "},
    {"map_too_few", map_too_few, "stage 1 of an iterator, a map: the function returned "},
    {"filter_too_many", filter_too_many, "stage 3 of an iterator, a filter: the function returned"},
    {"take_too_many", take_too_many, "stage 1 of an iterator, take_any_while: the function"},
    {"skip_too_many", skip_too_many, "stage 1 of an iterator, skip_any_while: the function"},
    {"too_many_some", too_many_some, "stage 1 of an iterator, while_some: the function"},
    {"border_too_far", border_too_far, "par: chunk_by: the function returned"},
    {"pairs_too_many", pairs_too_many, "par: par_iter_compare: the function returned"},
    {"lefts_too_many", lefts_too_many, "par: par_iter_partition: the function returned"},
    {"eager_map", eager_map, "par: par_map: the function returned"},
    {"eager_filter", eager_filter, "par: par_filter: the function returned"},
    {"eager_partition", eager_partition, "par: par_partition: the function returned"},
    {"eager_histogram", eager_histogram, "par: par_histogram: the function returned"},
    {"eager_group_by", eager_group_by, "par: par_group_by: the function returned"},
    {"collect_in_place", collect_in_place, "par: par_iter_collect: out ("},
    {"collect_from_behind", collect_from_behind, "par: par_iter_collect: out ("},
    {"collect_beside", collect_beside, NULL},
    {"unzip_into_one", unzip_into_one, "par: par_iter_unzip: out ("},
    {"partition_into_one", partition_into_one, "par: par_iter_partition: out ("},
    {"merge_in_place", merge_in_place, "par: par_merge: out ("},
    {"merge_into_right", merge_into_right, "par: par_merge: out ("},
    {"scan_shifted", scan_shifted, "par: par_scan: out ("},
    {"copy_shifted", copy_shifted, "par: par_copy: out ("},
    {"count_in_place", count_in_place, "par: par_histogram: out ("},
};
enum { PROGRAMS = sizeof programs / sizeof programs[0] };

static int run_program(const char *name)
{
    for (size_t i = 0; i < PROGRAMS; i++) {
        if (strcmp(programs[i].name, name) == 0)
            return programs[i].run();
    }
    return 2;
}

/* ---- checks ---- */

#ifndef NDEBUG
/* A call on several threads may say it several times before the process has ended. */
static const char *check_program(const struct program *program)
{
    static child_end end;
    const char *const arguments[] = {"--program", program->name, NULL};
    const char *const environment[] = {"PAR_NUM_THREADS=1", NULL};
    const char *problem = child_run(&end, arguments, environment);
    if (problem != NULL)
        return problem;
    if (program->message == NULL)
        return end.err[0] == '\0' ? child_judge(&end, 0) : wrong("it says: %.200s", end.err);
    if (!WIFSIGNALED(end.status) || WTERMSIG(end.status) != SIGABRT)
        return wrong("%s goes on", program->name);
    if (strstr(end.err, program->message) == NULL || child_lines(end.err) != 1)
        return wrong("%s says: %.200s", program->name, end.err);
    return NULL;
}
#endif

static const char *ends_with_a_message(void)
{
    const char *problem = NULL;
#ifndef NDEBUG
    for (size_t i = 0; i < PROGRAMS && problem == NULL; i++)
        problem = check_program(&programs[i]);
#endif
    return problem;
}

const check checks[] = {{"misuse.ends_with_a_message", ends_with_a_message}, {NULL, NULL}};

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[1], "--program") == 0)
        return run_program(argv[2]);
    return checks_main(argc, argv);
}
