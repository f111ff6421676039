/* SPDX-License-Identifier: MIT */
/* option_test.c - the strict reader of PAR_* variables: what is accepted, and what is said about
 * what is not. */
#include "base/option.h"

#include "tests/base/capture.h"
#include "tests/base/option_rows.h"

#include <criterion/criterion.h>
#include <pthread.h>
#include <stdint.h>
#include <string.h>

/* Sets the one variable, reads, and returns what was said on stderr. */
static char *read_with(const char *variable, const char *value)
{
    clear_environment();
    setenv(variable, value, 1);
    const capture c = capture_begin();
    ws_option_get(WS_OPTION_NUM_THREADS);
    return capture_end(c);
}

/* ---- the table ------------------------------------------------------------------------------ */

Test(option, every_default_is_a_value_of_its_row)
{
    for (size_t i = 0; i < WS_OPTION_COUNT; i++) {
        char text[64];
        int64_t value = -1;
        ws_option_default((ws_option)i, text, sizeof text);
        cr_expect(ws_option_accepts((ws_option)i, rows[i].value), "%s", rows[i].variable);
        cr_expect(ws_option_parse((ws_option)i, text, &value), "%s=%s", rows[i].variable, text);
        cr_expect_eq(value, rows[i].value, "%s", rows[i].variable);
    }
}

Test(option, words_and_ranges_agree)
{
    for (size_t i = 0; i < WS_OPTION_COUNT; i++) {
        int64_t words = 1;
        for (const char *c = rows[i].words; *c != '\0'; c++) {
            words += *c == '|';
        }
        cr_expect_leq(rows[i].minimum, rows[i].maximum, "%s", rows[i].variable);
        if (rows[i].kind == WORD) {
            cr_expect_eq(rows[i].minimum, 0, "%s", rows[i].variable);
            cr_expect_eq(rows[i].maximum, words - 1, "%s", rows[i].variable);
        } else {
            cr_expect_eq(words, 1, "%s has one word for its default at most", rows[i].variable);
        }
    }
}

Test(option, names_are_not_spelling_mistakes_of_each_other)
{
    for (size_t i = 0; i < WS_OPTION_COUNT; i++) {
        char *const said = read_with(rows[i].variable, "");
        cr_expect_str_empty(said, "%s", said);
        free(said);
    }
}

/* ---- values --------------------------------------------------------------------------------- */

typedef struct sample {
    ws_option option;
    const char *text;
    int64_t value; /* -1: refused */
} sample;

