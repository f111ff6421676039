/* SPDX-License-Identifier: MIT */
/* memory_test.c - large pieces are zeros, and those that the machine does not have are refused. */
#include "mandelbrot/base/memory.h"

#include <criterion/criterion.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sysinfo.h>

static size_t first_other_than_zero(const unsigned char *bytes, size_t n)
{
    size_t i = 0;
    while (i < n && bytes[i] == 0)
        i++;
    return i;
}

Test(memory, it_is_zeros)
{
    static const size_t sizes[][2] = {{1, 1}, {3, 5}, {1000, 12}, {1 << 20, 3}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        const size_t n = sizes[i][0] * sizes[i][1];
        /* What was used before may come back. */
        unsigned char *const used = malloc(n);
        cr_assert_not_null(used);
        memset(used, 0xa5, n);
        cr_assert_eq(used[n / 2], 0xa5);
        free(used);
        unsigned char *const bytes = mandel_memory_zeros(sizes[i][0], sizes[i][1]);
        cr_assert_not_null(bytes);
        cr_assert_eq(first_other_than_zero(bytes, n), n);
        memset(bytes, 1, n);
        free(bytes);
    }
}

Test(memory, nothing_can_be_asked_for)
{
    free(mandel_memory_zeros(0, 4));
    free(mandel_memory_zeros(4, 0));
    free(mandel_memory_zeros(SIZE_MAX, 0));
}

/* Each product is a small number if it is not looked at. */
Test(memory, sizes_that_no_number_can_tell_are_refused)
{
    cr_assert_null(mandel_memory_zeros(SIZE_MAX / 4 + 2, 4));
    cr_assert_null(mandel_memory_zeros(4, SIZE_MAX / 4 + 2));
    cr_assert_null(mandel_memory_zeros(SIZE_MAX / 2 + 1, 2));
    cr_assert_null(mandel_memory_zeros(SIZE_MAX, SIZE_MAX));
}

/* The system would promise some of these. */
Test(memory, more_than_the_machine_has_is_refused)
{
    struct sysinfo info;
    cr_assert_eq(sysinfo(&info), 0);
    const size_t all = (info.totalram + info.totalswap) * info.mem_unit;
    cr_assert_null(mandel_memory_zeros(all, 1));
    cr_assert_null(mandel_memory_zeros(all / 4 + 1, 4));
    cr_assert_null(mandel_memory_zeros(1, all + 1));
    cr_assert_null(mandel_memory_zeros(SIZE_MAX / 2, 1));
    cr_assert_null(mandel_memory_zeros(SIZE_MAX, 1));
}
