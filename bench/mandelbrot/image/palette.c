/* SPDX-License-Identifier: MIT */
/* palette.c - see palette.h.
 *
 * 1. While reading, `colours` has room for one more than there are line ends, or for the most that
 *    are allowed: no line needs to ask.
 * 2. The caller's palette is written once, when all is read. */
#include "mandelbrot/image/palette.h"

#include "mandelbrot/base/number.h"
#include "mandelbrot/image/light.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const mandel_rgb classic[] = {{6, 12, 82},     {28, 92, 186},  {128, 190, 236},
                                     {252, 253, 255}, {255, 208, 88}, {206, 118, 10},
                                     {72, 28, 14},    {8, 5, 26}};
static const mandel_rgb fire[] = {{10, 2, 2},     {92, 6, 4},      {196, 26, 4},   {250, 108, 8},
                                  {255, 200, 48}, {255, 250, 206}, {255, 176, 36}, {172, 30, 10}};
static const mandel_rgb ice[] = {{4, 10, 30},     {10, 48, 98},    {22, 118, 170}, {110, 196, 224},
                                 {240, 252, 255}, {158, 184, 232}, {70, 84, 172},  {22, 26, 84}};
static const mandel_rgb forest[] = {{8, 18, 10},     {22, 62, 26},   {62, 120, 38}, {150, 182, 62},
                                    {238, 232, 166}, {190, 142, 74}, {104, 66, 34}, {36, 28, 18}};
static const mandel_rgb grey[] = {{0, 0, 0},       {43, 43, 43},    {85, 85, 85},
                                  {128, 128, 128}, {170, 170, 170}, {213, 213, 213},
                                  {255, 255, 255}, {213, 213, 213}, {170, 170, 170},
                                  {128, 128, 128}, {85, 85, 85},    {43, 43, 43}};
static const mandel_rgb rainbow[] = {{226, 44, 52},  {240, 146, 36}, {236, 222, 60},
                                     {88, 190, 72},  {40, 180, 190}, {48, 92, 208},
                                     {122, 58, 190}, {206, 54, 146}};
static const mandel_rgb lagoon[] = {{52, 10, 74},   {62, 52, 126},  {46, 98, 146}, {30, 142, 140},
                                    {64, 182, 112}, {154, 214, 66}, {250, 232, 56}};

/* The inside is black. */
#define ALL(array)                                                                                 \
    {                                                                                              \
        (array), sizeof(array) / sizeof((array)[0]), {0, 0, 0}, NULL                               \
    }

static const mandel_palette_known known[] = {
    {"classic", "deep blue, white, gold and dark brown", ALL(classic)},
    {"fire", "what glows: black, red, orange and pale yellow", ALL(fire)},
    {"ice", "night blue, turquoise, white and violet", ALL(ice)},
    {"forest", "dark green, moss, straw and bark", ALL(forest)},
    {"grey", "black to white and back, in steps that look even", ALL(grey)},
    {"rainbow", "all hues, none of them dark", ALL(rainbow)},
    {"lagoon", "violet, teal, green and yellow, each brighter than the one before", ALL(lagoon)},
};

const char mandel_palette_expected[] = "one that --list-palettes names, or a file of colours";

const mandel_palette_known *mandel_palette_at(size_t i)
{
    return i < sizeof known / sizeof known[0] ? &known[i] : NULL;
}

const mandel_palette_known *mandel_palette_named(const char *name)
{
    const mandel_palette_known *palette;
    for (size_t i = 0; (palette = mandel_palette_at(i)) != NULL; i++) {
        if (strcmp(palette->name, name) == 0)
            return palette;
    }
    return NULL;
}

/* What is known while reading. */
typedef struct reading {
    size_t line;
    mandel_rgb *colours;
    size_t n;
    mandel_rgb inside;
    bool inside_given;
    char *message;
    size_t room; /* of the message */
} reading;

/* A piece of the text. */
typedef struct piece {
    const char *begin;
    const char *end;
} piece;

