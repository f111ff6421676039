/* SPDX-License-Identifier: MIT */
/* shade_place_test.c - which place in the palette a sample has, by each colouring. */
#include "mandelbrot/image/ramp.h"

#include <criterion/criterion.h>
#include <stdlib.h>

/* ---- smooth --------------------------------------------------------------------------------- */

static int difference(mandel_rgb a, mandel_rgb b)
{
    const int red = abs(a.red - b.red);
    const int green = abs(a.green - b.green);
    const int blue = abs(a.blue - b.blue);
    const int more = red > green ? red : green;
    return more > blue ? more : blue;
}

Test(shade, smooth_passes_all_colours_and_begins_anew)
{
    const mandel_palette *const palette = &mandel_palette_at(0)->palette;
    mandel_shade shade = ramp_shade(MANDEL_COLOUR_SMOOTH, 1000, palette, 64.0);
    for (uint32_t i = 0; i < palette->n; i++) {
        const uint32_t count = (uint32_t)(64 * i / palette->n);
        cr_assert(ramp_same(ramp_pixel(&shade, count, 0.0F, 0.0F), palette->colours[i]), "%u", i);
    }
    for (uint32_t i = 0; i < 64 * 64; i++) {
        const float fraction = (float)(i % 64) / 64.0F;
        const mandel_rgb first = ramp_pixel(&shade, i / 64, fraction, 0.0F);
        for (uint32_t turn = 1; turn < 4; turn++)
            cr_assert(ramp_same(ramp_pixel(&shade, i / 64 + 64 * turn, fraction, 0.0F), first));
    }
    mandel_shade_fini(&shade);
}

/* A duration may be said in several ways near a whole number. */
Test(shade, smooth_has_no_steps)
{
    enum { PER_UPDATE = 64, PERIOD = 64, MOST = 8 };
    for (size_t k = 0; mandel_palette_at(k) != NULL; k++) {
        const mandel_palette *const palette = &mandel_palette_at(k)->palette;
        mandel_shade shade = ramp_shade(MANDEL_COLOUR_SMOOTH, 1000, palette, PERIOD);
        mandel_rgb last = ramp_pixel(&shade, 0, 0.0F, 0.0F);
        for (uint32_t i = 0; i < 3 * PERIOD * PER_UPDATE; i++) {
            const float fraction = (float)(i % PER_UPDATE) / PER_UPDATE;
            const uint32_t count = i / PER_UPDATE;
            const mandel_rgb now = ramp_pixel(&shade, count, fraction, 0.0F);
            cr_assert_leq(difference(last, now), MOST, "palette %zu, %u/%d", k, i, PER_UPDATE);
            cr_assert(ramp_same(now, ramp_pixel(&shade, count + 1, fraction - 1.0F, 0.0F)));
            if (count > 0)
                cr_assert(ramp_same(now, ramp_pixel(&shade, count - 1, fraction + 1.0F, 0.0F)));
            last = now;
        }
        mandel_shade_fini(&shade);
    }
}

Test(shade, smooth_begins_at_the_first_colour)
{
    mandel_shade shade = ramp_shade(MANDEL_COLOUR_SMOOTH, 1000, &ramp, 64.0);
    cr_assert(ramp_red(&shade, 0, -0.75F, 0.0F) == 0.0F);
    cr_assert(ramp_red(&shade, 3, -4.0F, 0.0F) == 0.0F);
    cr_assert(ramp_red(&shade, 0, 0.0F, 0.0F) == 0.0F);
    cr_assert(ramp_red(&shade, 32, 0.0F, 0.0F) == 1.0F);
    mandel_shade_fini(&shade);
}

/* Far beyond what makes sense, but a colour. */
Test(shade, any_period_gives_a_colour)
{
    static const double periods[] = {5e-324, 1e-300, 1e-12, 1e-3, 1e12, 1e308};
    static const mandel_colouring with_period[] = {MANDEL_COLOUR_SMOOTH, MANDEL_COLOUR_DISTANCE};
    static const float distances[] = {0.0F, 1e-30F, 1.0F, 1e30F};
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        for (size_t k = 0; k < 2; k++) {
            mandel_shade shade = ramp_shade(with_period[k], 1000000000, &ramp, periods[i]);
            for (uint32_t count = 1; count < 1000000000; count *= 7) {
                for (size_t n = 0; n < 4; n++) {
                    const float red = ramp_red(&shade, count, 0.3F, distances[n]);
                    cr_assert(red >= 0.0F && red <= 1.0F, "%g", periods[i]);
                }
            }
            mandel_shade_fini(&shade);
        }
    }
}

