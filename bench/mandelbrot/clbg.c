/* SPDX-License-Identifier: MIT */
/* clbg.c - see clbg.h. */
#include "mandelbrot/clbg.h"

#include <errno.h>
#include <par/loop.h>
#include <stdlib.h>

typedef struct picture {
    mandel_image *image;
    mandel_inside_fn *inside;
    double *re; /* of the columns */
} picture;

/* The order of the operations is part of the picture. */
static double coordinate(size_t i, size_t n, double least)
{
    return 2.0 * (double)i / (double)n - least;
}

static void render_rows(size_t begin, size_t end, void *arg)
{
    enum { UPDATES = 50 };
    const picture *const p = arg;
    mandel_image *const image = p->image;
    for (size_t row = begin; row < end; row++)
        p->inside(p->re, coordinate(row, image->height, 1.0), image->width, UPDATES,
                  image->pixels + row * image->stride);
}

static void render_all(void *arg)
{
    const picture *const p = arg;
    par_for_grain(0, p->image->height, 1, render_rows, arg);
}

int mandel_clbg_render(mandel_image *image, const mandel_kernel *kernel, const mandel_crew *crew)
{
    picture p = {image, kernel->inside, malloc(image->width * sizeof *p.re)};
    if (p.re == NULL)
        return ENOMEM;
    for (size_t column = 0; column < image->width; column++)
        p.re[column] = coordinate(column, image->width, 1.5);
    const int error = mandel_crew_run(crew, render_all, &p);
    free(p.re);
    return error;
}
