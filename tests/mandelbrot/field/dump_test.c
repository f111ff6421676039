/* SPDX-License-Identifier: MIT */
/* dump_test.c - fields as files: what is written is read, byte by byte, and nothing else is. */
#include "mandelbrot/field/dump.h"

#include "mandelbrot/base/folder.h"
#include "support.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <math.h>
#include <string.h>

static const mandel_view some_view = {37, 23, {-1.2, 0.35}, {-1.0, 0.2}};

/* A field of anything that a renderer could write. */
static mandel_field any_field(uint32_t width, uint32_t height, uint32_t limit, bool has_distances)
{
    uint64_t seed = 2 * width + has_distances;
    mandel_field field;
    cr_assert_eq(mandel_field_init(&field, width, height, true, has_distances), 0);
    for (size_t i = 0; i < (size_t)width * height; i++) {
        field.samples.count[i] = 1 + (uint32_t)random_below(&seed, limit);
        field.samples.fraction[i] = (float)random_below(&seed, 1000) / 77.0F - 6.0F;
        if (has_distances)
            field.samples.distance[i] = ldexpf((float)random_below(&seed, 1000), (int)i % 80 - 40);
    }
    return field;
}

typedef struct bytes {
    char *text;
    size_t n;
} bytes;

static bytes written(const mandel_field *field, const mandel_view *view, uint32_t limit)
{
    bytes b = {NULL, 0};
    FILE *const stream = open_memstream(&b.text, &b.n);
    cr_assert_eq(mandel_dump_write(field, view, limit, stream), 0);
    fclose(stream);
    return b;
}

static bool read_from(const char *text, size_t n, mandel_dump *dump, mandel_field *field,
                      char message[MANDEL_MESSAGE_SIZE])
{
    FILE *const stream = fmemopen((void *)(uintptr_t)text, n, "rb");
    cr_assert_not_null(stream);
    memset(message, 0x5a, MANDEL_MESSAGE_SIZE);
    const bool is_read = mandel_dump_read(stream, dump, field, message);
    fclose(stream);
    return is_read;
}

static void check_same(const mandel_field *a, const mandel_field *b)
{
    const size_t size = (size_t)a->width * a->height * sizeof(uint32_t);
    cr_assert(a->width == b->width && a->height == b->height);
    cr_assert_eq(memcmp(a->samples.count, b->samples.count, size), 0);
    cr_assert_eq(memcmp(a->samples.fraction, b->samples.fraction, size), 0);
    cr_assert_eq(a->samples.distance == NULL, b->samples.distance == NULL);
    if (a->samples.distance != NULL)
        cr_assert_eq(memcmp(a->samples.distance, b->samples.distance, size), 0);
}

/* ---- there and back ------------------------------------------------------------------------- */

static void check_there_and_back(uint32_t width, uint32_t height, uint32_t limit,
                                 bool has_distances)
{
    char message[MANDEL_MESSAGE_SIZE];
    const mandel_view view = {width, height, {-0.1, 1e-300}, {1.0 / 3.0, -0.0}};
    mandel_field field = any_field(width, height, limit, has_distances);
    bytes first = written(&field, &view, limit);
    mandel_dump dump;
    mandel_field again;
    cr_assert(read_from(first.text, first.n, &dump, &again, message), "%s", message);
    cr_assert(dump.limit == limit && dump.has_distances == has_distances);
    cr_assert_eq(memcmp(&dump.view, &view, sizeof view), 0);
    check_same(&field, &again);
    bytes second = written(&again, &dump.view, dump.limit);
    cr_assert(second.n == first.n && memcmp(second.text, first.text, first.n) == 0);
    free(first.text);
    free(second.text);
    mandel_field_fini(&field);
    mandel_field_fini(&again);
}

Test(dump, there_and_back)
{
    for (int has_distances = 0; has_distances < 2; has_distances++) {
        check_there_and_back(1, 1, 1, has_distances != 0);
        check_there_and_back(37, 23, 255, has_distances != 0);
        check_there_and_back(4095, 1, 70000, has_distances != 0);
        check_there_and_back(64, 64, MANDEL_DUMP_MAX_LIMIT, has_distances != 0);
        check_there_and_back(17, 241, 3, has_distances != 0);
    }
}

