/* SPDX-License-Identifier: MIT */
/* kernel_scalar.c - the kernel in portable C.
 *
 * One point alone waits for itself: each update needs the one before, and a processor can do
 * several operations at once. So LANES points are under way together, in loops of fixed length that
 * a compiler unrolls or makes vectors of. They advance until one of them escapes or is done, which
 * then makes room for the next. */
#include "mandelbrot/field/kernel.h"

#include <math.h>
#include <stdbool.h>

#ifdef __FAST_MATH__
#error "-ffast-math would change the picture"
#endif

enum { LANES = 8 };

/* The points under way. A lane whose `point` is not below the number of points is empty: its c is
 * no number, so that it never escapes (K3). */
typedef struct lanes {
    double c_re[LANES];
    double c_im;
    double re[LANES];
    double im[LANES];
    uint32_t count[LANES];
    size_t point[LANES];
} lanes;

/* Updates all lanes `most` times, or until one of them has escaped. Returns how often. */
static uint32_t advance(lanes *l, uint32_t most)
{
    double re[LANES];
    double im[LANES];
    double c_re[LANES];
    const double c_im = l->c_im;
    for (int k = 0; k < LANES; k++) {
        re[k] = l->re[k];
        im[k] = l->im[k];
        c_re[k] = l->c_re[k];
    }
    uint32_t updates = 0;
    for (; updates < most; updates++) {
        double re2[LANES];
        double im2[LANES];
        int escaped = 0;
        for (int k = 0; k < LANES; k++) {
            re2[k] = re[k] * re[k];
            im2[k] = im[k] * im[k];
        }
        for (int k = 0; k < LANES; k++)
            escaped |= re2[k] + im2[k] > 4.0;
        if (escaped)
            break;
        for (int k = 0; k < LANES; k++) {
            const double product = re[k] * im[k];
            re[k] = (re2[k] - im2[k]) + c_re[k];
            im[k] = (product + product) + c_im;
        }
    }
    for (int k = 0; k < LANES; k++) {
        l->re[k] = re[k];
        l->im[k] = im[k];
    }
    return updates;
}

/* Puts a point into a lane, or empties the lane if there is none left. */
static void fill(lanes *l, int k, const double *points, size_t point, size_t n)
{
    l->point[k] = point;
    l->count[k] = 0;
    l->re[k] = 0.0;
    l->im[k] = 0.0;
    l->c_re[k] = point < n ? points[point] : NAN;
}

/* How many updates no lane can do without reaching the limit. */
static uint32_t headroom(const lanes *l, size_t n, uint32_t limit)
{
    uint32_t most = limit;
    for (int k = 0; k < LANES; k++)
        if (l->point[k] < n && limit - l->count[k] < most)
            most = limit - l->count[k];
    return most;
}

static bool is_done(const lanes *l, int k, uint32_t limit)
{
    return l->count[k] == limit || l->re[k] * l->re[k] + l->im[k] * l->im[k] > 4.0;
}

uint64_t mandel_kernel_scalar(const double *re, double im, size_t n, uint32_t limit,
                              uint32_t *counts)
{
    lanes l;
    l.c_im = im;
    size_t next = 0;
    for (int k = 0; k < LANES; k++)
        fill(&l, k, re, next++, n);
    uint64_t sum = 0;
    for (size_t done = 0; done < n;) {
        const uint32_t updates = advance(&l, headroom(&l, n, limit));
        for (int k = 0; k < LANES; k++) {
            if (l.point[k] >= n)
                continue;
            l.count[k] += updates;
            if (!is_done(&l, k, limit))
                continue;
            counts[l.point[k]] = l.count[k];
            sum += l.count[k];
            done++;
            fill(&l, k, re, next++, n);
        }
    }
    return sum;
}

/* ---- who is inside --------------------------------------------------------------------------- */

_Static_assert(LANES == 8, "a byte of points at a time");

/* A byte of points: after each few updates it may turn out that none of them is inside. */
static uint8_t find_inside(const double *c_re, double c_im, uint32_t limit, uint32_t *updates)
{
    enum { UPDATES_A_LOOK = 8 };
    double re[LANES] = {0};
    double im[LANES] = {0};
    uint8_t bits = 0xff;
    uint32_t i = 0;
    while (i < limit && bits != 0) {
        for (uint32_t look = 0; look < UPDATES_A_LOOK && i < limit; look++, i++) {
            for (int k = 0; k < LANES; k++) {
                const double product = re[k] * im[k];
                re[k] = (re[k] * re[k] - im[k] * im[k]) + c_re[k];
                im[k] = (product + product) + c_im;
            }
        }
        bits = 0;
        for (int k = 0; k < LANES; k++)
            bits = (uint8_t)(bits << 1 | (re[k] * re[k] + im[k] * im[k] <= 4.0));
    }
    *updates = i;
    return bits;
}

uint64_t mandel_inside_scalar(const double *re, double im, size_t n, uint32_t limit, uint8_t *bits)
{
    uint64_t sum = 0;
    for (size_t first = 0; first < n; first += LANES) {
        double c_re[LANES];
        for (size_t k = 0; k < LANES; k++)
            c_re[k] = first + k < n ? re[first + k] : NAN;
        uint32_t updates;
        bits[first / 8] = find_inside(c_re, im, limit, &updates);
        sum += (uint64_t)updates * (n - first < LANES ? n - first : LANES);
    }
    return sum;
}