static const sample samples[] = {
    {WS_OPTION_NUM_THREADS, "1", 1},
    {WS_OPTION_NUM_THREADS, "4096", 4096},
    {WS_OPTION_NUM_THREADS, " \t8\n", 8},
    {WS_OPTION_NUM_THREADS, "008", 8},
    {WS_OPTION_NUM_THREADS, "auto", 0},
    {WS_OPTION_NUM_THREADS, " AUTO ", 0},
    {WS_OPTION_NUM_THREADS, "0", -1},
    {WS_OPTION_NUM_THREADS, "4097", -1},
    {WS_OPTION_NUM_THREADS, "-3", -1},
    {WS_OPTION_NUM_THREADS, "+3", -1},
    {WS_OPTION_NUM_THREADS, "- 3", -1},
    {WS_OPTION_NUM_THREADS, "abc", -1},
    {WS_OPTION_NUM_THREADS, "", -1},
    {WS_OPTION_NUM_THREADS, "3x", -1},
    {WS_OPTION_NUM_THREADS, "3 4", -1},
    {WS_OPTION_NUM_THREADS, "3,4", -1},
    {WS_OPTION_NUM_THREADS, "0x10", -1},
    {WS_OPTION_NUM_THREADS, "1e2", -1},
    {WS_OPTION_NUM_THREADS, "2.0", -1},
    {WS_OPTION_NUM_THREADS, "2K", -1},
    {WS_OPTION_NUM_THREADS, "auto1", -1},
    {WS_OPTION_NUM_THREADS, "aut", -1},
    {WS_OPTION_NUM_THREADS, "99999999999999999999", -1},
    {WS_OPTION_NUM_THREADS, "18446744073709551617", -1},
    {WS_OPTION_NUM_THREADS, "4294967297", -1},
    {WS_OPTION_SPIN_US, "0", 0},
    {WS_OPTION_SPIN_US, "1000000", 1000000},
    {WS_OPTION_SPIN_US, "1000001", -1},
    {WS_OPTION_SPIN_US, "auto", -1},
    {WS_OPTION_STACK_SIZE, "65536", 65536},
    {WS_OPTION_STACK_SIZE, "64K", 65536},
    {WS_OPTION_STACK_SIZE, "64k", 65536},
    {WS_OPTION_STACK_SIZE, "8M", 8 << 20},
    {WS_OPTION_STACK_SIZE, "8m ", 8 << 20},
    {WS_OPTION_STACK_SIZE, "1G", 1 << 30},
    {WS_OPTION_STACK_SIZE, "1g", 1 << 30},
    {WS_OPTION_STACK_SIZE, "1024G", INT64_C(1) << 40},
    {WS_OPTION_STACK_SIZE, "auto", 0},
    {WS_OPTION_STACK_SIZE, "1025G", -1},
    {WS_OPTION_STACK_SIZE, "65535", -1},
    {WS_OPTION_STACK_SIZE, "63K", -1},
    {WS_OPTION_STACK_SIZE, "8MB", -1},
    {WS_OPTION_STACK_SIZE, "8 M", -1},
    {WS_OPTION_STACK_SIZE, "8T", -1},
    {WS_OPTION_STACK_SIZE, "M", -1},
    {WS_OPTION_STACK_SIZE, "-1M", -1},
    {WS_OPTION_STACK_SIZE, "8589934592G", -1},
    {WS_OPTION_STACK_SIZE, "9223372036854775807K", -1},
    {WS_OPTION_STACK_SIZE, "18014398509482048K", -1}, /* 64K more than 2 to the power of 64 */
    {WS_OPTION_AFFINITY, "auto", 0},
    {WS_OPTION_AFFINITY, "none", 1},
    {WS_OPTION_AFFINITY, "Core", 2},
    {WS_OPTION_AFFINITY, "0", -1},
    {WS_OPTION_AFFINITY, "auto|none", -1},
    {WS_OPTION_AFFINITY, "|", -1},
    {WS_OPTION_AFFINITY, "", -1},
    {WS_OPTION_SMT, "1", 1},
    {WS_OPTION_SMT, "01", -1},
    {WS_OPTION_SMT, "2", -1},
    {WS_OPTION_SMT, "yes", -1},
    {WS_OPTION_STATS, "json", 2},
    {WS_OPTION_TOPOLOGY, "anything at all", 0},
};

Test(option, parses_whole_values_only)
{
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
        const sample *const s = &samples[i];
        const char *const variable = rows[s->option].variable;
        int64_t value = 77;
        const bool good = ws_option_parse(s->option, s->text, &value);
        cr_expect_eq(good, s->value >= 0, "%s=\"%s\"", variable, s->text);
        cr_expect_eq(value, s->value >= 0 ? s->value : 77, "%s=\"%s\"", variable, s->text);
    }
}

Test(option, accepts_the_range_and_the_default_that_has_a_word)
{
    cr_expect(ws_option_accepts(WS_OPTION_NUM_THREADS, 0));
    cr_expect(ws_option_accepts(WS_OPTION_NUM_THREADS, 1));
    cr_expect(ws_option_accepts(WS_OPTION_NUM_THREADS, 4096));
    cr_expect_not(ws_option_accepts(WS_OPTION_NUM_THREADS, 4097));
    cr_expect_not(ws_option_accepts(WS_OPTION_NUM_THREADS, -1));
    cr_expect(ws_option_accepts(WS_OPTION_AFFINITY, 2));
    cr_expect_not(ws_option_accepts(WS_OPTION_AFFINITY, 3));
    cr_expect(ws_option_accepts(WS_OPTION_SPIN_US, 0));
    cr_expect_not(ws_option_accepts(WS_OPTION_STACK_SIZE, 65535));
}

