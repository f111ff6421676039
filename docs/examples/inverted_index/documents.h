/* SPDX-License-Identifier: MIT */
/* documents.h - the files below a folder, in the order of their names, read in pieces that end
 * between words. A document's number is its place in that order. */
#ifndef DOCUMENTS_H
#define DOCUMENTS_H

#include "bytes.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

enum { PIECE_BYTES = 1 << 20 };

typedef struct documents {
    char **paths;
    size_t n;
} documents;

/* Regular files, links not followed. 0 or an errno code. */
int documents_list(documents *all, const char *folder);
void documents_free(documents *all);

/* Reads one document after the other. */
typedef struct reading {
    const documents *all;
    size_t next;      /* document */
    FILE *file;       /* of the one before, or NULL */
    uint64_t offset;  /* of what is read next */
    bool is_in_a_run; /* that was too long for a word, and goes on */
} reading;

/* Reads up to PIECE_BYTES into *text: never a part of a word. *document and *offset tell where it
 * begins. *text is empty at the end of all. What is no text (it has a zero byte at its beginning),
 * cannot be read or is past 4 GiB is passed over. 0 or ENOMEM. */
int reading_next(reading *r, bytes *text, uint32_t *document, uint32_t *offset);

#endif
