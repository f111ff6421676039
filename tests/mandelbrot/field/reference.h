/* SPDX-License-Identifier: MIT */
/* reference.h - the picture computed in the plainest way, to compare the renderer with. Shares no
 * code with it. */
#ifndef TESTS_MANDELBROT_REFERENCE_H
#define TESTS_MANDELBROT_REFERENCE_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

/* How a point ends: the updates done before it escapes, or the limit, and its z then. */
typedef struct reference_end {
    uint32_t count;
    double re;
    double im;
} reference_end;

static inline reference_end reference_run(double c_re, double c_im, uint32_t limit)
{
    double re = 0.0;
    double im = 0.0;
    uint32_t i = 0;
    for (; i < limit; i++) {
        const double re_re = re * re;
        const double im_im = im * im;
        if (re_re + im_im > 4.0)
            break;
        const double re_im = re * im;
        const double im_re = im * re;
        re = re_re - im_im;
        im = re_im + im_re;
        re = re + c_re;
        im = im + c_im;
    }
    return (reference_end){i, re, im};
}

/* The same in numbers of type float. */
static inline reference_end reference_run_float(float c_re, float c_im, uint32_t limit)
{
    float re = 0.0F;
    float im = 0.0F;
    uint32_t i = 0;
    for (; i < limit; i++) {
        const float re_re = re * re;
        const float im_im = im * im;
        if (re_re + im_im > 4.0F)
            break;
        const float re_im = re * im;
        const float im_re = im * re;
        re = re_re - im_im;
        im = re_im + im_re;
        re = re + c_re;
        im = im + c_im;
    }
    return (reference_end){i, (double)re, (double)im};
}

static inline uint32_t reference_count(double c_re, double c_im, uint32_t limit)
{
    return reference_run(c_re, c_im, limit).count;
}

typedef struct reference_view {
    size_t width;
    size_t height;
    double left;
    double top;
    double right;
    double bottom;
} reference_view;

static inline double reference_re(const reference_view *view, size_t column)
{
    return view->left + (double)column * (view->right - view->left) / (double)view->width;
}

static inline double reference_im(const reference_view *view, size_t row)
{
    return view->top - (double)row * (view->top - view->bottom) / (double)view->height;
}

/* The grey picture with the limit of 255: 255 - count, 0 inside. For the caller to free. */
static inline uint8_t *reference_picture(const reference_view *view)
{
    uint8_t *const pixels = malloc(view->width * view->height);
    if (pixels == NULL)
        abort();
    for (size_t row = 0; row < view->height; row++) {
        for (size_t column = 0; column < view->width; column++) {
            const uint32_t count =
                reference_count(reference_re(view, column), reference_im(view, row), 255);
            pixels[row * view->width + column] = count == 255 ? 0 : (uint8_t)(255 - count);
        }
    }
    return pixels;
}

/* FNV-1a of 64 bits. */
static inline uint64_t reference_checksum(const uint8_t *bytes, size_t n)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
    return hash;
}

#endif
