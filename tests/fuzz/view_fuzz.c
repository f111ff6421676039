/* SPDX-License-Identifier: MIT */
/* view_fuzz.c - any text is a size, a point or a number that is finite and in its limits, or it is
 * refused and nothing is changed. What is printed reads back. */
#include "fuzz/fuzz.h"
#include "mandelbrot/base/number.h"
#include "mandelbrot/field/view.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Also of the sign of 0. */
static bool same(double a, double b)
{
    return a == b && signbit(a) == signbit(b);
}

static void check_printed(double value)
{
    double again;
    fuzz_need(isfinite(value), "a number that was read is finite");
    const mandel_digits digits = mandel_number_shortest(value);
    fuzz_need(memchr(digits.text, '\0', sizeof digits.text) != NULL, "digits end");
    fuzz_need(mandel_number_decimal(digits.text, NULL, &again), "digits can be read");
    fuzz_need(same(again, value), "digits read back as the same number");
}

/* `end` may be NULL. */
static void check_decimal(const char *text, const char *end)
{
    double value = 99.0;
    if (mandel_number_decimal(text, end, &value)) {
        fuzz_need(same(value, strtod(text, NULL)), "a number is what strtod reads");
        check_printed(value);
    } else
        fuzz_need(value == 99.0, "a refusal leaves the number alone");
}

static void check_whole(const char *text, const char *end, unsigned long min, unsigned long max)
{
    unsigned long value = 99;
    if (mandel_number_whole(text, end, min, max, &value)) {
        fuzz_need(value >= min && value <= max, "a whole number is in its limits");
        fuzz_need(end != NULL || value == strtoul(text, NULL, 10),
                  "a whole number is what strtoul reads");
    } else
        fuzz_need(value == 99, "a refusal leaves the whole number alone");
}

static void check_size(const char *text)
{
    mandel_view view = {.width = 3, .height = 4};
    if (mandel_view_parse_size(text, &view)) {
        fuzz_need(view.width >= 1 && view.width <= MANDEL_VIEW_MAX_SIDE, "a width in its limits");
        fuzz_need(view.height >= 1 && view.height <= MANDEL_VIEW_MAX_SIDE,
                  "a height in its limits");
    } else
        fuzz_need(view.width == 3 && view.height == 4, "a refusal leaves the view alone");
}

static void check_point(const char *text)
{
    mandel_point point = {3.0, 4.0};
    if (mandel_view_parse_point(text, &point)) {
        check_printed(point.re);
        check_printed(point.im);
    } else
        fuzz_need(point.re == 3.0 && point.im == 4.0, "a refusal leaves the point alone");
}

void fuzz_one(const char *bytes, size_t n)
{
    char *const text = malloc(n + 1);
    memcpy(text, bytes, n);
    text[n] = '\0';
    const char *const middle = text + strlen(text) / 2;
    check_decimal(text, NULL);
    check_decimal(text, middle);
    check_whole(text, NULL, 0, 255);
    check_whole(text, NULL, 1, MANDEL_VIEW_MAX_SIDE);
    check_whole(text, NULL, 0, ~0ul);
    check_whole(text, middle, 0, ~0ul);
    check_size(text);
    check_point(text);
    free(text);
}
