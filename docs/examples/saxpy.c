/* SPDX-License-Identifier: MIT */
/* saxpy.c - y = a * x + y, by a loop whose body takes a piece of the range. */
#include <par/loop.h>
#include <stdio.h>

enum { N = 1000000 };

struct saxpy {
    float a;
    const float *x;
    float *y;
};

static void saxpy(size_t begin, size_t end, void *arg)
{
    const struct saxpy *s = arg;
    const float a = s->a;
    const float *restrict x = s->x;
    float *restrict y = s->y;
    for (size_t i = begin; i < end; i++)
        y[i] += a * x[i];
}

int main(void)
{
    static float x[N];
    static float y[N];
    for (size_t i = 0; i < N; i++) {
        x[i] = (float)i;
        y[i] = 1;
    }
    par_for(0, N, saxpy, &(struct saxpy){2, x, y});
    printf("%.0f %.0f %.0f\n", y[0], y[1], y[N - 1]);
}