/* ---- the environment ------------------------------------------------------------------------ */

Test(option, without_variables_everything_is_default_and_silent)
{
    clear_environment();
    const capture c = capture_begin();
    for (size_t i = 0; i < WS_OPTION_COUNT; i++) {
        cr_expect_eq(ws_option_get((ws_option)i), rows[i].value, "%s", rows[i].variable);
        cr_expect_not(ws_option_from_environment((ws_option)i), "%s", rows[i].variable);
    }
    cr_expect_null(ws_option_text(WS_OPTION_TOPOLOGY));
    char *const said = capture_end(c);
    cr_expect_str_empty(said, "%s", said);
    free(said);
}

Test(option, good_values_are_in_force)
{
    clear_environment();
    setenv("PAR_NUM_THREADS", " 12 ", 1);
    setenv("PAR_TOPOLOGY", "pack:2 core:4", 1);
    cr_expect_eq(ws_option_get(WS_OPTION_NUM_THREADS), 12);
    cr_expect(ws_option_from_environment(WS_OPTION_NUM_THREADS));
    cr_expect_str_eq(ws_option_text(WS_OPTION_TOPOLOGY), "pack:2 core:4");
    cr_expect(ws_option_from_environment(WS_OPTION_TOPOLOGY));
    cr_expect_not(ws_option_from_environment(WS_OPTION_SMT));
}

Test(option, bad_values_are_reported_in_one_line_and_the_default_is_used)
{
    const char *const bad[] = {"0", "-3", "abc", "99999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        char *const said = read_with("PAR_NUM_THREADS", bad[i]);
        char expected[256];
        snprintf(expected, sizeof expected,
                 "par: PAR_NUM_THREADS: \"%s\" is not accepted; it takes a number from 1 to 4096, "
                 "or auto; the default, auto, is used\n",
                 bad[i]);
        cr_expect_str_eq(said, expected);
        cr_expect_eq(ws_option_get(WS_OPTION_NUM_THREADS), 0);
        cr_expect_not(ws_option_from_environment(WS_OPTION_NUM_THREADS));
        free(said);
    }
}

Test(option, every_row_reports_its_own_bad_value_once)
{
    for (size_t i = 0; i < WS_OPTION_COUNT; i++) {
        if (rows[i].kind == TEXT) {
            continue;
        }
        char *const said = read_with(rows[i].variable, "x\ny");
        char form[128];
        char value[64];
        ws_option_form((ws_option)i, form, sizeof form);
        ws_option_default((ws_option)i, value, sizeof value);
        cr_expect_eq(capture_lines(said), 1u, "%s", said);
        cr_expect_neq(strstr(said, rows[i].variable), NULL, "%s", said);
        cr_expect_neq(strstr(said, "\"x?y\""), NULL, "%s", said);
        cr_expect_neq(strstr(said, form), NULL, "%s", said);
        cr_expect_neq(strstr(said, value), NULL, "%s", said);
        free(said);

        const capture c = capture_begin();
        cr_expect_eq(ws_option_get((ws_option)i), rows[i].value);
        char *const again = capture_end(c);
        cr_expect_str_empty(again, "%s", again);
        free(again);
    }
}

Test(option, a_very_long_value_is_one_line)
{
    char value[5000];
    memset(value, '7', sizeof value - 1);
    value[sizeof value - 1] = '\0';
    char *const said = read_with("PAR_GRAIN", value);
    cr_expect_eq(capture_lines(said), 1u);
    cr_expect_neq(strstr(said, "the default, auto, is used\n"), NULL, "%s", said);
    free(said);
}

Test(option, an_empty_value_is_none)
{
    char *said = read_with("PAR_NUM_THREADS", "");
    cr_expect_str_empty(said);
    cr_expect_not(ws_option_from_environment(WS_OPTION_NUM_THREADS));
    free(said);
    said = read_with("PAR_TOPOLOGY", " ");
    cr_expect_str_empty(said);
    cr_expect_null(ws_option_text(WS_OPTION_TOPOLOGY));
    free(said);
}

