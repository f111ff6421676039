/* SPDX-License-Identifier: MIT */
/* combine_test.c - which options go together, said once more: every pair is tried. */
#include "mandelbrot/program/combine.h"

#include "mandelbrot/program/words.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

/* Two options, of which the message names the second first, and why not. */
typedef struct pair {
    const char *with;
    const char *option;
    const char *why;
} pair;

static const char no_picture[] = "which writes no picture";
static const char rules[] = "whose rules say what is written";
static const char samples[] = "whose samples are there already";
static const char tints[] = "which tints tiles of grey";

static const pair pairs[] = {
    {"bench", "compare", no_picture},
    {"bench", "show-workers", no_picture},
    {"bench", "progress", no_picture},
    {"bench", "recolour", no_picture},
    {"clbg", "bench", rules},
    {"clbg", "format", rules},
    {"clbg", "iterations", rules},
    {"clbg", "center", rules},
    {"clbg", "zoom", rules},
    {"clbg", "precision", rules},
    {"clbg", "fast", rules},
    {"clbg", "subdivide", rules},
    {"clbg", "recolour", rules},
    {"clbg", "show-workers", rules},
    {"clbg", "colour", rules},
    {"clbg", "palette", rules},
    {"clbg", "period", rules},
    {"clbg", "antialias", rules},
    {"recolour", "center", samples},
    {"recolour", "zoom", samples},
    {"recolour", "iterations", samples},
    {"recolour", "kernel", samples},
    {"recolour", "precision", samples},
    {"recolour", "fast", samples},
    {"recolour", "no-shortcuts", samples},
    {"recolour", "subdivide", samples},
    {"recolour", "antialias", samples},
    {"recolour", "progress", samples},
    {"recolour", "show-workers", samples},
    {"recolour", "compare", samples},
    {"show-workers", "compare", "where pictures differ"},
    {"show-workers", "colour", tints},
    {"show-workers", "palette", tints},
    {"show-workers", "period", tints},
    {"show-workers", "antialias", tints},
    {"show-workers", "subdivide", tints},
};

enum { PAIRS = sizeof pairs / sizeof pairs[0] };

/* A value for each option that has one. */
static const char *value_of(const char *option)
{
    static const char *const values[][2] = {
        {"center", "0,0"},       {"zoom", "2"},    {"iterations", "9"},  {"colour", "smooth"},
        {"palette", "fire"},     {"period", "9"},  {"antialias", "3"},   {"format", "png"},
        {"recolour", "no.dump"}, {"threads", "2"}, {"kernel", "scalar"}, {"precision", "float"},
        {"runs", "3"},           {"clbg", "10"},
    };
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++)
        if (strcmp(values[i][0], option) == 0)
            return values[i][1];
    return "";
}

static void add_option(char words[200], const char *option)
{
    const char *const value = value_of(option);
    const size_t length = strlen(words);
    snprintf(words + length, 200 - length, " --%s%s%s", option, value[0] == '\0' ? "" : "=", value);
}

static void expect_message(const char *words, const char *expected)
{
    mandel_options o;
    cr_expect_not(words_parse(words, &o), "'%s' is not refused", words);
    cr_expect_str_eq(words_message, expected, "'%s': %s", words, words_message);
}

Test(combine, pairs_that_make_no_sense_are_refused_in_either_order)
{
    for (size_t i = 0; i < PAIRS; i++) {
        char words[200] = "a.png";
        char swapped[200] = "a.png 10x10 0,0 1,1";
        char expected[200];
        add_option(words, pairs[i].with);
        add_option(words, pairs[i].option);
        add_option(swapped, pairs[i].option);
        add_option(swapped, pairs[i].with);
        snprintf(expected, sizeof expected, "--%s makes no sense with --%s, %s", pairs[i].option,
                 pairs[i].with, pairs[i].why);
        expect_message(words, expected);
        expect_message(swapped, expected);
    }
}

static bool is_listed(const char *a, const char *b)
{
    for (size_t i = 0; i < PAIRS; i++)
        if ((strcmp(pairs[i].with, a) == 0 && strcmp(pairs[i].option, b) == 0) ||
            (strcmp(pairs[i].with, b) == 0 && strcmp(pairs[i].option, a) == 0))
            return true;
    return false;
}

/* Whether an option is there with what it needs. */
static bool has_company(const char *option, const char *other)
{
    if (strcmp(option, "json") == 0 || strcmp(option, "runs") == 0)
        return strcmp(other, "bench") == 0;
    if (strcmp(option, "period") == 0)
        return strcmp(other, "colour") == 0 || strcmp(other, "palette") == 0;
    return true;
}

/* What is in none of the lists goes together. */
Test(combine, every_other_pair_makes_sense)
{
    for (int i = 0; i < MANDEL_OPTIONS; i++) {
        for (int k = 0; k < MANDEL_OPTIONS; k++) {
            const char *const a = mandel_option_name((mandel_option)i);
            const char *const b = mandel_option_name((mandel_option)k);
            const mandel_options o = {.given = UINT32_C(1) << i | UINT32_C(1) << k,
                                      .colouring = MANDEL_COLOUR_SMOOTH};
            const bool expected = !is_listed(a, b) && has_company(a, b) && has_company(b, a);
            char message[MANDEL_MESSAGE_SIZE] = "nothing";
            cr_expect_eq(mandel_combine_options(&o, message), expected, "--%s --%s: %s", a, b,
                         message);
        }
    }
}

