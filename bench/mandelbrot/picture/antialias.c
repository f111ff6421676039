/* SPDX-License-Identifier: MIT */
/* antialias.c - see antialias.h. First all pixels are marked that need it, so that none is judged
 * by a neighbour that is done already. */
#include "mandelbrot/picture/antialias.h"

#include "mandelbrot/base/memory.h"
#include "mandelbrot/image/light.h"

#include <errno.h>
#include <stdlib.h>

/* Steps of a byte of colour between neighbours that nobody sees. */
enum { UNSEEN = 10 };

typedef struct work {
    const mandel_render *render;
    unsigned side;
    size_t depth;   /* bytes of a pixel */
    uint8_t *marks; /* one for each pixel */
} work;

/* ---- marking -------------------------------------------------------------------------------- */

static bool differ(const uint8_t *a, const uint8_t *b, size_t depth)
{
    for (size_t i = 0; i < depth; i++)
        if (abs(a[i] - b[i]) > UNSEEN)
            return true;
    return false;
}

static bool is_edge(const work *w, size_t column, size_t row)
{
    const mandel_image *const image = w->render->image;
    const size_t depth = w->depth;
    const uint8_t *const pixel = image->pixels + row * image->stride + column * depth;
    return (column > 0 && differ(pixel, pixel - depth, depth)) ||
           (column + 1 < image->width && differ(pixel, pixel + depth, depth)) ||
           (row > 0 && differ(pixel, pixel - image->stride, depth)) ||
           (row + 1 < image->height && differ(pixel, pixel + image->stride, depth));
}

static void mark_rows(size_t begin, size_t end, void *arg)
{
    const work *const w = arg;
    const size_t width = w->render->image->width;
    for (size_t row = begin; row < end; row++)
        for (size_t column = 0; column < width; column++)
            w->marks[row * width + column] = is_edge(w, column, row);
}

/* ---- sampling ------------------------------------------------------------------------------- */

/* From 0 to just below 1, as random as the number of a sample is unlike others: the finalizer of
 * SplitMix64 (Steele, Lea, Flood 2014). */
static double jitter(uint64_t number)
{
    uint64_t x = (number + 1) * UINT64_C(0x9e3779b97f4a7c15);
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    x ^= x >> 31;
    return (double)(x >> 11) * 0x1p-53;
}

/* Pixels of one row whose points are sampled together. */
typedef struct batch {
    size_t n; /* pixels */
    size_t column[MANDEL_SAMPLES];
    double re[MANDEL_SAMPLES];
    double im[MANDEL_SAMPLES];
} batch;

/* A cell's point, around that of the pixel. */
static void add_points(const work *w, batch *b, size_t column, size_t row)
{
    const mandel_view *const view = w->render->view;
    const unsigned side = w->side;
    const double step_re = (view->lower_right.re - view->upper_left.re) / view->width;
    const double step_im = (view->lower_right.im - view->upper_left.im) / view->height;
    const uint64_t pixel = (uint64_t)row * view->width + column;
    double re;
    mandel_view_columns(view, column, 1, &re);
    const double im = mandel_view_row(view, row);
    for (unsigned cell = 0; cell < side * side; cell++) {
        const uint64_t number = 2 * (pixel * side * side + cell);
        const size_t i = b->n * side * side + cell;
        b->re[i] = re + step_re * ((cell % side + jitter(number)) / side - 0.5);
        b->im[i] = im + step_im * ((cell / side + jitter(number + 1)) / side - 0.5);
    }
    b->column[b->n++] = column;
}

static void store(const work *w, size_t row, size_t column, const mandel_light *light)
{
    const mandel_image *const image = w->render->image;
    uint8_t *const pixel = image->pixels + row * image->stride + column * w->depth;
    const unsigned n = w->side * w->side;
    mandel_light sum = {0, 0, 0};
    for (unsigned i = 0; i < n; i++) {
        sum.red += light[i].red;
        sum.green += light[i].green;
        sum.blue += light[i].blue;
    }
    pixel[0] = mandel_light_to_srgb(sum.red / (float)n);
    if (w->depth == 1)
        return;
    pixel[1] = mandel_light_to_srgb(sum.green / (float)n);
    pixel[2] = mandel_light_to_srgb(sum.blue / (float)n);
}

static void flush(const work *w, batch *b, size_t row)
{
    uint32_t counts[MANDEL_SAMPLES];
    float fractions[MANDEL_SAMPLES];
    float distances[MANDEL_SAMPLES];
    mandel_light light[MANDEL_SAMPLES];
    const mandel_render *const render = w->render;
    const mandel_colouring colouring = render->shade->colouring;
    const mandel_samples samples = {counts,
                                    mandel_colouring_needs_fractions(colouring) ? fractions : NULL,
                                    mandel_colouring_needs_distances(colouring) ? distances : NULL};
    const size_t points = b->n * w->side * w->side;
    render->tallies[render->crew == NULL ? 0 : mandel_crew_place()].iterations +=
        mandel_sample(&render->sampler, b->re, b->im, points, &samples);
    mandel_shade_light(render->shade, &samples, points, light);
    for (size_t i = 0; i < b->n; i++)
        store(w, row, b->column[i], light + i * w->side * w->side);
    b->n = 0;
}

static void smooth_rows(size_t begin, size_t end, void *arg)
{
    const work *const w = arg;
    const size_t width = w->render->image->width;
    const size_t most = MANDEL_SAMPLES / (w->side * w->side);
    batch b;
    b.n = 0;
    for (size_t row = begin; row < end; row++) {
        for (size_t column = 0; column < width; column++) {
            if (w->marks[row * width + column] == 0)
                continue;
            add_points(w, &b, column, row);
            if (b.n == most)
                flush(w, &b, row);
        }
        if (b.n > 0)
            flush(w, &b, row);
    }
    if (w->render->progress != NULL)
        mandel_progress_add(w->render->progress, end - begin);
}

int mandel_antialias_run(const mandel_render *render, unsigned side)
{
    const mandel_image *const image = render->image;
    work w = {.render = render,
              .side = side,
              .depth = image->layout == MANDEL_LAYOUT_RGB ? 3 : 1,
              .marks = mandel_memory_zeros((size_t)image->width * image->height, 1)};
    if (w.marks == NULL)
        return ENOMEM;
    const size_t rows = (1u << 18) / image->width + 1; /* of marks, worth giving to a thread */
    int error = mandel_crew_for(render->crew, image->height, rows, mark_rows, &w);
    if (error == 0)
        error = mandel_crew_for(render->crew, image->height, 1, smooth_rows, &w);
    free(w.marks);
    return error;
}
