/* SPDX-License-Identifier: MIT */
/* light_test.c - the tables against the curve of sRGB, computed here. */
#include "mandelbrot/image/light.h"

#include <criterion/criterion.h>
#include <math.h>

/* The light of any sRGB value, whole or not, from 0 to 255. */
static long double curve(long double value)
{
    const long double v = value / 255.0L;
    return v <= 0.04045L ? v / 12.92L : powl((v + 0.055L) / 1.055L, 2.4L);
}

static float before(float light)
{
    return nextafterf(light, -1.0f);
}

static float after(float light)
{
    return nextafterf(light, 2.0f);
}

Test(light, is_the_float_nearest_to_the_curve)
{
    for (unsigned v = 0; v < 256; v++) {
        const float light = mandel_light_of((uint8_t)v);
        const long double off = fabsl((long double)light - curve(v));
        cr_expect_leq(off, fabsl((long double)before(light) - curve(v)), "%u", v);
        cr_expect_leq(off, fabsl((long double)after(light) - curve(v)), "%u", v);
    }
}

Test(light, known_values)
{
    cr_expect(mandel_light_of(0) == 0.0f);
    cr_expect(mandel_light_of(255) == 1.0f);
    cr_expect_float_eq(mandel_light_of(1), 1.0 / 255 / 12.92, 1e-10);
    cr_expect_float_eq(mandel_light_of(128), 0.2158605, 1e-7);
    cr_expect_eq(mandel_light_to_srgb(0.5f), 188);
    cr_expect_eq(mandel_light_to_srgb(0.25f), 137);
    cr_expect_eq(mandel_light_to_srgb(0.001f), 3);
}

Test(light, comes_back)
{
    for (unsigned v = 0; v < 256; v++)
        cr_expect_eq(mandel_light_to_srgb(mandel_light_of((uint8_t)v)), v);
}

Test(light, ascends)
{
    for (unsigned v = 1; v < 256; v++)
        cr_expect_gt(mandel_light_of((uint8_t)v), mandel_light_of((uint8_t)(v - 1)), "%u", v);
    uint8_t last = 0;
    for (float light = 0.0f; light < 1.0f; light += 1.0f / (1 << 20)) {
        const uint8_t value = mandel_light_to_srgb(light);
        cr_assert(value == last || value == last + 1, "%.9g", (double)light);
        last = value;
    }
    cr_assert_eq(last, 255);
}

/* The last float of one value and the first of the next lie on either side of the middle. */
Test(light, values_change_half_way)
{
    for (unsigned v = 1; v < 256; v++) {
        const long double middle = curve((long double)v - 0.5L);
        float light = (float)middle;
        if ((long double)light < middle)
            light = after(light);
        cr_expect_eq(mandel_light_to_srgb(light), v, "%u", v);
        cr_expect_eq(mandel_light_to_srgb(before(light)), v - 1, "%u", v);
    }
}

/* Wherever the guess changes, the value is that of the curve. */
Test(light, is_right_where_the_guess_changes)
{
    for (unsigned i = 1; i < 512; i++) {
        const float edge = (float)i * (float)i / (512.0f * 512.0f);
        const float near[] = {before(edge), edge, after(edge)};
        for (size_t k = 0; k < 3; k++) {
            const long double light = (long double)near[k];
            const unsigned value = mandel_light_to_srgb(near[k]);
            cr_expect(value == 0 || light > curve((long double)value - 0.5L), "%u", i);
            cr_expect(value == 255 || light < curve((long double)value + 0.5L), "%u", i);
        }
    }
}

Test(light, what_is_no_light_is_clamped)
{
    cr_expect_eq(mandel_light_to_srgb(-0.0f), 0);
    cr_expect_eq(mandel_light_to_srgb(-1e-30f), 0);
    cr_expect_eq(mandel_light_to_srgb(-1.0f), 0);
    cr_expect_eq(mandel_light_to_srgb(-INFINITY), 0);
    cr_expect_eq(mandel_light_to_srgb(NAN), 0);
    cr_expect_eq(mandel_light_to_srgb(-NAN), 0);
    cr_expect_eq(mandel_light_to_srgb(1e-45f), 0);
    cr_expect_eq(mandel_light_to_srgb(1.0f), 255);
    cr_expect_eq(mandel_light_to_srgb(after(1.0f)), 255);
    cr_expect_eq(mandel_light_to_srgb(3e38f), 255);
    cr_expect_eq(mandel_light_to_srgb(INFINITY), 255);
}
