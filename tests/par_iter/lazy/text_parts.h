/* SPDX-License-Identifier: MIT */
/* text_parts.h - the parts of a text as a serial loop finds them, byte by byte. */
#ifndef TESTS_PAR_ITER_TEXT_PARTS_H
#define TESTS_PAR_ITER_TEXT_PARTS_H

#include "support.h"

#include <par/text.h>

enum kind { LINES, WORDS, SPLIT_AT, SPLIT, KINDS };

static inline bool is_white(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\v' || c == '\f' || c == '\r';
}

typedef struct parts {
    size_t n;
    par_text *list;
} parts;

static inline void add_part(parts *to, const char *begin, const char *end)
{
    to->list[to->n++] = (par_text){begin, (size_t)(end - begin)};
}

static inline void serial_words(const char *text, size_t n, parts *to)
{
    size_t begin = 0;
    for (size_t i = 0; i <= n; i++) {
        if (i < n && !is_white(text[i]))
            continue;
        if (i > begin)
            add_part(to, text + begin, text + i);
        begin = i + 1;
    }
}

static inline void serial_parts(const char *text, size_t n, bool are_lines, parts *to)
{
    size_t begin = 0;
    for (size_t i = 0; i <= n; i++) {
        if (i < n && text[i] != '\n')
            continue;
        if (are_lines && i == n && begin == n)
            continue;
        const bool has_cr = are_lines && i < n && i > begin && text[i - 1] == '\r';
        add_part(to, text + begin, text + i - has_cr);
        begin = i + 1;
    }
}

/* Into a list with n + 1 places. */
static inline void serial(enum kind kind, const char *text, size_t n, parts *to)
{
    to->n = 0;
    if (kind == WORDS)
        serial_words(text, n, to);
    else
        serial_parts(text, n, kind == LINES, to);
}

static inline const char *find_lf(const char *text, size_t n, void *ctx)
{
    (void)ctx;
    return memchr(text, '\n', n);
}

static inline par_iter iterator(enum kind kind, const char *text, size_t n)
{
    switch (kind) {
    case LINES:
        return par_iter_lines(text, n);
    case WORDS:
        return par_iter_words(text, n);
    case SPLIT_AT:
        return par_iter_split_at(text, n, '\n');
    case SPLIT:
    case KINDS:
        break;
    }
    return par_iter_split(text, n, find_lf, NULL);
}

static inline bool are_same(const parts *a, const parts *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; i < a->n && same; i++)
        same = a->list[i].text == b->list[i].text && a->list[i].n == b->list[i].n;
    return same;
}

/* Random, with parts whose mean length is about `mean`. */
static inline void fill_text(char *text, size_t n, size_t mean, uint64_t *seed)
{
    static const char ends[] = "\n\r \t\v\f\n\n";
    for (size_t i = 0; i < n; i++) {
        const bool ends_part = random_below(seed, mean) == 0;
        text[i] =
            ends_part ? ends[random_below(seed, sizeof ends - 1)] : (char)(random_below(seed, 256));
        if (ends_part && i > 0 && text[i] == '\n' && random_below(seed, 3) == 0)
            text[i - 1] = '\r';
    }
}

#endif
