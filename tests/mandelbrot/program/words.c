/* SPDX-License-Identifier: MIT */
/* words.c - see words.h. */
#include "mandelbrot/program/words.h"

#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

char words_message[MANDEL_MESSAGE_SIZE];

bool words_parse(const char *words, mandel_options *options)
{
    enum { MOST_WORDS = 24 };
    static char text[1000];
    static mandel_options last; /* a copy, to free */
    char *argv[MOST_WORDS + 1] = {NULL};
    int argc = 0;
    cr_assert_lt(snprintf(text, sizeof text, "mandelbrot %s", words), (int)sizeof text);
    for (char *word = strtok(text, " "); word != NULL; word = strtok(NULL, " ")) {
        cr_assert_lt(argc, MOST_WORDS);
        argv[argc++] = word;
    }
    words_message[0] = '\0';
    mandel_options_fini(&last);
    const bool understood = mandel_options_parse(options, argc, argv, words_message);
    last = *options;
    return understood;
}

mandel_options words_read(const char *words)
{
    mandel_options options;
    cr_assert(words_parse(words, &options), "'%s': %s", words, words_message);
    return options;
}

void words_expect_refused(const char *words, const char *named, const char *expected)
{
    mandel_options options;
    cr_expect_not(words_parse(words, &options), "'%s' is not refused", words);
    cr_expect_not_null(strstr(words_message, named), "'%s': %s", words, words_message);
    cr_expect_not_null(strstr(words_message, expected), "'%s': %s", words, words_message);
    cr_expect_null(strchr(words_message, '\n'), "'%s': %s", words, words_message);
}
