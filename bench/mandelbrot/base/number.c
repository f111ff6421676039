/* SPDX-License-Identifier: MIT */
/* number.c - see number.h. */
#include "mandelbrot/base/number.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *skip_digits(const char *text, const char *end)
{
    while (text < end && is_digit(*text))
        text++;
    return text;
}

bool mandel_number_whole(const char *text, const char *end, unsigned long min, unsigned long max,
                         unsigned long *value)
{
    if (end == NULL)
        end = text + strlen(text);
    if (text == end || skip_digits(text, end) != end)
        return false;
    unsigned long sum = 0;
    for (; text < end; text++) {
        const unsigned long digit = (unsigned long)(*text - '0');
        if (digit > max || sum > (max - digit) / 10)
            return false;
        sum = sum * 10 + digit;
    }
    if (sum < min)
        return false;
    *value = sum;
    return true;
}

/* Where the longest [+-] digits [. digits] [e [+-] digits] at the start of the text ends; the start
 * itself if there is none. */
static const char *skip_decimal(const char *const start, const char *end)
{
    const char *text = start;
    if (text < end && (*text == '+' || *text == '-'))
        text++;
    const char *const whole = text;
    text = skip_digits(text, end);
    ptrdiff_t digits = text - whole;
    if (text < end && *text == '.') {
        const char *const fraction = text + 1;
        text = skip_digits(fraction, end);
        digits += text - fraction;
    }
    if (digits == 0)
        return start;
    if (text == end || (*text != 'e' && *text != 'E'))
        return text;
    const char *exponent = text + 1;
    if (exponent < end && (*exponent == '+' || *exponent == '-'))
        exponent++;
    const char *const after = skip_digits(exponent, end);
    return after > exponent ? after : text;
}

bool mandel_number_decimal(const char *text, const char *end, double *value)
{
    if (end == NULL)
        end = text + strlen(text);
    if (text == end || skip_decimal(text, end) != end)
        return false;
    /* strtod stops by itself at whatever character ends the number. */
    char *stopped;
    const double number = strtod(text, &stopped);
    if (stopped != end || !isfinite(number))
        return false;
    *value = number;
    return true;
}

mandel_digits mandel_number_shortest(double value)
{
    enum { ENOUGH = 17 }; /* significant digits tell any two doubles apart */
    mandel_digits digits;
    for (int precision = 1; precision <= ENOUGH; precision++) {
        snprintf(digits.text, sizeof digits.text, "%.*g", precision, value);
        if (strtod(digits.text, NULL) == value)
            break;
    }
    return digits;
}
