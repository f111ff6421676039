/* SPDX-License-Identifier: MIT */
/* palette_fuzz.c - any bytes are a palette that can be used, or are refused by one line. */
#include "fuzz/fuzz.h"
#include "mandelbrot/image/palette.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool same(mandel_rgb a, mandel_rgb b)
{
    return a.red == b.red && a.green == b.green && a.blue == b.blue;
}

static void check_tables(const mandel_palette *palette)
{
    static mandel_palette_table table;
    const mandel_rgb first = palette->colours[0];
    const mandel_rgb last = palette->colours[palette->n - 1];
    mandel_palette_cycle(palette, &table);
    fuzz_need(same(table.srgb[0], first), "a cycle begins with the first colour");
    mandel_palette_stretch(palette, &table);
    fuzz_need(same(table.srgb[0], first), "a stretch begins with the first colour");
    fuzz_need(same(table.srgb[MANDEL_PALETTE_ENTRIES - 1], last),
              "a stretch ends with the last colour");
}

/* Writes the palette as text, in one of the two ways for each colour, and reads that. */
static void check_written_anew(const mandel_palette *palette)
{
    enum { LINE = sizeof "255 255 255\n" };
    char message[MANDEL_MESSAGE_SIZE];
    mandel_palette again;
    const mandel_rgb inside = palette->inside;
    char *const text = malloc((palette->n + 2) * LINE);
    size_t length =
        (size_t)sprintf(text, "inside %d %d %d\n", inside.red, inside.green, inside.blue);
    for (size_t i = 0; i < palette->n; i++) {
        const mandel_rgb colour = palette->colours[i];
        length += (size_t)sprintf(text + length, i % 2 == 0 ? "%d %d %d\n" : "#%02x%02x%02x\n",
                                  colour.red, colour.green, colour.blue);
    }
    fuzz_need(mandel_palette_parse(&again, text, length, message), "it can be written");
    fuzz_need(again.n == palette->n && same(again.inside, inside), "it can be written");
    for (size_t i = 0; i < again.n; i++)
        fuzz_need(same(again.colours[i], palette->colours[i]), "it can be written");
    mandel_palette_fini(&again);
    free(text);
}

static void check_refused(const mandel_palette *palette, const char *message)
{
    mandel_palette before;
    memset(&before, 0x5a, sizeof before);
    fuzz_need(memcmp(palette, &before, sizeof before) == 0, "a refusal leaves the palette alone");
    const char *const end = memchr(message, '\0', MANDEL_MESSAGE_SIZE);
    fuzz_need(end != NULL && end != message, "a refusal has a message");
    for (const char *c = message; *c != '\0'; c++)
        fuzz_need((unsigned char)*c >= ' ' && *c != 0x7f, "a message is one line");
    fuzz_need(strstr(message, ": expected ") != NULL, "a message says what was expected");
}

void fuzz_one(const char *text, size_t n)
{
    char message[MANDEL_MESSAGE_SIZE];
    mandel_palette palette;
    memset(message, 0x5a, sizeof message);
    memset(&palette, 0x5a, sizeof palette);
    if (!mandel_palette_parse(&palette, text, n, message)) {
        check_refused(&palette, message);
        return;
    }
    fuzz_need(palette.n >= 1 && palette.n <= n, "a palette has colours");
    fuzz_need(memchr(text, '\0', n) == NULL, "a palette has no bytes that are 0");
    check_written_anew(&palette);
    /* They take a hundred times as long as the rest. */
    if (n % 16 == 0)
        check_tables(&palette);
    mandel_palette_fini(&palette);
}
