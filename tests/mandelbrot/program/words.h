/* SPDX-License-Identifier: MIT */
/* words.h - a command line as one text, for tests of how it is read. */
#ifndef TESTS_MANDELBROT_WORDS_H
#define TESTS_MANDELBROT_WORDS_H

#include "mandelbrot/program/options.h"

/* What was wrong with the last command line; empty if nothing was. */
extern char words_message[MANDEL_MESSAGE_SIZE];

/* Reads words that are separated by single spaces. The options are for nobody to free, and what
 * they point to stays until the next call. */
bool words_parse(const char *words, mandel_options *options);

/* The same for words that must be understood; ends the test if they are not. */
mandel_options words_read(const char *words);

/* Expects that the words are refused in one line with two texts in it. */
void words_expect_refused(const char *words, const char *named, const char *expected);

#endif
