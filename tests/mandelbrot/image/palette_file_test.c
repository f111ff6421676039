/* SPDX-License-Identifier: MIT */
/* palette_file_test.c - the palettes that people write, as text and in files. */
#include "mandelbrot/base/folder.h"
#include "mandelbrot/image/palette.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char message[MANDEL_MESSAGE_SIZE];

static bool same(mandel_rgb a, mandel_rgb b)
{
    return a.red == b.red && a.green == b.green && a.blue == b.blue;
}

/* Reads a text without bytes that are 0, from memory that ends with it. */
static mandel_palette read_text(const char *text)
{
    const size_t length = strlen(text);
    char *const bytes = malloc(length);
    memcpy(bytes, text, length);
    mandel_palette palette;
    const bool done = mandel_palette_parse(&palette, bytes, length, message);
    free(bytes);
    cr_assert(done, "%s", message);
    return palette;
}

static void check_colours(const mandel_palette *palette, const mandel_rgb *colours, size_t n)
{
    cr_assert_eq(palette->n, n, "%zu", palette->n);
    for (size_t i = 0; i < n; i++)
        cr_expect(same(palette->colours[i], colours[i]), "colour %zu", i);
}

Test(palette_file, both_ways_of_writing_are_read)
{
    static const mandel_rgb colours[] = {{0, 0, 0}, {255, 128, 7}, {18, 171, 239}, {9, 8, 7}};
    mandel_palette palette = read_text("0 0 0\n#ff8007\n#12ABef\n  9\t08   007\n");
    check_colours(&palette, colours, 4);
    cr_expect(same(palette.inside, (mandel_rgb){0, 0, 0}));
    mandel_palette_fini(&palette);
}

Test(palette_file, one_colour_is_enough)
{
    static const mandel_rgb colours[] = {{1, 2, 3}};
    mandel_palette palette = read_text("1 2 3");
    check_colours(&palette, colours, 1);
    mandel_palette_fini(&palette);
    cr_expect_null(palette.owned);
}

Test(palette_file, the_inside_can_be_set)
{
    mandel_palette palette = read_text("1 2 3\ninside 40 50 60 at night\n4 5 6\n");
    cr_expect_eq(palette.n, 2);
    cr_expect(same(palette.inside, (mandel_rgb){40, 50, 60}));
    mandel_palette_fini(&palette);
    palette = read_text("\tinside\t#0a0B0c\n1 2 3");
    cr_expect(same(palette.inside, (mandel_rgb){10, 11, 12}));
    mandel_palette_fini(&palette);
}

Test(palette_file, comments_and_empty_lines_are_skipped)
{
    static const mandel_rgb colours[] = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
    mandel_palette palette = read_text("; mine\n\n1 2 3 4 5 6\n \t \n  ; 7 7 7\n;\n4 5 6 ; dusk\n"
                                       "#070809 and a comment\n\n\n");
    check_colours(&palette, colours, 3);
    mandel_palette_fini(&palette);
}

Test(palette_file, lines_may_end_in_any_way)
{
    static const mandel_rgb colours[] = {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}};
    static const char *const texts[] = {
        "1 2 3\n4 5 6\n7 8 9\n",        "1 2 3\r\n4 5 6\r\n7 8 9\r\n", "1 2 3\r4 5 6\r7 8 9\r",
        "\r\n1 2 3 \r\n4 5 6\n7 8 9\r", "1 2 3 x\r#040506\r\n7 8 9",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        mandel_palette palette = read_text(texts[i]);
        check_colours(&palette, colours, 3);
        mandel_palette_fini(&palette);
    }
}

/* As other programs write them: numbers in columns, a remark on the first line. */
Test(palette_file, a_map_file)
{
    static const mandel_rgb colours[] = {{0, 0, 0}, {0, 0, 168}, {252, 252, 84}, {252, 252, 252}};
    mandel_palette palette = read_text("  0   0   0           the usual 16 colours\r\n"
                                       "  0   0 168           blue\r\n"
                                       "252 252  84\r\n"
                                       "252 252 252\r\n");
    check_colours(&palette, colours, 4);
    mandel_palette_fini(&palette);
}

/* The palette stays as it was. */
static void check_refused(const char *text, size_t length, const char *expected)
{
    mandel_palette palette;
    mandel_palette before;
    memset(&palette, 0x5a, sizeof palette);
    memset(&before, 0x5a, sizeof before);
    cr_expect_not(mandel_palette_parse(&palette, text, length, message), "'%s'", text);
    cr_expect_str_eq(message, expected);
    cr_expect_eq(memcmp(&palette, &before, sizeof palette), 0, "'%s'", text);
}

