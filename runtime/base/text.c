/* SPDX-License-Identifier: MIT */
/* text.c - taking short texts apart. */
#include "base/text.h"

#include <string.h>

enum { LONGEST_NAME = 63 };

ws_text ws_text_trim(const char *string)
{
    static const char blanks[] = " \t\r\n\v\f";
    string += strspn(string, blanks);
    size_t length = strlen(string);
    while (length > 0 && strchr(blanks, string[length - 1]) != NULL) {
        length--;
    }
    return (ws_text){string, length};
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

bool ws_text_same(ws_text a, ws_text b)
{
    if (a.length != b.length) {
        return false;
    }
    for (size_t i = 0; i < a.length; i++) {
        if (lower(a.begin[i]) != lower(b.begin[i])) {
            return false;
        }
    }
    return true;
}

ws_text ws_text_next(ws_text *rest, char separator)
{
    const char *const end = rest->length > 0 ? memchr(rest->begin, separator, rest->length) : NULL;
    const ws_text piece = {rest->begin, end != NULL ? (size_t)(end - rest->begin) : rest->length};
    const size_t taken = piece.length + (end != NULL);
    rest->begin += taken;
    rest->length -= taken;
    return piece;
}

bool ws_text_take_number(ws_text *text, int64_t *value)
{
    const size_t before = text->length;
    int64_t sum = 0;
    while (text->length > 0 && *text->begin >= '0' && *text->begin <= '9') {
        const int digit = *text->begin - '0';
        if (sum > (INT64_MAX - digit) / 10) {
            return false;
        }
        sum = sum * 10 + digit;
        text->begin++;
        text->length--;
    }
    *value = sum;
    return text->length < before;
}

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t ws_text_mistakes(ws_text a, ws_text b, size_t limit)
{
    const size_t shorter = least(a.length, b.length);
    const size_t longer = a.length + b.length - shorter;
    if (longer - shorter > limit || longer > LONGEST_NAME) {
        return limit + 1;
    }
    size_t costs[LONGEST_NAME + 1]; /* from the first i letters of `a` to the first j of `b` */
    for (size_t j = 0; j <= b.length; j++) {
        costs[j] = j;
    }
    for (size_t i = 1; i <= a.length; i++) {
        size_t diagonal = costs[0];
        costs[0] = i;
        for (size_t j = 1; j <= b.length; j++) {
            const size_t replaced = diagonal + (a.begin[i - 1] != b.begin[j - 1]);
            diagonal = costs[j];
            costs[j] = least(replaced, least(costs[j - 1], diagonal) + 1);
        }
    }
    return costs[b.length];
}
