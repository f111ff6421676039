/* SPDX-License-Identifier: MIT */
/* sample_test.c - counts, fractions and distances of points: what each depends on, and how near
 * they are to what they stand for. See sample.h for S1 to S3. */
#include "mandelbrot/field/sample.h"

#include "mandelbrot/field/cloud.h"

#include <criterion/criterion.h>
#include <math.h>
#include <string.h>

enum { UNTOUCHED = 0x5a };

static cloud_points p;

/* Samples, and one more. */
typedef struct answer {
    uint32_t count[MANDEL_SAMPLES + 1];
    float fraction[MANDEL_SAMPLES + 1];
    float distance[MANDEL_SAMPLES + 1];
} answer;

static mandel_sampler sampler_of(const cloud_way *way, uint32_t limit)
{
    return (mandel_sampler){.instructions = way->kernel->instructions,
                            .precision = way->precision,
                            .fast = way->fast,
                            .shortcuts = way->shortcuts,
                            .limit = limit,
                            .pixel = 1.0};
}

/* The plainest way there is. */
static mandel_sampler plain_sampler(uint32_t limit)
{
    cloud_way way;
    cr_assert(cloud_way_at(0, &way));
    return sampler_of(&way, limit);
}

static uint64_t ask(const mandel_sampler *sampler, const cloud_points *points, answer *a)
{
    const mandel_samples samples = {a->count, a->fraction, a->distance};
    memset(a, UNTOUCHED, sizeof *a);
    return mandel_sample(sampler, points->re, points->im, points->n, &samples);
}

static bool same(const answer *a, size_t i, const answer *b, size_t k)
{
    return a->count[i] == b->count[k] &&
           memcmp(&a->fraction[i], &b->fraction[k], sizeof(float)) == 0 &&
           memcmp(&a->distance[i], &b->distance[k], sizeof(float)) == 0;
}

/* ---- what they depend on -------------------------------------------------------------------- */

/* S2 and S3: on the precision alone, if arithmetic is exact. */
Test(sample, the_same_on_all_kernels)
{
    static answer expected[MANDEL_PRECISIONS];
    static answer a;
    cloud_way way;
    uint64_t seed = 3;
    for (size_t round = 0; round < scaled(20); round++) {
        cloud_scatter(&p, random_below(&seed, MANDEL_SAMPLES + 1), &seed);
        const uint32_t limit = 1 + (uint32_t)random_below(&seed, 400);
        for (size_t w = 0; cloud_way_at(w, &way); w++) {
            const mandel_sampler sampler = sampler_of(&way, limit);
            answer *const first = &expected[way.precision];
            if (way.fast)
                continue;
            ask(&sampler, &p, w < 4 && !way.shortcuts ? first : &a);
            if (w < 4 && !way.shortcuts)
                continue;
            for (size_t i = 0; i <= p.n; i++) {
                if (!same(&a, i, first, i))
                    cr_assert_fail("%s: point %zu of %zu, %.17g,%.17g", way.name, i, p.n, p.re[i],
                                   p.im[i]);
            }
        }
    }
}

/* S1: in fast arithmetic too, and with shortcuts. */
Test(sample, the_same_alone_and_in_company)
{
    static answer all;
    static answer a;
    static cloud_points some;
    cloud_way way;
    uint64_t seed = 4;
    cloud_scatter(&p, MANDEL_SAMPLES, &seed);
    for (size_t w = 0; cloud_way_at(w, &way); w++) {
        const mandel_sampler sampler = sampler_of(&way, 300);
        ask(&sampler, &p, &all);
        for (size_t first = 0; first < p.n; first += 1 + random_below(&seed, 40)) {
            const size_t left = p.n - first;
            const size_t n = 1 + random_below(&seed, left < 70 ? left : 70);
            some.n = n;
            memcpy(some.re, p.re + first, n * sizeof *some.re);
            memcpy(some.im, p.im + first, n * sizeof *some.im);
            ask(&sampler, &some, &a);
            for (size_t i = 0; i < n; i++)
                cr_assert(same(&a, i, &all, first + i), "%s: point %zu", way.name, first + i);
        }
    }
}