/* Everything in its place: the text, and words with the lowest byte first. */
Test(dump, every_byte_of_a_small_one)
{
    static const char expected[] = "mandelbrot dump 1\n"
                                   "size 2x1\n"
                                   "upper left -1.2,0.35\n"
                                   "lower right -1,0.2\n"
                                   "iterations 300\n"
                                   "samples count fraction distance\n"
                                   "\n"
                                   "\x2c\x01\0\0\x01\0\0\0"
                                   "\0\0\0\0\0\0\x40\xbf"
                                   "\0\0\0\0\0\0\x40\x40";
    const mandel_view view = {2, 1, {-1.2, 0.35}, {-1.0, 0.2}};
    mandel_field field;
    cr_assert_eq(mandel_field_init(&field, 2, 1, true, true), 0);
    field.samples.count[0] = 300;
    field.samples.count[1] = 1;
    field.samples.fraction[1] = -0.75F;
    field.samples.distance[1] = 3.0F;
    bytes b = written(&field, &view, 300);
    cr_assert_eq(b.n, sizeof expected - 1);
    cr_assert_eq(memcmp(b.text, expected, b.n), 0);
    free(b.text);
    mandel_field_fini(&field);
}

/* ---- refusals ------------------------------------------------------------------------------- */

/* Nothing is left behind, and what is wrong is said in one line. */
static void check_refused(const char *text, size_t n, char message[MANDEL_MESSAGE_SIZE])
{
    mandel_dump dump;
    mandel_dump before;
    mandel_field field;
    memset(&dump, 0x5a, sizeof dump);
    memcpy(&before, &dump, sizeof dump);
    cr_assert_not(read_from(text, n, &dump, &field, message), "%zu bytes", n);
    cr_assert_eq(memcmp(&dump, &before, sizeof dump), 0);
    cr_assert_not_null(memchr(message, '\0', MANDEL_MESSAGE_SIZE));
    cr_assert_null(strchr(message, '\n'));
    cr_assert_not_null(strstr(message, ": expected "), "%s", message);
}

#define FIRST "mandelbrot dump 1\n"
#define SIZE "size 2x1\n"
#define UPPER "upper left -1.2,0.35\n"
#define LOWER "lower right -1,0.2\n"
#define LIMIT "iterations 255\n"
#define KINDS "samples count fraction\n"
#define KINDS_3 "samples count fraction distance\n"
#define HEAD FIRST SIZE UPPER LOWER LIMIT
#define ONE "\1\0\0\0"
#define NOTHING "\0\0\0\0"
#define WHOLE HEAD KINDS "\n" ONE ONE NOTHING NOTHING

#define TEXT(literal) literal, sizeof(literal) - 1

