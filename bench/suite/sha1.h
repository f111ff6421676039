/* SPDX-License-Identifier: MIT */
/* sha1.h - the SHA-1 digest of a short message, as uts.c needs it for its random tree. Nothing to
 * protect anything with. */
#ifndef SUITE_SHA1_H
#define SUITE_SHA1_H

#include <stddef.h>
#include <stdint.h>

enum { SUITE_SHA1_SIZE = 20, SUITE_SHA1_LONGEST = 55 };

/* Of n bytes, at most SUITE_SHA1_LONGEST. */
void suite_sha1(uint8_t digest[SUITE_SHA1_SIZE], const uint8_t *message, size_t n);

#endif
