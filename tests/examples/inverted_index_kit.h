/* SPDX-License-Identifier: MIT */
/* inverted_index_kit.h - texts to index, and the index made in the plainest way. */
#ifndef TESTS_EXAMPLES_INVERTED_INDEX_KIT_H
#define TESTS_EXAMPLES_INVERTED_INDEX_KIT_H

#include "support.h"

/* Makes a scratch folder with texts/, texts/below/ and out/, which goes away at the end. */
void kit_make_folder(void);

/* The path of something in it; valid until the next call. */
const char *kit_path(const char *name);

FILE *kit_create(const char *name);

/* All bytes of a file, and one more. */
unsigned char *kit_read_all(const char *path, size_t *n);

/* NULL, or what is wrong with the index of a folder. */
const char *kit_check_plainly(const char *folder, const char *index);

#endif