static const struct refusal {
    const char *text;
    size_t n;
    const char *message;
} refusals[] = {
    {TEXT(""), "'': expected a line that begins with 'mandelbrot dump 1'"},
    {TEXT("P6\n2 1\n255\n"), "'P6': expected a line that begins with 'mandelbrot dump 1'"},
    {TEXT("mandelbrot dump 2\n"),
     "'mandelbrot dump 2': expected a line that begins with 'mandelbrot dump 1'"},
    {TEXT("mandelbrot dump 12\n"),
     "'mandelbrot dump 12': expected a line that begins with 'mandelbrot dump 1'"},
    {TEXT("mandelbrot dump 1\r\n"),
     "'mandelbrot dump 1?': expected a line that begins with 'mandelbrot dump 1'"},
    {TEXT("mandelbrot dump 1 x\n"), "'x': expected 'mandelbrot dump 1' alone"},
    {TEXT(FIRST "2x1\n"), "'2x1': expected a line that begins with 'size'"},
    {TEXT(FIRST "size 2\n"),
     "size '2': expected WIDTHxHEIGHT, two whole numbers from 1 to 2147483647"},
    {TEXT(FIRST "size 0x1\n"),
     "size '0x1': expected WIDTHxHEIGHT, two whole numbers from 1 to 2147483647"},
    {TEXT(FIRST "size\n"),
     "size '': expected WIDTHxHEIGHT, two whole numbers from 1 to 2147483647"},
    {TEXT(FIRST "size 2x1\0\n"), "'size 2x1': expected a line that begins with 'size'"},
    {TEXT(FIRST SIZE "lower right 1,2\n"),
     "'lower right 1,2': expected a line that begins with 'upper left'"},
    {TEXT(FIRST SIZE "upper left 1\n"), "upper left '1': expected RE,IM"},
    {TEXT(FIRST SIZE "upper left nan,0\n"), "upper left 'nan,0': expected RE,IM"},
    {TEXT(FIRST SIZE UPPER "lower right 0,1e999\n"), "lower right '0,1e999': expected RE,IM"},
    {TEXT(FIRST SIZE UPPER LOWER "iterations 0\n"),
     "iterations '0': expected a whole number from 1 to 1000000000"},
    {TEXT(FIRST SIZE UPPER LOWER "iterations 1000000001\n"),
     "iterations '1000000001': expected a whole number from 1 to 1000000000"},
    {TEXT(FIRST SIZE UPPER LOWER "iterations -5\n"),
     "iterations '-5': expected a whole number from 1 to 1000000000"},
    {TEXT(HEAD "samples count\n"),
     "samples 'count': expected 'count fraction' or 'count fraction distance'"},
    {TEXT(HEAD "samples count fraction distance angle\n"),
     "samples 'count fraction distance angle': expected 'count fraction' or 'count fraction "
     "distance'"},
    {TEXT(HEAD KINDS "more\n"), "'more': expected an empty line"},
    {TEXT(HEAD KINDS " \n"), "' ': expected an empty line"},
    {TEXT(HEAD KINDS), "'': expected an empty line"},
    {TEXT(HEAD KINDS ONE ONE NOTHING NOTHING), "'?': expected an empty line"},
    {TEXT(FIRST SIZE "upper left -1e308,0\nlower right 1e308,0\n" LIMIT KINDS "\n"),
     "corners too far apart: expected a smaller view"},
    {TEXT(FIRST "size 2147483647x2147483647\n" UPPER LOWER LIMIT KINDS "\n"),
     "size 2147483647x2147483647: expected a picture that fits into memory"},
    {TEXT(HEAD KINDS "\n"), "ends too early: expected samples of 2 pixels"},
    {TEXT(HEAD KINDS "\n" ONE ONE NOTHING "\0\0\0"),
     "ends too early: expected samples of 2 pixels"},
    {TEXT(HEAD KINDS_3 "\n" ONE ONE NOTHING NOTHING),
     "ends too early: expected samples of 2 pixels"},
    {TEXT(WHOLE "\n"), "goes on too long: expected samples of 2 pixels"},
    {TEXT(WHOLE NOTHING NOTHING), "goes on too long: expected samples of 2 pixels"},
    {TEXT(HEAD KINDS "\n" ONE "\0\1\0\0" NOTHING NOTHING),
     "count 256 of pixel 1: expected at most 255"},
    {TEXT(HEAD KINDS "\n" ONE "\xff\xff\xff\xff" NOTHING NOTHING),
     "count 4294967295 of pixel 1: expected at most 255"},
    {TEXT(HEAD KINDS "\n" ONE ONE NOTHING "\0\0\xc0\x7f"),
     "fraction nan of pixel 1: expected at most 128"},
    {TEXT(HEAD KINDS "\n" ONE ONE "\0\0\x80\xff" NOTHING),
     "fraction -inf of pixel 0: expected at most 128"},
    {TEXT(HEAD KINDS "\n" ONE ONE "\0\0\x01\x43" NOTHING),
     "fraction 129 of pixel 0: expected at most 128"},
    {TEXT(HEAD KINDS_3 "\n" ONE ONE NOTHING NOTHING "\0\0\x80\xbf" NOTHING),
     "distance -1 of pixel 0: expected one from 0 to 1e30"},
    {TEXT(HEAD KINDS_3 "\n" ONE ONE NOTHING NOTHING NOTHING "\0\0\xc0\x7f"),
     "distance nan of pixel 1: expected one from 0 to 1e30"},
    {TEXT(HEAD KINDS_3 "\n" ONE ONE NOTHING NOTHING NOTHING "\0\0\x80\x7f"),
     "distance inf of pixel 1: expected one from 0 to 1e30"},
};

Test(dump, what_is_no_dump_is_refused)
{
    char message[MANDEL_MESSAGE_SIZE];
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        check_refused(refusals[i].text, refusals[i].n, message);
        cr_expect_str_eq(message, refusals[i].message);
    }
}

Test(dump, the_text_of_the_refusals_is_right_otherwise)
{
    char message[MANDEL_MESSAGE_SIZE];
    mandel_dump dump;
    mandel_field field;
    cr_assert(read_from(TEXT(WHOLE), &dump, &field, message), "%s", message);
    cr_assert(field.width == 2 && field.height == 1 && field.samples.count[1] == 1);
    mandel_field_fini(&field);
}

