/* SPDX-License-Identifier: MIT */
/* json.h - reads JSON strictly, for tests of what programs print. */
#ifndef TESTS_MANDELBROT_JSON_H
#define TESTS_MANDELBROT_JSON_H

#include <stdbool.h>

/* Whether the text is one JSON value and nothing else but white space. */
bool json_is_valid(const char *text);

/* The value behind names of nested objects, such as "serial.seconds.median": where it begins in
 * the text. NULL if the text is not valid or there is no such value. */
const char *json_find(const char *text, const char *path);

/* The same as a number; -1 if there is none. */
double json_number(const char *text, const char *path);

#endif
