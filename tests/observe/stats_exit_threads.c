/* SPDX-License-Identifier: MIT */
/* stats_exit_threads.c - what PAR_STATS prints when a process ends. Runs itself again as that
 * process. */
#include "child.h"

#include <ctype.h>
#include <par/join.h>
#include <par/stats.h>

/* ---- the process ---- */

static void meet_other(void *arg)
{
    meet(arg, 2);
}

/* Steals in the default pool, and prints how many forks were counted. */
static int steal_and_print(void)
{
    for (size_t i = 0; i < 100; i++) {
        atomic_size_t arrived = 0;
        par_join(meet_other, &arrived, meet_other, &arrived);
    }
    par_stats stats = PAR_STATS_INIT;
    if (par_stats_get(NULL, &stats) != 0)
        return 2;
    printf("%llu\n", (unsigned long long)stats.forked);
    return 0;
}

/* ---- a reader of JSON that only tells whether it is ---- */

static const char *skip_value(const char *text);

static const char *skip_space(const char *text)
{
    while (text != NULL && isspace((unsigned char)*text))
        text++;
    return text;
}

static const char *skip_string(const char *text)
{
    if (*text != '"')
        return NULL;
    for (text++; *text != '"'; text++) {
        if (*text == '\0' || (unsigned char)*text < ' ')
            return NULL;
        if (*text == '\\' && *++text == '\0')
            return NULL;
    }
    return text + 1;
}

static const char *skip_number(const char *text)
{
    char *end = NULL;
    const bool starts = *text == '-' || isdigit((unsigned char)*text);
    (void)strtod(text, &end);
    return starts && end != text ? end : NULL;
}

/* A member of an object, or an element of an array. */
static const char *skip_member(const char *text, bool named)
{
    if (named) {
        text = skip_space(skip_string(text));
        if (text == NULL || *text != ':')
            return NULL;
        text = skip_space(text + 1);
    }
    return skip_space(skip_value(text));
}

static const char *skip_list(const char *text, char close)
{
    text = skip_space(text + 1);
    if (*text == close)
        return text + 1;
    for (;;) {
        text = skip_member(text, close == '}');
        if (text == NULL || (*text != ',' && *text != close))
            return NULL;
        if (*text == close)
            return text + 1;
        text = skip_space(text + 1);
    }
}

static const char *skip_value(const char *text)
{
    static const char *const words[] = {"true", "false", "null"};
    if (*text == '{' || *text == '[')
        return skip_list(text, *text == '{' ? '}' : ']');
    if (*text == '"')
        return skip_string(text);
    for (size_t i = 0; i < 3; i++) {
        if (strncmp(text, words[i], strlen(words[i])) == 0)
            return text + strlen(words[i]);
    }
    return skip_number(text);
}

static bool is_json(const char *text)
{
    const char *end = skip_space(text);
    if (*end != '{')
        return false;
    end = skip_space(skip_value(end));
    return end != NULL && *end == '\0';
}

static const char *stats_exit_reader_reads(void)
{
    static const char *const good[] = {"{}", "{\"a\": 1}",
                                       " {\"a\": [1, -2.5e3, {}], \"b\": null}\n",
                                       "{\"a\\\"\": \"\\u0041\", \"b\": [true, []]}"};
    static const char *const bad[] = {"",
                                      "[]",
                                      "{",
                                      "{a: 1}",
                                      "{\"a\" 1}",
                                      "{\"a\": 1,}",
                                      "{\"a\": 1} x",
                                      "{\"a\": [1 2]}",
                                      "{\"a\": +1}"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        if (!is_json(good[i]))
            return wrong("not taken for JSON: %s", good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        if (is_json(bad[i]))
            return wrong("taken for JSON: %s", bad[i]);
    }
    return NULL;
}

/* ---- the checks ---- */

static child_end seen;

static const char *run_with(const char *setting)
{
    const char *arguments[] = {"--process", NULL};
    const char *environment[] = {setting, "PAR_NUM_THREADS=2", NULL};
    const char *problem = child_run(&seen, arguments, environment);
    return problem != NULL ? problem : child_judge(&seen, 0);
}

static const char *stats_exit_prints_nothing_unasked(void)
{
    const char *problem = run_with("PAR_STATS=0");
    if (problem != NULL)
        return problem;
    if (seen.err[0] != '\0' || strcmp(seen.out, "0\n") != 0)
        return wrong("PAR_STATS=0: %s forks counted, stderr: %.200s", seen.out, seen.err);
    return NULL;
}

static const char *expect_words(const char *setting)
{
    static const char *const words[] = {"executed", "forked", "stolen",    "failed",
                                        "parked",   "woken",  "published", "lent"};
    const char *problem = run_with(setting);
    if (problem != NULL)
        return problem;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strstr(seen.err, words[i]) == NULL)
            return wrong("%s: no '%s' in: %.300s", setting, words[i], seen.err);
    }
    if (strtoull(seen.out, NULL, 10) < 1)
        return wrong("%s: no forks were counted", setting);
    return NULL;
}

static const char *stats_exit_prints_text(void)
{
    return expect_words("PAR_STATS=1");
}

static const char *stats_exit_prints_json(void)
{
    const char *problem = expect_words("PAR_STATS=json");
    if (problem != NULL)
        return problem;
    return is_json(seen.err) ? NULL : wrong("this is not JSON: %.400s", seen.err);
}

#define STATS_EXIT_CHECKS(X)                                                                       \
    X(stats_exit, reader_reads)                                                                    \
    X(stats_exit, prints_nothing_unasked)                                                          \
    X(stats_exit, prints_text)                                                                     \
    X(stats_exit, prints_json)

const check checks[] = {STATS_EXIT_CHECKS(CHECK_ROW){NULL, NULL}};

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "--process") == 0)
        return steal_and_print();
    return checks_main(argc, argv);
}
