/* SPDX-License-Identifier: MIT */
/* ring_test.c - how many slots a deque gets, and what of them costs memory. */
#include "deque/little_memory.h"
#include "deque/ring.h"
#include "support.h"

#include <criterion/criterion.h>
#include <sys/mman.h>

Test(ring, has_as_many_slots_as_asked)
{
    for (size_t capacity = 64; capacity <= (size_t)1 << 20; capacity *= 2) {
        par_detail_slot *slots = NULL;
        cr_assert_eq(ws_ring_reserve(&slots, capacity), capacity);
        cr_assert_not_null(slots);
        cr_assert_eq(slots[0].fn | slots[0].frame, 0);
        cr_assert_eq(slots[capacity - 1].fn | slots[capacity - 1].frame, 0);
        slots[0].fn = 1;
        slots[capacity - 1].frame = 2;
        ws_ring_release(slots, capacity);
    }
}

Test(ring, can_be_larger_than_memory)
{
    const size_t capacity = (size_t)1 << 38; /* 4 TiB */
    par_detail_slot *slots = NULL;
    const size_t reserved = ws_ring_reserve(&slots, capacity);
    cr_assert_gt(reserved, 0);
    cr_assert_leq(reserved, capacity);
    cr_assert_eq(reserved & (reserved - 1), 0);
    slots[reserved - 1].fn = 1;
    ws_ring_release(slots, reserved);
}

Test(ring, is_gone_when_released)
{
    const size_t capacity = 4096;
    const size_t page = (size_t)sysconf(_SC_PAGESIZE);
    par_detail_slot *slots = NULL;
    cr_assert_eq(ws_ring_reserve(&slots, capacity), capacity);
    slots[0].fn = 1;
    ws_ring_release(slots, capacity);
    for (size_t at = 0; at < capacity * sizeof *slots; at += page) {
        const int rc = msync((char *)slots + at, page, MS_ASYNC);
        cr_assert(rc == -1 && errno == ENOMEM, "byte %zu is still there", at);
    }
}

/* ---- where there is little address space ---- */

enum { MIB = 1 << 20, HAS_FEWER = 1, HAS_ALL, HAS_NONE, HAS_WRONG };

static int reserve_a_gibibyte(void *arg)
{
    const size_t capacity = (size_t)MIB * 64;
    par_detail_slot *slots = NULL;
    (void)arg;
    const size_t reserved = ws_ring_reserve(&slots, capacity);
    if (reserved == 0)
        return slots == NULL ? HAS_NONE : HAS_WRONG;
    if (reserved == capacity)
        return HAS_ALL;
    if (slots == NULL || reserved > capacity || (reserved & (reserved - 1)) != 0)
        return HAS_WRONG;
    slots[0].fn = 1;
    slots[reserved - 1].frame = 2; /* a fault here ends the child in another way */
    ws_ring_release(slots, reserved);
    /* As much as there was room for: twice as much cannot be had. */
    void *twice =
        mmap(NULL, 2 * reserved * sizeof *slots, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return twice == MAP_FAILED ? HAS_FEWER : HAS_WRONG;
}

Test(ring, has_fewer_slots_where_there_is_less_space)
{
    cr_assert_eq(little_memory_run(100 * (size_t)MIB, reserve_a_gibibyte, NULL), HAS_FEWER);
    cr_assert_eq(little_memory_run(3 * (size_t)MIB, reserve_a_gibibyte, NULL), HAS_FEWER);
}

Test(ring, has_all_its_slots_where_there_is_space)
{
    cr_assert_eq(little_memory_run(1100 * (size_t)MIB, reserve_a_gibibyte, NULL), HAS_ALL);
}

Test(ring, is_refused_where_there_is_no_space)
{
    cr_assert_eq(little_memory_run(0, reserve_a_gibibyte, NULL), HAS_NONE);
}
