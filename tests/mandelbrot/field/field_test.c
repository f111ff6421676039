/* SPDX-License-Identifier: MIT */
/* field_test.c - the samples of all pixels: how large a field can be, and what is put into it. */
#include "mandelbrot/field/field.h"

#include "mandelbrot/field/view.h"

#include <criterion/criterion.h>
#include <errno.h>
#include <string.h>

enum { WIDTH = 13, HEIGHT = 7, PIXELS = WIDTH * HEIGHT };

Test(field, begins_with_zeros)
{
    for (int kinds = 0; kinds < 4; kinds++) {
        const bool has_fractions = (kinds & 1) != 0;
        const bool has_distances = (kinds & 2) != 0;
        mandel_field field;
        cr_assert_eq(mandel_field_init(&field, WIDTH, HEIGHT, has_fractions, has_distances), 0);
        cr_assert(field.width == WIDTH && field.height == HEIGHT);
        cr_assert_eq(field.samples.fraction != NULL, has_fractions);
        cr_assert_eq(field.samples.distance != NULL, has_distances);
        for (size_t i = 0; i < PIXELS; i++) {
            cr_assert_eq(field.samples.count[i], 0);
            cr_assert(!has_fractions || field.samples.fraction[i] == 0.0F);
            cr_assert(!has_distances || field.samples.distance[i] == 0.0F);
        }
        mandel_field_fini(&field);
        cr_assert_null(field.samples.count);
    }
}

/* Each kind is a whole of its own. */
Test(field, kinds_do_not_overlap)
{
    mandel_field field;
    cr_assert_eq(mandel_field_init(&field, WIDTH, HEIGHT, true, true), 0);
    for (size_t i = 0; i < PIXELS; i++) {
        field.samples.count[i] = (uint32_t)i;
        field.samples.fraction[i] = 0.5F + (float)i;
        field.samples.distance[i] = 1000.0F + (float)i;
    }
    for (size_t i = 0; i < PIXELS; i++) {
        cr_assert_eq(field.samples.count[i], i);
        cr_assert(field.samples.fraction[i] == 0.5F + (float)i);
        cr_assert(field.samples.distance[i] == 1000.0F + (float)i);
    }
    mandel_field_fini(&field);
}

Test(field, what_no_machine_has_is_refused)
{
    static const uint32_t sides[][2] = {
        {2147483647, 2147483647}, {2147483647, 1 << 22}, {1 << 22, 2147483647}, {1 << 30, 1 << 30}};
    mandel_field field;
    for (size_t i = 0; i < sizeof sides / sizeof sides[0]; i++) {
        cr_expect_eq(mandel_field_init(&field, sides[i][0], sides[i][1], true, true), ENOMEM);
        cr_expect_null(field.samples.count);
        cr_expect_eq(mandel_field_init(&field, sides[i][0], sides[i][1], false, false), ENOMEM);
        mandel_field_fini(&field); /* frees nothing */
    }
}

Test(field, samples_are_put_where_they_belong)
{
    mandel_field field;
    uint32_t counts[4] = {3, 1, 4, 1};
    float fractions[4] = {0.25F, 0.5F, -0.75F, 1.5F};
    float distances[4] = {2.0F, 7.0F, 1.0F, 8.0F};
    const mandel_samples samples = {counts, fractions, distances};
    for (int kinds = 0; kinds < 4; kinds++) {
        cr_assert_eq(mandel_field_init(&field, WIDTH, HEIGHT, (kinds & 1) != 0, (kinds & 2) != 0),
                     0);
        mandel_field_put(&field, 5, 9, 4, &samples); /* to the end of the row */
        mandel_field_put(&field, 2, 3, 0, &samples);
        for (size_t i = 0; i < PIXELS; i++) {
            const bool is_there = i >= 5 * WIDTH + 9 && i < 5 * WIDTH + 13;
            const size_t k = is_there ? i - (5 * WIDTH + 9) : 0;
            const mandel_samples at = mandel_field_at(&field, i / WIDTH, i % WIDTH);
            cr_assert_eq(at.count, field.samples.count + i);
            cr_assert_eq(at.count[0], is_there ? counts[k] : 0, "pixel %zu", i);
            cr_assert_eq(at.fraction == NULL, (kinds & 1) == 0);
            cr_assert_eq(at.distance == NULL, (kinds & 2) == 0);
            cr_assert(at.fraction == NULL || *at.fraction == (is_there ? fractions[k] : 0.0F));
            cr_assert(at.distance == NULL || *at.distance == (is_there ? distances[k] : 0.0F));
        }
        mandel_field_fini(&field);
    }
}
