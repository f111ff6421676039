/* SPDX-License-Identifier: MIT */
/* ref_typed_try.c - numbers from text, and which word is none. */
#include <errno.h>
#include <par/typed_try.h>
#include <stdio.h>
#include <stdlib.h>

static inline int parse(long *out, const char *text)
{
    char *end;
    *out = strtol(text, &end, 10);
    return *end == '\0' && end != text ? 0 : EILSEQ;
}

PAR_DEFINE_TRY_MAP(parse_all, long, const char *, parse)

int main(void)
{
    const char *words[] = {"17", "4", "five", "6", "seven"};
    enum { N = sizeof words / sizeof words[0] };
    long numbers[N];
    size_t index = N;
    const int code = parse_all(numbers, words, N, &index);
    if (code == EILSEQ && index < N)
        printf("\"%s\" is not a number; before it stands %ld\n", words[index], numbers[index - 1]);
}
