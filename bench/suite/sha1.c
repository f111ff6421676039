/* SPDX-License-Identifier: MIT */
/* sha1.c - see sha1.h. Written after FIPS 180-4; a message that fits in one block. */
#include "suite/sha1.h"

#include <string.h>

enum { block_size = 64, words = 16, rounds = 80 };

static uint32_t rotate(uint32_t x, unsigned by)
{
    return x << by | x >> (32 - by);
}

static uint32_t load(const uint8_t *from)
{
    return (uint32_t)from[0] << 24 | (uint32_t)from[1] << 16 | (uint32_t)from[2] << 8 | from[3];
}

static void store(uint8_t *to, uint32_t x)
{
    for (unsigned i = 0; i < 4; i++)
        to[i] = (uint8_t)(x >> (24 - 8 * i));
}

/* The five words that a round turns into the next five. */
typedef struct state {
    uint32_t a, b, c, d, e;
} state;

static inline uint32_t choose(uint32_t b, uint32_t c, uint32_t d)
{
    return (b & c) | (~b & d);
}

static inline uint32_t parity(uint32_t b, uint32_t c, uint32_t d)
{
    return b ^ c ^ d;
}

static inline uint32_t majority(uint32_t b, uint32_t c, uint32_t d)
{
    return (b & c) | (b & d) | (c & d);
}

/* Twenty rounds. Inlined, so that `mix` is. */
static inline void run_rounds(state *s, const uint32_t *w, uint32_t constant,
                              uint32_t (*mix)(uint32_t, uint32_t, uint32_t))
{
    for (unsigned i = 0; i < rounds / 4; i++) {
        const uint32_t next = rotate(s->a, 5) + mix(s->b, s->c, s->d) + s->e + w[i] + constant;
        *s = (state){next, s->a, rotate(s->b, 30), s->c, s->d};
    }
}

static void digest_block(state *hash, const uint8_t *block)
{
    uint32_t w[rounds];
    for (size_t i = 0; i < words; i++)
        w[i] = load(block + 4 * i);
    for (unsigned i = words; i < rounds; i++)
        w[i] = rotate(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
    state s = *hash;
    run_rounds(&s, w, 0x5a827999U, choose);
    run_rounds(&s, w + rounds / 4, 0x6ed9eba1U, parity);
    run_rounds(&s, w + rounds / 2, 0x8f1bbcdcU, majority);
    run_rounds(&s, w + rounds - rounds / 4, 0xca62c1d6U, parity);
    *hash = (state){hash->a + s.a, hash->b + s.b, hash->c + s.c, hash->d + s.d, hash->e + s.e};
}

void suite_sha1(uint8_t digest[SUITE_SHA1_SIZE], const uint8_t *message, size_t n)
{
    uint8_t block[block_size] = {0};
    memcpy(block, message, n);
    block[n] = 0x80;
    store(block + block_size - 4, (uint32_t)(8 * n));
    state hash = {0x67452301U, 0xefcdab89U, 0x98badcfeU, 0x10325476U, 0xc3d2e1f0U};
    digest_block(&hash, block);
    const uint32_t parts[] = {hash.a, hash.b, hash.c, hash.d, hash.e};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        store(digest + 4 * i, parts[i]);
}
