/* SPDX-License-Identifier: MIT */
/* picture_file.c - see picture_file.h. */
#include "mandelbrot/image/picture_file.h"

#include <png.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static picture read_png(const uint8_t *bytes, size_t n)
{
    picture p = {0};
    FILE *const file = tmpfile();
    if (file == NULL || fwrite(bytes, 1, n, file) != n)
        abort();
    rewind(file);
    png_structp png = png_create_read_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    if (setjmp(png_jmpbuf(png)) != 0) {
        png_destroy_read_struct(&png, &info, NULL);
        fclose(file);
        return (picture){0};
    }
    png_init_io(png, file);
    png_read_png(png, info, PNG_TRANSFORM_IDENTITY, NULL);
    const int colour = png_get_color_type(png, info);
    const size_t channels = colour == PNG_COLOR_TYPE_RGB ? 3 : 1;
    p.kind = png_get_bit_depth(png, info) != 8 ? 0
             : colour == PNG_COLOR_TYPE_RGB    ? 'c'
             : colour == PNG_COLOR_TYPE_GRAY   ? 'g'
                                               : 0;
    p.width = png_get_image_width(png, info);
    p.height = png_get_image_height(png, info);
    p.n_pixel_bytes = p.width * p.height * channels;
    p.pixels = malloc(p.n_pixel_bytes);
    const png_bytepp rows = png_get_rows(png, info);
    for (size_t row = 0; row < p.height; row++)
        memcpy(p.pixels + row * p.width * channels, rows[row], p.width * channels);
    png_textp texts;
    const int n_texts = png_get_text(png, info, &texts, NULL);
    size_t used = 0;
    for (int i = 0; i < n_texts && used < sizeof p.texts; i++)
        used += (size_t)snprintf(p.texts + used, sizeof p.texts - used, "%s=%s\n", texts[i].key,
                                 texts[i].text);
    png_destroy_read_struct(&png, &info, NULL);
    fclose(file);
    return p;
}

/* Reads "P5 <width> <height> 255" with one white space after it; 0 or the header's length. */
static size_t read_header(const uint8_t *bytes, size_t n, picture *p)
{
    char text[64] = "";
    memcpy(text, bytes, n < sizeof text - 1 ? n : sizeof text - 1);
    int end = 0;
    if (text[1] == '4')
        (void)sscanf(text, "P4\n%zu %zu\n%n", &p->width, &p->height, &end);
    else if (text[1] == '5')
        (void)sscanf(text, "P5\n%zu %zu\n255%n", &p->width, &p->height, &end);
    else if (text[1] == '6')
        (void)sscanf(text, "P6\n%zu %zu\n255%n", &p->width, &p->height, &end);
    if (end == 0)
        return 0;
    /* The last %n may have eaten pixels that look like white space. */
    const char *const header = strchr(strchr(text, '\n') + 1, '\n') + 1;
    return (size_t)(header - text) + (text[1] == '4' ? 0 : strlen("255\n"));
}

static picture read_pnm(const uint8_t *bytes, size_t n)
{
    picture p = {0};
    const size_t header = read_header(bytes, n, &p);
    if (header == 0)
        return p;
    const size_t channels = bytes[1] == '6' ? 3 : 1;
    const size_t stride = bytes[1] == '4' ? (p.width + 7) / 8 : p.width * channels;
    if (n != header + stride * p.height)
        return (picture){0};
    p.kind = bytes[1] == '4' ? 'b' : bytes[1] == '5' ? 'g' : 'c';
    p.n_pixel_bytes = p.width * p.height * channels;
    p.pixels = malloc(p.n_pixel_bytes);
    if (bytes[1] != '4') {
        memcpy(p.pixels, bytes + header, p.n_pixel_bytes);
        return p;
    }
    for (size_t row = 0; row < p.height; row++)
        for (size_t column = 0; column < p.width; column++)
            p.pixels[row * p.width + column] =
                bytes[header + row * stride + column / 8] >> (7 - column % 8) & 1;
    return p;
}

picture picture_read(const uint8_t *bytes, size_t n)
{
    if (n > 8 && png_sig_cmp(bytes, 0, 8) == 0)
        return read_png(bytes, n);
    return n > 3 && bytes[0] == 'P' ? read_pnm(bytes, n) : (picture){0};
}

void picture_free(picture *p)
{
    free(p->pixels);
    *p = (picture){0};
}
