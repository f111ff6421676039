/* SPDX-License-Identifier: MIT */
/* mandelbrot_kernel.c - the inner loops of the renderer, on points that never escape: the time of
 * an update of one point, and how much of what the processor's pipes could do that is.
 *
 * The bound is that of a core with two pipes that multiply and two that add, such as AMD's Zen:
 * what each pair has to do for an update of a vector, whichever has more, in clocks. The clock is
 * measured too, as additions that wait for each other. */
#include "micro/micro.h"

#include "mandelbrot/field/kernels.h"

#include <string.h>
#include <time.h>

enum { COLUMNS = 512, LIMIT = 4000 };

/* What an update of a vector needs of the pipes. */
typedef struct mix {
    const char *kernel;
    double lanes[MANDEL_PRECISIONS];
    double exact[MANDEL_PRECISIONS]; /* clocks, of whichever pair of pipes is busier */
    double fast;
} mix;

/* Exact: 3 multiplications and 4 additions, or where a product is doubled by a fused operation, 4
 * and 2. Fast: 3 fused operations and an addition. */
static const mix mixes[] = {
    {"sse2", {2, 4}, {4 / 2.0, 4 / 2.0}, 4 / 2.0},
    {"avx2", {4, 8}, {(4 - 2 / 6.0) / 2, (4 - 2 / 4.0) / 2}, 3 / 2.0},
    {"avx512", {8, 16}, {(3 + 3 / 8.0) / 2, (3 + 3 / 8.0) / 2}, 3 / 2.0},
};

/* One of the functions, or the bound of one. */
typedef struct loop {
    mandel_inside_fn *inside;
    double clocks; /* of an update of a point; 0: no bound */
    char name[48];
    char bound_name[64];
    char ratio_name[64];
} loop;

static double now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static double updates_of_run(void)
{
    return (double)COLUMNS * MANDEL_STRIP * LIMIT;
}

static void run_loop(void *ctx)
{
    const loop *const l = ctx;
    double re[COLUMNS];
    double im[MANDEL_STRIP];
    uint8_t bits[MANDEL_STRIP * COLUMNS / 8];
    for (int i = 0; i < COLUMNS; i++)
        re[i] = -0.3 + 0.4 * i / COLUMNS;
    for (int i = 0; i < MANDEL_STRIP; i++)
        im[i] = 0.01 * i;
    const mandel_strip strip = {re, COLUMNS, im, MANDEL_STRIP, LIMIT, bits, COLUMNS / 8};
    l->inside(&strip);
}

/* The time of as many clocks as the bound says. */
static double measure_bound(void *ctx)
{
    enum { ADDITIONS = 1 << 20 };
    const loop *const l = ctx;
    uint64_t x = 0;
    const double start = now_ns();
    for (int i = 0; i < ADDITIONS / 16; i++) {
        for (int k = 0; k < 16; k++) {
            x += 1;
            __asm__ volatile("" : "+r"(x));
        }
    }
    const double clock = (now_ns() - start) / ADDITIONS;
    return clock * l->clocks * updates_of_run();
}

static const mix *mix_of(const char *kernel)
{
    for (size_t i = 0; i < sizeof mixes / sizeof mixes[0]; i++)
        if (strcmp(mixes[i].kernel, kernel) == 0)
            return &mixes[i];
    return NULL;
}

static loop loop_of(const mandel_kernel *kernel, mandel_precision precision, bool fast)
{
    const mandel_instructions *const all = kernel->instructions;
    const mix *const m = mix_of(kernel->name);
    loop l = {.inside = fast ? all->fast[precision].inside : all->exact[precision].inside};
    if (m != NULL)
        l.clocks = (fast ? m->fast : m->exact[precision]) / m->lanes[precision];
    snprintf(l.name, sizeof l.name, "%s, %s%s", kernel->name,
             precision == MANDEL_FLOAT ? "float" : "double", fast ? ", fast" : "");
    snprintf(l.bound_name, sizeof l.bound_name, "bound of %s", l.name);
    snprintf(l.ratio_name, sizeof l.ratio_name, "bound / %s", l.name);
    return l;
}

static void measure_kernel(bench *b, const char *name, const mandel_kernel *kernel)
{
    enum { KINDS = 2 * MANDEL_PRECISIONS };
    loop loops[KINDS];
    bench_side sides[2 * KINDS];
    bench_ratio ratios[KINDS];
    size_t n_sides = 0;
    size_t n_ratios = 0;
    for (size_t i = 0; i < KINDS; i++) {
        loop *const l = &loops[i];
        *l = loop_of(kernel, i % 2 == 0 ? MANDEL_DOUBLE : MANDEL_FLOAT, i >= 2);
        sides[n_sides] = (bench_side){l->name, run_loop, NULL, NULL, l};
        if (l->clocks > 0) {
            sides[n_sides + 1] = (bench_side){l->bound_name, NULL, measure_bound, NULL, l};
            ratios[n_ratios++] = (bench_ratio){l->ratio_name, n_sides + 1, n_sides};
            n_sides++;
        }
        n_sides++;
    }
    bench_run(b, &(bench_case){name, bench_unit_ns, updates_of_run(), 15, 1, sides, n_sides, ratios,
                               n_ratios, NULL, 0});
}

void micro_mandelbrot_kernel(bench *b)
{
    const mandel_kernel *kernel;
    for (size_t i = 0; (kernel = mandel_kernels_at(i)) != NULL; i++) {
        char name[64];
        snprintf(name, sizeof name, "mandelbrot_kernel/%s", kernel->name);
        if (kernel->runs_here() && bench_wants(b, name))
            measure_kernel(b, name, kernel);
    }
}
