/* SPDX-License-Identifier: MIT */
#include "words.h"

size_t next_word(unsigned char *text, size_t n, size_t *at, size_t *begin)
{
    size_t i = *at;
    while (i < n) {
        while (i < n && !is_of_word(text[i]))
            i++;
        *begin = i;
        for (; i < n && is_of_word(text[i]); i++)
            text[i] = to_lower(text[i]);
        if (i > *begin && i - *begin <= WORD_BYTES) {
            *at = i;
            return i - *begin;
        }
    }
    *at = i;
    return 0;
}
