/* SPDX-License-Identifier: MIT */
/* number_test.c - what is a number and what is not. */
#include "mandelbrot/base/number.h"

#include <criterion/criterion.h>
#include <float.h>
#include <string.h>

Test(number, whole_numbers_are_read)
{
    unsigned long value = 7;
    cr_assert(mandel_number_whole("0", NULL, 0, 10, &value) && value == 0);
    cr_assert(mandel_number_whole("10", NULL, 1, 10, &value) && value == 10);
    cr_assert(mandel_number_whole("0009", NULL, 1, 10, &value) && value == 9);
    cr_assert(mandel_number_whole("18446744073709551615", NULL, 1, 18446744073709551615ul, &value));
    cr_assert_eq(value, 18446744073709551615ul);
}

Test(number, what_is_not_a_whole_number_is_refused)
{
    static const char *const bad[] = {
        "",   " 1", "1 ",  "+1",   "-1", "1.0",
        "1e", "x",  "0x1", "1\n2", "11", "99999999999999999999999999",
        "0",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        unsigned long value = 7;
        cr_expect_not(mandel_number_whole(bad[i], NULL, 1, 10, &value), "'%s'", bad[i]);
        cr_expect_eq(value, 7);
    }
    unsigned long value = 7;
    cr_expect_not(
        mandel_number_whole("18446744073709551616", NULL, 0, 18446744073709551615ul, &value));
}

Test(number, decimal_numbers_are_read)
{
    static const struct {
        const char *text;
        double value;
    } good[] = {
        {"0", 0.0},       {"-1.20", -1.2},  {"+1.5", 1.5},          {".5", 0.5},
        {"-.5", -0.5},    {"5.", 5.0},      {"1e3", 1000.0},        {"1E3", 1e3},
        {"2.5e-1", 0.25}, {"1e+2", 100.0},  {"1e-999", 0.0},        {"007", 7.0},
        {"-0", 0.0},      {"1e308", 1e308}, {"4.9e-324", 4.9e-324}, {"0.1e1", 0.1e1},
    };
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        double value = 99.0;
        cr_expect(mandel_number_decimal(good[i].text, NULL, &value), "'%s'", good[i].text);
        cr_expect(value == good[i].value, "'%s' is %g", good[i].text, value);
    }
}

Test(number, what_is_not_a_decimal_number_is_refused)
{
    static const char *const bad[] = {
        "",     ".",    "-",     "+",        "e5",  ".e5", "1e",  "1e+",   "--1", "1.2.3",
        " 1",   "1 ",   "1,",    "inf",      "nan", "NaN", "INF", "-inf",  "0x5", "0x1p3",
        "1e5x", "1e5.", "1e999", "-1e99999", "1_0", "1f",  "\t1", "nan(1)"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        double value = 99.0;
        cr_expect_not(mandel_number_decimal(bad[i], NULL, &value), "'%s'", bad[i]);
        cr_expect(value == 99.0);
    }
}

Test(number, reading_ends_where_it_is_told_to)
{
    const char text[] = "12,34";
    unsigned long whole;
    double decimal;
    cr_assert(mandel_number_whole(text, text + 2, 1, 100, &whole) && whole == 12);
    cr_assert(mandel_number_decimal(text, text + 2, &decimal) && decimal == 12.0);
    cr_assert_not(mandel_number_decimal(text, text + 3, &decimal));
    /* strtod alone would read on. */
    const char longer[] = "1e5";
    cr_assert_not(mandel_number_decimal(longer, longer + 1, &decimal) && decimal != 1.0);
}

Test(number, the_shortest_text_reads_back)
{
    static const double values[] = {
        0.0,     1.0,     -1.2,    0.35,     0.1,         1.0 / 3.0,        -2.25,
        DBL_MAX, DBL_MIN, -1e-300, 4.9e-324, 123456789.0, 0.30000000000004, 0.1 + 0.2};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        const mandel_digits digits = mandel_number_shortest(values[i]);
        double value;
        cr_expect(mandel_number_decimal(digits.text, NULL, &value), "'%s'", digits.text);
        cr_expect(value == values[i], "'%s'", digits.text);
    }
    cr_expect_str_eq(mandel_number_shortest(-1.2).text, "-1.2");
    cr_expect_str_eq(mandel_number_shortest(0.35).text, "0.35");
    cr_expect_str_eq(mandel_number_shortest(0.1 + 0.2).text, "0.30000000000000004");
}
