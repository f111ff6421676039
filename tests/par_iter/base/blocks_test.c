/* SPDX-License-Identifier: MIT */
/* blocks_test.c - the invariants B1 to B4 of blocks.h, for lengths around every bend of the rule.
 */
#include "par_iter/base/blocks.h"

#include <criterion/criterion.h>
#include <stdbool.h>
#include <stdint.h>

static const size_t element_sizes[] = {1, 3, 4, 8, 24, 100, 16384, 100000};
enum { ELEMENT_SIZES = sizeof element_sizes / sizeof element_sizes[0] };

/* Lengths at and beside each power of two, and at and beside `around`. */
static void for_lengths(size_t size, size_t around, void (*check)(size_t n, size_t size))
{
    for (size_t power = 1; power < (size_t)1 << 32; power *= 2) {
        check(power - 1, size);
        check(power, size);
        check(power + 1, size);
    }
    check(around - 1, size);
    check(around, size);
    check(around + 1, size);
    check(7919, size);
    check(1000003, size);
}

static void for_all_lengths(void (*check)(size_t n, size_t size))
{
    for (size_t i = 0; i < ELEMENT_SIZES; i++) {
        const size_t size = element_sizes[i];
        for_lengths(size, (size_t)WS_BLOCKS_FEW * WS_BLOCKS_BYTES / size + 1, check);
        for_lengths(size, (size_t)WS_BLOCKS_MAX * WS_BLOCKS_BYTES / size + 1, check);
    }
}

static void check_cover(size_t n, size_t size)
{
    const ws_blocks blocks = ws_blocks_cut(n, size);
    cr_assert_eq(ws_blocks_begin(&blocks, 0), 0, "n %zu size %zu", n, size);
    cr_assert_eq(ws_blocks_begin(&blocks, blocks.count), n, "n %zu size %zu", n, size);
    size_t previous = SIZE_MAX;
    for (size_t i = 0; i < blocks.count; i++) {
        const size_t length = ws_blocks_begin(&blocks, i + 1) - ws_blocks_begin(&blocks, i);
        cr_assert(length > 0 && length <= previous, "block %zu of n %zu size %zu", i, n, size);
        cr_assert(length == blocks.length || length == blocks.length + 1,
                  "block %zu of n %zu size %zu has %zu", i, n, size, length);
        previous = length;
    }
}

Test(blocks, cover_the_array_evenly)
{
    for_all_lengths(check_cover);
}

static void check_count(size_t n, size_t size)
{
    const size_t count = ws_blocks_cut(n, size).count;
    const size_t least = n < WS_BLOCKS_FEW ? n : WS_BLOCKS_FEW;
    cr_assert(count >= least && count <= WS_BLOCKS_MAX, "n %zu size %zu: %zu", n, size, count);
    const bool is_large = n >= WS_BLOCKS_MAX && n * size / WS_BLOCKS_BYTES >= WS_BLOCKS_MAX;
    cr_assert(!is_large || count == WS_BLOCKS_MAX, "n %zu size %zu: %zu", n, size, count);
}

Test(blocks, are_neither_few_nor_many)
{
    for_all_lengths(check_count);
}

/* More elements are never cut into fewer blocks. */
Test(blocks, grow_with_the_array)
{
    for (size_t i = 0; i < ELEMENT_SIZES; i++) {
        size_t previous = 0;
        for (size_t n = 0; n < 100000; n += 1 + n / 50) {
            const size_t count = ws_blocks_cut(n, element_sizes[i]).count;
            cr_assert(count >= previous, "n %zu size %zu", n, element_sizes[i]);
            previous = count;
        }
    }
}

/* Results of programs depend on the cut: a change of the rule changes their last bits. */
Test(blocks, are_cut_as_they_always_were)
{
    static const struct {
        size_t n, size, count, length, longer;
    } cuts[] = {
        {0, 8, 0, 0, 0},
        {1, 8, 1, 1, 0},
        {127, 8, 127, 1, 0},
        {129, 8, 128, 1, 1},
        {262144, 8, 128, 2048, 0},
        {266240, 8, 130, 2048, 0},
        {1000000, 4, 244, 4098, 88},
        {100000000, 8, 1024, 97656, 256},
    };
    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++) {
        const ws_blocks blocks = ws_blocks_cut(cuts[i].n, cuts[i].size);
        cr_assert(blocks.count == cuts[i].count && blocks.length == cuts[i].length &&
                      blocks.longer == cuts[i].longer,
                  "n %zu size %zu: %zu blocks of %zu, %zu longer", cuts[i].n, cuts[i].size,
                  blocks.count, blocks.length, blocks.longer);
    }
}

/* Does not overflow where the whole array is as large as memory. */
Test(blocks, cut_the_largest_arrays)
{
    check_count(PTRDIFF_MAX, 1);
    check_count(PTRDIFF_MAX / 24, 24);
    check_count(1, PTRDIFF_MAX);
    check_cover(PTRDIFF_MAX, 1);
    check_cover(PTRDIFF_MAX / 24, 24);
    check_cover(1, PTRDIFF_MAX);
}
