/* SPDX-License-Identifier: MIT */
/* kernel_vector.h - the kernels on vectors, of which each of kernel_sse2.c, kernel_avx2.c and so on
 * makes its own by including this once. It defines before:
 *
 *   LANES     doubles in a vector
 *   VECTORS   how many vectors are under way at once: an update waits for the one before, so there
 *             must be others to do meanwhile. LANES times VECTORS is a multiple of 8, at most 64.
 *   POINTS    names of the two functions
 *   INSIDE
 *
 * and, for a vector `norm`, which lanes are above 4 and which are not at most 4 (no numbers are the
 * latter only), as bits from the lowest:
 *
 *   static inline unsigned lanes_above(vec norm);
 *   static inline unsigned lanes_beyond(vec norm);
 *
 * Design: docs/design/mandelbrot.md */
#include "mandelbrot/field/kernel.h"

#include <stdbool.h>
#include <string.h>

#ifdef __FAST_MATH__
#error "-ffast-math would change the picture"
#endif

enum {
    WIDTH = LANES * VECTORS,
    BLOCK = 8, /* updates between two looks at who has escaped */
};

/* All points under way. */
typedef struct group {
    vec re[VECTORS];
    vec im[VECTORS];
} group;

static inline __attribute__((always_inline)) void update(group *z, const vec *c_re, vec c_im)
{
    for (int v = 0; v < VECTORS; v++) {
        const vec re = z->re[v];
        const vec im = z->im[v];
        const vec product = re * im;
        z->re[v] = (re * re - im * im) + c_re[v];
        z->im[v] = (product + product) + c_im;
    }
}

static inline __attribute__((always_inline)) vec norm_of(const group *z, int v)
{
    return z->re[v] * z->re[v] + z->im[v] * z->im[v];
}

static void advance(group *at, const vec *c_re, vec c_im, uint32_t updates)
{
    group z = *at;
    vec c[VECTORS];
    memcpy(c, c_re, sizeof c);
    if (updates == BLOCK) {
        for (int i = 0; i < BLOCK; i++)
            update(&z, c, c_im);
    } else {
        for (uint32_t i = 0; i < updates; i++)
            update(&z, c, c_im);
    }
    *at = z;
}

/* Who is not inside, bit k for lane k. */
static uint64_t beyond(const group *z)
{
    uint64_t lanes = 0;
    for (int v = 0; v < VECTORS; v++)
        lanes |= (uint64_t)lanes_beyond(norm_of(z, v)) << (v * LANES);
    return lanes;
}

/* ---- counting ------------------------------------------------------------------------------- */

/* The lanes that escape within so many updates from `z`, and after how many of them each does. */
static uint64_t replay(group z, const vec *c_re, vec c_im, uint32_t updates, uint32_t after[WIDTH])
{
    uint64_t escaped = 0;
    for (uint32_t i = 1; i <= updates; i++) {
        uint64_t above = 0;
        update(&z, c_re, c_im);
        for (int v = 0; v < VECTORS; v++)
            above |= (uint64_t)lanes_above(norm_of(&z, v)) << (v * LANES);
        for (uint64_t now = above & ~escaped; now != 0; now &= now - 1)
            after[__builtin_ctzll(now)] = i;
        escaped |= above;
    }
    return escaped;
}

/* Lanes are filled anew when their point is done, so they have begun at different times. A lane
 * whose point is not below n is empty: its c is 0, which never escapes. */
typedef struct row {
    group z;
    vec c_re[VECTORS];
    vec c_im;
    uint64_t now; /* updates since the row was begun */
    uint64_t begun[WIDTH];
    size_t point[WIDTH];
    size_t next; /* point */
} row;

static void fill(row *r, int k, const double *re, size_t n)
{
    r->point[k] = r->next++;
    r->begun[k] = r->now;
    r->z.re[k / LANES][k % LANES] = 0.0;
    r->z.im[k / LANES][k % LANES] = 0.0;
    r->c_re[k / LANES][k % LANES] = r->point[k] < n ? re[r->point[k]] : 0.0;
}

