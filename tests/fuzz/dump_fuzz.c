/* SPDX-License-Identifier: MIT */
/* dump_fuzz.c - any bytes are a dump whose samples can be coloured, and which is written again as
 * it was read; or they are refused by one line. */
#include "fuzz/fuzz.h"
#include "mandelbrot/field/dump.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Whether a picture may be this large: a field is made before its samples are there to be read, and
 * the fuzzer counts a large one as a failure. */
static bool is_small(const char *text, size_t n)
{
    enum { MOST_PIXELS = 1 << 16 };
    char line[128] = "";
    const char *const end = memchr(text, '\n', n);
    unsigned long width;
    unsigned long height;
    if (end == NULL)
        return true;
    const size_t left = n - (size_t)(end + 1 - text);
    memcpy(line, end + 1, left < sizeof line - 1 ? left : sizeof line - 1);
    return sscanf(line, "size %lux%lu", &width, &height) != 2 || width == 0 ||
           height <= MOST_PIXELS / width;
}

static bool read_bytes(const char *bytes, size_t n, mandel_dump *dump, mandel_field *field,
                       char message[MANDEL_MESSAGE_SIZE])
{
    FILE *const stream = fmemopen((void *)(uintptr_t)bytes, n, "rb");
    const bool is_read = mandel_dump_read(stream, dump, field, message);
    fclose(stream);
    return is_read;
}

static void check_refused(const mandel_dump *dump, const char *message)
{
    mandel_dump before;
    memset(&before, 0x5a, sizeof before);
    fuzz_need(memcmp(dump, &before, sizeof before) == 0, "a refusal leaves the dump alone");
    const char *const end = memchr(message, '\0', MANDEL_MESSAGE_SIZE);
    fuzz_need(end != NULL && end != message, "a refusal has a message");
    for (const char *c = message; *c != '\0'; c++)
        fuzz_need((unsigned char)*c >= ' ' && *c != 0x7f, "a message is one line");
    fuzz_need(strstr(message, ": expected ") != NULL, "a message says what was expected");
}

static void check_samples(const mandel_dump *dump, const mandel_field *field)
{
    const mandel_samples *const samples = &field->samples;
    const size_t pixels = (size_t)field->width * field->height;
    fuzz_need(dump->limit >= 1 && dump->limit <= MANDEL_DUMP_MAX_LIMIT, "a limit in its limits");
    fuzz_need(mandel_view_is_finite(&dump->view), "a view of points that can be computed");
    fuzz_need(field->width == dump->view.width && field->height == dump->view.height,
              "a field of the view's size");
    fuzz_need(dump->has_distances == (samples->distance != NULL), "distances if they are told of");
    for (size_t i = 0; i < pixels; i++) {
        fuzz_need(samples->count[i] <= dump->limit, "counts within the limit");
        fuzz_need(fabsf(samples->fraction[i]) <= (float)MANDEL_LONG, "fractions are small");
        fuzz_need(samples->distance == NULL ||
                      (samples->distance[i] >= 0.0F && samples->distance[i] <= 1e30F),
                  "distances are numbers");
    }
}

/* The samples are there byte by byte; of the text, numbers may have been typed in other ways. */
static void check_written_anew(const char *bytes, size_t n, const mandel_dump *dump,
                               const mandel_field *field)
{
    const size_t pixels = (size_t)field->width * field->height;
    const size_t size = pixels * (dump->has_distances ? 12 : 8);
    char message[MANDEL_MESSAGE_SIZE];
    mandel_dump dump_again;
    mandel_field field_again;
    char *text = NULL;
    size_t length = 0;
    FILE *const stream = open_memstream(&text, &length);
    fuzz_need(mandel_dump_write(field, &dump->view, dump->limit, stream) == 0, "it can be written");
    fclose(stream);
    fuzz_need(length > size && n > size, "a dump has text");
    fuzz_need(memcmp(text + length - size, bytes + n - size, size) == 0, "samples are written");
    fuzz_need(read_bytes(text, length, &dump_again, &field_again, message), "it can be read again");
    fuzz_need(memcmp(&dump_again.view, &dump->view, sizeof dump->view) == 0, "the same view");
    fuzz_need(dump_again.limit == dump->limit, "the same limit");
    fuzz_need(dump_again.has_distances == dump->has_distances, "the same kinds of samples");
    mandel_field_fini(&field_again);
    free(text);
}

void fuzz_one(const char *bytes, size_t n)
{
    char message[MANDEL_MESSAGE_SIZE];
    mandel_dump dump;
    mandel_field field;
    if (!is_small(bytes, n))
        return;
    memset(message, 0x5a, sizeof message);
    memset(&dump, 0x5a, sizeof dump);
    if (!read_bytes(bytes, n, &dump, &field, message)) {
        check_refused(&dump, message);
        return;
    }
    check_samples(&dump, &field);
    check_written_anew(bytes, n, &dump, &field);
    mandel_field_fini(&field);
}
