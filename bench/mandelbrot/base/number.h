/* SPDX-License-Identifier: MIT */
/* number.h - numbers as people write them. Strict: a text is a number as a whole or not at all, and
 * nothing depends on the locale. */
#ifndef MANDEL_NUMBER_H
#define MANDEL_NUMBER_H

#include <stdbool.h>

/* Reads digits, and nothing else, up to `end` (NULL: up to the end of the text) as a number from
 * min to max. True and *value, or false with *value untouched. */
bool mandel_number_whole(const char *text, const char *end, unsigned long min, unsigned long max,
                         unsigned long *value);

/* Reads a finite decimal number such as -1.20, .5 or 3e-7 in the same way. */
bool mandel_number_decimal(const char *text, const char *end, double *value);

/* The shortest decimal text that reads back as `value`, which must be finite. */
typedef struct mandel_digits {
    char text[32];
} mandel_digits;

mandel_digits mandel_number_shortest(double value);

#endif
