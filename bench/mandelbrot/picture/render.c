/* SPDX-License-Identifier: MIT */
/* render.c - see render.h. */
#include "mandelbrot/picture/render.h"

#include "mandelbrot/image/colour.h"

#include <par/loop.h>

/* Bits share bytes, and only within a span. */
_Static_assert(MANDEL_RENDER_SPAN % 8 == 0, "a span ends where a byte ends");

static size_t spans_of_row(const mandel_render *render)
{
    return ((size_t)render->view->width + MANDEL_RENDER_SPAN - 1) / MANDEL_RENDER_SPAN;
}

size_t mandel_render_spans(const mandel_render *render)
{
    return spans_of_row(render) * render->view->height;
}

size_t mandel_render_grain(const mandel_render *render)
{
    enum { PIECE_ITERATIONS = 1 << 18 };
    const uint64_t span_iterations = (uint64_t)render->limit * MANDEL_RENDER_SPAN;
    const size_t grain = (size_t)(PIECE_ITERATIONS / span_iterations);
    return grain > 0 ? grain : 1;
}

/* Renders one span and returns the iterations that it took. */
static uint64_t render_span(const mandel_render *render, size_t row, size_t column, size_t n,
                            const mandel_rgb *tint)
{
    double re[MANDEL_RENDER_SPAN];
    uint32_t counts[MANDEL_RENDER_SPAN];
    mandel_view_columns(render->view, column, n, re);
    const double im = mandel_view_row(render->view, row);
    if (render->inside != NULL)
        return render->inside(re, im, n, render->limit,
                              render->image->pixels + row * render->image->stride + column / 8);
    const uint64_t iterations = render->kernel(re, im, n, render->limit, counts);
    mandel_colour_span(render->image, row, column, n, counts, render->limit, tint);
    return iterations;
}

/* What the pieces of one loop share. */
typedef struct loop {
    const mandel_render *render;
    mandel_tally *tallies; /* one for each place */
} loop;

static void render_piece(size_t begin, size_t end, void *arg)
{
    const loop *const l = arg;
    const mandel_render *const render = l->render;
    const size_t width = render->view->width;
    const size_t per_row = spans_of_row(render);
    const size_t place = mandel_crew_place();
    const mandel_rgb tint = mandel_colour_worker(place);
    mandel_tally *const tally = &l->tallies[place];
    for (size_t span = begin; span < end; span++) {
        const size_t column = span % per_row * MANDEL_RENDER_SPAN;
        const size_t left = width - column;
        const size_t n = left < MANDEL_RENDER_SPAN ? left : MANDEL_RENDER_SPAN;
        tally->iterations +=
            render_span(render, span / per_row, column, n, render->show_workers ? &tint : NULL);
        tally->pixels += n;
    }
    if (render->progress != NULL)
        mandel_progress_add(render->progress, end - begin);
}

static void render_all(void *arg)
{
    loop *const l = arg;
    par_for_grain(0, mandel_render_spans(l->render), mandel_render_grain(l->render), render_piece,
                  l);
}

int mandel_render_parallel(const mandel_render *render)
{
    loop l = {render, render->crew->tallies};
    mandel_crew_reset(render->crew);
    return mandel_crew_run(render->crew, render_all, &l);
}

mandel_tally mandel_render_serial(const mandel_render *render)
{
    mandel_tally tally = {0};
    loop l = {render, &tally};
    render_piece(0, mandel_render_spans(render), &l);
    return tally;
}
