/* SPDX-License-Identifier: MIT */
/* render.c - see render.h. */
#include "mandelbrot/picture/render.h"

/* Bits share bytes, and only within a tile. */
_Static_assert(MANDEL_TILE_COLUMNS % 8 == 0, "a tile ends where a byte ends");

/* ---- tiles ---------------------------------------------------------------------------------- */

static size_t tiles_across(const mandel_render *render)
{
    return ((size_t)render->view->width + MANDEL_TILE_COLUMNS - 1) / MANDEL_TILE_COLUMNS;
}

/* A picture of few tiles has lower ones, so that there are some for every thread. */
static size_t rows_of_tile(const mandel_render *render)
{
    enum { ENOUGH = 512 };
    size_t rows = MANDEL_TILE_ROWS;
    while (rows > 1 && tiles_across(render) * (render->view->height / rows) < ENOUGH)
        rows /= 2;
    return rows;
}

size_t mandel_render_tiles(const mandel_render *render)
{
    const size_t rows = rows_of_tile(render);
    return tiles_across(render) * ((render->view->height + rows - 1) / rows);
}

size_t mandel_render_grain(const mandel_render *render)
{
    enum { PIECE_UPDATES = 1 << 19 };
    const uint64_t tile_updates = (uint64_t)render->sampler.limit * MANDEL_SAMPLES;
    const size_t grain = (size_t)(PIECE_UPDATES / tile_updates);
    return grain > 0 ? grain : 1;
}

typedef struct tile {
    size_t column;
    size_t columns;
    size_t rows;                       /* to be sampled */
    size_t row[MANDEL_TILE_ROWS];      /* their numbers */
    size_t mirrored[MANDEL_TILE_ROWS]; /* rows that are the same, or the rows themselves */
    double im[MANDEL_TILE_ROWS];
    double re[MANDEL_TILE_COLUMNS];
} tile;

static bool has_mirror(const mandel_render *render)
{
    return render->sampler.shortcuts && !render->only_bits;
}

/* Adds a row, unless a row above it takes care of it. */
static void add_row(const mandel_render *render, tile *t, size_t row)
{
    const size_t mirror = has_mirror(render) ? mandel_view_mirror(render->view, row) : row;
    if (mirror < row)
        return;
    t->row[t->rows] = row;
    t->mirrored[t->rows] = mirror;
    t->im[t->rows] = mandel_view_row(render->view, row);
    t->rows++;
}

static void make_tile(const mandel_render *render, size_t number, tile *t)
{
    const size_t across = tiles_across(render);
    const size_t rows = rows_of_tile(render);
    const size_t first = number / across * rows;
    const size_t left = render->view->width - number % across * MANDEL_TILE_COLUMNS;
    t->column = number % across * MANDEL_TILE_COLUMNS;
    t->columns = left < MANDEL_TILE_COLUMNS ? left : MANDEL_TILE_COLUMNS;
    t->rows = 0;
    for (size_t row = first; row < first + rows && row < render->view->height; row++)
        add_row(render, t, row);
    if (t->rows > 0)
        mandel_view_columns(render->view, t->column, t->columns, t->re);
}

/* ---- one tile ------------------------------------------------------------------------------- */

static void put_row(const mandel_render *render, const tile *t, size_t row,
                    const mandel_samples *samples, const mandel_rgb *tint)
{
    if (render->field != NULL)
        mandel_field_put(render->field, row, t->column, t->columns, samples);
    else
        mandel_shade_span(render->shade, render->image, row, t->column, t->columns, samples, tint);
}

/* Samples all points of a tile at once and gives each row what is its. */
static void sample_tile(const mandel_render *render, const tile *t, const mandel_rgb *tint,
                        mandel_tally *tally)
{
    double re[MANDEL_SAMPLES];
    double im[MANDEL_SAMPLES];
    uint32_t counts[MANDEL_SAMPLES];
    float fractions[MANDEL_SAMPLES];
    float distances[MANDEL_SAMPLES];
    const mandel_field *const field = render->field;
    const bool has_fractions = field != NULL
                                   ? field->samples.fraction != NULL
                                   : mandel_colouring_needs_fractions(render->shade->colouring);
    const bool has_distances = field != NULL
                                   ? field->samples.distance != NULL
                                   : mandel_colouring_needs_distances(render->shade->colouring);
    const mandel_samples samples = {counts, has_fractions ? fractions : NULL,
                                    has_distances ? distances : NULL};
    for (size_t row = 0; row < t->rows; row++) {
        for (size_t i = 0; i < t->columns; i++) {
            re[row * t->columns + i] = t->re[i];
            im[row * t->columns + i] = t->im[row];
        }
    }
    tally->iterations += mandel_sample(&render->sampler, re, im, t->rows * t->columns, &samples);
    for (size_t row = 0; row < t->rows; row++) {
        const mandel_samples of_row = mandel_samples_from(&samples, row * t->columns);
        put_row(render, t, t->row[row], &of_row, tint);
        tally->pixels += t->columns;
        if (t->mirrored[row] != t->row[row]) {
            put_row(render, t, t->mirrored[row], &of_row, tint);
            tally->pixels += t->columns;
        }
    }
}

/* Finds out who is inside, row by row as they lie in the image. */
static void find_inside(const mandel_render *render, const tile *t, mandel_tally *tally)
{
    const size_t stride = render->image->stride;
    const mandel_strip strip = {
        .re = t->re,
        .columns = t->columns,
        .im = t->im,
        .rows = t->rows,
        .limit = render->sampler.limit,
        .bits = render->image->pixels + t->row[0] * stride + t->column / 8,
        .stride = stride,
    };
    tally->iterations += mandel_sampler_arithmetic(&render->sampler)->inside(&strip);
    tally->pixels += t->rows * t->columns;
}

/* ---- all of them ---------------------------------------------------------------------------- */

static void render_tiles(size_t begin, size_t end, void *arg)
{
    const mandel_render *const render = arg;
    const size_t place = render->crew == NULL ? 0 : mandel_crew_place();
    const mandel_rgb tint = mandel_colour_worker(place);
    mandel_tally *const tally = &render->tallies[place];
    for (size_t number = begin; number < end; number++) {
        tile t;
        make_tile(render, number, &t);
        if (t.rows == 0)
            continue;
        if (render->only_bits)
            find_inside(render, &t, tally);
        else
            sample_tile(render, &t, render->show_workers ? &tint : NULL, tally);
    }
    if (render->progress != NULL)
        mandel_progress_add(render->progress, end - begin);
}

int mandel_render_run(const mandel_render *render)
{
    mandel_render copy = *render;
    return mandel_crew_for(render->crew, mandel_render_tiles(render), mandel_render_grain(render),
                           render_tiles, &copy);
}
