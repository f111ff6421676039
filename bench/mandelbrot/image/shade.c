/* SPDX-License-Identifier: MIT */
/* shade.c - see shade.h. */
#include "mandelbrot/image/shade.h"

#include "mandelbrot/image/light.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
    WHITE = 255,
    MAX_GREYS = 1 << 16, /* kept in a table */
    PIECE = 256          /* pixels looked up at a time */
};

static const char *const names[] = {
    [MANDEL_COLOUR_GREY] = "grey",
    [MANDEL_COLOUR_SMOOTH] = "smooth",
    [MANDEL_COLOUR_HISTOGRAM] = "histogram",
    [MANDEL_COLOUR_DISTANCE] = "distance",
};

bool mandel_colouring_from_name(const char *name, mandel_colouring *colouring)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (strcmp(names[i], name) == 0) {
            *colouring = (mandel_colouring)i;
            return true;
        }
    }
    return false;
}

const char *mandel_colouring_name(mandel_colouring colouring)
{
    return names[colouring];
}

bool mandel_colouring_needs_fractions(mandel_colouring colouring)
{
    return colouring == MANDEL_COLOUR_SMOOTH || colouring == MANDEL_COLOUR_HISTOGRAM;
}

bool mandel_colouring_needs_distances(mandel_colouring colouring)
{
    return colouring == MANDEL_COLOUR_DISTANCE;
}

static bool make_greys(mandel_shade *shade)
{
    if (shade->limit >= MAX_GREYS)
        return true;
    shade->greys = malloc((size_t)shade->limit + 1);
    if (shade->greys == NULL)
        return false;
    for (uint32_t count = 0; count <= shade->limit; count++)
        shade->greys[count] = mandel_colour_grey(count, shade->limit);
    return true;
}

static bool make_table(mandel_shade *shade, const mandel_palette *palette)
{
    shade->table = malloc(sizeof *shade->table);
    if (shade->table == NULL)
        return false;
    shade->inside = palette->inside;
    if (shade->colouring == MANDEL_COLOUR_SMOOTH)
        mandel_palette_cycle(palette, shade->table);
    else
        mandel_palette_stretch(palette, shade->table);
    return true;
}

int mandel_shade_init(mandel_shade *shade, mandel_colouring colouring, uint32_t limit,
                      const mandel_palette *palette, double period)
{
    *shade = (mandel_shade){.colouring = colouring, .limit = limit, .period = period};
    if (colouring == MANDEL_COLOUR_GREY ? make_greys(shade) : make_table(shade, palette))
        return 0;
    return ENOMEM;
}

void mandel_shade_fini(mandel_shade *shade)
{
    free(shade->greys);
    free(shade->table);
    free(shade->share);
    *shade = (mandel_shade){0};
}

/* ---- places in the palette ------------------------------------------------------------------ */

enum { INSIDE = -1 }; /* instead of a place */

/* Updates with their fraction; the first ones may be a little less than 0. */
static double duration(const mandel_samples *samples, size_t i)
{
    const double d = (double)samples->count[i] + (double)samples->fraction[i];
    return d > 0.0 ? d : 0.0;
}

/* From 0 to just below 1, to an entry. */
static int entry_of(double part)
{
    const int entry = (int)(part * MANDEL_PALETTE_ENTRIES);
    return entry < MANDEL_PALETTE_ENTRIES ? entry : MANDEL_PALETTE_ENTRIES - 1;
}

static int smooth_entry(const mandel_shade *shade, double d)
{
    const double turns = d / shade->period;
    /* Larger numbers, and infinity, have no part behind the point. */
    return turns < 0x1p53 ? entry_of(turns - (double)(uint64_t)turns) : 0;
}

/* Half of the palette is for what is nearer than the period. */
static int distance_entry(const mandel_shade *shade, double distance)
{
    const double part = distance / (distance + shade->period);
    return entry_of(part);
}

/* The bin of a duration, and how far into it: each octave has 1024 bins, which are the first bits
 * of a float. */
static size_t bin_of(double d, double *into)
{
    enum { REST = 13 }; /* bits behind those */
    const float one = 1.0F;
    const float more = (float)(d + 1.0);
    uint32_t bits;
    uint32_t begin;
    memcpy(&bits, &more, sizeof bits);
    memcpy(&begin, &one, sizeof begin);
    *into = (double)((bits - begin) & ((1u << REST) - 1)) / (1u << REST);
    return (bits - begin) >> REST;
}

static int histogram_entry(const mandel_shade *shade, double d)
{
    double into;
    const size_t bin = bin_of(d, &into);
    const double share = (double)shade->share[bin];
    return entry_of(share + into * ((double)shade->share[bin + 1] - share));
}

/* The places in the palette of up to PIECE samples. */
static void find_entries(const mandel_shade *shade, const mandel_samples *samples, size_t n,
                         int *entries)
{
    switch (shade->colouring) {
    case MANDEL_COLOUR_SMOOTH:
        for (size_t i = 0; i < n; i++)
            entries[i] = smooth_entry(shade, duration(samples, i));
        break;
    case MANDEL_COLOUR_HISTOGRAM:
        for (size_t i = 0; i < n; i++)
            entries[i] = histogram_entry(shade, duration(samples, i));
        break;
    case MANDEL_COLOUR_DISTANCE:
        for (size_t i = 0; i < n; i++)
            entries[i] = distance_entry(shade, (double)samples->distance[i]);
        break;
    case MANDEL_COLOUR_GREY:
        break;
    }
    for (size_t i = 0; i < n; i++)
        entries[i] = samples->count[i] < shade->limit ? entries[i] : INSIDE;
}

