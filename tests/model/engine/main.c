/* SPDX-License-Identifier: MIT */
/* main.c - the command line of the checker.
 *
 *   <harness>              searches with 0, 1, .. preemptions up to the harness's bound
 *     --bound <n>          up to n preemptions; "all": as many as there are
 *     --late <n>           up to n late stores in an execution (2)
 *     --long               up to the harness's long bound
 *     --expect <kind>      succeeds if a failure of that kind is found
 *     --no-cache           enters states that were seen before
 *     --replay <schedule>  runs one schedule and prints what the threads do
 *   --list                 names the harnesses
 */
#include "engine/choices.h"
#include "engine/inside.h"
#include "harnesses.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LATE = 2 };

typedef struct command {
    const model_harness *harness;
    unsigned bound;
    unsigned late;
    const char *replay;
    const char *expect;
} command;

static const char *const kinds[MODEL_KINDS] = {"assert",   "invariant", "twice",   "never",
                                               "deadlock", "dead",      "endless", "misuse"};

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

#define LITMUS(name) &litmus_##name,
#define ADDRESS(name) &name##_harness,
static const model_harness *const harnesses[] = {LITMUS_NAMES(LITMUS) HARNESSES(ADDRESS) NULL};

/* ---- the search ------------------------------------------------------------------------------ */

/* How many schedules there are within the bounds; ends at a failure. */
static size_t search(const model_harness *harness, choice_bounds bounds)
{
    size_t schedules = 0;
    choices_search(bounds);
    (void)words_have_grown();
    while (choices_next()) {
        threads_execute(harness);
        schedules++;
        if (words_have_grown()) {
            schedules = 0;
            choices_search(bounds);
        } else if (model_run.failed)
            break;
    }
    return schedules;
}

static int replay(const model_harness *harness, const char *schedule)
{
    if (!choices_replay(schedule) || !choices_next()) {
        (void)fprintf(stderr, "\"%s\" is not a schedule, such as 17:1,40.1:2\n", schedule);
        return 2;
    }
    words_all_shared = true;
    model_run.tracing = true;
    threads_execute(harness);
    model_run.tracing = false;
    if (!model_run.failed)
        printf("%s: this schedule is fine\n", harness->name);
    else
        printf("%s: FAILED (%s): %s\n", harness->name, kinds[model_run.kind], model_run.message);
    return model_run.failed ? 1 : 0;
}

/* Shows the failure that was found, by a replay, which must come to the same. */
static int show(const command *options, const char *schedule)
{
    char message[MESSAGE];
    const model_kind kind = model_run.kind;
    memcpy(message, model_run.message, MESSAGE);
    replay(options->harness, schedule);
    printf("replay: %s --replay %s\n", options->harness->name, schedule);
    if (!model_run.failed || model_run.kind != kind || strcmp(message, model_run.message) != 0) {
        printf("the replay came to something else than the search: %s\n", message);
        return 2;
    }
    if (options->expect == NULL)
        return 1;
    const bool expected = strcmp(options->expect, kinds[kind]) == 0;
    printf("%s: expected: %s, found: %s\n", options->harness->name, options->expect, kinds[kind]);
    return expected ? 0 : 1;
}

static int check(const command *options)
{
    const double begin = seconds();
    size_t all = 0;
    const unsigned first = options->bound == MODEL_ALL ? MODEL_ALL : 0;
    for (unsigned bound = first; bound <= options->bound; bound++) {
        const choice_bounds bounds = {{bound, options->late}};
        const size_t schedules = search(options->harness, bounds);
        all += schedules;
        char label[24] = "any number of";
        if (bound != MODEL_ALL)
            (void)snprintf(label, sizeof label, "at most %u", bound);
        printf("%s: %s preemptions: %zu schedules, %zu states\n", options->harness->name, label,
               schedules, choices_states());
        if (model_run.failed) {
            char *schedule = strdup(choices_schedule());
            const int status = show(options, schedule);
            free(schedule);
            return status;
        }
    }
    printf("%s: %zu schedules, %.2f s\n", options->harness->name, all, seconds() - begin);
    const char *problem = options->harness->finish != NULL ? options->harness->finish() : NULL;
    if (problem != NULL) {
        printf("%s: FAILED: %s\n", options->harness->name, problem);
        return 1;
    }
    if (options->expect != NULL)
        printf("%s: expected: %s, found: nothing\n", options->harness->name, options->expect);
    return options->expect == NULL ? 0 : 1;
}

/* ---- the command line ------------------------------------------------------------------------ */

static int usage(void)
{
    (void)fprintf(stderr,
                  "usage: --list | <harness> [--bound <n>|all] [--late <n>] [--long] [--no-cache]\n"
                  "                          [--expect <kind>] [--replay <schedule>]\n");
    return 2;
}

static const model_harness *harness_named(const char *name)
{
    for (size_t i = 0; harnesses[i] != NULL; i++) {
        if (strcmp(harnesses[i]->name, name) == 0)
            return harnesses[i];
    }
    return NULL;
}

static bool parse_number(const char *text, unsigned *number)
{
    char *end;
    if (strcmp(text, "all") == 0) {
        *number = MODEL_ALL;
        return true;
    }
    const unsigned long value = strtoul(text, &end, 10);
    *number = (unsigned)value;
    return end != text && *end == '\0' && value < MODEL_ALL;
}

static bool parse(command *options, int argc, char **argv)
{
    for (int i = 2; i < argc; i++) {
        const char *value = i + 1 < argc ? argv[i + 1] : "";
        bool takes_value = true;
        if (strcmp(argv[i], "--bound") == 0) {
            if (!parse_number(value, &options->bound))
                return false;
        } else if (strcmp(argv[i], "--late") == 0) {
            if (!parse_number(value, &options->late))
                return false;
        } else if (strcmp(argv[i], "--replay") == 0) {
            options->replay = value;
        } else if (strcmp(argv[i], "--expect") == 0) {
            options->expect = value;
        } else {
            takes_value = false;
            if (strcmp(argv[i], "--long") == 0)
                options->bound = options->harness->long_bound;
            else if (strcmp(argv[i], "--no-cache") == 0)
                choices_use_cache(false);
            else
                return false;
        }
        if (takes_value && ++i == argc)
            return false;
    }
    return true;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--list") == 0) {
        for (size_t i = 0; harnesses[i] != NULL; i++)
            printf("%s\n", harnesses[i]->name);
        return 0;
    }
    command options = {.harness = argc > 1 ? harness_named(argv[1]) : NULL, .late = LATE};
    if (options.harness == NULL)
        return usage();
    options.bound = options.harness->short_bound;
    if (!parse(&options, argc, argv))
        return usage();
    threads_set_up(options.harness);
    return options.replay != NULL ? replay(options.harness, options.replay) : check(&options);
}
