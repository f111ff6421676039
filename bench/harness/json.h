/* SPDX-License-Identifier: MIT */
/* json.h - text and numbers as JSON wants them. Knows nothing of what is written. */
#ifndef BENCH_JSON_H
#define BENCH_JSON_H

#include <stdio.h>

/* In quotes. Bytes that are no printable ASCII are written as escapes of their own, so the output
 * is valid whatever the bytes are. */
void bench_json_string(FILE *stream, const char *text);

/* In at most nine digits, whatever the locale; null for what JSON has no number for. */
void bench_json_number(FILE *stream, double value);

#endif
