/* SPDX-License-Identifier: MIT */
/* fuzz.h - what fuzzers share. A fuzzer defines fuzz_one. */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>

/* Tries one text of n bytes; one more byte is not there to be read. */
void fuzz_one(const char *text, size_t n);

/* Ends the fuzzer with a line that says what does not hold, if it does not. */
void fuzz_need(bool holds, const char *what);

#endif
