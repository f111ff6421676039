/* SPDX-License-Identifier: MIT */
/* index_text.h - the index of one piece of text, in memory. */
#ifndef INDEX_TEXT_H
#define INDEX_TEXT_H

#include "bytes.h"

#include <stdint.h>

/* Appends to *index the entries of the n bytes at `text`, which begin at `offset` in the document;
 * makes the letters of the text small. 0 or ENOMEM. */
int index_text(bytes *index, unsigned char *text, size_t n, uint32_t document, uint32_t offset);

#endif
