/* SPDX-License-Identifier: MIT */
/* kernel_inside_test.c - which bits of strips each kernel that runs here sets. */
#include "mandelbrot/field/cloud.h"

#include <criterion/criterion.h>
#include <string.h>

enum { COLUMNS = 1040, BYTES = 200, UNTOUCHED = 0x5a };

/* Where a strip lies, and which of its points are inside. */
typedef struct place {
    double re[COLUMNS];
    double im[MANDEL_STRIP];
    bool is_inside[MANDEL_PRECISIONS][MANDEL_STRIP][COLUMNS];
} place;

static place here;

/* A point is inside after so many updates if one more look does not find that it has escaped. */
static void find_inside(place *at, uint32_t limit)
{
    for (size_t row = 0; row < MANDEL_STRIP; row++) {
        for (size_t i = 0; i < COLUMNS; i++) {
            const double re = at->re[i];
            const double im = at->im[row];
            at->is_inside[MANDEL_DOUBLE][row][i] =
                reference_run(re, im, limit + 1).count == limit + 1;
            at->is_inside[MANDEL_FLOAT][row][i] =
                reference_run_float((float)re, (float)im, limit + 1).count == limit + 1;
        }
    }
}

static void place_at(place *at, double left, double width, double top, double step)
{
    for (size_t i = 0; i < COLUMNS; i++)
        at->re[i] = left + (double)i * width / COLUMNS;
    for (size_t row = 0; row < MANDEL_STRIP; row++)
        at->im[row] = top - (double)row * step;
}

static uint8_t expected_byte(bool is_inside[COLUMNS], size_t columns, size_t byte)
{
    uint8_t bits = 0;
    for (size_t i = 8 * byte; i < 8 * byte + 8; i++)
        bits = (uint8_t)(bits << 1 | (i < columns && is_inside[i]));
    return bits;
}

/* Bytes of bits, and what lies between them and behind the last row. */
static void check_strip(const cloud_way *way, place *at, size_t columns, size_t rows,
                        uint32_t limit, size_t stride)
{
    static uint8_t bits[(MANDEL_STRIP + 1) * BYTES];
    memset(bits, UNTOUCHED, sizeof bits);
    const mandel_strip strip = {.re = at->re,
                                .columns = columns,
                                .im = at->im,
                                .rows = rows,
                                .limit = limit,
                                .bits = bits,
                                .stride = stride};
    const uint64_t updates = way->arithmetic->inside(&strip);
    cr_assert_leq(updates, (uint64_t)limit * columns * rows, "%s", way->name);
    const size_t bytes = (columns + 7) / 8;
    for (size_t k = 0; k < sizeof bits; k++) {
        const size_t row = k / stride;
        const uint8_t expected =
            row < rows && k % stride < bytes
                ? expected_byte(at->is_inside[way->precision][row], columns, k % stride)
                : UNTOUCHED;
        if (bits[k] != expected)
            cr_assert_fail("%s: %zu columns, %zu rows, limit %u, stride %zu: byte %zu of row %zu: "
                           "%02x, not %02x",
                           way->name, columns, rows, limit, stride, k % stride, row, bits[k],
                           expected);
    }
}

static void check_exact(place *at, size_t columns, size_t rows, uint32_t limit, size_t stride)
{
    cloud_way way;
    for (size_t w = 0; cloud_way_at(w, &way); w += 2) {
        if (!way.fast)
            check_strip(&way, at, columns, rows, limit, stride);
    }
}

Test(kernel_inside, every_limit)
{
    for (uint32_t limit = 1; limit <= 60; limit++) {
        place_at(&here, -2.2, 3.0, 0.9, 0.2);
        find_inside(&here, limit);
        for (size_t rows = 1; rows <= MANDEL_STRIP; rows++)
            check_exact(&here, COLUMNS - limit, rows, limit, (COLUMNS + 7) / 8);
    }
}

Test(kernel_inside, every_width)
{
    static const size_t around[] = {0, 8, 16, 24, 32, 64, 128, 256, 512, 528, 1024};
    place_at(&here, -2.2, 3.0, 0.9, 0.2);
    find_inside(&here, 50);
    for (size_t k = 0; k < sizeof around / sizeof around[0]; k++) {
        for (size_t columns = around[k]; columns <= around[k] + 9; columns++) {
            if (columns == 0 && k == 0)
                continue;
            for (size_t rows = 1; rows <= MANDEL_STRIP; rows++) {
                const size_t bytes = (columns + 7) / 8;
                check_exact(&here, columns, rows, 50, bytes);
                check_exact(&here, columns, rows, 50, bytes + 1 + columns % 7);
            }
        }
    }
}