Test(sample, only_what_is_wanted)
{
    static answer all;
    static answer a;
    cloud_way way;
    uint64_t seed = 5;
    cloud_scatter(&p, 500, &seed);
    for (size_t w = 0; cloud_way_at(w, &way); w++) {
        const mandel_sampler sampler = sampler_of(&way, 200);
        ask(&sampler, &p, &all);
        for (int wanted = 0; wanted < 4; wanted++) {
            const mandel_samples samples = {a.count, (wanted & 1) != 0 ? a.fraction : NULL,
                                            (wanted & 2) != 0 ? a.distance : NULL};
            memset(&a, UNTOUCHED, sizeof a);
            mandel_sample(&sampler, p.re, p.im, p.n, &samples);
            cr_assert_eq(memcmp(a.count, all.count, sizeof a.count), 0, "%s", way.name);
            if (samples.fraction != NULL)
                cr_assert_eq(memcmp(a.fraction, all.fraction, sizeof a.fraction), 0);
            if (samples.distance != NULL)
                cr_assert_eq(memcmp(a.distance, all.distance, sizeof a.distance), 0);
        }
    }
}

Test(sample, nothing_of_nothing)
{
    static answer a;
    static answer untouched;
    cloud_way way;
    memset(&untouched, UNTOUCHED, sizeof untouched);
    p.n = 0;
    for (size_t w = 0; cloud_way_at(w, &way); w++) {
        const mandel_sampler sampler = sampler_of(&way, 200);
        cr_assert_eq(ask(&sampler, &p, &a), 0);
        cr_assert_eq(memcmp(&a, &untouched, sizeof a), 0);
    }
}

Test(sample, updates_are_the_sum_of_counts)
{
    static answer a;
    cloud_way way;
    uint64_t seed = 6;
    cloud_scatter(&p, MANDEL_SAMPLES, &seed);
    for (size_t w = 0; cloud_way_at(w, &way); w++) {
        const mandel_sampler sampler = sampler_of(&way, 200);
        const uint64_t updates = ask(&sampler, &p, &a);
        uint64_t sum = 0;
        for (size_t i = 0; i < p.n; i++)
            sum += a.count[i];
        cr_assert(way.shortcuts ? updates < sum : updates == sum, "%s", way.name);
    }
}

/* Counts are those of the kernel, and whoever has the limit is inside. */
Test(sample, inside_there_are_no_fractions)
{
    static answer a;
    cloud_way way;
    cloud_grid(&p, -0.75, 0.0, 1.5, 45, 45);
    for (size_t w = 0; cloud_way_at(w, &way); w++) {
        size_t inside = 0;
        p.limit = 70;
        const mandel_sampler sampler = sampler_of(&way, p.limit);
        ask(&sampler, &p, &a);
        for (size_t i = 0; i < p.n; i++) {
            if (!way.fast)
                cr_assert_eq(a.count[i], cloud_end_of(&p, way.precision, i).count);
            if (a.count[i] < p.limit)
                continue;
            inside++;
            cr_assert(a.count[i] == p.limit && a.fraction[i] == 0.0F && a.distance[i] == 0.0F,
                      "%s: point %zu", way.name, i);
        }
        cr_assert(inside > p.n / 10 && inside < p.n, "%s: %zu", way.name, inside);
    }
}

Test(sample, can_be_looked_at_from_anywhere)
{
    answer a;
    const mandel_samples all = {a.count, a.fraction, a.distance};
    const mandel_samples counts = {a.count, NULL, NULL};
    const mandel_samples some = mandel_samples_from(&all, 7);
    cr_assert(some.count == a.count + 7 && some.fraction == a.fraction + 7 &&
              some.distance == a.distance + 7);
    const mandel_samples some_counts = mandel_samples_from(&counts, 7);
    cr_assert(some_counts.count == a.count + 7 && some_counts.fraction == NULL &&
              some_counts.distance == NULL);
}

/* ---- fractions ------------------------------------------------------------------------------ */

