/* SPDX-License-Identifier: MIT */
#include <par/pipeline.h>
#include <stdio.h>

typedef struct walk {
    unsigned long start;
    unsigned steps;
} walk;

static int make(void *element, void *ctx)
{
    unsigned long *next = ctx;
    walk *w = element;
    w->start = *next;
    *next *= 10;
    return w->start < 1000000 ? 0 : PAR_STAGE_END;
}

/* 3n + 1 until it is 1. */
static int count(void *element, void *ctx)
{
    walk *w = element;
    (void)ctx;
    w->steps = 0;
    for (unsigned long n = w->start; n != 1; n = n % 2 == 0 ? n / 2 : 3 * n + 1)
        w->steps++;
    return 0;
}

static int print(void *element, void *ctx)
{
    const walk *w = element;
    (void)ctx;
    return printf("%6lu takes %3u steps\n", w->start, w->steps) > 0 ? 0 : -1;
}

int main(void)
{
    unsigned long next = 3;
    const par_stage stages[] = {{PAR_STAGE_SERIAL_IN_ORDER, make, &next, "make", 0},
                                {PAR_STAGE_PARALLEL, count, NULL, "count", 0},
                                {PAR_STAGE_SERIAL_IN_ORDER, print, NULL, "print", 0}};
    par_pipeline_options options = PAR_PIPELINE_OPTIONS_INIT;
    options.element_size = sizeof(walk);
    return par_pipeline_run(stages, 3, &options);
}
