/* SPDX-License-Identifier: MIT */
/* hello.c - pi as a sum of ten million terms: a loop that fills an array and a sum over it. */
#include <par/par.h>
#include <stdio.h>

static double terms[10000000];
static const size_t n = sizeof terms / sizeof terms[0];

static void fill(size_t begin, size_t end, void *arg)
{
    (void)arg;
    for (size_t i = begin; i < end; i++) {
        const double x = ((double)i + 0.5) / (double)n;
        terms[i] = 4 / (1 + x * x);
    }
}

static inline double add(double a, double b)
{
    return a + b;
}

PAR_DEFINE_REDUCE_WITH(sum, double, add)

int main(void)
{
    double total = 0;
    par_for(0, n, fill, NULL); /* on all cores */
    sum(&total, terms, n);     /* on all cores, and with the same bits on every run */
    printf("pi is about %.10f\n", total / (double)n);
}
