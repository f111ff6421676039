/* SPDX-License-Identifier: MIT */
/* combine.c - see combine.h. */
#include "mandelbrot/program/combine.h"

#define BIT(option) (UINT32_C(1) << MANDEL_OPTION_##option)

/* What samples points, and how. */
#define SAMPLING                                                                                   \
    (BIT(CENTRE) | BIT(ZOOM) | BIT(ITERATIONS) | BIT(KERNEL) | BIT(PRECISION) | BIT(FAST) |        \
     BIT(NO_SHORTCUTS) | BIT(SUBDIVIDE) | BIT(ANTIALIAS) | BIT(PROGRESS) | BIT(SHOW_WORKERS) |     \
     BIT(COMPARE))

#define COLOURING (BIT(COLOUR) | BIT(PALETTE) | BIT(PERIOD) | BIT(ANTIALIAS))

/* Each row: an option, what it does not go with, and why. */
static const struct conflict {
    mandel_option option;
    uint32_t others;
    const char *why;
} conflicts[] = {
    {MANDEL_OPTION_BENCH, BIT(COMPARE) | BIT(SHOW_WORKERS) | BIT(PROGRESS) | BIT(RECOLOUR),
     "which writes no picture"},
    {MANDEL_OPTION_CLBG,
     BIT(BENCH) | BIT(FORMAT) | BIT(ITERATIONS) | BIT(CENTRE) | BIT(ZOOM) | BIT(PRECISION) |
         BIT(FAST) | BIT(SUBDIVIDE) | BIT(RECOLOUR) | BIT(SHOW_WORKERS) | COLOURING,
     "whose rules say what is written"},
    {MANDEL_OPTION_RECOLOUR, SAMPLING, "whose samples are there already"},
    {MANDEL_OPTION_SHOW_WORKERS, BIT(COMPARE), "where pictures differ"},
    {MANDEL_OPTION_SHOW_WORKERS, COLOURING | BIT(SUBDIVIDE), "which tints tiles of grey"},
};

/* Each row: an option, and one of those that it needs. */
static const struct need {
    mandel_option option;
    uint32_t others;
    const char *expected;
} needs[] = {
    {MANDEL_OPTION_JSON, BIT(BENCH), "--bench"},
    {MANDEL_OPTION_RUNS, BIT(BENCH), "--bench"},
    {MANDEL_OPTION_PERIOD, BIT(COLOUR) | BIT(PALETTE), "--colour or --palette"},
};

static mandel_option first_of(uint32_t options)
{
    return (mandel_option)__builtin_ctz(options);
}

bool mandel_combine_options(const mandel_options *o, char message[MANDEL_MESSAGE_SIZE])
{
    for (size_t i = 0; i < sizeof conflicts / sizeof conflicts[0]; i++) {
        const struct conflict *const c = &conflicts[i];
        const uint32_t others = o->given & c->others;
        if (mandel_options_given(o, c->option) && others != 0)
            return mandel_message_complain(message, "--%s makes no sense with --%s, %s",
                                           mandel_option_name(first_of(others)),
                                           mandel_option_name(c->option), c->why);
    }
    for (size_t i = 0; i < sizeof needs / sizeof needs[0]; i++) {
        const struct need *const n = &needs[i];
        if (mandel_options_given(o, n->option) && (o->given & n->others) == 0)
            return mandel_message_complain(message, "--%s makes sense only with %s",
                                           mandel_option_name(n->option), n->expected);
    }
    const uint32_t unused = o->given & (BIT(PALETTE) | BIT(PERIOD));
    if (o->colouring == MANDEL_COLOUR_GREY && unused != 0)
        return mandel_message_complain(
            message, "--%s makes no sense with --colour grey, which has no palette",
            mandel_option_name(first_of(unused)));
    if (o->colouring == MANDEL_COLOUR_HISTOGRAM && mandel_options_given(o, MANDEL_OPTION_PERIOD))
        return mandel_message_complain(
            message, "--period makes no sense with --colour histogram, which uses the "
                     "palette once");
    return true;
}

bool mandel_combine_format(mandel_options *o, char message[MANDEL_MESSAGE_SIZE])
{
    const bool is_dump = o->format == MANDEL_FORMAT_DUMP;
    const bool in_colour =
        o->colouring != MANDEL_COLOUR_GREY || mandel_options_given(o, MANDEL_OPTION_SHOW_WORKERS);
    const uint32_t pixels = o->given & (BIT(SHOW_WORKERS) | BIT(PALETTE) | BIT(PERIOD) |
                                        BIT(ANTIALIAS) | BIT(COMPARE) | BIT(BENCH) | BIT(RECOLOUR));
    if (is_dump && pixels != 0)
        return mandel_message_complain(message,
                                       "--%s makes no sense with format dump, which has no pixels",
                                       mandel_option_name(first_of(pixels)));
    if (!mandel_format_layout(o->format, in_colour, &o->layout))
        return mandel_message_complain(
            message, "--%s needs colours: expected format png or ppm, not %s",
            mandel_options_given(o, MANDEL_OPTION_SHOW_WORKERS) ? "show-workers"
            : mandel_options_given(o, MANDEL_OPTION_COLOUR)     ? "colour"
                                                                : "palette",
            mandel_format_name(o->format));
    if (o->antialias != 0 && o->layout == MANDEL_LAYOUT_BITS)
        return mandel_message_complain(
            message, "--antialias needs shades: expected format png, ppm or pgm, not "
                     "pbm");
    return true;
}
