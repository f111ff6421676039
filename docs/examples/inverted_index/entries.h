/* SPDX-License-Identifier: MIT */
/* entries.h - an index is a row of entries, one for each word, in the order of their bytes: how
 * long the word is, how many places it has, the word, and its places in order. In memory and in a
 * file it is the same bytes, in the byte order of the machine. */
#ifndef ENTRIES_H
#define ENTRIES_H

#include "bytes.h"
#include "words.h"

#include <stdint.h>
#include <stdio.h>

/* Where a word stands. */
typedef struct place {
    uint32_t document;
    uint32_t offset; /* in bytes */
} place;

/* Reads the entries of an index, in memory or in a file. */
typedef struct entry_reader {
    FILE *file; /* NULL: in memory */
    const unsigned char *at;
    size_t left;
    unsigned char word[WORD_BYTES]; /* of the entry that it stands at */
    uint32_t word_n;
    uint64_t places_n; /* that have not been copied */
} entry_reader;

/* Where entries go. */
typedef struct entry_writer {
    FILE *file; /* one of the two */
    bytes *bytes;
} entry_writer;

/* Goes to the next entry: 1, or 0 at the end. A negative errno code when reading fails. */
int entry_read(entry_reader *from);

int entry_write(entry_writer *to, const unsigned char *word, uint32_t word_n, uint64_t places_n);
int entry_write_places(entry_writer *to, const place *places, size_t n);

/* Copies all places of the entry that `from` stands at. */
int entry_copy_places(entry_writer *to, entry_reader *from);

/* Merges indices: those of earlier documents come first. 0 or an errno code. */
int entries_merge(entry_writer *to, entry_reader *from, size_t n);

#endif
