/* SPDX-License-Identifier: MIT */
/* write_pnm.c - see write_pnm.h. The image's rows are the file's rows. */
#include "mandelbrot/image/write_pnm.h"

#include <errno.h>

int mandel_write_pnm(const mandel_image *image, FILE *stream)
{
    static const char digits[] = {
        [MANDEL_LAYOUT_BITS] = '4', [MANDEL_LAYOUT_GREY] = '5', [MANDEL_LAYOUT_RGB] = '6'};
    const char *const depth = image->layout == MANDEL_LAYOUT_BITS ? "" : "255\n";
    const size_t bytes = image->stride * image->height;
    errno = 0;
    if (fprintf(stream, "P%c\n%lu %lu\n%s", digits[image->layout], (unsigned long)image->width,
                (unsigned long)image->height, depth) < 0 ||
        fwrite(image->pixels, 1, bytes, stream) != bytes)
        return errno != 0 ? errno : EIO;
    return 0;
}
