/* SPDX-License-Identifier: MIT */
/* ref_scan.c - running sums, and where each of several texts begins in one that has them all. */
#include <par/scan.h>
#include <stdio.h>
#include <string.h>

static inline size_t add(size_t a, size_t b)
{
    return a + b;
}

PAR_DEFINE_SCAN(sums, size_t, add, 0)

int main(void)
{
    const char *words[] = {"what", " comes", " before", " me"};
    enum { N = sizeof words / sizeof words[0] };
    size_t lengths[N];
    size_t ends[N];
    size_t begins[N];
    for (size_t i = 0; i < N; i++)
        lengths[i] = strlen(words[i]);
    if (sums(ends, lengths, N) != 0 || sums_exclusive(begins, lengths, N) != 0)
        return 1;

    char text[100] = "";
    for (size_t i = 0; i < N; i++)
        memcpy(text + begins[i], words[i], lengths[i]);
    printf("%s: %zu letters\n", text, ends[N - 1]);
}
