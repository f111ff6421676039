/* SPDX-License-Identifier: MIT */
/* memory_test.c - blocks that are zero and have their own lines, and reserved address space. */
#include "base/cacheline.h"
#include "base/memory.h"
#include "support.h"

#include <criterion/criterion.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_zero(const unsigned char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] != 0)
            return false;
    }
    return true;
}

Test(memory, blocks_are_zero_and_begin_a_line)
{
    static const size_t sizes[] = {1, 8, 127, 128, 129, 1000, 4096, 100003};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        for (int again = 0; again < 3; again++) {
            unsigned char *block = ws_memory_new(sizes[i]);
            cr_assert_not_null(block);
            cr_assert_eq((size_t)block % WS_CACHELINE, 0, "block of %zu", sizes[i]);
            cr_assert(is_zero(block, sizes[i]), "block of %zu, time %d", sizes[i], again);
            memset(block, 0xA5, sizes[i]); /* for the next block that comes to lie here */
            ws_memory_delete(block);
        }
    }
}

Test(memory, blocks_share_no_line)
{
    enum { BLOCKS = 50 };
    unsigned char *blocks[BLOCKS];
    for (size_t i = 0; i < BLOCKS; i++) {
        blocks[i] = ws_memory_new(i + 1);
        cr_assert_not_null(blocks[i]);
        memset(blocks[i], (int)i + 1, (i + WS_CACHELINE) / WS_CACHELINE * WS_CACHELINE);
    }
    for (size_t i = 0; i < BLOCKS; i++) {
        const size_t last = (i + WS_CACHELINE) / WS_CACHELINE * WS_CACHELINE - 1;
        cr_assert_eq(blocks[i][0], i + 1);
        cr_assert_eq(blocks[i][last], i + 1);
        ws_memory_delete(blocks[i]);
    }
}

Test(memory, nothing_can_be_deleted)
{
    ws_memory_delete(NULL);
}

Test(memory, impossible_blocks_are_refused)
{
    for (size_t i = 0; i < WS_CACHELINE - 1; i++)
        cr_assert_null(ws_memory_new(SIZE_MAX - i), "%zu below the largest", i);
#if !SUPPORT_ASAN && !SUPPORT_TSAN /* which end the program for asking */
    cr_assert_null(ws_memory_new(SIZE_MAX - WS_CACHELINE));
    cr_assert_null(ws_memory_new(SIZE_MAX / 2));
#endif
}

/* How many pages of the range are there. */
static size_t pages_present(void *memory, size_t size, size_t page)
{
    static unsigned char present[1 << 16];
    size_t count = 0;
    cr_assert_leq(size / page, sizeof present);
    cr_assert_eq(mincore(memory, size, present), 0);
    for (size_t i = 0; i < size / page; i++)
        count += present[i] & 1U;
    return count;
}

Test(memory, pages_come_into_being_when_touched)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    const size_t size = 256 * page;
    unsigned char *range = ws_memory_reserve(size);
    cr_assert_not_null(range);
    madvise(range, size, MADV_NOHUGEPAGE); /* else one touch brings many */
    cr_assert_eq((size_t)range % page, 0);
    cr_assert_eq(pages_present(range, size, page), 0);
    cr_assert(is_zero(range, 3 * page));
    range[10 * page + 5] = 1;
    cr_assert_lt(pages_present(range, size, page), 256);
    cr_assert_geq(pages_present(range, size, page), 1);
    cr_assert(is_zero(range + 200 * page, page));
    ws_memory_release(range, size);
}

Test(memory, much_more_can_be_reserved_than_there_is)
{
    const size_t size = (size_t)1 << 42;
    unsigned char *range = ws_memory_reserve(size);
    if (range == NULL)
        cr_skip_test("this system grants no such address space");
    range[0] = 1;
    range[size / 2] = 2;
    range[size - 1] = 3;
    cr_assert_eq(range[0] + range[size / 2] + range[size - 1], 6);
    ws_memory_release(range, size);
}

Test(memory, released_ranges_are_gone)
{
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    unsigned char *range = ws_memory_reserve(3 * page);
    cr_assert_not_null(range);
    range[0] = 1;
    ws_memory_release(range, 3 * page);
    for (size_t i = 0; i < 3; i++) {
        const int rc = msync(range + i * page, page, MS_ASYNC);
        cr_assert(rc == -1 && errno == ENOMEM, "page %zu is still there", i);
    }
}

Test(memory, impossible_ranges_are_refused)
{
    cr_assert_null(ws_memory_reserve(SIZE_MAX / 2));
    cr_assert_null(ws_memory_reserve(0));
}
