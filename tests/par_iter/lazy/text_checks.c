/* SPDX-License-Identifier: MIT */
/* text_checks.c - lines, words and parts are those of a serial loop, wherever a text is cut. */
#include "par_iter/lazy/text_checks.h"

#include "par_iter/lazy/iter_text.h"
#include "par_iter/lazy/text_parts.h"

enum { LONG = 300 };

/* ---- pieces ---------------------------------------------------------------------------------- */

static int keep_parts(void *to, const void *block, size_t n)
{
    parts *const kept = to;
    memcpy(kept->list + kept->n, block, n * sizeof *kept->list);
    kept->n += n;
    return 0;
}

static void run_piece(const par_iter *it, size_t begin, size_t end, size_t most, parts *to)
{
    par_text block[1024];
    if (begin < end)
        (void)ws_iter_text_piece(it, begin, end, block, most, keep_parts, to);
}

/* In two pieces, for each cut, and in pieces of one position. */
static const char *compare_cuts(enum kind kind, const char *text, size_t n)
{
    par_text expected_list[LONG + 1];
    par_text list[2 * LONG];
    parts expected = {0, expected_list};
    const par_iter it = iterator(kind, text, n);
    serial(kind, text, n, &expected);
    for (size_t cut = 0; cut <= it.n_; cut++) {
        parts got = {0, list};
        run_piece(&it, 0, cut, 1024, &got);
        run_piece(&it, cut, it.n_, 1024, &got);
        if (!are_same(&expected, &got))
            return wrong("kind %d, \"%.*s\" cut at %zu", (int)kind, (int)n, text, cut);
    }
    parts got = {0, list};
    for (size_t at = 0; at < it.n_; at++)
        run_piece(&it, at, at + 1, 1024, &got);
    return are_same(&expected, &got) ? NULL : wrong("kind %d, \"%.*s\"", (int)kind, (int)n, text);
}

static const char *compare_kinds(const char *text, size_t n)
{
    const char *problem = NULL;
    for (int kind = 0; kind < KINDS && problem == NULL; kind++)
        problem = compare_cuts((enum kind)kind, text, n);
    return problem;
}

/* All texts of up to five bytes of these. */
const char *text_parts_are_those_of_a_serial_loop_wherever_it_is_cut(void)
{
    static const char letters[] = {'a', '\n', '\r', ' '};
    const char *problem = NULL;
    for (size_t n = 0; n <= 5 && problem == NULL; n++) {
        for (size_t number = 0; number < (size_t)1 << (2 * n) && problem == NULL; number++) {
            char text[5];
            for (size_t i = 0; i < n; i++)
                text[i] = letters[number >> (2 * i) & 3];
            problem = compare_kinds(text, n);
        }
    }
    return problem;
}

const char *text_long_parts_are_too(void)
{
    static const size_t means[] = {1, 2, 7, 40, 100, 1000};
    const char *problem = NULL;
    uint64_t seed = 5;
    for (size_t round = 0; round < scaled(60) && problem == NULL; round++) {
        char *const text = malloc(LONG);
        const size_t n = random_below(&seed, LONG - 1);
        fill_text(text + LONG - n, n, means[round % 6], &seed); /* up to its end, for ASan */
        problem = compare_kinds(text + LONG - n, n);
        free(text);
    }
    return problem;
}

const char *text_words_end_at_each_kind_of_white(void)
{
    for (int byte = 0; byte < 256; byte++) {
        char text[64 + 2];
        for (size_t at = 1; at < sizeof text - 1; at++) {
            memset(text, 'x', sizeof text);
            text[at] = (char)byte;
            const par_iter it = par_iter_words(text, sizeof text);
            par_text list[4];
            parts got = {0, list};
            run_piece(&it, 0, sizeof text, 4, &got);
            if (got.n != (is_white((char)byte) ? 2 : 1))
                return wrong("byte %d at %zu: %zu words", byte, at, got.n);
        }
    }
    return NULL;
}

const char *text_blocks_of_any_length_hold_the_same(void)
{
    uint64_t seed = 7;
    char text[LONG];
    fill_text(text, LONG, 3, &seed);
    for (int kind = 0; kind < KINDS; kind++) {
        par_text expected_list[LONG + 1];
        par_text list[LONG + 1];
        parts expected = {0, expected_list};
        const par_iter it = iterator((enum kind)kind, text, LONG);
        serial((enum kind)kind, text, LONG, &expected);
        for (size_t most = 1; most < 70; most++) {
            parts got = {0, list};
            run_piece(&it, 0, it.n_, most, &got);
            if (!are_same(&expected, &got))
                return wrong("kind %d in blocks of %zu", kind, most);
        }
    }
    return NULL;
}
