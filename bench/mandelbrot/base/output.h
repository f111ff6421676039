/* SPDX-License-Identifier: MIT */
/* output.h - where a file goes: all of it or nothing. Knows nothing of pictures.
 *
 * O1  A file is written under a temporary name in its own folder and gets its name when it is
 *     complete. Until then an older file of that name is untouched.
 * O2  If the program is ended by a signal in between, the signal's handler removes the temporary
 *     file, and then the signal does what it always does.
 * O3  What is not a regular file (a device, a pipe) is written to directly, never replaced. The
 * file
 *     "-" is standard output.
 * O4  One output is open at a time. */
#ifndef MANDEL_OUTPUT_H
#define MANDEL_OUTPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

typedef struct mandel_output {
    FILE *stream; /* to write to */
    char *target; /* the name that the temporary file gets; NULL: written directly */
} mandel_output;

/* Opens an output, while the program has one thread. Returns 0, or an errno value. From here on,
 * writing into a closed pipe is an error like any other. */
int mandel_output_open(mandel_output *output, const char *file);

/* Closes the output and gives the file its name. Returns 0, or an errno value and leaves no file;
 * *bytes (NULL: not wanted) is the size of what was written. */
int mandel_output_commit(mandel_output *output, size_t *bytes);

/* Closes the output and leaves no file. */
void mandel_output_discard(mandel_output *output);

#endif