/* ---- histogram ------------------------------------------------------------------------------ */

enum { MANY = 20000 };

/* Most of them short and some very long, as in pictures. */
static void make_durations(uint32_t *counts, float *fractions)
{
    uint32_t seed = 7;
    for (size_t i = 0; i < MANY; i++) {
        seed = seed * 1664525u + 1013904223u;
        counts[i] = 3 + (seed >> 16) % 4 * ((seed >> 20) % 11) * ((seed >> 24) % 97);
        fractions[i] = (float)(seed >> 8 & 0xff) / 256.0F;
    }
}

Test(shade, shares_ascend_from_nothing_to_all)
{
    uint32_t *const counts = calloc(MANY, sizeof *counts);
    float *const fractions = calloc(MANY, sizeof *fractions);
    make_durations(counts, fractions);
    mandel_shade shade = ramp_shade(MANDEL_COLOUR_HISTOGRAM, 100000, &ramp, 0.0);
    ramp_take(&shade, &(mandel_samples){.count = counts, .fraction = fractions}, MANY);
    cr_assert(shade.share[0] == 0.0F);
    cr_assert(shade.share[MANDEL_SHADE_BINS] == 1.0F);
    for (size_t i = 0; i < MANDEL_SHADE_BINS; i++)
        cr_assert(shade.share[i] <= shade.share[i + 1], "bin %zu", i);
    mandel_shade_fini(&shade);
    free(counts);
    free(fractions);
}

/* A tenth of the pixels takes a tenth of the palette, wherever they are. */
Test(shade, histogram_uses_all_colours_alike)
{
    enum { PARTS = 10 };
    uint32_t *const counts = calloc(MANY, sizeof *counts);
    float *const fractions = calloc(MANY, sizeof *fractions);
    make_durations(counts, fractions);
    mandel_shade shade = ramp_shade(MANDEL_COLOUR_HISTOGRAM, 100000, &ramp, 0.0);
    ramp_take(&shade, &(mandel_samples){.count = counts, .fraction = fractions}, MANY);
    size_t below[PARTS + 1] = {0};
    for (size_t i = 0; i < MANY; i++) {
        const float red = ramp_red(&shade, counts[i], fractions[i], 0.0F);
        for (size_t k = 0; k <= PARTS; k++)
            below[k] += red < (float)k / PARTS;
    }
    for (size_t k = 0; k < PARTS; k++)
        cr_expect_float_eq((double)below[k] / MANY, (double)k / PARTS, 0.01, "%zu: %zu", k,
                           below[k]);
    mandel_shade_fini(&shade);
    free(counts);
    free(fractions);
}

Test(shade, what_takes_longer_is_further_along)
{
    uint32_t *const counts = calloc(MANY, sizeof *counts);
    float *const fractions = calloc(MANY, sizeof *fractions);
    make_durations(counts, fractions);
    mandel_shade shade = ramp_shade(MANDEL_COLOUR_HISTOGRAM, 100000, &ramp, 0.0);
    ramp_take(&shade, &(mandel_samples){.count = counts, .fraction = fractions}, MANY);
    float last = 0.0F;
    for (uint32_t i = 0; i < 5000 * 8; i++) {
        const float red = ramp_red(&shade, i / 8, (float)(i % 8) / 8.0F, 0.0F);
        cr_assert(red >= last, "%u/8", i);
        last = red;
    }
    mandel_shade_fini(&shade);
    free(counts);
    free(fractions);
}

/* Also the first duration of an octave and the last one before it, and what is less than nothing.
 */
Test(shade, every_duration_has_a_bin)
{
    enum { LIMIT = 1000000000 };
    uint64_t *const bins = calloc(MANDEL_SHADE_BINS, sizeof *bins);
    mandel_shade shade = ramp_shade(MANDEL_COLOUR_HISTOGRAM, LIMIT, &ramp, 0.0);
    size_t last = 0;
    for (uint64_t step = 0; step < 30 * 64; step++) {
        const uint64_t octave = UINT64_C(1) << step / 64;
        const uint64_t exact = octave + octave * (step % 64) / 64 - 1;
        uint32_t count = exact < LIMIT ? (uint32_t)exact : LIMIT - 1;
        float fraction = step == 0 ? -0.5F : step == 30 * 64 - 1 ? 128.0F : 0.0F;
        mandel_shade_count(&shade, &(mandel_samples){.count = &count, .fraction = &fraction}, 1,
                           bins);
        size_t bin = 0;
        while (bin < MANDEL_SHADE_BINS && bins[bin] == 0)
            bin++;
        cr_assert_lt(bin, MANDEL_SHADE_BINS, "%u", count);
        cr_assert_geq(bin, last, "%u", count);
        cr_assert_eq(bins[bin], 1);
        bins[bin] = 0;
        last = bin;
    }
    mandel_shade_fini(&shade);
    free(bins);
}

