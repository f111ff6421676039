/* SPDX-License-Identifier: MIT */
/* option_print_test.c - the option table as people see it: printed, at start, and in the reference
 * page, which must tell the same. */
#include "base/option.h"

#include "tests/base/capture.h"
#include "tests/base/option_rows.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

/* ---- for people ----------------------------------------------------------------------------- */

Test(option, prints_each_row_with_value_and_origin)
{
    clear_environment();
    setenv("PAR_STACK_SIZE", "98304k", 1);
    setenv("PAR_STATS", "json", 1);
    setenv("PAR_GRAIN", "auto", 1);
    setenv("PAR_SPIN_US", "2048", 1);
    setenv("PAR_TOPOLOGY", "pu:2", 1);
    char text[4096];
    const size_t length = ws_option_print(text, sizeof text);
    cr_assert_lt(length, sizeof text);
    cr_expect_eq(length, strlen(text));
    cr_expect_eq(capture_lines(text), (size_t)WS_OPTION_COUNT);
    cr_expect_neq(strstr(text, "PAR_STACK_SIZE   96M          environment"), NULL, "%s", text);
    cr_expect_neq(strstr(text, "PAR_STATS        json         environment"), NULL, "%s", text);
    cr_expect_neq(strstr(text, "PAR_GRAIN        auto         environment"), NULL, "%s", text);
    cr_expect_neq(strstr(text, "PAR_SPIN_US      2048         environment"), NULL, "%s", text);
    cr_expect_neq(strstr(text, "PAR_TOPOLOGY     pu:2         environment"), NULL, "%s", text);
    cr_expect_neq(strstr(text, "PAR_WAIT         descendants  default"), NULL, "%s", text);
    for (size_t i = 0; i < WS_OPTION_COUNT; i++) {
        cr_expect_neq(strstr(text, rows[i].meaning), NULL, "%s", rows[i].variable);
    }
}

Test(option, print_cuts_as_snprintf_does)
{
    clear_environment();
    char whole[4096];
    const size_t length = ws_option_print(whole, sizeof whole);
    cr_expect_eq(ws_option_print(NULL, 0), length);
    for (size_t size = 1; size <= length + 1; size++) {
        char part[4096];
        memset(part, '#', sizeof part);
        cr_assert_eq(ws_option_print(part, size), length);
        cr_assert_eq(strlen(part), size - 1);
        cr_assert_eq(memcmp(part, whole, size - 1), 0);
        cr_assert_eq(part[size], '#', "wrote past %zu", size);
    }
}

Test(option, display_env_prints_the_table_once)
{
    clear_environment();
    setenv("PAR_DISPLAY_ENV", "1", 1);
    setenv("PAR_NUM_THREADS", "5", 1);
    const capture c = capture_begin();
    ws_option_get(WS_OPTION_SMT);
    ws_option_get(WS_OPTION_NUM_THREADS);
    char *const said = capture_end(c);
    cr_expect_eq(capture_lines(said), (size_t)WS_OPTION_COUNT);
    cr_expect_neq(strstr(said, "par: PAR_NUM_THREADS  5            environment"), NULL, "%s", said);
    for (size_t i = 0; i < WS_OPTION_COUNT; i++) {
        cr_expect_neq(strstr(said, rows[i].variable), NULL, "%s", rows[i].variable);
    }
    free(said);
}

/* ---- the reference page --------------------------------------------------------------------- */

static char *read_page(void)
{
    enum { ROOM = 1 << 16 };
    FILE *const file = fopen(PAR_ENVIRONMENT_PAGE, "r");
    cr_assert_not_null(file, "%s is missing", PAR_ENVIRONMENT_PAGE);
    char *const text = calloc(1, ROOM);
    cr_assert_not_null(text);
    const size_t length = fread(text, 1, ROOM - 1, file);
    cr_assert_lt(length, (size_t)ROOM - 1, "the page is too long for this test");
    fclose(file);
    return text;
}

/* A line of the page's table up to its example. */
static void expected_line(size_t i, char *line, size_t size)
{
    char form[128];
    char value[64];
    ws_option_form((ws_option)i, form, sizeof form);
    ws_option_default((ws_option)i, value, sizeof value);
    snprintf(line, size, "\n| `%s` | `%s` | %s | %s | `%s=", rows[i].variable, value, form,
             rows[i].meaning, rows[i].variable);
}

Test(option, the_reference_page_has_every_row_as_it_is)
{
    char *const page = read_page();
    for (size_t i = 0; i < WS_OPTION_COUNT; i++) {
        char line[512];
        char heading[64];
        expected_line(i, line, sizeof line);
        snprintf(heading, sizeof heading, "\n### %s\n", rows[i].variable);
        const char *const found = strstr(page, line);
        cr_expect_not_null(found, "the page's table lacks:%s", line);
        cr_expect_not_null(strstr(page, heading), "the page does not explain %s", rows[i].variable);
        if (found == NULL) {
            continue;
        }
        char example[64] = "";
        int64_t value;
        sscanf(found + strlen(line), "%63[^`]", example);
        cr_expect_str_not_empty(example, "%s has no example", rows[i].variable);
        cr_expect(ws_option_parse((ws_option)i, example, &value), "%s=%s", rows[i].variable,
                  example);
    }
    free(page);
}

Test(option, the_reference_page_has_no_other_rows)
{
    char *const page = read_page();
    size_t lines = 0;
    for (const char *line = strstr(page, "\n| `PAR_"); line != NULL;
         line = strstr(line + 1, "\n| `PAR_")) {
        lines++;
    }
    cr_expect_eq(lines, (size_t)WS_OPTION_COUNT, "%zu", lines);
    free(page);
}
