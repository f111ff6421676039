/* SPDX-License-Identifier: MIT */
/* text_test.c - the pieces that strict readers are made of. */
#include "base/text.h"

#include <criterion/criterion.h>
#include <string.h>

static ws_text of(const char *string)
{
    return (ws_text){string, strlen(string)};
}

static bool equals(ws_text text, const char *string)
{
    return text.length == strlen(string) && memcmp(text.begin, string, text.length) == 0;
}

Test(text, trims_blanks_on_both_sides_only)
{
    cr_expect(equals(ws_text_trim("  a b\t\n"), "a b"));
    cr_expect(equals(ws_text_trim("a"), "a"));
    cr_expect(equals(ws_text_trim(" \r\n\v\f\t"), ""));
    cr_expect(equals(ws_text_trim(""), ""));
}

Test(text, compares_without_case)
{
    cr_expect(ws_text_same(of("AuTo9"), of("aUtO9")));
    cr_expect(ws_text_same(of(""), of("")));
    cr_expect_not(ws_text_same(of("auto"), of("aut")));
    cr_expect_not(ws_text_same(of("a@"), of("a`")), "only letters have a case");
    cr_expect_not(ws_text_same(of("["), of("{")));
}

Test(text, next_gives_every_piece_also_empty_ones)
{
    ws_text rest = of("ab||c|");
    cr_expect(equals(ws_text_next(&rest, '|'), "ab"));
    cr_expect(equals(ws_text_next(&rest, '|'), ""));
    cr_expect(equals(ws_text_next(&rest, '|'), "c"));
    cr_expect_eq(rest.length, 0u);
    cr_expect(equals(ws_text_next(&rest, '|'), ""));
}

Test(text, a_piece_ends_with_the_text_not_with_the_string)
{
    ws_text rest = {"abc|d", 2};
    cr_expect(equals(ws_text_next(&rest, '|'), "ab"));
    cr_expect_eq(rest.length, 0u);
}

Test(text, takes_numbers)
{
    int64_t value = -1;
    ws_text text = of("0012kB");
    cr_expect(ws_text_take_number(&text, &value));
    cr_expect_eq(value, 12);
    cr_expect(equals(text, "kB"));

    text = of("9223372036854775807");
    cr_expect(ws_text_take_number(&text, &value));
    cr_expect_eq(value, INT64_MAX);

    text = (ws_text){"123", 2};
    cr_expect(ws_text_take_number(&text, &value));
    cr_expect_eq(value, 12);
}

Test(text, refuses_what_is_no_number)
{
    const char *const bad[] = {
        "", " 1", "-1", "+1", "x", "9223372036854775808", "99999999999999999999"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        int64_t value;
        ws_text text = of(bad[i]);
        cr_expect_not(ws_text_take_number(&text, &value), "\"%s\"", bad[i]);
    }
}

typedef struct pair {
    const char *a;
    const char *b;
    size_t mistakes;
} pair;

Test(text, counts_mistakes)
{
    static const pair pairs[] = {
        {"", "", 0},
        {"", "ab", 2},
        {"kitten", "kitten", 0},
        {"kitten", "mitten", 1},
        {"kitten", "sitting", 3},
        {"abcd", "acbd", 2},
        {"abc", "abxyc", 2},
        {"flaw", "lawn", 2},
        {"abcdef", "ghijkl", 6},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        const pair *const p = &pairs[i];
        cr_expect_eq(ws_text_mistakes(of(p->a), of(p->b), 9), p->mistakes, "%s %s", p->a, p->b);
        cr_expect_eq(ws_text_mistakes(of(p->b), of(p->a), 9), p->mistakes, "%s %s", p->b, p->a);
    }
}

Test(text, stops_counting_where_it_does_not_matter)
{
    char longest[65];
    memset(longest, 'x', sizeof longest);
    longest[64] = '\0';
    cr_expect_gt(ws_text_mistakes(of("ab"), of("abcde"), 2), 2u);
    cr_expect_gt(ws_text_mistakes(of(longest), of(longest), 2), 2u, "too long to be a name");
    cr_expect_eq(ws_text_mistakes(of(longest + 1), of(longest + 1), 2), 0u);
}
