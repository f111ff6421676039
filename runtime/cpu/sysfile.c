/* SPDX-License-Identifier: MIT */
/* sysfile.c - reads small text files of the system. Their size is not known before they are read.
 */
#include "cpu/sysfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { FIRST_SIZE = 4096, LARGEST = 1 << 24 };

/* Reads until the end, an error or `room` bytes. */
static size_t read_up_to(int file, char *text, size_t room)
{
    size_t length = 0;
    while (length < room) {
        const ssize_t got = read(file, text + length, room - length);
        if (got > 0) {
            length += (size_t)got;
        } else if (got == 0 || errno != EINTR) {
            break;
        }
    }
    return length;
}

static int read_all(char **out, int file)
{
    char *text = NULL;
    size_t length = 0;
    for (size_t size = FIRST_SIZE; size <= LARGEST; size *= 2) {
        char *const larger = realloc(text, size);
        if (larger == NULL) {
            free(text);
            return ENOMEM;
        }
        text = larger;
        length += read_up_to(file, text + length, size - 1 - length);
        if (length < size - 1) {
            break;
        }
    }
    text[length] = '\0';
    *out = text;
    return 0;
}

static int read_path(char **out, const char *path)
{
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return 0;
    }
    const int rc = read_all(out, file);
    close(file);
    return rc;
}

int ws_sysfile_read(char **out, const char *root, const char *folder, const char *name)
{
    *out = NULL;
    char *path = NULL;
    if (asprintf(&path, "%s%s/%s", root, folder, name) < 0) {
        return ENOMEM;
    }
    const int rc = read_path(out, path);
    free(path);
    return rc;
}