/* How many updates no lane can do without passing the limit. */
static uint32_t room(const row *r, size_t n, uint32_t limit)
{
    uint32_t least = limit;
    for (int k = 0; k < WIDTH; k++) {
        const uint32_t left = limit - (uint32_t)(r->now - r->begun[k]);
        if (r->point[k] < n && left < least)
            least = left;
    }
    return least;
}

uint64_t POINTS(const double *re, double im, size_t n, uint32_t limit, uint32_t *counts)
{
    row r = {.c_im = (vec){0} + im};
    for (int k = 0; k < WIDTH; k++)
        fill(&r, k, re, n);
    uint64_t sum = 0;
    uint32_t left = limit;
    for (size_t done = 0; done < n;) {
        const group before = r.z;
        const uint32_t updates = left < BLOCK ? left : BLOCK;
        advance(&r.z, r.c_re, r.c_im, updates);
        r.now += updates;
        left -= updates;
        if (left > 0 && beyond(&r.z) == 0)
            continue;
        uint32_t after[WIDTH];
        const uint64_t escaped = replay(before, r.c_re, r.c_im, updates, after);
        for (int k = 0; k < WIDTH; k++) {
            const bool has_escaped = (escaped >> k & 1) != 0;
            const uint32_t count = (uint32_t)(r.now - r.begun[k]);
            if (r.point[k] >= n || (!has_escaped && count < limit))
                continue;
            counts[r.point[k]] = has_escaped ? count - updates + after[k] : limit;
            sum += counts[r.point[k]];
            done++;
            fill(&r, k, re, n);
        }
        left = room(&r, n, limit);
    }
    return sum;
}

/* ---- who is inside --------------------------------------------------------------------------- */

#define ALL_LANES (UINT64_MAX >> (64 - WIDTH))

/* Neighbours are alike: where all of the group before were outside, it pays to look for the moment
 * when all of this one are. */
static uint64_t find_outside(const vec *c_re, vec c_im, uint32_t limit, bool look,
                             uint32_t *updates)
{
    group z = {.re = {{0}}};
    uint32_t left = limit;
    *updates = limit;
    for (; look && left > BLOCK; left -= BLOCK) {
        advance(&z, c_re, c_im, BLOCK);
        if (beyond(&z) == ALL_LANES) {
            *updates = limit - left + BLOCK;
            return ALL_LANES;
        }
    }
    for (; left >= BLOCK; left -= BLOCK)
        advance(&z, c_re, c_im, BLOCK);
    advance(&z, c_re, c_im, left);
    return beyond(&z);
}

/* The lowest bit becomes the highest one. */
static uint8_t turned(uint8_t bits)
{
    bits = (uint8_t)((bits & 0x0f) << 4 | bits >> 4);
    bits = (uint8_t)((bits & 0x33) << 2 | (bits >> 2 & 0x33));
    return (uint8_t)((bits & 0x55) << 1 | (bits >> 1 & 0x55));
}

uint64_t INSIDE(const double *re, double im, size_t n, uint32_t limit, uint8_t *bits)
{
    const vec c_im = (vec){0} + im;
    bool look = true;
    uint64_t sum = 0;
    for (size_t first = 0; first < n; first += WIDTH) {
        const size_t points = n - first < WIDTH ? n - first : WIDTH;
        vec c_re[VECTORS] = {{0}};
        memcpy(c_re, re + first, points * sizeof *re);
        uint32_t updates;
        uint64_t outside = find_outside(c_re, c_im, limit, look, &updates);
        look = outside == ALL_LANES;
        sum += (uint64_t)updates * points;
        if (points < WIDTH)
            outside |= UINT64_MAX << points;
        for (size_t k = 0; k < points; k += 8)
            bits[(first + k) / 8] = turned((uint8_t) ~(outside >> k));
    }
    return sum;
}
