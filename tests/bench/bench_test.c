/* SPDX-License-Identifier: MIT */
/* bench_test.c - sides take turns, ratios are those of one turn, and a wrong answer is told. */
#include "harness/bench.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What the sides note of themselves. */
typedef struct diary {
    char order[64];
    size_t n;
} diary;

typedef struct actor {
    diary *diary;
    char name;
    double sample; /* grows by one each time */
    bool right;
} actor;

static double act(void *ctx)
{
    actor *const self = ctx;
    if (self->diary->n < sizeof self->diary->order - 1)
        self->diary->order[self->diary->n++] = self->name;
    return self->sample++;
}

static bool is_right(void *ctx)
{
    return ((actor *)ctx)->right;
}

static double act_without_sample(void *ctx)
{
    return act(ctx) > 1 ? NAN : 5;
}

/* What the program wrote as JSON, and its exit status. */
static void run_case(const bench_case *c, char **more, char *json, size_t size, int *status)
{
    char path[] = "bench_test_XXXXXX";
    close(mkstemp(path));
    char *argv[8] = {"program", "--json", path};
    int argc = 3;
    for (; more[argc - 3] != NULL; argc++)
        argv[argc] = more[argc - 3];
    bench b;
    cr_assert_eq(bench_begin(&b, "program", "a test", NULL, argc, argv), BENCH_OPTIONS_RUN);
    bench_runtime(&b, "nothing", "1.0", 3);
    bench_setting_add(&b, "COLOUR", "green");
    bench_run(&b, c);
    *status = bench_end(&b);
    FILE *const file = fopen(path, "r");
    cr_assert_not_null(file);
    json[fread(json, 1, size - 1, file)] = 0;
    fclose(file);
    unlink(path);
}

Test(bench, sides_take_turns)
{
    diary d = {{0}, 0};
    actor a = {&d, 'a', 1, true};
    actor b = {&d, 'b', 1, true};
    actor c = {&d, 'c', 1, true};
    const bench_side sides[] = {{"first", NULL, act, is_right, &a},
                                {"second", NULL, act, is_right, &b},
                                {"third", NULL, act, is_right, &c}};
    const bench_case measured = {.name = "turns",
                                 .unit = bench_unit_ns,
                                 .repeat = 4,
                                 .warm_up = 1,
                                 .sides = sides,
                                 .n_sides = 3};
    char json[4096];
    int status;
    run_case(&measured, (char *[]){NULL}, json, sizeof json, &status);
    cr_expect_eq(status, 0);
    cr_expect_str_eq(d.order, "abc"
                              "abc"
                              "bca"
                              "cab"
                              "abc");
}

Test(bench, what_it_writes_holds_the_numbers)
{
    diary d = {{0}, 0};
    actor a = {&d, 'a', 10, true};
    actor b = {&d, 'b', 1, true};
    const bench_side sides[] = {{"first", NULL, act, is_right, &a},
                                {"second", NULL, act, is_right, &b}};
    const bench_ratio ratios[] = {{"first / second", 0, 1}};
    const bench_parameter parameters[] = {{"n", 38}};
    const bench_case measured = {"numbers", bench_unit_us, 2, 3,          0, sides,
                                 2,         ratios,        1, parameters, 1};
    char json[4096];
    int status;
    run_case(&measured, (char *[]){NULL}, json, sizeof json, &status);
    static const char *const expected[] = {
        "\"benchmark\": \"numbers\"",
        "\"program\": \"program\"",
        "\"unit\": \"us\"",
        "\"parameters\": {\"n\": 38}",
        /* 10, 11 and 12 ns for two items */
        "{\"name\": \"first\", \"samples\": 3, \"min\": 0.005, \"median\": 0.0055, \"p99\": 0.006, "
        "\"max\": 0.006}",
        /* 10/1, 11/2 and 12/3 */
        "{\"name\": \"first / second\", \"samples\": 3, \"min\": 4, \"median\": 5.5, \"p99\": 10, "
        "\"max\": 10}",
        "\"right\": true",
        "\"name\": \"nothing\", \"version\": \"1.0\", \"threads\": 3",
        "\"options\": {\"COLOUR\": \"green\"}",
        "\"cores\": ",
    };
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++)
        cr_expect_not_null(strstr(json, expected[i]), "%s is not in %s", expected[i], json);
    cr_expect_eq(json[strlen(json) - 1], '\n');
    cr_expect_eq(strchr(json, '\n'), json + strlen(json) - 1, "one line");
}

Test(bench, wrong_answer_fails_the_program_but_not_the_next_case)
{
    diary d = {{0}, 0};
    actor liar = {&d, 'a', 1, false};
    const bench_side side = {"liar", NULL, act, is_right, &liar};
    const bench_case measured = {
        .name = "lies", .unit = bench_unit_ns, .repeat = 1, .sides = &side, .n_sides = 1};
    char json[4096];
    int status;
    cr_redirect_stderr();
    run_case(&measured, (char *[]){NULL}, json, sizeof json, &status);
    fflush(stderr);
    cr_expect_stderr_eq_str("program: lies: liar: the answer is wrong\n");
    cr_expect_eq(status, 1);
    cr_expect_not_null(strstr(json, "\"right\": false"));
}

Test(bench, missing_samples_are_left_out)
{
    diary d = {{0}, 0};
    actor a = {&d, 'a', 0, true};
    actor b = {&d, 'b', 1, true};
    const bench_side sides[] = {{"some", NULL, act_without_sample, NULL, &a},
                                {"all", NULL, act, NULL, &b}};
    const bench_ratio ratios[] = {{"some / all", 0, 1}};
    const bench_case measured = {.name = "missing",
                                 .unit = bench_unit_count,
                                 .repeat = 5,
                                 .sides = sides,
                                 .n_sides = 2,
                                 .ratios = ratios,
                                 .n_ratios = 1};
    char json[4096];
    int status;
    run_case(&measured, (char *[]){NULL}, json, sizeof json, &status);
    /* 5 over 1 and 5 over 2 */
    cr_expect_not_null(strstr(json, "{\"name\": \"some\", \"samples\": 2, \"min\": 5,"));
    cr_expect_not_null(strstr(json, "{\"name\": \"some / all\", \"samples\": 2, \"min\": 2.5, "
                                    "\"median\": 3.75, \"p99\": 5, \"max\": 5}"));
}

Test(bench, filter_and_list_run_only_what_is_wanted)
{
    diary d = {{0}, 0};
    actor a = {&d, 'a', 1, true};
    const bench_side side = {"side", NULL, act, is_right, &a};
    const bench_case measured = {
        .name = "loop/empty", .unit = bench_unit_ns, .repeat = 1, .sides = &side, .n_sides = 1};
    char json[4096];
    int status;
    run_case(&measured, (char *[]){"--filter", "join", NULL}, json, sizeof json, &status);
    cr_expect_str_eq(json, "");
    run_case(&measured, (char *[]){"--filter", "empty", NULL}, json, sizeof json, &status);
    cr_expect_eq(d.n, 1);
    cr_redirect_stdout();
    run_case(&measured, (char *[]){"--list", NULL}, json, sizeof json, &status);
    cr_expect_str_eq(json, "");
    fflush(stdout);
    cr_expect_stdout_eq_str("loop/empty\n");
    cr_expect_eq(d.n, 1, "still");
}
