/* SPDX-License-Identifier: MIT */
/* picture.c - see picture.h. */
#include "mandelbrot/picture/picture.h"

#include "mandelbrot/base/memory.h"
#include "mandelbrot/picture/antialias.h"
#include "mandelbrot/picture/subdivide.h"

#include <errno.h>
#include <stdlib.h>

/* Pixels coloured at a time, and worth giving to a thread. */
enum { RUN = 256, PIECE = 1 << 15 };

bool mandel_picture_needs_field(const mandel_picture *picture)
{
    return picture->image == NULL || picture->subdivide ||
           picture->shade->colouring == MANDEL_COLOUR_HISTOGRAM;
}

/* ---- colouring ------------------------------------------------------------------------------ */

/* A pass over the rows of a field. */
typedef struct pass {
    const mandel_picture *picture;
    const mandel_field *field;
    const mandel_crew *crew;
    uint64_t (*bins)[MANDEL_SHADE_BINS]; /* one for each place */
} pass;

static void count_rows(size_t begin, size_t end, void *arg)
{
    const pass *const p = arg;
    const size_t place = p->crew == NULL ? 0 : mandel_crew_place();
    for (size_t row = begin; row < end; row++) {
        const mandel_samples samples = mandel_field_at(p->field, row, 0);
        mandel_shade_count(p->picture->shade, &samples, p->field->width, p->bins[place]);
    }
}

static void colour_rows(size_t begin, size_t end, void *arg)
{
    const pass *const p = arg;
    for (size_t row = begin; row < end; row++) {
        for (size_t column = 0; column < p->field->width; column += RUN) {
            const size_t left = p->field->width - column;
            const mandel_samples samples = mandel_field_at(p->field, row, column);
            mandel_shade_span(p->picture->shade, p->picture->image, row, column,
                              left < RUN ? left : RUN, &samples, NULL);
        }
    }
}

static int run_pass(pass *p, par_range_fn *body)
{
    return mandel_crew_for(p->crew, p->field->height, PIECE / p->field->width + 1, body, p);
}

/* Adds up what all places have counted. */
static int take_histogram(pass *p, size_t places)
{
    for (size_t place = 1; place < places; place++)
        for (size_t i = 0; i < MANDEL_SHADE_BINS; i++)
            p->bins[0][i] += p->bins[place][i];
    return mandel_shade_take(p->picture->shade, p->bins[0]);
}

static int make_histogram(pass *p)
{
    const size_t places = p->crew == NULL ? 1 : p->crew->places;
    p->bins = mandel_memory_zeros(places, sizeof *p->bins);
    if (p->bins == NULL)
        return ENOMEM;
    int error = run_pass(p, count_rows);
    if (error == 0)
        error = take_histogram(p, places);
    free(p->bins);
    return error;
}

static int colour(const mandel_picture *picture, const mandel_field *field, const mandel_crew *crew)
{
    pass p = {.picture = picture, .field = field, .crew = crew};
    const bool is_histogram = picture->shade->colouring == MANDEL_COLOUR_HISTOGRAM;
    const int error = is_histogram ? make_histogram(&p) : 0;
    return error == 0 ? run_pass(&p, colour_rows) : error;
}

int mandel_picture_colour(const mandel_picture *picture)
{
    return colour(picture, picture->field, picture->crew);
}

/* ---- all of it ------------------------------------------------------------------------------ */

static mandel_render render_of(const mandel_picture *picture, mandel_field *field,
                               const mandel_crew *crew, mandel_tally *tallies)
{
    return (mandel_render){
        .view = &picture->view,
        .sampler = picture->sampler,
        .only_bits = picture->only_bits,
        .show_workers = picture->show_workers,
        .shade = picture->shade,
        .image = picture->image,
        .field = field,
        .crew = crew,
        .tallies = tallies,
    };
}

static void begin_progress(const mandel_picture *picture, mandel_render *render, size_t steps)
{
    if (picture->progress == NULL)
        return;
    mandel_progress_begin(picture->progress, steps);
    render->progress = picture->progress;
}

static int sample(const mandel_picture *picture, mandel_render *render)
{
    if (!picture->subdivide) {
        begin_progress(picture, render, mandel_render_tiles(render));
        return mandel_render_run(render);
    }
    begin_progress(picture, render, (size_t)picture->view.width * picture->view.height);
    return mandel_subdivide_run(render);
}

static int make(const mandel_picture *picture, mandel_field *field, const mandel_crew *crew,
                mandel_tally *tallies)
{
    mandel_render render = render_of(picture, field, crew, tallies);
    int error = sample(picture, &render);
    if (error != 0 || picture->image == NULL)
        return error;
    if (field != NULL)
        error = colour(picture, field, crew);
    if (error != 0 || picture->antialias == 0)
        return error;
    begin_progress(picture, &render, picture->view.height);
    return mandel_antialias_run(&render, picture->antialias);
}

/* With a field for as long as it takes, if it takes one and the picture has none. */
static int make_with_field(const mandel_picture *picture, const mandel_crew *crew,
                           mandel_tally *tallies)
{
    if (picture->field != NULL || !mandel_picture_needs_field(picture))
        return make(picture, picture->field, crew, tallies);
    const mandel_colouring colouring = picture->shade->colouring;
    mandel_field field;
    int error = mandel_field_init(&field, picture->view.width, picture->view.height,
                                  mandel_colouring_needs_fractions(colouring),
                                  mandel_colouring_needs_distances(colouring));
    if (error != 0)
        return error;
    error = make(picture, &field, crew, tallies);
    mandel_field_fini(&field);
    return error;
}

int mandel_picture_make(const mandel_picture *picture)
{
    mandel_crew_reset(picture->crew);
    return make_with_field(picture, picture->crew, picture->crew->tallies);
}

int mandel_picture_make_serially(const mandel_picture *picture, mandel_tally *tally)
{
    *tally = (mandel_tally){0};
    return make_with_field(picture, NULL, tally);
}