Test(kernel_inside, nothing_of_nothing)
{
    cloud_way way;
    place_at(&here, -2.2, 3.0, 0.9, 0.2);
    for (size_t w = 0; cloud_way_at(w, &way); w += 2) {
        check_strip(&way, &here, 0, MANDEL_STRIP, 50, 1);
        check_strip(&way, &here, 17, 0, 50, 3);
    }
}

/* Where a block's neighbours need more updates, fewer, or all of them. */
Test(kernel_inside, boundaries_at_several_depths)
{
    static const struct view {
        double left;
        double width;
        double top;
        double step;
        uint32_t limit;
    } views[] = {
        {-0.7485, 0.0005, 0.0985, 6e-5, 900}, {-2.1, 0.3, 0.001, 2e-4, 300},
        {-0.3, 0.4, 0.2, 0.05, 200},          {2.5, 6.0, 3.0, 0.7, 100},
        {-0.8, 0.1, 0.01, 0.003, 500},        {-1.41, 0.02, 1e-3, 3e-4, 700},
        {-1e308, 1e308, 1e160, 3e159, 50},    {-3e38, 3e38, 1e39, 3e38, 50},
        {-2.0, 1e-14, 1e-7, 3e-8, 200},
    };
    for (size_t k = 0; k < sizeof views / sizeof views[0]; k++) {
        place_at(&here, views[k].left, views[k].width, views[k].top, views[k].step);
        find_inside(&here, views[k].limit);
        check_exact(&here, COLUMNS, MANDEL_STRIP, views[k].limit, BYTES);
        check_exact(&here, COLUMNS - 11, 3, views[k].limit, BYTES);
    }
}

/* Of any number of columns and rows: what fills up a block must not keep it from ending. */
Test(kernel_inside, an_exterior_is_left_early)
{
    static uint8_t bits[MANDEL_STRIP * BYTES];
    cloud_way way;
    place_at(&here, 1.0, 3.0, 0.9, 0.2);
    for (size_t w = 0; cloud_way_at(w, &way); w += 2) {
        for (size_t columns = 1; columns <= COLUMNS; columns += 23) {
            for (size_t rows = 1; rows <= MANDEL_STRIP; rows++) {
                const mandel_strip strip = {.re = here.re,
                                            .columns = columns,
                                            .im = here.im,
                                            .rows = rows,
                                            .limit = 100000,
                                            .bits = bits,
                                            .stride = BYTES};
                const uint64_t updates = way.arithmetic->inside(&strip);
                cr_assert_leq(updates, 12 * columns * rows, "%s: %zu columns, %zu rows: %zu",
                              way.name, columns, rows, (size_t)updates);
            }
        }
    }
}

/* Points in no order: what is true of a block says nothing of the next one. */
Test(kernel_inside, scattered_columns)
{
    uint64_t seed = 5;
    for (size_t round = 0; round < scaled(40); round++) {
        const uint32_t limit = 1 + (uint32_t)random_below(&seed, 60);
        for (size_t i = 0; i < COLUMNS; i++)
            here.re[i] = -2.2 + 3.0 * cloud_random(&seed);
        for (size_t row = 0; row < MANDEL_STRIP; row++)
            here.im[row] = -1.2 + 2.4 * cloud_random(&seed);
        find_inside(&here, limit);
        check_exact(&here, 1 + random_below(&seed, COLUMNS), 1 + random_below(&seed, MANDEL_STRIP),
                    limit, BYTES);
    }
}

/* In fast arithmetic, bits say the same as counts do. */
static void find_by_counts(const cloud_way *way, place *at, uint32_t limit)
{
    for (size_t row = 0; row < MANDEL_STRIP; row++) {
        static double im[COLUMNS];
        static uint32_t counts[COLUMNS];
        for (size_t i = 0; i < COLUMNS; i++)
            im[i] = at->im[row];
        const mandel_points asked = {
            .re = at->re, .im = im, .n = COLUMNS, .limit = limit + 1, .counts = counts};
        way->arithmetic->count(&asked);
        for (size_t i = 0; i < COLUMNS; i++)
            at->is_inside[way->precision][row][i] = counts[i] == limit + 1;
    }
}

Test(kernel_inside, fast_bits_are_those_of_fast_counts)
{
    static const uint32_t limits[] = {1, 4, 8, 13, 50, 255};
    cloud_way way;
    place_at(&here, -2.2, 3.0, 0.9, 0.2);
    for (size_t w = 4; cloud_way_at(w, &way); w++) {
        if (!way.fast || way.shortcuts)
            continue;
        for (size_t k = 0; k < sizeof limits / sizeof limits[0]; k++) {
            find_by_counts(&way, &here, limits[k]);
            check_strip(&way, &here, COLUMNS, MANDEL_STRIP, limits[k], BYTES);
            check_strip(&way, &here, COLUMNS - 13, 5, limits[k], BYTES - 7);
        }
    }
}
