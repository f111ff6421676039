/* SPDX-License-Identifier: MIT */
/* ref_typed_sum.c - a sum that is nearer to the truth than a loop, and the same on every run. */
#include <par/typed_sum.h>
#include <stdio.h>

enum { N = 10000000 };

PAR_DEFINE_SUM(sum_of, float)

int main(void)
{
    static float tenths[N];
    float one_by_one = 0;
    float sum = 0;
    for (size_t i = 0; i < N; i++)
        tenths[i] = 0.1F;
    for (size_t i = 0; i < N; i++)
        one_by_one += tenths[i];
    if (sum_of(&sum, tenths, N) != 0)
        return 1;
    printf("%.0f, and one by one %.0f\n", (double)sum, (double)one_by_one);
}
