/* SPDX-License-Identifier: MIT */
/* words.h - what a word is: a run of ASCII letters and digits, and of the bytes that make up other
 * letters in UTF-8, of up to WORD_BYTES bytes. Longer runs are passed over. */
#ifndef WORDS_H
#define WORDS_H

#include <stdbool.h>
#include <stddef.h>

enum { WORD_BYTES = 64 };

static inline bool is_of_word(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

static inline unsigned char to_lower(unsigned char c)
{
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + ('a' - 'A')) : c;
}

/* Finds the next word of text[*at..n), makes its letters small, and sets *at behind it. Returns its
 * length and stores its place in *begin; 0 if there is none. */
size_t next_word(unsigned char *text, size_t n, size_t *at, size_t *begin);

#endif