#define COLOUR_EXPECTED                                                                            \
    ": expected R G B, with whole numbers from 0 to 255, or #rrggbb, or one of these after inside"
#define INSIDE_EXPECTED                                                                            \
    ": expected inside R G B, with whole numbers from 0 to 255, or inside #rrggbb"
#define NONE_EXPECTED "no colours: expected at least one line R G B or #rrggbb"

Test(palette_file, what_is_no_colour_is_refused)
{
    static const char *const bad[] = {
        "1 2",      "1",        "256 0 0",  "0 0 256",
        "-1 2 3",   "1,2,3",    "1 2 3,",   "1.0 2 3",
        "+1 2 3",   "0x1 2 3",  "red",      "#",
        "#12345",   "#1234567", "#12345g",  "#12345G",
        "#12345@",  "#12345:",  "#/23456",  "#`23456",
        "# 123456", "##12345",  "#123456;", "Inside 1",
        "insides",  "1 2 3;x",  "1 2 ; 3",  "99999999999999999999 0 0",
        "// x",     "1;2;3",    "#abc",     "1 2 inside",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char text[100];
        char expected[MANDEL_MESSAGE_SIZE];
        const int length = snprintf(text, sizeof text, "1 2 3\n\n%s\n4 5 6\n", bad[i]);
        snprintf(expected, sizeof expected, "line 3 '%s'" COLOUR_EXPECTED, bad[i]);
        check_refused(text, (size_t)length, expected);
    }
}

Test(palette_file, what_is_no_inside_is_refused)
{
    static const char *const bad[] = {"inside",         "inside 1 2",      "inside 0 0 256",
                                      "inside #12345",  "inside#123456",   "inside inside 1 2 3",
                                      "inside # 12345", "inside black now"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char expected[MANDEL_MESSAGE_SIZE];
        const bool is_word = strncmp(bad[i], "inside#", 7) != 0;
        snprintf(expected, sizeof expected, "line 1 '%s'%s", bad[i],
                 is_word ? INSIDE_EXPECTED : COLOUR_EXPECTED);
        check_refused(bad[i], strlen(bad[i]), expected);
    }
    const char twice[] = "inside 1 2 3\r\n4 5 6\r\ninside #000000\r\n";
    check_refused(twice, strlen(twice), "line 3 'inside #000000': expected inside only once");
}

Test(palette_file, bytes_that_are_0_are_refused)
{
    static const char in_number[] = "1 2 3\n4 \0005 6\n";
    static const char in_comment[] = "1 2 3 a\0b";
    static const char alone[] = "\n\0\n1 2 3";
    check_refused(in_number, sizeof in_number - 1,
                  "line 2 '4 ?5 6': expected text, without bytes that are 0");
    check_refused(in_comment, sizeof in_comment - 1,
                  "line 1 '1 2 3 a?b': expected text, without bytes that are 0");
    check_refused(alone, sizeof alone - 1, "line 2 '?': expected text, without bytes that are 0");
}

