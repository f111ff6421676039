/* SPDX-License-Identifier: MIT */
/* image_test.c - sizes of images in memory, and the ones that do not fit. */
#include "mandelbrot/image/image.h"

#include <criterion/criterion.h>
#include <errno.h>

Test(image, rows_are_as_long_as_their_pixels)
{
    cr_assert_eq(mandel_image_bytes(MANDEL_LAYOUT_BITS, 1, 1), 1);
    cr_assert_eq(mandel_image_bytes(MANDEL_LAYOUT_BITS, 8, 3), 3);
    cr_assert_eq(mandel_image_bytes(MANDEL_LAYOUT_BITS, 9, 3), 6);
    cr_assert_eq(mandel_image_bytes(MANDEL_LAYOUT_GREY, 9, 3), 27);
    cr_assert_eq(mandel_image_bytes(MANDEL_LAYOUT_RGB, 9, 3), 81);
}

Test(image, begins_as_zeros)
{
    static const mandel_layout layouts[] = {MANDEL_LAYOUT_BITS, MANDEL_LAYOUT_GREY,
                                            MANDEL_LAYOUT_RGB};
    for (size_t k = 0; k < 3; k++) {
        mandel_image image;
        cr_assert_eq(mandel_image_init(&image, layouts[k], 301, 7), 0);
        cr_assert(image.width == 301 && image.height == 7 && image.layout == layouts[k]);
        cr_assert_eq(image.stride * 7, mandel_image_bytes(layouts[k], 301, 7));
        for (size_t i = 0; i < image.stride * 7; i++)
            cr_assert_eq(image.pixels[i], 0);
        mandel_image_fini(&image);
        cr_assert_null(image.pixels);
    }
}

Test(image, what_no_machine_has_is_refused)
{
    const uint32_t most = 2147483647;
    mandel_image image;
    cr_assert_eq(mandel_image_init(&image, MANDEL_LAYOUT_GREY, most, most), ENOMEM);
    cr_assert_eq(mandel_image_init(&image, MANDEL_LAYOUT_RGB, most, most), ENOMEM);
    cr_assert_eq(mandel_image_init(&image, MANDEL_LAYOUT_BITS, most, most), ENOMEM);
}

Test(image, a_size_beyond_any_number_is_told)
{
    const uint32_t most = UINT32_MAX;
    cr_assert_eq(mandel_image_bytes(MANDEL_LAYOUT_RGB, most, most), SIZE_MAX);
    mandel_image image;
    cr_assert_eq(mandel_image_init(&image, MANDEL_LAYOUT_RGB, most, most), ENOMEM);
}
