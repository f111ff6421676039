/* SPDX-License-Identifier: MIT */
/* folder.h - an empty folder for one test, and what is in it afterwards. */
#ifndef TESTS_MANDELBROT_FOLDER_H
#define TESTS_MANDELBROT_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct folder {
    char path[256]; /* absolute */
} folder;

/* Makes a folder below the one that the test runs in. */
folder folder_make(void);

/* Removes it with the files in it. */
void folder_remove(folder *f);

/* How many files are in it, hidden ones too. */
size_t folder_files(const folder *f);

/* The path of a file in it. Valid until the third next call. */
const char *folder_path(const folder *f, const char *name);

/* A whole file, with a 0 after its end, for the caller to free; NULL if there is none. */
uint8_t *folder_read(const char *path, size_t *n);

/* Makes a file that holds the text. */
void folder_write(const char *path, const char *text);

/* Whether two files of the folder are there and have the same bytes. */
bool folder_same(const folder *f, const char *name_a, const char *name_b);

#endif