Test(palette_file, no_colours_are_refused)
{
    static const char *const bad[] = {"", "\n", "\r\n\r\n", "; 1 2 3", "inside 1 2 3\n", "  \n\t"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
        check_refused(bad[i], strlen(bad[i]), NONE_EXPECTED);
}

/* Whatever was written, the message is one line that fits. */
Test(palette_file, a_long_or_wild_line_is_quoted)
{
    char text[5000];
    memset(text, 'x', sizeof text);
    cr_expect_not(mandel_palette_parse(&(mandel_palette){0}, text, sizeof text, message));
    cr_expect_not_null(strstr(message, "line 1 'xxxx"));
    cr_expect_not_null(strstr(message, "xxx...'" COLOUR_EXPECTED));
    check_refused("1\t\033[2J", 6, "line 1 '1??[2J'" COLOUR_EXPECTED);
}

/* Every way to cut a text in two, and every byte after a good line: a palette or one line. */
Test(palette_file, nothing_else_happens)
{
    static const char text[] = "inside #102030\r\n;x\n255 255 255 white\n  #FFffFF\n";
    for (size_t length = 0; length < sizeof text; length++) {
        char *const bytes = malloc(length + 1);
        memcpy(bytes, text, length);
        for (unsigned c = 0; c < 256; c++) {
            bytes[length] = (char)c;
            mandel_palette palette;
            if (mandel_palette_parse(&palette, bytes, length + 1, message)) {
                cr_expect(palette.n >= 1 && palette.n <= 2);
                mandel_palette_fini(&palette);
                continue;
            }
            cr_expect(strlen(message) > 0 && strchr(message, '\n') == NULL);
        }
        free(bytes);
    }
}

/* A text of n lines. */
static char *lines(size_t n, const char *line)
{
    const size_t length = strlen(line);
    char *const text = malloc(n * length + 1);
    for (size_t i = 0; i < n; i++)
        memcpy(text + i * length, line, length);
    text[n * length] = '\0';
    return text;
}

Test(palette_file, there_is_a_limit_of_colours)
{
    char *const text = lines(65537, "#123456\n");
    mandel_palette palette;
    cr_assert(mandel_palette_parse(&palette, text, 65536 * 8, message));
    cr_expect_eq(palette.n, 65536);
    cr_expect(same(palette.colours[65535], (mandel_rgb){0x12, 0x34, 0x56}));
    mandel_palette_fini(&palette);
    check_refused(text, 65537 * 8, "line 65537 '#123456': expected no more than 65536 colours");
    free(text);
}

static void check_unloadable(const char *file, const char *says)
{
    mandel_palette palette;
    mandel_palette before;
    char expected[MANDEL_MESSAGE_SIZE];
    memset(&palette, 0x5a, sizeof palette);
    memset(&before, 0x5a, sizeof before);
    snprintf(expected, sizeof expected, "palette %s: %s", mandel_message_quote(file).text, says);
    cr_expect_not(mandel_palette_load(&palette, file, message));
    cr_expect_str_eq(message, expected);
    cr_expect_eq(memcmp(&palette, &before, sizeof palette), 0);
}

static void check_unreadable(const char *file, int error)
{
    char says[MANDEL_MESSAGE_SIZE];
    snprintf(says, sizeof says, "%s: expected %s", strerror(error), mandel_palette_expected);
    check_unloadable(file, says);
}

Test(palette_file, a_file_is_read)
{
    static const mandel_rgb colours[] = {{1, 2, 3}, {4, 5, 6}};
    folder f = folder_make();
    const char *const file = folder_path(&f, "mine.map");
    folder_write(file, "1 2 3\r\ninside 7 7 7\r\n4 5 6");
    mandel_palette palette;
    cr_assert(mandel_palette_load(&palette, file, message), "%s", message);
    check_colours(&palette, colours, 2);
    cr_expect(same(palette.inside, (mandel_rgb){7, 7, 7}));
    mandel_palette_fini(&palette);
    folder_remove(&f);
}

Test(palette_file, a_wrong_file_is_named)
{
    folder f = folder_make();
    const char *const file = folder_path(&f, "m");
    folder_write(file, "1 2 3\n4 5\n");
    check_unloadable(file, "line 2 '4 5'" COLOUR_EXPECTED);
    folder_write(file, "");
    check_unloadable(file, NONE_EXPECTED);
    folder_remove(&f);
}

Test(palette_file, what_cannot_be_read_is_refused)
{
    folder f = folder_make();
    check_unreadable(folder_path(&f, "none"), ENOENT);
    check_unreadable("", ENOENT);
    check_unreadable(f.path, EISDIR);
    const char *const file = folder_path(&f, "closed");
    folder_write(file, "1 2 3\n");
    chmod(file, 0);
    if (geteuid() != 0)
        check_unreadable(file, EACCES);
    check_unreadable(folder_path(&f, "closed/x"), ENOTDIR);
    folder_remove(&f);
}

Test(palette_file, a_file_that_is_too_large_is_refused)
{
    folder f = folder_make();
    const char *const file = folder_path(&f, "large");
    char *const text = lines((1 << 20) / 16, "#123456 sixteen\n");
    folder_write(file, text);
    mandel_palette palette;
    cr_assert(mandel_palette_load(&palette, file, message), "%s", message);
    cr_expect_eq(palette.n, 65536);
    mandel_palette_fini(&palette);
    free(text);
    char *const longer = lines((1 << 20) + 1, "\n");
    folder_write(file, longer);
    check_unloadable(file, "more than 1048576 bytes: expected a smaller file");
    check_unloadable("/dev/zero", "more than 1048576 bytes: expected a smaller file");
    free(longer);
    folder_remove(&f);
}
