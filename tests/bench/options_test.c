/* SPDX-License-Identifier: MIT */
/* options_test.c - the command line that benchmark programs share. */
#include "harness/options.h"

#include <criterion/criterion.h>
#include <criterion/redirect.h>
#include <stdio.h>

enum { most_arguments = 12 };

/* Reads up to the first NULL. */
static bench_options_result read_all(bench_options *options, const char *size, char **arguments)
{
    static char name[] = "program";
    char *argv[most_arguments] = {name};
    int argc = 1;
    while (arguments[argc - 1] != NULL) {
        argv[argc] = arguments[argc - 1];
        argc++;
    }
    return bench_options_read(options, "program", "a test", size, argc, argv);
}

#define ARGUMENTS(...)                                                                             \
    (char *[])                                                                                     \
    {                                                                                              \
        __VA_ARGS__, NULL                                                                          \
    }

Test(options, are_all_off_without_arguments)
{
    bench_options options;
    cr_assert_eq(read_all(&options, NULL, (char *[]){NULL}), BENCH_OPTIONS_RUN);
    cr_expect_null(options.json);
    cr_expect_null(options.filter);
    cr_expect_eq(options.repeat, 0);
    cr_expect_eq(options.size, 0);
    cr_expect_eq(options.threads, 0);
    cr_expect_not(options.quick);
    cr_expect_not(options.list);
}

Test(options, are_read)
{
    bench_options options;
    char *arguments[] = {"--json", "-",      "--filter",  "fib", "--repeat", "5",
                         "--size", "100000", "--threads", "2",   NULL};
    cr_assert_eq(read_all(&options, "a size", arguments), BENCH_OPTIONS_RUN);
    cr_expect_str_eq(options.json, "-");
    cr_expect_str_eq(options.filter, "fib");
    cr_expect_eq(options.repeat, 5);
    cr_expect_eq(options.size, 100000);
    cr_expect_eq(options.threads, 2);
    cr_assert_eq(read_all(&options, NULL, ARGUMENTS("--quick", "--list")), BENCH_OPTIONS_RUN);
    cr_expect(options.quick && options.list);
}

/* One line that names the option and the value. */
static void expect_refused(const char *size, char **arguments, const char *message)
{
    bench_options options;
    cr_redirect_stderr();
    cr_expect_eq(read_all(&options, size, arguments), BENCH_OPTIONS_WRONG);
    fflush(stderr);
    cr_expect_stderr_eq_str(message);
}

#define NUMBER "a whole number of at least 1"

Test(options, refuse_zero)
{
    expect_refused(NULL, ARGUMENTS("--repeat", "0"),
                   "program: --repeat takes " NUMBER ", not \"0\"\n");
}

Test(options, refuse_a_sign)
{
    expect_refused(NULL, ARGUMENTS("--threads", "-2"),
                   "program: --threads takes " NUMBER ", not \"-2\"\n");
}

Test(options, refuse_what_follows_a_number)
{
    expect_refused("a size", ARGUMENTS("--size", "12x"),
                   "program: --size takes " NUMBER ", not \"12x\"\n");
}

Test(options, refuse_a_number_that_does_not_fit)
{
    expect_refused(NULL, ARGUMENTS("--repeat", "99999999999999999999"),
                   "program: --repeat takes " NUMBER ", not \"99999999999999999999\"\n");
}

Test(options, refuse_a_missing_value)
{
    expect_refused(NULL, ARGUMENTS("--repeat"), "program: --repeat needs " NUMBER "\n");
}

Test(options, refuse_an_empty_value)
{
    expect_refused(NULL, ARGUMENTS("--json", ""),
                   "program: --json takes a file's name, not \"\"\n");
}

Test(options, refuse_a_size_where_there_is_none)
{
    expect_refused(NULL, ARGUMENTS("--size", "5"),
                   "program: unknown option \"--size\"; --help lists them\n");
}

Test(options, help_is_printed)
{
    bench_options options;
    cr_redirect_stdout();
    cr_expect_eq(read_all(&options, "how large", ARGUMENTS("--help")), BENCH_OPTIONS_HELP);
    fflush(stdout);
    cr_expect_stdout_neq_str("");
}
