/* SPDX-License-Identifier: MIT */
/* ref_iter_slices.c - runs of equal numbers, and slices from the end of an array. */
#include <par/iter_slices.h>
#include <stdio.h>
#include <stdlib.h>

static inline bool is_same(int a, int b)
{
    return a == b;
}

PAR_DEFINE_CHUNK_BY(runs, int, is_same)

static int print(const par_iter *it)
{
    void *list;
    size_t n;
    if (par_iter_collect_new(it, &list, &n) != 0)
        return 1;
    const par_slice *const slices = list;
    for (size_t i = 0; i < n; i++) {
        const int *const first = slices[i].base;
        printf("[");
        for (size_t k = 0; k < slices[i].n; k++)
            printf("%d", first[k]);
        printf("]");
    }
    printf("\n");
    free(list);
    return 0;
}

int main(void)
{
    static const int x[] = {1, 1, 1, 2, 3, 3, 3, 3};
    const par_iter equal = runs(x, 8);
    const par_iter threes = par_iter_rchunks(x, sizeof *x, 8, 3);
    const par_iter exact = par_iter_rchunks_exact(x, sizeof *x, 8, 3);
    const par_slice rest = par_iter_remainder(&exact);
    if (print(&equal) != 0 || print(&threes) != 0 || print(&exact) != 0)
        return 1;
    printf("%zu left from %zu on\n", rest.n, rest.index);
}