/* How long a point takes, with all that is in between: the limit of n - log2(log2 |z_n|). */
static double true_time(long double c_re, long double c_im)
{
    long double re = 0.0L;
    long double im = 0.0L;
    int n = 0;
    for (; n < 1000 && re * re + im * im < 1e200L; n++) {
        const long double next = re * re - im * im + c_re;
        im = 2.0L * re * im + c_im;
        re = next;
    }
    return (double)(n - log2l(log2l(hypotl(re, im))));
}

static double time_of(const answer *a, size_t i)
{
    return (double)a->count[i] + (double)a->fraction[i];
}

/* Rounding errors of z grow with the updates, so only with points that need few. */
Test(sample, fractions_are_true)
{
    static answer a;
    cloud_way way;
    cloud_grid(&p, -0.75, 0.0, 2.6, 45, 45);
    for (size_t w = 0; cloud_way_at(w, &way); w++) {
        const bool is_float = way.precision == MANDEL_FLOAT;
        const mandel_sampler sampler = sampler_of(&way, 500);
        ask(&sampler, &p, &a);
        size_t compared = 0;
        for (size_t i = 0; i < p.n; i++) {
            if (a.count[i] > 15)
                continue;
            const double expected = true_time((long double)p.re[i], (long double)p.im[i]);
            const double error = fabs(time_of(&a, i) - expected);
            cr_assert_lt(error, is_float ? 2e-3 : 2e-6, "%s: point %.17g,%.17g: %.9g, not %.9g",
                         way.name, p.re[i], p.im[i], time_of(&a, i), expected);
            compared++;
        }
        cr_assert_gt(compared, p.n / 2, "%s", way.name);
    }
}

/* Towards the set, without steps. */
Test(sample, fractions_are_continuous)
{
    static answer a;
    static const double ends[][2] = {{0.4, 0.0}, {-1.8, 0.2}, {0.0, 1.05}, {0.3, 0.7}};
    cloud_way way;
    for (size_t w = 0; cloud_way_at(w, &way); w++) {
        for (size_t k = 0; k < sizeof ends / sizeof ends[0]; k++) {
            p.n = MANDEL_SAMPLES;
            for (size_t i = 0; i < p.n; i++) {
                const double from_set = 1.0 + 1.5 * (double)(p.n - 1 - i) / (double)p.n;
                p.re[i] = ends[k][0] * from_set;
                p.im[i] = ends[k][1] * from_set;
            }
            const mandel_sampler sampler = sampler_of(&way, 500);
            ask(&sampler, &p, &a);
            for (size_t i = 1; i < p.n; i++) {
                const double step = time_of(&a, i) - time_of(&a, i - 1);
                cr_assert(step > -1e-6 && step < 0.06, "%s: from %.9g,%.9g a step of %g", way.name,
                          p.re[i - 1], p.im[i - 1], step);
            }
            cr_assert_geq(a.count[p.n - 1], 2 + a.count[0], "%s: way %zu", way.name, k);
        }
    }
}

/* ---- distances ------------------------------------------------------------------------------ */

/* The set's leftmost point is -2, and left of it lies a line of points whose distance is known. */
Test(sample, distances_from_the_tip_are_twice_the_true_ones)
{
    static answer a;
    cloud_way way;
    p.n = 40;
    for (size_t i = 0; i < p.n; i++) {
        p.re[i] = -2.0 - ldexp(1.0, -(int)i);
        p.im[i] = 0.0;
    }
    for (size_t w = 0; cloud_way_at(w, &way); w++) {
        mandel_sampler sampler = sampler_of(&way, 500);
        sampler.pixel = 0.25;
        ask(&sampler, &p, &a);
        for (size_t i = 0; i < p.n && a.count[i] < 500; i++) {
            const double distance = ldexp(1.0, -(int)i) / sampler.pixel;
            const double ratio = (double)a.distance[i] / distance;
            cr_assert(ratio >= 0.5 && ratio < 2.0 + 1e-6, "%s: -2 - 2^-%zu: %g times", way.name, i,
                      ratio);
            cr_assert(i < 10 || ratio > 1.998, "%s: -2 - 2^-%zu: %g times", way.name, i, ratio);
        }
        cr_assert_lt(a.count[20], 500);
    }
}

