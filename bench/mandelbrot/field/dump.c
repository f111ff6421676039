/* SPDX-License-Identifier: MIT */
/* dump.c - see dump.h. */
#include "mandelbrot/field/dump.h"

#include "mandelbrot/base/number.h"

#include <errno.h>
#include <math.h>
#include <string.h>

enum {
    WORDS = 4096,   /* moved at a time */
    MAX_LINE = 128, /* with its end */
};

static const char first_line[] = "mandelbrot dump 1";
static const char with_distances[] = "count fraction distance";
static const char without_distances[] = "count fraction";

/* ---- writing -------------------------------------------------------------------------------- */

static int failure(void)
{
    return errno != 0 ? errno : EIO;
}

static int write_words(const void *words, size_t n, FILE *stream)
{
    const char *from = words;
    for (size_t first = 0; first < n; first += WORDS) {
        unsigned char bytes[4 * WORDS];
        const size_t piece = n - first < WORDS ? n - first : WORDS;
        for (size_t i = 0; i < piece; i++) {
            uint32_t word;
            memcpy(&word, from + 4 * (first + i), sizeof word);
            for (size_t k = 0; k < 4; k++)
                bytes[4 * i + k] = (unsigned char)(word >> 8 * k);
        }
        if (fwrite(bytes, 4, piece, stream) != piece)
            return failure();
    }
    return 0;
}

static bool write_point(const char *name, const mandel_point *point, FILE *stream)
{
    return fprintf(stream, "%s %s,%s\n", name, mandel_number_shortest(point->re).text,
                   mandel_number_shortest(point->im).text) > 0;
}

static bool write_text(const mandel_field *field, const mandel_view *view, uint32_t limit,
                       FILE *stream)
{
    return fprintf(stream, "%s\nsize %lux%lu\n", first_line, (unsigned long)field->width,
                   (unsigned long)field->height) > 0 &&
           write_point("upper left", &view->upper_left, stream) &&
           write_point("lower right", &view->lower_right, stream) &&
           fprintf(stream, "iterations %lu\nsamples %s\n\n", (unsigned long)limit,
                   field->samples.distance != NULL ? with_distances : without_distances) > 0;
}

int mandel_dump_write(const mandel_field *field, const mandel_view *view, uint32_t limit,
                      FILE *stream)
{
    const size_t n = (size_t)field->width * field->height;
    errno = 0;
    if (!write_text(field, view, limit, stream))
        return failure();
    int error = write_words(field->samples.count, n, stream);
    if (error == 0)
        error = write_words(field->samples.fraction, n, stream);
    if (error == 0 && field->samples.distance != NULL)
        error = write_words(field->samples.distance, n, stream);
    return error;
}

/* ---- reading -------------------------------------------------------------------------------- */

/* Reads a line that begins with a name, and leaves what follows the name and a blank. An empty name
 * is that of the empty line. */
static bool read_line(FILE *stream, const char *name, char value[MAX_LINE],
                      char message[MANDEL_MESSAGE_SIZE])
{
    char line[MAX_LINE] = "";
    size_t length = 0;
    int c = EOF;
    while (length < MAX_LINE - 1 && (c = getc(stream)) != EOF && c != '\n' && c != '\0')
        line[length++] = (char)c;
    line[length] = '\0';
    const size_t named = strlen(name);
    const bool is_named = strncmp(line, name, named) == 0 &&
                          (named == 0 ? length == 0 : line[named] == ' ' || length == named);
    if (c != '\n' || !is_named)
        return mandel_message_complain(message, "%s: expected %s%s%s",
                                       mandel_message_quote(line).text,
                                       named == 0 ? "an empty line" : "a line that begins with '",
                                       name, named == 0 ? "" : "'");
    memcpy(value, line + (length > named ? named + 1 : length), length - named + 1);
    return true;
}

static bool read_point(FILE *stream, const char *name, mandel_point *point,
                       char message[MANDEL_MESSAGE_SIZE])
{
    char value[MAX_LINE];
    if (!read_line(stream, name, value, message))
        return false;
    return mandel_view_parse_point(value, point) ||
           mandel_message_complain(message, "%s %s: expected RE,IM", name,
                                   mandel_message_quote(value).text);
}

static bool read_size(FILE *stream, mandel_view *view, char message[MANDEL_MESSAGE_SIZE])
{
    char value[MAX_LINE];
    if (!read_line(stream, "size", value, message))
        return false;
    return mandel_view_parse_size(value, view) ||
           mandel_message_complain(
               message, "size %s: expected WIDTHxHEIGHT, two whole numbers from 1 to %lu",
               mandel_message_quote(value).text, MANDEL_VIEW_MAX_SIDE);
}

static bool read_limit(FILE *stream, uint32_t *limit, char message[MANDEL_MESSAGE_SIZE])
{
    char value[MAX_LINE];
    unsigned long number;
    if (!read_line(stream, "iterations", value, message))
        return false;
    if (!mandel_number_whole(value, NULL, 1, MANDEL_DUMP_MAX_LIMIT, &number))
        return mandel_message_complain(message,
                                       "iterations %s: expected a whole number from 1 to %lu",
                                       mandel_message_quote(value).text, MANDEL_DUMP_MAX_LIMIT);
    *limit = (uint32_t)number;
    return true;
}

