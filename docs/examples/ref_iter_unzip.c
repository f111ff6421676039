/* SPDX-License-Identifier: MIT */
/* ref_iter_unzip.c - points as two columns, and numbers as two lists. */
#include <par/iter_unzip.h>
#include <stddef.h>
#include <stdio.h>

enum { N = 1000 };

struct point {
    float x;
    double y;
};

static inline struct point point_of(size_t i)
{
    return (struct point){(float)i, (double)i / 2};
}

static inline bool is_even(size_t i)
{
    return i % 2 == 0;
}

PAR_DEFINE_MAP(points, struct point, size_t, point_of)
PAR_DEFINE_SIDES(evens, size_t, is_even)

int main(void)
{
    static float x[N];
    static double y[N];
    static size_t even[N];
    static size_t odd[N];
    size_t n;
    par_iter it = par_iter_range(0, N);
    par_iter_map(&it, sizeof(struct point), points_block, NULL);
    const par_member members[] = {{x, sizeof *x, offsetof(struct point, x)},
                                  {y, sizeof *y, offsetof(struct point, y)}};
    if (par_iter_unzip(&it, members, 2, N, &n) != 0)
        return 1;
    printf("%zu points, the last is %.1f %.1f\n", n, (double)x[n - 1], y[n - 1]);

    par_side left = {even, sizeof *even, N, 0};
    par_side right = {odd, sizeof *odd, N, 0};
    it = par_iter_range(0, N);
    if (par_iter_partition(&it, &left, &right, evens_sides, NULL) != 0)
        return 1;
    printf("%zu even, to %zu; %zu odd, to %zu\n", left.n, even[left.n - 1], right.n,
           odd[right.n - 1]);
}
