/* SPDX-License-Identifier: MIT */
/* letters.c - a reduction whose result is of another type than its elements: a histogram. */
#include <par/algorithm.h>
#include <stdio.h>
#include <string.h>

struct counts {
    size_t of[26];
};

static ptrdiff_t count(void *out, const void *in, size_t n, void *ctx)
{
    struct counts *counts = out;
    const char *text = in;
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        if (text[i] >= 'a' && text[i] <= 'z')
            counts->of[text[i] - 'a']++;
    }
    return 0;
}

static void add(void *left, const void *right, void *ctx)
{
    struct counts *sum = left;
    const struct counts *more = right;
    (void)ctx;
    for (size_t i = 0; i < 26; i++)
        sum->of[i] += more->of[i];
}

int main(void)
{
    static const char line[] = "the quick brown fox jumps over the lazy dog ";
    enum { TIMES = 10000, LENGTH = sizeof line - 1 };
    static char text[TIMES * LENGTH];
    for (size_t i = 0; i < TIMES; i++)
        memcpy(text + i * LENGTH, line, LENGTH);

    struct counts counts = {{0}};
    if (par_reduce(&counts, sizeof counts, text, 1, sizeof text, count, add, NULL) != 0)
        return 1;
    printf("e %zu, o %zu, z %zu\n", counts.of['e' - 'a'], counts.of['o' - 'a'],
           counts.of['z' - 'a']);
}