/* No point of the set is nearer than half of the estimate. */
Test(sample, distances_have_nobody_inside)
{
    static answer a;
    cloud_way way;
    cloud_grid(&p, -0.75, 0.0, 1.5, 45, 45);
    for (size_t w = 0; cloud_way_at(w, &way); w++) {
        const mandel_sampler sampler = sampler_of(&way, 2000);
        ask(&sampler, &p, &a);
        for (size_t i = 0; i < p.n; i++) {
            /* The estimate is one of points that are not far. */
            if (a.count[i] < 6 || a.count[i] == 2000)
                continue;
            cr_assert_gt(a.distance[i], 0.0F);
            for (size_t k = 0; k < p.n; k++) {
                const double distance = hypot(p.re[i] - p.re[k], p.im[i] - p.im[k]);
                cr_assert(a.count[k] < 2000 || distance > 0.49 * (double)a.distance[i],
                          "%s: %g,%g has %g,%g nearer than half of %g", way.name, p.re[i], p.im[i],
                          p.re[k], p.im[k], (double)a.distance[i]);
            }
        }
    }
}

Test(sample, distances_are_in_pixels)
{
    static answer a;
    static answer finer;
    uint64_t seed = 8;
    mandel_sampler sampler = plain_sampler(300);
    cloud_scatter(&p, 1000, &seed);
    ask(&sampler, &p, &a);
    sampler.pixel = 0.125;
    ask(&sampler, &p, &finer);
    for (size_t i = 0; i < p.n; i++)
        cr_assert(finer.distance[i] == 8.0F * a.distance[i]);
}

/* ---- the ends of the numbers ---------------------------------------------------------------- */

/* Whatever the point, colours can be made of its sample: see dump.c. */
Test(sample, points_at_the_ends_of_the_numbers)
{
    static const double numbers[] = {0.0,  5e-324, -1e-310, 1e-20, -1.8, -2.0,   2.0,   0.25,
                                     1e10, 1e20,   -3e38,   1e39,  1e77, -1e155, 1e200, 1e308};
    enum { N = sizeof numbers / sizeof numbers[0] };
    static answer a;
    cloud_way way;
    p.n = N * N;
    for (size_t i = 0; i < p.n; i++) {
        p.re[i] = numbers[i % N];
        p.im[i] = numbers[i / N];
    }
    for (size_t w = 0; cloud_way_at(w, &way); w++) {
        const mandel_sampler sampler = sampler_of(&way, 5000);
        ask(&sampler, &p, &a);
        for (size_t i = 0; i < p.n; i++) {
            cr_assert(a.count[i] >= 1 && a.count[i] <= 5000 &&
                          fabsf(a.fraction[i]) <= (float)MANDEL_LONG && a.distance[i] >= 0.0F &&
                          a.distance[i] <= 1e30F,
                      "%s: point %.17g,%.17g: %u, %g, %g", way.name, p.re[i], p.im[i], a.count[i],
                      (double)a.fraction[i], (double)a.distance[i]);
            cr_assert(hypot(p.re[i], p.im[i]) <= 2.0 || a.count[i] < 5000, "%s: %.17g,%.17g",
                      way.name, p.re[i], p.im[i]);
        }
    }
}

/* The derivative of a point that is nearer than the smallest numbers overflows. */
Test(sample, the_nearest_points_are_not_taken_for_the_farthest)
{
    static answer a;
    const mandel_sampler sampler = plain_sampler(5000);
    p.n = 2;
    p.re[0] = p.re[1] = -1.8;
    p.im[0] = 5e-324;
    p.im[1] = 1e-300;
    ask(&sampler, &p, &a);
    for (size_t i = 0; i < p.n; i++)
        cr_assert(a.count[i] < 5000 && a.distance[i] < 1e-30F, "%u, %g", a.count[i],
                  (double)a.distance[i]);
}
