/* SPDX-License-Identifier: MIT */
/* capture.h - what the library says on stderr, for tests that check it. One capture at a time. */
#ifndef TESTS_BASE_CAPTURE_H
#define TESTS_BASE_CAPTURE_H

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

typedef struct capture {
    FILE *file;
    int stderr_copy;
} capture;

/* From here on stderr goes to a file. */
static inline capture capture_begin(void)
{
    fflush(stderr);
    const capture c = {tmpfile(), dup(STDERR_FILENO)};
    if (c.file == NULL || c.stderr_copy < 0 || dup2(fileno(c.file), STDERR_FILENO) < 0) {
        abort();
    }
    return c;
}

/* Gives stderr back and returns what was written to it meanwhile, for the caller to free. */
static inline char *capture_end(capture c)
{
    enum { ROOM = 1 << 16 };
    fflush(stderr);
    char *const text = calloc(1, ROOM);
    if (text == NULL || dup2(c.stderr_copy, STDERR_FILENO) < 0) {
        abort();
    }
    close(c.stderr_copy);
    rewind(c.file);
    const size_t length = fread(text, 1, ROOM - 1, c.file);
    text[length] = '\0';
    fclose(c.file);
    return text;
}

static inline size_t capture_lines(const char *text)
{
    size_t lines = 0;
    for (; *text != '\0'; text++) {
        lines += *text == '\n';
    }
    return lines;
}

#endif
