/* SPDX-License-Identifier: MIT */
/* bytes.h - a buffer that grows. All calls return 0 or an errno code. */
#ifndef BYTES_H
#define BYTES_H

#include <stddef.h>

typedef struct bytes {
    unsigned char *at;
    size_t n;
    size_t room;
} bytes;

int bytes_reserve(bytes *b, size_t more);
int bytes_put(bytes *b, const void *from, size_t n);
void bytes_free(bytes *b);

#endif
