/* SPDX-License-Identifier: MIT */
/* memory_threads.c - what channels allocate, and what happens when there is nothing to be had. The
 * linker sends the library's allocations through allocator.c. */
#include "allocator.h"
#include "stream/elements.h"

/* ---- making ---- */

static const char *make_without(const kind *of, const shape *element)
{
    const size_t before = allocator_live();
    ends all = {NULL, NULL};
    int code = ENOMEM;
    for (int allowed = 0; code == ENOMEM; allowed++) {
        EXPECT(all.sender == NULL && all.receiver == NULL && allocator_live() == before &&
               allowed < 5);
        allocator_end_after(ALLOCATOR_MEMORY, allowed);
        code = ends_make(&all, of, element, NULL);
        allocator_restore(ALLOCATOR_MEMORY);
    }
    EXPECT(code == 0);
    ends_drop(&all);
    EXPECT(allocator_live() == before);
    return NULL;
}

const char *memory_may_be_missing_for_a_channel(void);
const char *memory_may_be_missing_for_a_channel(void)
{
    return each_kind(KINDS, make_without);
}

const char *memory_may_be_missing_for_timers(void);
const char *memory_may_be_missing_for_timers(void)
{
    const size_t before = allocator_live();
    allocator_end_after(ALLOCATOR_MEMORY, 0);
    EXPECT(par_after(5) == NULL && par_tick(5) == NULL && par_never() == NULL);
    allocator_restore(ALLOCATOR_MEMORY);
    par_receiver *never = par_never();
    EXPECT(never != NULL);
    par_receiver_drop(never);
    EXPECT(allocator_live() == before);
    return NULL;
}

/* ---- sending ---- */

/* Elements stay with the sender until there is memory again; those that are in are not lost. */
static const char *send_without(const kind *of, const shape *element)
{
    enum { MANY = 20 };
    static unsigned char some[MANY * MOST_BYTES];
    static unsigned char before[sizeof some];
    ends all;
    size_t sent = 0;
    size_t refusals = 0;
    EXPECT(ends_make(&all, of, element, NULL) == 0);
    for (size_t round = 0; round < 300; round++) {
        for (size_t i = 0; i < MANY; i++)
            element_fill(some + i * element->size, element->size, sent + i);
        memcpy(before, some, sizeof some);
        allocator_end_after(ALLOCATOR_MEMORY, (int)(round % 2));
        size_t accepted = 99;
        const size_t n = round % 3 == 0 ? 1 : MANY;
        const int code = par_send_many(all.sender, some, n, &accepted);
        allocator_restore(ALLOCATOR_MEMORY);
        EXPECT(code == 0 ? accepted == n : code == ENOMEM && accepted < n);
        EXPECT(memcmp(before, some, sizeof some) == 0);
        sent += accepted;
        refusals += code == ENOMEM;
        EXPECT(par_receiver_length(all.receiver) == sent);
    }
    EXPECT(refusals != 0 || element->size == 0);
    for (size_t i = 0; i < sent; i++)
        EXPECT(par_try_recv(all.receiver, some) == 0 && element_is(some, element->size, i));
    EXPECT(par_try_recv(all.receiver, some) == EAGAIN);
    ends_drop(&all);
    return NULL;
}

const char *memory_may_be_missing_for_a_send(void);
const char *memory_may_be_missing_for_a_send(void)
{
    static const kind list = {"list", PAR_UNBOUNDED, 0};
    const size_t before = allocator_live();
    for (size_t s = 0; s < SHAPES; s++) {
        const char *problem = send_without(&list, &shapes[s]);
        if (problem != NULL)
            return wrong("%s (%zu bytes)", problem, shapes[s].size);
    }
    EXPECT(allocator_live() == before);
    return NULL;
}

static int nothing(void *element, void *arg)
{
    (void)element;
    (void)arg;
    return 0;
}

const char *memory_may_be_missing_for_a_loop(void);
const char *memory_may_be_missing_for_a_loop(void)
{
    static const shape large = {5000, 0};
    static const kind list = {"list", PAR_UNBOUNDED, 0};
    static unsigned char element[5000];
    ends all;
    EXPECT(ends_make(&all, &list, &large, NULL) == 0);
    EXPECT(par_send(all.sender, element) == 0);
    allocator_end_after(ALLOCATOR_MEMORY, 0);
    EXPECT(par_channel_for_each(all.receiver, nothing, NULL) == ENOMEM);
    allocator_restore(ALLOCATOR_MEMORY);
    EXPECT(par_receiver_length(all.receiver) == 1);
    ends_drop(&all);
    return NULL;
}

/* ---- what needs none ---- */

typedef struct talk {
    ends all;
    size_t n;
    atomic_size_t problems;
} talk;