static bool complain(const reading *r, piece line, const char *expected)
{
    char text[sizeof(mandel_quoted)];
    const size_t length = (size_t)(line.end - line.begin);
    const size_t shown = length < sizeof text - 1 ? length : sizeof text - 1;
    for (size_t i = 0; i < shown; i++)
        text[i] = line.begin[i] == '\0' ? '?' : line.begin[i];
    text[shown] = '\0';
    snprintf(r->message, r->room, "line %zu %s: expected %s", r->line,
             mandel_message_quote(text).text, expected);
    return false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Takes the blanks at the beginning away. */
static void skip_blanks(piece *rest)
{
    while (rest->begin < rest->end && is_blank(*rest->begin))
        rest->begin++;
}

/* Takes a word away; it is empty if there is none. */
static piece take_word(piece *rest)
{
    skip_blanks(rest);
    piece word = {rest->begin, rest->begin};
    while (word.end < rest->end && !is_blank(*word.end))
        word.end++;
    rest->begin = word.end;
    return word;
}

static bool word_is(piece word, const char *text)
{
    const size_t length = (size_t)(word.end - word.begin);
    return length == strlen(text) && memcmp(word.begin, text, length) == 0;
}

/* 0 to 15, or 16 if it is no digit. */
static unsigned hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return (unsigned)(c - '0');
    if (c >= 'a' && c <= 'f')
        return (unsigned)(c - 'a') + 10;
    if (c >= 'A' && c <= 'F')
        return (unsigned)(c - 'A') + 10;
    return 16;
}

/* Reads #rrggbb. */
static bool read_hex(piece word, mandel_rgb *colour)
{
    enum { DIGITS = 6 };
    if (word.end - word.begin != DIGITS + 1)
        return false;
    unsigned sum = 0;
    for (const char *c = word.begin + 1; c < word.end; c++) {
        const unsigned digit = hex_digit(*c);
        if (digit > 15)
            return false;
        sum = sum * 16 + digit;
    }
    *colour = (mandel_rgb){(uint8_t)(sum >> 16), (uint8_t)(sum >> 8), (uint8_t)sum};
    return true;
}

/* Reads a colour in either way. What follows it does not matter. */
static bool read_colour(piece rest, mandel_rgb *colour)
{
    skip_blanks(&rest);
    if (rest.begin < rest.end && *rest.begin == '#')
        return read_hex(take_word(&rest), colour);
    unsigned long parts[3];
    for (size_t i = 0; i < 3; i++) {
        const piece word = take_word(&rest);
        if (!mandel_number_whole(word.begin, word.end, 0, 255, &parts[i]))
            return false;
    }
    *colour = (mandel_rgb){(uint8_t)parts[0], (uint8_t)parts[1], (uint8_t)parts[2]};
    return true;
}

static bool read_inside(reading *r, piece line, piece rest)
{
    if (r->inside_given)
        return complain(r, line, "inside only once");
    r->inside_given = true;
    if (read_colour(rest, &r->inside))
        return true;
    return complain(r, line, "inside R G B, with whole numbers from 0 to 255, or inside #rrggbb");
}

static bool read_line(reading *r, piece line)
{
    skip_blanks(&line);
    if (memchr(line.begin, '\0', (size_t)(line.end - line.begin)) != NULL)
        return complain(r, line, "text, without bytes that are 0");
    if (line.begin == line.end || *line.begin == ';')
        return true;
    piece rest = line;
    if (word_is(take_word(&rest), "inside"))
        return read_inside(r, line, rest);
    mandel_rgb colour;
    if (!read_colour(line, &colour))
        return complain(r, line,
                        "R G B, with whole numbers from 0 to 255, or #rrggbb, or one of these "
                        "after inside");
    if (r->n == MANDEL_PALETTE_MAX_COLOURS)
        return complain(r, line, "no more than 65536 colours");
    r->colours[r->n++] = colour;
    return true;
}

static bool is_line_end(char c)
{
    return c == '\n' || c == '\r';
}

static bool read_lines(reading *r, piece text)
{
    while (text.begin < text.end) {
        piece line = {text.begin, text.begin};
        while (line.end < text.end && !is_line_end(*line.end))
            line.end++;
        r->line++;
        if (!read_line(r, line))
            return false;
        text.begin = line.end;
        if (text.end - text.begin >= 2 && memcmp(text.begin, "\r\n", 2) == 0)
            text.begin++;
        if (text.begin < text.end)
            text.begin++;
    }
    if (r->n > 0)
        return true;
    snprintf(r->message, r->room, "no colours: expected at least one line R G B or #rrggbb");
    return false;
}

