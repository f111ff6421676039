/* SPDX-License-Identifier: MIT */
/* text.h - taking short texts apart, strictly and without regard to the locale. For the option
 * table, and for what the system's files say. */
#ifndef WS_BASE_TEXT_H
#define WS_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A piece of a string that somebody else owns. */
typedef struct ws_text {
    const char *begin;
    size_t length;
} ws_text;

/* The string without the blanks and line ends around it. */
ws_text ws_text_trim(const char *string);

/* Equal but for the case of ASCII letters. */
bool ws_text_same(ws_text a, ws_text b);

/* Takes the next piece from *rest, up to `separator`, which is dropped, or to the end. Pieces may
 * be empty; the caller stops when nothing rests. */
ws_text ws_text_next(ws_text *rest, char separator);

/* Takes decimal digits from the beginning of *text, as many as there are. False if there are none
 * or if their number exceeds an int64_t; signs, blanks and other bases are not digits. */
bool ws_text_take_number(ws_text *text, int64_t *value);

/* How many letters must be added, dropped or replaced to make `a` of `b`; counted up to `limit`,
 * any number above it says only "more". Names of 63 letters at most; longer ones are "more". */
size_t ws_text_mistakes(ws_text a, ws_text b, size_t limit);

#endif
