/* SPDX-License-Identifier: MIT */
/* subdivide.c - see subdivide.h. */
#include "mandelbrot/picture/subdivide.h"

#include <par/join.h>

/* Rectangles with at most so many points within are sampled as a whole. */
enum { SMALL = 256 };

/* Pixels from left to right and from top to bottom, those at the ends included. The border has been
 * sampled. */
typedef struct rectangle {
    const mandel_render *render;
    size_t left;
    size_t top;
    size_t right;
    size_t bottom;
} rectangle;

/* ---- sampling ------------------------------------------------------------------------------- */

/* Points to be sampled together, and which pixels they are. */
typedef struct batch {
    const mandel_render *render;
    size_t n;
    double re[MANDEL_SAMPLES];
    double im[MANDEL_SAMPLES];
    size_t pixel[MANDEL_SAMPLES];
} batch;

static void flush(batch *b)
{
    uint32_t counts[MANDEL_SAMPLES];
    float fractions[MANDEL_SAMPLES];
    float distances[MANDEL_SAMPLES];
    const mandel_render *const render = b->render;
    const mandel_samples *const field = &render->field->samples;
    const mandel_samples samples = {counts, field->fraction != NULL ? fractions : NULL,
                                    field->distance != NULL ? distances : NULL};
    mandel_tally *const tally = &render->tallies[render->crew == NULL ? 0 : mandel_crew_place()];
    tally->iterations += mandel_sample(&render->sampler, b->re, b->im, b->n, &samples);
    for (size_t i = 0; i < b->n; i++) {
        const mandel_samples from = mandel_samples_from(&samples, i);
        mandel_field_put(render->field, 0, b->pixel[i], 1, &from);
    }
    tally->pixels += b->n;
    if (render->progress != NULL)
        mandel_progress_add(render->progress, b->n);
    b->n = 0;
}

static void add(batch *b, size_t column, size_t row)
{
    mandel_view_columns(b->render->view, column, 1, &b->re[b->n]);
    b->im[b->n] = mandel_view_row(b->render->view, row);
    b->pixel[b->n] = row * b->render->view->width + column;
    if (++b->n == MANDEL_SAMPLES)
        flush(b);
}

/* Samples the pixels of a rectangle, all of them. */
static void sample(const mandel_render *render, size_t left, size_t top, size_t right,
                   size_t bottom)
{
    batch b;
    b.render = render;
    b.n = 0;
    for (size_t row = top; row <= bottom; row++)
        for (size_t column = left; column <= right; column++)
            add(&b, column, row);
    if (b.n > 0)
        flush(&b);
}

/* ---- filling -------------------------------------------------------------------------------- */

static uint32_t count_at(const rectangle *r, size_t column, size_t row)
{
    return r->render->field->samples.count[row * r->render->field->width + column];
}

static bool is_uniform(const rectangle *r, uint32_t count)
{
    for (size_t column = r->left; column <= r->right; column++)
        if (count_at(r, column, r->top) != count || count_at(r, column, r->bottom) != count)
            return false;
    for (size_t row = r->top; row <= r->bottom; row++)
        if (count_at(r, r->left, row) != count || count_at(r, r->right, row) != count)
            return false;
    return true;
}

/* A border outside can have all of the set within, which is in one piece and has the point 0. */
static bool is_around_set(const rectangle *r)
{
    const mandel_view *const view = r->render->view;
    double re[2];
    mandel_view_columns(view, r->left, 1, &re[0]);
    mandel_view_columns(view, r->right, 1, &re[1]);
    const double top = mandel_view_row(view, r->top);
    const double bottom = mandel_view_row(view, r->bottom);
    return re[0] * re[1] <= 0.0 && top * bottom <= 0.0;
}

static bool can_fill(const rectangle *r)
{
    const uint32_t count = count_at(r, r->left, r->top);
    const mandel_samples *const samples = &r->render->field->samples;
    if (count == r->render->sampler.limit)
        return is_uniform(r, count);
    return samples->fraction == NULL && samples->distance == NULL && !is_around_set(r) &&
           is_uniform(r, count);
}

/* Nothing but the inside is filled where there are fractions or distances, and there they are 0. */
static void fill(const rectangle *r)
{
    const mandel_render *const render = r->render;
    const uint32_t count = count_at(r, r->left, r->top);
    const size_t columns = r->right - r->left - 1;
    for (size_t row = r->top + 1; row < r->bottom; row++) {
        const mandel_samples to = mandel_field_at(render->field, row, r->left + 1);
        for (size_t i = 0; i < columns; i++)
            to.count[i] = count;
        for (size_t i = 0; i < columns && to.fraction != NULL; i++)
            to.fraction[i] = 0;
        for (size_t i = 0; i < columns && to.distance != NULL; i++)
            to.distance[i] = 0;
    }
    const size_t pixels = columns * (r->bottom - r->top - 1);
    render->tallies[render->crew == NULL ? 0 : mandel_crew_place()].pixels += pixels;
    if (render->progress != NULL)
        mandel_progress_add(render->progress, pixels);
}

/* ---- cutting -------------------------------------------------------------------------------- */

static void solve(void *arg);

static void solve_both(rectangle *first, rectangle *second)
{
    if (first->render->crew != NULL) {
        par_join(solve, first, solve, second);
    } else {
        solve(first);
        solve(second);
    }
}

static void cut(const rectangle *r)
{
    rectangle first = *r;
    rectangle second = *r;
    if (r->right - r->left >= r->bottom - r->top) {
        const size_t middle = r->left + (r->right - r->left) / 2;
        first.right = second.left = middle;
        sample(r->render, middle, r->top + 1, middle, r->bottom - 1);
    } else {
        const size_t middle = r->top + (r->bottom - r->top) / 2;
        first.bottom = second.top = middle;
        sample(r->render, r->left + 1, middle, r->right - 1, middle);
    }
    solve_both(&first, &second);
}

/* Completes a rectangle whose border has been sampled. */
static void solve(void *arg)
{
    const rectangle *const r = arg;
    if (r->right - r->left < 2 || r->bottom - r->top < 2)
        return;
    if (can_fill(r))
        fill(r);
    else if ((r->right - r->left - 1) * (r->bottom - r->top - 1) <= SMALL)
        sample(r->render, r->left + 1, r->top + 1, r->right - 1, r->bottom - 1);
    else
        cut(r);
}

/* ---- the whole field ------------------------------------------------------------------------ */

static void solve_all(void *arg)
{
    rectangle *const r = arg;
    sample(r->render, r->left, r->top, r->right, r->top);
    if (r->bottom > r->top)
        sample(r->render, r->left, r->bottom, r->right, r->bottom);
    if (r->bottom > r->top + 1) {
        sample(r->render, r->left, r->top + 1, r->left, r->bottom - 1);
        if (r->right > r->left)
            sample(r->render, r->right, r->top + 1, r->right, r->bottom - 1);
    }
    solve(r);
}

int mandel_subdivide_run(const mandel_render *render)
{
    rectangle all = {render, 0, 0, render->view->width - 1, render->view->height - 1};
    if (render->crew != NULL)
        return mandel_crew_run(render->crew, solve_all, &all);
    solve_all(&all);
    return 0;
}