/* Words, and the whole message. */
static const struct {
    const char *words;
    const char *expected;
} refused[] = {
    /* what needs something else */
    {"a.png 1x1 0,0 1,1 --json", "--json makes sense only with --bench"},
    {"a.png 1x1 0,0 1,1 --runs 3", "--runs makes sense only with --bench"},
    {"--clbg 10 --json", "--json makes sense only with --bench"},
    {"--clbg 10 --runs 3", "--runs makes sense only with --bench"},
    {"b.png --recolour a.dump --runs 3", "--runs makes sense only with --bench"},
    {"a.png 1x1 0,0 1,1 --period 3", "--period makes sense only with --colour or --palette"},
    /* what a colouring does not use */
    {"a.png 1x1 0,0 1,1 --colour grey --palette fire",
     "--palette makes no sense with --colour grey, which has no palette"},
    {"a.png 1x1 0,0 1,1 --colour grey --period 9",
     "--period makes no sense with --colour grey, which has no palette"},
    {"a.png --recolour a.dump --colour grey --palette fire",
     "--palette makes no sense with --colour grey, which has no palette"},
    {"a.png 1x1 0,0 1,1 --colour histogram --period 9",
     "--period makes no sense with --colour histogram, which uses the palette once"},
    {"a.png 1x1 0,0 1,1 --colour histogram --palette fire --period 9",
     "--period makes no sense with --colour histogram, which uses the palette once"},
    /* what a format cannot show */
    {"a.pgm 1x1 0,0 1,1 --colour smooth",
     "--colour needs colours: expected format png or ppm, not pgm"},
    {"a.pbm 1x1 --zoom 2 --color distance",
     "--colour needs colours: expected format png or ppm, not pbm"},
    {"a.pgm --recolour a.dump --colour histogram",
     "--colour needs colours: expected format png or ppm, not pgm"},
    {"a.pgm 1x1 0,0 1,1 --palette fire",
     "--palette needs colours: expected format png or ppm, not pgm"},
    {"a.png 1x1 0,0 1,1 --palette fire --format pbm",
     "--palette needs colours: expected format png or ppm, not pbm"},
    {"a.pgm 1x1 0,0 1,1 --show-workers",
     "--show-workers needs colours: expected format png or ppm, not pgm"},
    {"a.png 1x1 0,0 1,1 --show-workers --format pbm",
     "--show-workers needs colours: expected format png or ppm, not pbm"},
    {"--bench --format pgm --colour smooth",
     "--colour needs colours: expected format png or ppm, not pgm"},
    {"a.pbm 1x1 0,0 1,1 --antialias 2",
     "--antialias needs shades: expected format png, ppm or pgm, not pbm"},
    {"--bench --format pbm --antialias 2",
     "--antialias needs shades: expected format png, ppm or pgm, not pbm"},
    /* what a dump does not have */
    {"a.dump 1x1 0,0 1,1 --palette fire",
     "--palette makes no sense with format dump, which has no pixels"},
    {"a.dump 1x1 0,0 1,1 --colour distance --period 2",
     "--period makes no sense with format dump, which has no pixels"},
    {"a.dump 1x1 0,0 1,1 --antialias 2",
     "--antialias makes no sense with format dump, which has no pixels"},
    {"a.dump 1x1 0,0 1,1 --show-workers",
     "--show-workers makes no sense with format dump, which has no pixels"},
    {"a.dump 1x1 0,0 1,1 --compare",
     "--compare makes no sense with format dump, which has no pixels"},
    {"a.png 1x1 0,0 1,1 --compare --format dump",
     "--compare makes no sense with format dump, which has no pixels"},
    {"--bench --format dump", "--bench makes no sense with format dump, which has no pixels"},
    {"b.dump --recolour a.dump", "--recolour makes no sense with format dump, which has no pixels"},
};

Test(combine, what_is_missing_or_of_no_use_is_refused)
{
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        expect_message(refused[i].words, refused[i].expected);
}

Test(combine, what_goes_together_is_read)
{
    static const char *const lines[] = {
        "a.dump 1x1 0,0 1,1 --colour distance --fast --subdivide --progress --stats",
        "a.dump 1x1 0,0 1,1 --colour smooth",
        "a.ppm 1x1 0,0 1,1 --colour histogram --antialias 2 --subdivide --compare --no-shortcuts",
        "a.pgm 1x1 0,0 1,1 --antialias 16 --precision float --fast",
        "a.png 1x1 0,0 1,1 --show-workers --no-shortcuts --fast --progress --stats",
        "a.pbm --recolour a.dump",
        "a.pgm --recolour a.dump --colour grey --threads 1",
        "--bench --json --runs 1 --colour distance --antialias 2 --subdivide --fast",
        "a.png 1x1 0,0 1,1 --colour grey --antialias 2",
    };
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        words_read(lines[i]);
}