/* As many colours as the text can have. */
static size_t most_colours(piece text)
{
    size_t n = 1;
    for (const char *c = text.begin; c < text.end && n < MANDEL_PALETTE_MAX_COLOURS; c++)
        n += is_line_end(*c);
    return n;
}

static bool parse(mandel_palette *palette, piece text, char *message, size_t room)
{
    reading r = {.message = message, .room = room};
    r.colours = malloc(most_colours(text) * sizeof *r.colours);
    if (r.colours == NULL) {
        snprintf(message, room, "%s", strerror(ENOMEM));
        return false;
    }
    if (!read_lines(&r, text)) {
        free(r.colours);
        return false;
    }
    *palette = (mandel_palette){r.colours, r.n, r.inside, r.colours};
    return true;
}

bool mandel_palette_parse(mandel_palette *palette, const char *text, size_t length,
                          char message[MANDEL_MESSAGE_SIZE])
{
    return parse(palette, (piece){text, text + length}, message, MANDEL_MESSAGE_SIZE);
}

/* Reads up to `room` bytes. Returns 0, or an errno value. */
static int read_file(const char *file, char *bytes, size_t room, size_t *length)
{
    FILE *const stream = fopen(file, "rb");
    if (stream == NULL)
        return errno;
    errno = 0;
    *length = fread(bytes, 1, room, stream);
    int error = 0;
    if (ferror(stream))
        error = errno != 0 ? errno : EIO;
    fclose(stream);
    return error;
}

bool mandel_palette_load(mandel_palette *palette, const char *file,
                         char message[MANDEL_MESSAGE_SIZE])
{
    /* One byte more tells that there is more. */
    const size_t most = (size_t)MANDEL_PALETTE_MAX_BYTES + 1;
    const int prefix =
        snprintf(message, MANDEL_MESSAGE_SIZE, "palette %s: ", mandel_message_quote(file).text);
    char *const rest = message + prefix;
    const size_t room = MANDEL_MESSAGE_SIZE - (size_t)prefix;
    char *const bytes = malloc(most);
    size_t length = 0;
    const int error = bytes == NULL ? ENOMEM : read_file(file, bytes, most, &length);
    bool done = false;
    if (error != 0)
        snprintf(rest, room, "%s: expected %s", strerror(error), mandel_palette_expected);
    else if (length == most)
        snprintf(rest, room, "more than %d bytes: expected a smaller file",
                 MANDEL_PALETTE_MAX_BYTES);
    else
        done = parse(palette, (piece){bytes, bytes + length}, rest, room);
    free(bytes);
    return done;
}

void mandel_palette_fini(mandel_palette *palette)
{
    free(palette->owned);
    *palette = (mandel_palette){0};
}

static mandel_light light_of(mandel_rgb colour)
{
    return (mandel_light){mandel_light_of(colour.red), mandel_light_of(colour.green),
                          mandel_light_of(colour.blue)};
}

/* `part` is below 1. */
static float mix(float a, float b, float part)
{
    return a + (b - a) * part;
}

/* Spreads `steps` ways from a colour to the next over a number of entries, and sets all entries of
 * the table. */
static void spread(const mandel_palette *palette, size_t steps, size_t entries,
                   mandel_palette_table *table)
{
    for (size_t i = 0; i < MANDEL_PALETTE_ENTRIES; i++) {
        const size_t position = i * steps;
        const size_t k = position / entries;
        const float part = (float)(position % entries) / (float)entries;
        const mandel_light a = light_of(palette->colours[k]);
        const mandel_light b = light_of(palette->colours[(k + 1) % palette->n]);
        const mandel_light light = {mix(a.red, b.red, part), mix(a.green, b.green, part),
                                    mix(a.blue, b.blue, part)};
        table->light[i] = light;
        table->srgb[i] =
            (mandel_rgb){mandel_light_to_srgb(light.red), mandel_light_to_srgb(light.green),
                         mandel_light_to_srgb(light.blue)};
    }
}

void mandel_palette_cycle(const mandel_palette *palette, mandel_palette_table *table)
{
    spread(palette, palette->n, MANDEL_PALETTE_ENTRIES, table);
}

void mandel_palette_stretch(const mandel_palette *palette, mandel_palette_table *table)
{
    spread(palette, palette->n - 1, MANDEL_PALETTE_ENTRIES - 1, table);
}
