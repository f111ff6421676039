/* SPDX-License-Identifier: MIT */
/* ref_typed.c - lengths of words, and the longest. */
#include <par/typed.h>
#include <stdio.h>
#include <string.h>

static inline size_t longer(size_t a, size_t b)
{
    return a > b ? a : b;
}

PAR_DEFINE_MAP(lengths, size_t, const char *, strlen)
PAR_DEFINE_REDUCE_WITH(longest, size_t, longer)

int main(void)
{
    const char *words[] = {"one", "typed", "line", "makes", "a", "parallel", "loop"};
    enum { N = sizeof words / sizeof words[0] };
    size_t length[N];
    size_t most = 0;
    if (lengths(length, words, N) == 0 && longest(&most, length, N) == 0)
        printf("%zu letters\n", most);
}