static void talk_through(size_t number, void *arg)
{
    talk *both = arg;
    for (size_t i = 0; i < both->n; i++) {
        size_t into = 0;
        size_t chosen = 0;
        par_select_case receive[] = {PAR_SELECT_RECV(both->all.receiver, &into),
                                     PAR_SELECT_RECV(NULL, NULL)};
        const int code = number == 0  ? par_send(both->all.sender, &i)
                         : i % 2 == 0 ? par_recv(both->all.receiver, &into)
                                      : par_select(receive, 2, PAR_FOREVER, NULL, 0, &chosen);
        if (code != 0 || (number != 0 && into != i))
            atomic_fetch_add(&both->problems, 1);
    }
}

const char *memory_is_not_taken_by_bounded_channels(void);
const char *memory_is_not_taken_by_bounded_channels(void)
{
    static crowd all;
    for (size_t k = 0; k < KINDS; k++) {
        if (kinds[k].capacity == PAR_UNBOUNDED)
            continue;
        talk both = {.all = ends_of_numbers(&kinds[k]), .n = scaled(2000)};
        allocator_end_after(ALLOCATOR_MEMORY, 0);
        crowd_start(&all, 2, talk_through, &both);
        crowd_end(&all);
        allocator_restore(ALLOCATOR_MEMORY);
        EXPECT(atomic_load(&both.problems) == 0);
        ends_drop(&both.all);
    }
    return NULL;
}

/* ---- how much ---- */

enum { COUNT = 200000, FIXED = 4096, MALLOC_BYTES = 16 };

/* An element takes its size and at most one byte more, what malloc takes for itself included; and
 * the block that is being filled may be as large as 8 KiB. */
const char *memory_of_lists_is_a_byte_over_their_elements(void);
const char *memory_of_lists_is_a_byte_over_their_elements(void)
{
    static const kind list = {"list", PAR_UNBOUNDED, 0};
    for (size_t s = 0; s < SHAPES; s++) {
        unsigned char element[MOST_BYTES] = {0};
        const size_t stride = shapes[s].align == 4     ? 4
                              : shapes[s].align == 128 ? 128
                              : shapes[s].align == 64  ? 256
                                                       : shapes[s].size;
        const size_t bytes_before = allocator_bytes();
        const size_t before = allocator_allocations();
        ends all;
        EXPECT(ends_make(&all, &list, &shapes[s], NULL) == 0);
        for (size_t i = 0; i < COUNT; i++)
            EXPECT(par_send(all.sender, element) == 0);
        const size_t taken =
            allocator_bytes() - bytes_before + MALLOC_BYTES * (allocator_allocations() - before);
        const size_t beside = shapes[s].align > 16 ? shapes[s].align : 0;
        const size_t most = COUNT * (stride + 1) + FIXED + 8192 + beside * (COUNT / 32);
        ends_drop(&all);
        if (taken > most)
            return wrong("%zu bytes for %d elements of %zu", taken, COUNT, shapes[s].size);
    }
    return NULL;
}

const char *memory_of_bounded_channels_is_that_of_their_elements(void);
const char *memory_of_bounded_channels_is_that_of_their_elements(void)
{
    static const kind array = {"array", COUNT, 0};
    static const shape three = {3, 0};
    const size_t before = allocator_bytes();
    ends all;
    EXPECT(ends_make(&all, &array, &three, NULL) == 0);
    const size_t taken = allocator_bytes() - before;
    ends_drop(&all);
    return taken <= COUNT * 3 + FIXED ? NULL : wrong("%zu bytes", taken);
}

/* One block is kept, so that a channel that is emptied as fast as it is filled allocates nothing.
 */
const char *memory_of_lists_is_used_again(void);
const char *memory_of_lists_is_used_again(void)
{
    static const kind list = {"list", PAR_UNBOUNDED, 0};
    ends all = ends_of_numbers(&list);
    size_t before = 0;
    for (size_t i = 0; i < 100000; i++) {
        if (i == 20000)
            before = allocator_allocations();
        size_t into = 0;
        EXPECT(par_send(all.sender, &i) == 0 && par_recv(all.receiver, &into) == 0 && into == i);
    }
    EXPECT(allocator_allocations() == before);
    ends_drop(&all);
    return NULL;
}

#define MEMORY_CHECKS(X)                                                                           \
    X(memory, may_be_missing_for_a_channel)                                                        \
    X(memory, may_be_missing_for_timers)                                                           \
    X(memory, may_be_missing_for_a_send)                                                           \
    X(memory, may_be_missing_for_a_loop)                                                           \
    X(memory, is_not_taken_by_bounded_channels)                                                    \
    X(memory, of_lists_is_a_byte_over_their_elements)                                              \
    X(memory, of_bounded_channels_is_that_of_their_elements)                                       \
    X(memory, of_lists_is_used_again)

const check checks[] = {MEMORY_CHECKS(CHECK_ROW){NULL, NULL}};
