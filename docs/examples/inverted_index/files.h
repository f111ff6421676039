/* SPDX-License-Identifier: MIT */
/* files.h - the files of an index on its way. They have numbers: odd ones come from memory, even
 * ones are made of other files. They are added in the order of their documents. */
#ifndef FILES_H
#define FILES_H

#include "bytes.h"

#include <stdint.h>
#include <stdio.h>

/* How many files are joined at a time, and how often one file can have been joined. */
enum { FILES_AT_ONCE = 8, FILES_LEVELS = 16 };

/* Files wait in levels: a file of level n comes of FILES_AT_ONCE files of level n - 1. So every
 * byte is copied only once for each level. */
typedef struct files {
    const char *output;
    size_t waiting[FILES_LEVELS][FILES_AT_ONCE];
    size_t n[FILES_LEVELS];
    size_t joined; /* files that were made of others */
} files;

/* All return 0 or an errno code. Those that join files add to *made what they wrote. */
int files_write(const files *self, size_t number, const bytes *index);
int files_add(files *self, size_t number, uint64_t *made);

/* Joins all there are into the output, behind the names of the documents. */
int files_finish(files *self, char *const *names, size_t names_n, uint64_t *made);

void files_remove(const files *self, size_t number);

/* Removes the files that still wait. */
void files_free(files *self);

#endif
