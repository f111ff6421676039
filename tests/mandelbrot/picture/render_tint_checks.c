/* SPDX-License-Identifier: MIT */
/* render_tint_checks.c - the check of render_checks.h that looks for the tints of the workers. */
#include "mandelbrot/field/reference.h"
#include "mandelbrot/picture/render_checks.h"
#include "mandelbrot/picture/scene.h"

/* A picture in which tiles are as high as they get, and have a rest both ways. */
enum { WIDTH = 300, HEIGHT = 2103, ACROSS = 2, DOWN = 263, SPAN = MANDEL_TILE_COLUMNS };

static size_t span_width(size_t column)
{
    return WIDTH - column < SPAN ? WIDTH - column : SPAN;
}

/* The place in whose tint the row of a tile is; SIZE_MAX if it is not the picture in one tint. */
static size_t tint_of(const scene *s, size_t row, size_t column)
{
    const size_t n = span_width(column);
    const uint8_t *const pixels = s->image.pixels + row * s->image.stride + 3 * column;
    const reference_view same = {WIDTH, HEIGHT, -2.25, 1.125, 0.75, -1.125};
    uint32_t counts[SPAN];
    for (size_t i = 0; i < n; i++)
        counts[i] =
            reference_count(reference_re(&same, column + i), reference_im(&same, row), SCENE_LIMIT);
    for (size_t place = 0; place < s->picture.crew->places; place++) {
        const mandel_rgb tint = mandel_colour_worker(place);
        uint8_t expected[3 * SPAN];
        const mandel_image line = {MANDEL_LAYOUT_RGB, (uint32_t)n, 1, 3 * n, expected};
        mandel_shade_span(&s->shade, &line, 0, 0, n, &(mandel_samples){.count = counts}, &tint);
        if (memcmp(pixels, expected, 3 * n) == 0)
            return place;
    }
    return SIZE_MAX;
}

/* The tile that writes a row: its own, or that of the row above that it mirrors. */
static size_t tile_of(const scene *s, size_t row)
{
    const size_t mirror =
        s->picture.sampler.shortcuts ? mandel_view_mirror(&s->picture.view, row) : row;
    return (mirror < row ? mirror : row) / MANDEL_TILE_ROWS;
}

/* Adds up what each place has tinted; each tile is in one tint. */
static const char *add_tints(const scene *s, uint64_t *pixels)
{
    size_t tints[DOWN][ACROSS];
    memset(tints, 0xff, sizeof tints);
    for (size_t i = 0; i < (size_t)HEIGHT * ACROSS; i++) {
        const size_t row = i / ACROSS;
        const size_t column = i % ACROSS * SPAN;
        const size_t place = tint_of(s, row, column);
        size_t *const tint = &tints[tile_of(s, row)][i % ACROSS];
        if (place == SIZE_MAX)
            return wrong("row %zu from %zu on has no worker's tint", row, column);
        if (*tint != SIZE_MAX && *tint != place)
            return wrong("row %zu from %zu on is not in its tile's tint", row, column);
        *tint = place;
        pixels[place] += span_width(column);
    }
    return NULL;
}

static const char *check_tints(bool shortcuts)
{
    const mandel_view view = scene_whole(WIDTH, HEIGHT);
    mandel_crew crew;
    scene s;
    scene_need(mandel_crew_init(&crew, 3), "crew");
    scene_init(&s, &view, MANDEL_COLOUR_GREY);
    scene_set_layout(&s, MANDEL_LAYOUT_RGB);
    s.picture.show_workers = true;
    s.picture.sampler.shortcuts = shortcuts;
    uint64_t *const pixels = calloc(crew.places, sizeof *pixels);
    scene_need(pixels == NULL ? ENOMEM : 0, "pixels");
    scene_make(&s, &crew);
    const char *problem = add_tints(&s, pixels);
    for (size_t i = 0; i < crew.places && problem == NULL; i++)
        if (pixels[i] != crew.tallies[i].pixels)
            problem =
                wrong("place %zu tinted %llu pixels and counted %llu", i,
                      (unsigned long long)pixels[i], (unsigned long long)crew.tallies[i].pixels);
    free(pixels);
    scene_fini(&s);
    mandel_crew_fini(&crew);
    return problem;
}

static const char *check_tiles(void)
{
    const mandel_view view = scene_whole(WIDTH, HEIGHT);
    const size_t tiles = mandel_render_tiles(&(mandel_render){.view = &view});
    return tiles == (size_t)ACROSS * DOWN ? NULL : wrong("%zu tiles", tiles);
}

const char *render_workers_tint_whole_tiles(void)
{
    const char *problem = check_tiles();
    if (problem == NULL)
        problem = check_tints(false);
    return problem != NULL ? problem : check_tints(true);
}