/* Nothing has escaped, or nothing that was counted. */
Test(shade, an_empty_histogram_has_colours_too)
{
    uint32_t counts[3] = {50, 50, 50};
    float fractions[3] = {0};
    mandel_shade shade = ramp_shade(MANDEL_COLOUR_HISTOGRAM, 50, &ramp, 0.0);
    ramp_take(&shade, &(mandel_samples){.count = counts, .fraction = fractions}, 3);
    for (size_t i = 0; i <= MANDEL_SHADE_BINS; i++)
        cr_assert(shade.share[i] == 0.0F);
    cr_assert(ramp_same(ramp_pixel(&shade, 50, 0.0F, 0.0F), ramp.inside));
    cr_assert(ramp_same(ramp_pixel(&shade, 7, 0.5F, 0.0F), ramp.colours[0]));
    mandel_shade_fini(&shade);
}

Test(shade, the_inside_is_not_counted)
{
    uint32_t counts[5] = {100, 1, 100, 9, 100};
    float fractions[5] = {0};
    mandel_shade shade = ramp_shade(MANDEL_COLOUR_HISTOGRAM, 100, &ramp, 0.0);
    ramp_take(&shade, &(mandel_samples){.count = counts, .fraction = fractions}, 5);
    cr_assert(ramp_red(&shade, 0, 0.0F, 0.0F) == 0.0F);
    cr_assert_float_eq(ramp_red(&shade, 5, 0.0F, 0.0F), 0.5F, 0.001F);
    cr_assert(ramp_red(&shade, 20, 0.0F, 0.0F) == 1.0F);
    mandel_shade_fini(&shade);
}

/* A duration of 1 begins a bin of 1/512. */
Test(shade, only_what_takes_less_long_counts)
{
    uint32_t count = 1;
    float fraction = 0.0F;
    mandel_shade shade = ramp_shade(MANDEL_COLOUR_HISTOGRAM, 100, &ramp, 0.0);
    ramp_take(&shade, &(mandel_samples){.count = &count, .fraction = &fraction}, 1);
    cr_assert(ramp_red(&shade, 0, 0.999F, 0.0F) == 0.0F);
    cr_assert(ramp_red(&shade, 1, 0.0F, 0.0F) == 0.0F);
    cr_assert_float_eq(ramp_red(&shade, 1, 1.0F / 1024, 0.0F), 0.5F, 0.001F);
    cr_assert(ramp_red(&shade, 1, 1.0F / 512, 0.0F) == 1.0F);
    mandel_shade_fini(&shade);
}

Test(shade, a_second_histogram_replaces_the_first)
{
    uint32_t early = 1;
    uint32_t late = 90;
    float fraction = 0.0F;
    mandel_shade shade = ramp_shade(MANDEL_COLOUR_HISTOGRAM, 100, &ramp, 0.0);
    ramp_take(&shade, &(mandel_samples){.count = &early, .fraction = &fraction}, 1);
    cr_assert(ramp_red(&shade, 40, 0.0F, 0.0F) == 1.0F);
    ramp_take(&shade, &(mandel_samples){.count = &late, .fraction = &fraction}, 1);
    cr_assert(ramp_red(&shade, 40, 0.0F, 0.0F) == 0.0F);
    mandel_shade_fini(&shade);
}

/* ---- distance ------------------------------------------------------------------------------- */

Test(shade, distance_goes_along_the_palette_once)
{
    mandel_shade shade = ramp_shade(MANDEL_COLOUR_DISTANCE, 100, &ramp, 8.0);
    cr_assert(ramp_red(&shade, 5, 0.0F, 0.0F) == 0.0F);
    cr_assert_float_eq(ramp_red(&shade, 5, 0.0F, 8.0F), 0.5F, 0.001F);
    cr_assert(ramp_red(&shade, 5, 0.0F, 1e30F) == 1.0F);
    float last = 0.0F;
    for (float distance = 0.001F; distance < 1e6F; distance *= 1.1F) {
        const float red = ramp_red(&shade, 5, 0.0F, distance);
        cr_assert(red >= last, "%g", (double)distance);
        last = red;
    }
    mandel_shade_fini(&shade);
}