/* A line longer than any that is written, with and without an end. */
Test(dump, long_lines_are_refused)
{
    char message[MANDEL_MESSAGE_SIZE];
    for (size_t n = 100; n <= 300; n++) {
        char text[301];
        memset(text, 'x', sizeof text);
        memcpy(text, FIRST "size 1", sizeof FIRST "size 1" - 1);
        check_refused(text, n, message);
        text[n] = '\n';
        check_refused(text, n + 1, message);
        text[n] = '\0';
        check_refused(text, n + 1, message);
    }
}

Test(dump, every_part_of_one_is_refused)
{
    char message[MANDEL_MESSAGE_SIZE];
    for (int has_distances = 0; has_distances < 2; has_distances++) {
        const mandel_view view = {5, 3, {-1.2, 0.35}, {-1.0, 0.2}};
        mandel_field field = any_field(5, 3, 255, has_distances != 0);
        bytes b = written(&field, &view, 255);
        for (size_t n = 0; n < b.n; n++)
            check_refused(b.text, n, message);
        free(b.text);
        mandel_field_fini(&field);
    }
}

/* ---- files ---------------------------------------------------------------------------------- */

static void save(const char *path, const char *text, size_t n)
{
    FILE *const stream = fopen(path, "wb");
    cr_assert_not_null(stream);
    cr_assert_eq(fwrite(text, 1, n, stream), n);
    cr_assert_eq(fclose(stream), 0);
}

Test(dump, a_file_is_loaded)
{
    char message[MANDEL_MESSAGE_SIZE];
    mandel_dump dump;
    mandel_field loaded;
    folder f = folder_make();
    mandel_field field = any_field(some_view.width, some_view.height, 999, true);
    bytes b = written(&field, &some_view, 999);
    save(folder_path(&f, "dump"), b.text, b.n);
    cr_assert(mandel_dump_load(folder_path(&f, "dump"), &dump, &loaded, message), "%s", message);
    cr_assert(dump.limit == 999 && dump.has_distances);
    check_same(&field, &loaded);
    mandel_field_fini(&loaded);
    mandel_field_fini(&field);
    free(b.text);
    folder_remove(&f);
}

/* The message names the file, and is one line whatever the file and its name are. */
static void check_not_loaded(const char *path, const char *why)
{
    char message[MANDEL_MESSAGE_SIZE];
    char expected[MANDEL_MESSAGE_SIZE];
    mandel_dump dump;
    mandel_field field;
    snprintf(expected, sizeof expected, "dump %s: %s", mandel_message_quote(path).text, why);
    cr_assert_not(mandel_dump_load(path, &dump, &field, message));
    cr_expect_str_eq(message, expected);
}

Test(dump, files_that_cannot_be_loaded)
{
    folder f = folder_make();
    check_not_loaded("no-such-file", "No such file or directory");
    check_not_loaded("no\nsuch\x1b", "No such file or directory");
    check_not_loaded("", "No such file or directory");
    check_not_loaded(f.path, "Is a directory");
    check_not_loaded("/dev/null", "'': expected a line that begins with 'mandelbrot dump 1'");
    folder_write(folder_path(&f, "text"), FIRST SIZE "upper left \x1b[2J\n");
    check_not_loaded(folder_path(&f, "text"), "upper left '?[2J': expected RE,IM");
    save(folder_path(&f, "short"), TEXT(HEAD KINDS "\n" ONE));
    check_not_loaded(folder_path(&f, "short"), "ends too early: expected samples of 2 pixels");
    folder_remove(&f);
}

Test(dump, errors_of_the_stream_are_told)
{
    mandel_field field = any_field(200, 200, 255, true);
    const mandel_view view = {200, 200, {-1.2, 0.35}, {-1.0, 0.2}};
    for (int is_buffered = 0; is_buffered < 2; is_buffered++) {
        FILE *const full = fopen("/dev/full", "wb");
        cr_assert_not_null(full);
        if (is_buffered == 0)
            setvbuf(full, NULL, _IONBF, 0);
        const int error = mandel_dump_write(&field, &view, 255, full);
        cr_assert_eq(error, ENOSPC, "%s", strerror(error));
        fclose(full);
    }
    FILE *const only_read = fopen("/dev/null", "rb");
    cr_assert_not_null(only_read);
    const int error = mandel_dump_write(&field, &view, 255, only_read);
    cr_assert_eq(error, EBADF, "%s", strerror(error));
    fclose(only_read);
    mandel_field_fini(&field);
}
