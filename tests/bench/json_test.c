/* SPDX-License-Identifier: MIT */
/* json_test.c - what is written is JSON, whatever is to be written. */
#include "harness/json.h"

#include <criterion/criterion.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What the calls wrote; for the caller to free. */
static char *text_of(const char *string)
{
    char *text = NULL;
    size_t size = 0;
    FILE *const stream = open_memstream(&text, &size);
    cr_assert_not_null(stream);
    bench_json_string(stream, string);
    fclose(stream);
    return text;
}

static char *number_of(double value)
{
    char *text = NULL;
    size_t size = 0;
    FILE *const stream = open_memstream(&text, &size);
    cr_assert_not_null(stream);
    bench_json_number(stream, value);
    fclose(stream);
    return text;
}

static void expect_string(const char *string, const char *expected)
{
    char *const text = text_of(string);
    cr_expect_str_eq(text, expected);
    free(text);
}

static void expect_number(double value, const char *expected)
{
    char *const text = number_of(value);
    cr_expect_str_eq(text, expected);
    free(text);
}

Test(json, strings_are_quoted_and_escaped)
{
    expect_string("", "\"\"");
    expect_string("plain C, noinline", "\"plain C, noinline\"");
    expect_string("a\"b\\c", "\"a\\\"b\\\\c\"");
    expect_string("\n\t\x01\x7f", "\"\\u000a\\u0009\\u0001\\u007f\"");
    expect_string("\xff", "\"\\u00ff\"");
}

Test(json, numbers_are_what_json_calls_numbers)
{
    expect_number(0, "0");
    expect_number(-1.5, "-1.5");
    expect_number(63245985, "63245985");
    expect_number(1e-9, "1e-09");
    expect_number(1.0 / 3.0, "0.333333333");
}

Test(json, what_is_no_number_is_null)
{
    expect_number(NAN, "null");
    expect_number(INFINITY, "null");
    expect_number(-INFINITY, "null");
}
