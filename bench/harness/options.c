/* SPDX-License-Identifier: MIT */
/* options.c - see options.h. */
#include "harness/options.h"

#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Where the program's arguments are, and what is said of wrong ones. */
typedef struct reader {
    const char *program;
    int argc;
    char **argv;
    int next;
    bool failed;
} reader;

static void complain(reader *arguments, const char *option, const char *value, const char *expected)
{
    if (value == NULL)
        fprintf(stderr, "%s: %s needs %s\n", arguments->program, option, expected);
    else
        fprintf(stderr, "%s: %s takes %s, not \"%s\"\n", arguments->program, option, expected,
                value);
    arguments->failed = true;
}

static const char *read_text(reader *arguments, const char *option, const char *expected)
{
    const char *const value =
        arguments->next < arguments->argc ? arguments->argv[arguments->next++] : NULL;
    if (value == NULL || *value == 0)
        complain(arguments, option, value, expected);
    return value;
}

static size_t read_number(reader *arguments, const char *option)
{
    static const char *const expected = "a whole number of at least 1";
    const char *const value = read_text(arguments, option, expected);
    if (value == NULL || *value == 0)
        return 0;
    errno = 0;
    char *end;
    const unsigned long number = strtoul(value, &end, 10);
    if (*value < '0' || *value > '9' || *end != 0 || errno != 0 || number == 0)
        complain(arguments, option, value, expected);
    return number;
}

static void print_help(const char *program, const char *about, const char *size)
{
    printf("%s: %s\n\n"
           "  --json FILE    add the results to FILE, one JSON object a line; - is stdout\n"
           "  --filter TEXT  only benchmarks whose name contains TEXT\n"
           "  --repeat N     samples of each side\n",
           program, about);
    if (size != NULL)
        printf("  --size N       %s\n", size);
    printf("  --threads N    threads of the runtime\n"
           "  --quick        small problems and few samples: to see that it works\n"
           "  --list         only print the names of the benchmarks\n"
           "  --help         this text\n");
}

bench_options_result bench_options_read(bench_options *options, const char *program,
                                        const char *about, const char *size, int argc, char **argv)
{
    *options = (bench_options){0};
    reader arguments = {program, argc, argv, 1, false};
    while (arguments.next < argc && !arguments.failed) {
        const char *const option = argv[arguments.next++];
        if (strcmp(option, "--json") == 0) {
            options->json = read_text(&arguments, option, "a file's name");
        } else if (strcmp(option, "--filter") == 0) {
            options->filter = read_text(&arguments, option, "a part of a name");
        } else if (strcmp(option, "--repeat") == 0) {
            options->repeat = read_number(&arguments, option);
        } else if (strcmp(option, "--size") == 0 && size != NULL) {
            options->size = read_number(&arguments, option);
        } else if (strcmp(option, "--threads") == 0) {
            options->threads = read_number(&arguments, option);
        } else if (strcmp(option, "--quick") == 0) {
            options->quick = true;
        } else if (strcmp(option, "--list") == 0) {
            options->list = true;
        } else if (strcmp(option, "--help") == 0) {
            print_help(program, about, size);
            return BENCH_OPTIONS_HELP;
        } else {
            fprintf(stderr, "%s: unknown option \"%s\"; --help lists them\n", program, option);
            arguments.failed = true;
        }
    }
    return arguments.failed ? BENCH_OPTIONS_WRONG : BENCH_OPTIONS_RUN;
}
