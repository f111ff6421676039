/* SPDX-License-Identifier: MIT */
/* ref_loop.c - a loop over an array, by a body that takes a piece of it. */
#include <par/loop.h>
#include <stdio.h>

enum { N = 100000 };

static void square(size_t begin, size_t end, void *arg)
{
    size_t *squares = arg;
    for (size_t i = begin; i < end; i++)
        squares[i] = i * i;
}

int main(void)
{
    static size_t squares[N];
    par_for(0, N, square, squares);
    printf("%zu\n", squares[N - 1]);
}