static bool read_kinds(FILE *stream, bool *has_distances, char message[MANDEL_MESSAGE_SIZE])
{
    char value[MAX_LINE];
    if (!read_line(stream, "samples", value, message))
        return false;
    *has_distances = strcmp(value, with_distances) == 0;
    return *has_distances || strcmp(value, without_distances) == 0 ||
           mandel_message_complain(message, "samples %s: expected '%s' or '%s'",
                                   mandel_message_quote(value).text, without_distances,
                                   with_distances);
}

static bool read_text(FILE *stream, mandel_dump *dump, char message[MANDEL_MESSAGE_SIZE])
{
    char nothing[MAX_LINE];
    if (!read_line(stream, first_line, nothing, message))
        return false;
    if (nothing[0] != '\0')
        return mandel_message_complain(message, "%s: expected '%s' alone",
                                       mandel_message_quote(nothing).text, first_line);
    if (!read_size(stream, &dump->view, message) ||
        !read_point(stream, "upper left", &dump->view.upper_left, message) ||
        !read_point(stream, "lower right", &dump->view.lower_right, message) ||
        !read_limit(stream, &dump->limit, message) ||
        !read_kinds(stream, &dump->has_distances, message) ||
        !read_line(stream, "", nothing, message))
        return false;
    return mandel_view_is_finite(&dump->view) ||
           mandel_message_complain(message, "corners too far apart: expected a smaller view");
}

static bool read_words(FILE *stream, void *words, size_t n, char message[MANDEL_MESSAGE_SIZE])
{
    char *const to = words;
    for (size_t first = 0; first < n; first += WORDS) {
        unsigned char bytes[4 * WORDS];
        const size_t piece = n - first < WORDS ? n - first : WORDS;
        if (fread(bytes, 4, piece, stream) != piece)
            return mandel_message_complain(message,
                                           "ends too early: expected samples of %zu pixels", n);
        for (size_t i = 0; i < piece; i++) {
            uint32_t word = 0;
            for (size_t k = 0; k < 4; k++)
                word |= (uint32_t)bytes[4 * i + k] << 8 * k;
            memcpy(to + 4 * (first + i), &word, sizeof word);
        }
    }
    return true;
}

/* Numbers that no renderer writes could lead colours out of their palette. */
static bool check_samples(const mandel_samples *samples, size_t n, uint32_t limit,
                          char message[MANDEL_MESSAGE_SIZE])
{
    for (size_t i = 0; i < n; i++) {
        if (samples->count[i] > limit)
            return mandel_message_complain(message, "count %lu of pixel %zu: expected at most %lu",
                                           (unsigned long)samples->count[i], i,
                                           (unsigned long)limit);
        if (!(fabsf(samples->fraction[i]) <= (float)MANDEL_LONG))
            return mandel_message_complain(message, "fraction %g of pixel %zu: expected at most %d",
                                           (double)samples->fraction[i], i, MANDEL_LONG);
        if (samples->distance != NULL &&
            !(samples->distance[i] >= 0.0F && samples->distance[i] <= 1e30F))
            return mandel_message_complain(message,
                                           "distance %g of pixel %zu: expected one from 0 to 1e30",
                                           (double)samples->distance[i], i);
    }
    return true;
}

static bool read_samples(FILE *stream, const mandel_dump *dump, const mandel_field *field,
                         char message[MANDEL_MESSAGE_SIZE])
{
    const size_t n = (size_t)field->width * field->height;
    const mandel_samples *const samples = &field->samples;
    if (!read_words(stream, samples->count, n, message) ||
        !read_words(stream, samples->fraction, n, message) ||
        (dump->has_distances && !read_words(stream, samples->distance, n, message)))
        return false;
    if (getc(stream) != EOF)
        return mandel_message_complain(message, "goes on too long: expected samples of %zu pixels",
                                       n);
    return check_samples(samples, n, dump->limit, message);
}

bool mandel_dump_read(FILE *stream, mandel_dump *dump, mandel_field *field,
                      char message[MANDEL_MESSAGE_SIZE])
{
    mandel_dump read = {.limit = 0};
    if (!read_text(stream, &read, message))
        return false;
    if (mandel_field_init(field, read.view.width, read.view.height, true, read.has_distances) != 0)
        return mandel_message_complain(
            message, "size %lux%lu: expected a picture that fits into memory",
            (unsigned long)read.view.width, (unsigned long)read.view.height);
    if (!read_samples(stream, &read, field, message)) {
        mandel_field_fini(field);
        return false;
    }
    *dump = read;
    return true;
}

bool mandel_dump_load(const char *file, mandel_dump *dump, mandel_field *field,
                      char message[MANDEL_MESSAGE_SIZE])
{
    const mandel_quoted quoted = mandel_message_quote(file);
    FILE *const stream = fopen(file, "rb");
    if (stream == NULL)
        return mandel_message_complain(message, "dump %s: %s", quoted.text, strerror(errno));
    char what[MANDEL_MESSAGE_SIZE];
    errno = 0;
    const bool is_read = mandel_dump_read(stream, dump, field, what);
    const int error = ferror(stream) ? errno : 0;
    fclose(stream);
    if (is_read)
        return true;
    return mandel_message_complain(message, "dump %s: %.300s", quoted.text,
                                   error != 0 ? strerror(error) : what);
}
