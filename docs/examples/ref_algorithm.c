/* SPDX-License-Identifier: MIT */
/* ref_algorithm.c - block functions that can fail: square roots, unless a number has none. */
#include <par/algorithm.h>
#include <stdio.h>

enum { N = 1000, NO_ROOT = -1 };

static ptrdiff_t roots(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        const int square = ((const int *)in)[i];
        int root = 0;
        while (root * root < square)
            root++;
        if (root * root != square)
            return NO_ROOT;
        ((int *)out)[i] = root;
    }
    return (ptrdiff_t)n;
}

int main(void)
{
    int squares[N];
    int out[N];
    for (int i = 0; i < N; i++)
        squares[i] = i * i;
    printf("%d\n", par_map(out, sizeof *out, squares, sizeof *squares, N, roots, NULL));
    squares[500] = 2;
    printf("%d\n", par_map(out, sizeof *out, squares, sizeof *squares, N, roots, NULL));
}
