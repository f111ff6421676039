/* SPDX-License-Identifier: MIT */
#include "bytes.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

int bytes_reserve(bytes *b, size_t more)
{
    if (more <= b->room - b->n)
        return 0;
    size_t room = b->room < 1024 ? 1024 : b->room * 2;
    if (room < b->n + more)
        room = b->n + more;
    unsigned char *at = realloc(b->at, room);
    if (at == NULL)
        return ENOMEM;
    b->at = at;
    b->room = room;
    return 0;
}

int bytes_put(bytes *b, const void *from, size_t n)
{
    const int code = bytes_reserve(b, n);
    if (code == 0 && n > 0) {
        memcpy(b->at + b->n, from, n);
        b->n += n;
    }
    return code;
}

void bytes_free(bytes *b)
{
    free(b->at);
    *b = (bytes){0};
}
