/* SPDX-License-Identifier: MIT */
/* sort_test.c - the checks of sort_checks.h under Criterion, and sorts without memory. */
#include "criterion_front.h"
#include "deque/little_memory.h"
#include "par_iter/sort/sort_checks.h"
#include "par_iter/sort/sort_data.h"

SORT_CHECKS(CHECK_TEST)

/* A sanitizer needs more address space than the test leaves. */
#if !SUPPORT_ASAN && !SUPPORT_TSAN

/* More bytes than an arena of the C library has in reserve. */
enum { N = 9000000 };

static sort_item items[N];

static uint32_t key_u32(const void *item, void *ctx)
{
    (void)ctx;
    return ((const sort_item *)item)->key;
}

static void key_of(void *key, const void *item, void *ctx)
{
    *(uint32_t *)key = key_u32(item, ctx);
}

/* How many of the sorts were refused, and left the items alone. */
static int count_refused(void *arg)
{
    (void)arg;
    const int codes[] = {
        par_sort(items, sizeof *items, N, sort_compare, NULL),
        par_sort_by_u32(items, sizeof *items, N, key_u32, NULL),
        par_sort_by_cached_key(items, sizeof *items, N, sizeof(uint32_t), key_of, sort_compare,
                               NULL),
        par_sort_u64((uint64_t *)(void *)items, N),
    };
    int refused = 0;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        refused += codes[i] == ENOMEM;
    for (size_t i = 0; i < N; i++) {
        if (items[i].index != i)
            return 0;
    }
    return refused;
}

Test(sort, leaves_items_alone_without_memory)
{
    enum { TOO_LITTLE = 1 << 20 };
    sort_fill(items, N, SORT_RANDOM);
    cr_assert_eq(par_num_threads() > 0, true);
    const int refused = little_memory_run(TOO_LITTLE, count_refused, NULL);
    cr_assert_eq(refused, 4, "%d", refused);
}

/* In place means without memory too. */
static int sort_in_place(void *arg)
{
    const int rc = par_sort_unstable(items, sizeof *items, N, sort_compare, arg);
    return rc == 0 && sort_judge(items, N, SORT_RANDOM, false) == NULL ? 7 : 1;
}

Test(sort, sorts_in_place_without_memory)
{
    sort_fill(items, N, SORT_RANDOM);
    cr_assert_eq(little_memory_run((size_t)12 << 20, sort_in_place, NULL), 7);
}

#endif
