/* SPDX-License-Identifier: MIT */
/* message_test.c - messages are one line, whatever was typed. */
#include "mandelbrot/base/message.h"

#include "base/capture.h"

#include <criterion/criterion.h>
#include <string.h>

Test(message, a_text_is_quoted)
{
    cr_assert_str_eq(mandel_message_quote("10x").text, "'10x'");
    cr_assert_str_eq(mandel_message_quote("").text, "''");
    cr_assert_str_eq(mandel_message_quote("f\xc3\xbcr").text, "'f\xc3\xbcr'");
}

Test(message, control_characters_do_not_reach_the_terminal)
{
    cr_assert_str_eq(mandel_message_quote("a\nb\tc\033[2Jd\x7f").text, "'a?b?c?[2Jd?'");
}

Test(message, a_long_text_is_shortened)
{
    char text[5000];
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    const mandel_quoted quoted = mandel_message_quote(text);
    cr_assert_lt(strlen(quoted.text), sizeof quoted.text);
    cr_assert_gt(strlen(quoted.text), 60);
    cr_assert_not_null(strstr(quoted.text, "xxx...'"));
}

/* Every length around the limit: what fits is not shortened. */
Test(message, the_edge_of_shortening)
{
    char text[200];
    for (size_t n = 80; n < 100; n++) {
        memset(text, 'y', n);
        text[n] = '\0';
        const mandel_quoted quoted = mandel_message_quote(text);
        const bool whole = strlen(quoted.text) == n + 2;
        cr_assert_eq(whole, strstr(quoted.text, "...") == NULL, "length %zu", n);
    }
}

Test(message, an_error_is_one_line_with_the_program_s_name)
{
    const capture c = capture_begin();
    mandel_message_error("size %s: expected %d", mandel_message_quote("7\n8").text, 3);
    char *const text = capture_end(c);
    cr_assert_str_eq(text, "mandelbrot: size '7?8': expected 3\n");
    free(text);
}

Test(message, an_endless_error_is_cut_and_still_a_line)
{
    char text[5000];
    memset(text, 'z', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    const capture c = capture_begin();
    mandel_message_error("%s", text);
    char *const said = capture_end(c);
    cr_assert_eq(capture_lines(said), 1);
    cr_assert_eq(said[strlen(said) - 1], '\n');
    cr_assert_gt(strlen(said), 400);
    cr_assert_leq(strlen(said), sizeof "mandelbrot: " + MANDEL_MESSAGE_SIZE);
    free(said);
}
