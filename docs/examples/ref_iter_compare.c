/* SPDX-License-Identifier: MIT */
/* ref_iter_compare.c - which of two arrays comes first, and whether one is the other backwards. */
#include <par/iter_compare.h>
#include <stdio.h>

static inline int by_value(double a, double b)
{
    return a != a || b != b ? PAR_UNORDERED : (a > b) - (a < b);
}

PAR_DEFINE_COMPARE(values, double, by_value)

int main(void)
{
    static const double a[] = {1, 2, 3, 4};
    static const double b[] = {1, 2, 5};
    static const double c[] = {4, 3, 2, 1};
    int order;
    bool equal;
    if (values(&order, a, 4, b, 3) != 0)
        return 1;
    printf("a < b: %d\n", order < 0);
    if (values(&order, a, 2, a, 4) != 0)
        return 1;
    printf("the beginning is less: %d\n", order < 0);

    par_iter forwards = par_iter_over(a, sizeof *a, 4);
    par_iter backwards = par_iter_over(c, sizeof *c, 4);
    par_iter_rev(&backwards);
    if (par_iter_equal(&equal, &forwards, &backwards, values_pairs, NULL) != 0)
        return 1;
    printf("c is a backwards: %d\n", equal);
}
