/* SPDX-License-Identifier: MIT */
/* format.c - see format.h. */
#include "mandelbrot/image/format.h"

#include "mandelbrot/image/write_png.h"
#include "mandelbrot/image/write_pnm.h"

#include <string.h>
#include <strings.h>

typedef struct row {
    const char *name;
    mandel_layout plain; /* the layout of a picture without colours */
    bool has_colour;
} row;

static const row rows[] = {
    [MANDEL_FORMAT_PNG] = {"png", MANDEL_LAYOUT_GREY, true},
    [MANDEL_FORMAT_PPM] = {"ppm", MANDEL_LAYOUT_RGB, true},
    [MANDEL_FORMAT_PGM] = {"pgm", MANDEL_LAYOUT_GREY, false},
    [MANDEL_FORMAT_PBM] = {"pbm", MANDEL_LAYOUT_BITS, false},
    [MANDEL_FORMAT_DUMP] = {"dump", MANDEL_LAYOUT_GREY, true},
};

enum { FORMATS = sizeof rows / sizeof rows[0] };

const char *mandel_format_name(mandel_format format)
{
    return rows[format].name;
}

bool mandel_format_from_name(const char *name, mandel_format *format)
{
    for (int i = 0; i < FORMATS; i++) {
        if (strcmp(name, rows[i].name) == 0) {
            *format = (mandel_format)i;
            return true;
        }
    }
    return false;
}

bool mandel_format_from_file(const char *file, mandel_format *format)
{
    const char *const slash = strrchr(file, '/');
    const char *const base = slash == NULL ? file : slash + 1;
    const char *const dot = strrchr(base, '.');
    if (dot == NULL || dot == base) {
        *format = MANDEL_FORMAT_PNG;
        return true;
    }
    for (int i = 0; i < FORMATS; i++) {
        if (strcasecmp(dot + 1, rows[i].name) == 0) {
            *format = (mandel_format)i;
            return true;
        }
    }
    return false;
}

bool mandel_format_layout(mandel_format format, bool in_colour, mandel_layout *layout)
{
    if (in_colour && !rows[format].has_colour)
        return false;
    *layout = in_colour ? MANDEL_LAYOUT_RGB : rows[format].plain;
    return true;
}

int mandel_format_write(mandel_format format, const mandel_image *image, const mandel_view *view,
                        uint32_t limit, const mandel_crew *crew, FILE *stream)
{
    if (format == MANDEL_FORMAT_PNG)
        return mandel_write_png(image, view, limit, crew, stream);
    return mandel_write_pnm(image, stream);
}