/* ---- the histogram -------------------------------------------------------------------------- */

void mandel_shade_count(const mandel_shade *shade, const mandel_samples *samples, size_t n,
                        uint64_t bins[MANDEL_SHADE_BINS])
{
    for (size_t i = 0; i < n; i++) {
        double into;
        if (samples->count[i] < shade->limit)
            bins[bin_of(duration(samples, i), &into)]++;
    }
}

int mandel_shade_take(mandel_shade *shade, const uint64_t bins[MANDEL_SHADE_BINS])
{
    uint64_t total = 0;
    for (size_t i = 0; i < MANDEL_SHADE_BINS; i++)
        total += bins[i];
    free(shade->share);
    shade->share = malloc((MANDEL_SHADE_BINS + 1) * sizeof *shade->share);
    if (shade->share == NULL)
        return ENOMEM;
    uint64_t below = 0;
    for (size_t i = 0; i <= MANDEL_SHADE_BINS; i++) {
        shade->share[i] = total == 0 ? 0.0F : (float)((double)below / (double)total);
        below += i < MANDEL_SHADE_BINS ? bins[i] : 0;
    }
    return 0;
}

/* ---- pixels --------------------------------------------------------------------------------- */

static uint8_t grey_of(const mandel_shade *shade, uint32_t count)
{
    return shade->greys != NULL ? shade->greys[count] : mandel_colour_grey(count, shade->limit);
}

static void put_bits(uint8_t *out, size_t n, const uint32_t *counts, uint32_t limit)
{
    for (size_t i = 0; i < n; i += 8) {
        const size_t bits = n - i < 8 ? n - i : 8;
        unsigned byte = 0;
        for (size_t k = 0; k < bits; k++)
            byte |= (unsigned)(counts[i + k] == limit) << (7 - k);
        out[i / 8] = (uint8_t)byte;
    }
}

static void put_grey(const mandel_shade *shade, uint8_t *out, size_t n, const uint32_t *counts)
{
    for (size_t i = 0; i < n; i++)
        out[i] = grey_of(shade, counts[i]);
}

/* A shade of the tint, from a quarter of it (grey 0) to all of it (grey 255). */
static uint8_t tinted(uint8_t tint, uint8_t grey)
{
    const unsigned strength = 64 + grey * 191u / WHITE;
    return (uint8_t)(tint * strength / WHITE);
}

static void put_tinted(const mandel_shade *shade, uint8_t *out, size_t n, const uint32_t *counts,
                       const mandel_rgb *tint)
{
    for (size_t i = 0; i < n; i++) {
        const uint8_t grey = grey_of(shade, counts[i]);
        out[3 * i] = tint == NULL ? grey : tinted(tint->red, grey);
        out[3 * i + 1] = tint == NULL ? grey : tinted(tint->green, grey);
        out[3 * i + 2] = tint == NULL ? grey : tinted(tint->blue, grey);
    }
}

static void put_colours(const mandel_shade *shade, uint8_t *out, size_t n,
                        const mandel_samples *samples)
{
    int entries[PIECE];
    for (size_t first = 0; first < n; first += PIECE) {
        const mandel_samples piece = mandel_samples_from(samples, first);
        const size_t left = n - first < PIECE ? n - first : PIECE;
        find_entries(shade, &piece, left, entries);
        for (size_t i = 0; i < left; i++) {
            const mandel_rgb *const colour =
                entries[i] == INSIDE ? &shade->inside : &shade->table->srgb[entries[i]];
            uint8_t *const pixel = out + 3 * (first + i);
            pixel[0] = colour->red;
            pixel[1] = colour->green;
            pixel[2] = colour->blue;
        }
    }
}

void mandel_shade_span(const mandel_shade *shade, const mandel_image *image, size_t row,
                       size_t column, size_t n, const mandel_samples *samples,
                       const mandel_rgb *tint)
{
    uint8_t *const out = image->pixels + row * image->stride;
    switch (image->layout) {
    case MANDEL_LAYOUT_BITS:
        put_bits(out + column / 8, n, samples->count, shade->limit);
        break;
    case MANDEL_LAYOUT_GREY:
        put_grey(shade, out + column, n, samples->count);
        break;
    case MANDEL_LAYOUT_RGB:
        if (shade->colouring == MANDEL_COLOUR_GREY)
            put_tinted(shade, out + 3 * column, n, samples->count, tint);
        else
            put_colours(shade, out + 3 * column, n, samples);
        break;
    }
}

static mandel_light light_of(mandel_rgb colour)
{
    return (mandel_light){mandel_light_of(colour.red), mandel_light_of(colour.green),
                          mandel_light_of(colour.blue)};
}

void mandel_shade_light(const mandel_shade *shade, const mandel_samples *samples, size_t n,
                        mandel_light *light)
{
    int entries[PIECE];
    for (size_t first = 0; first < n; first += PIECE) {
        const mandel_samples piece = mandel_samples_from(samples, first);
        const size_t left = n - first < PIECE ? n - first : PIECE;
        if (shade->colouring != MANDEL_COLOUR_GREY)
            find_entries(shade, &piece, left, entries);
        for (size_t i = 0; i < left; i++) {
            if (shade->colouring == MANDEL_COLOUR_GREY) {
                const uint8_t grey = grey_of(shade, piece.count[i]);
                light[first + i] = light_of((mandel_rgb){grey, grey, grey});
            } else {
                light[first + i] = entries[i] == INSIDE ? light_of(shade->inside)
                                                        : shade->table->light[entries[i]];
            }
        }
    }
}