Test(option, the_environment_is_read_once)
{
    clear_environment();
    setenv("PAR_SPIN_US", "7", 1);
    setenv("PAR_TOPOLOGY", "pu:2", 1);
    cr_expect_eq(ws_option_get(WS_OPTION_SPIN_US), 7);
    setenv("PAR_SPIN_US", "8", 1);
    setenv("PAR_TOPOLOGY", "pu:3", 1);
    cr_expect_eq(ws_option_get(WS_OPTION_SPIN_US), 7);
    cr_expect_str_eq(ws_option_text(WS_OPTION_TOPOLOGY), "pu:2");
    ws_option_reset();
    cr_expect_eq(ws_option_get(WS_OPTION_SPIN_US), 8);
    cr_expect_str_eq(ws_option_text(WS_OPTION_TOPOLOGY), "pu:3");
}

static void *read_spin(void *value)
{
    *(int64_t *)value = ws_option_get(WS_OPTION_SPIN_US);
    return NULL;
}

Test(option, many_first_readers_see_one_reading)
{
    enum { READERS = 8 };
    clear_environment();
    setenv("PAR_SPIN_US", "9", 1);
    setenv("PAR_SMT", "maybe", 1);
    int64_t values[READERS] = {0};
    pthread_t threads[READERS];
    const capture c = capture_begin();
    for (size_t i = 0; i < READERS; i++) {
        cr_assert_eq(pthread_create(&threads[i], NULL, read_spin, &values[i]), 0);
    }
    for (size_t i = 0; i < READERS; i++) {
        pthread_join(threads[i], NULL);
        cr_expect_eq(values[i], 9);
    }
    char *const said = capture_end(c);
    cr_expect_eq(capture_lines(said), 1u, "%s", said);
    free(said);
}

/* ---- names ---------------------------------------------------------------------------------- */

typedef struct misspelling {
    const char *name;
    const char *meant; /* NULL: none of par's business */
} misspelling;

static const misspelling misspellings[] = {
    {"PAR_NUM_THREAD", "PAR_NUM_THREADS"},
    {"PAR_NUMTHREADS", "PAR_NUM_THREADS"},
    {"PAR_NUM_TRHEADS", "PAR_NUM_THREADS"},
    {"PAR_NUM_THREADSSS", "PAR_NUM_THREADS"},
    {"PAR_NUM_THREADSSSS", NULL},
    {"PAR_STACKSIZE", "PAR_STACK_SIZE"},
    {"PAR_AFINITY", "PAR_AFFINITY"},
    {"PAR_STAT", "PAR_STATS"},
    {"PAR_WIAT", "PAR_WAIT"},
    {"PAR_SPIN", NULL},
    {"PAR_SPIN_MS", "PAR_SPIN_US"},
    {"PAR_", NULL},
    {"PAR_MANDELBROT_KERNEL", NULL},
    {"PAR_TRACE", NULL},
    {"PAR_PROFILE", NULL},
    {"PAR_num_threads", NULL},
    {"XPAR_STATS", NULL},
    {"PARSTATS", NULL},
    {"OMP_NUM_THREADS", NULL},
};

Test(option, misspelt_names_are_reported_with_the_likely_one)
{
    for (size_t i = 0; i < sizeof misspellings / sizeof *misspellings; i++) {
        const misspelling *const m = &misspellings[i];
        char *const said = read_with(m->name, "1");
        char expected[128] = "";
        if (m->meant != NULL) {
            snprintf(expected, sizeof expected, "par: %s is unknown; did you mean %s?\n", m->name,
                     m->meant);
        }
        cr_expect_str_eq(said, expected, "%s: %s", m->name, said);
        unsetenv(m->name);
        free(said);
    }
}

Test(option, an_environment_without_entries_is_no_trouble)
{
    clearenv();
    ws_option_reset();
    cr_expect_eq(ws_option_get(WS_OPTION_MAX_SPARES), 64);
}
