/* SPDX-License-Identifier: MIT */
/* ordered_checks.c - products of results of every size, against the same product made by one loop
 * with a merge that is not associative: other brackets would show. */
#include "par_iter/base/ordered_checks.h"
#include "par_iter/base/ordered.h"

#include "par_iter/base/blocks.h"

static const size_t sizes[] = {8,    16,   17,   64,   128,  256,       257,
                               1024, 1025, 4096, 4097, 8192, 16 * 1024, 16 * 1024 + 1};
static const size_t counts[] = {1, 2, 3, 4, 5, 7, 8, 9, 31, 33, 127, 128, 129, 700, 1000, 1024};
enum {
    SIZES = sizeof sizes / sizeof sizes[0],
    COUNTS = sizeof counts / sizeof counts[0],
    LARGEST = 16 * 1024 + 1
};

/* What the blocks of a call do, and what is seen of them. */
typedef struct plan {
    size_t size;
    size_t gap; /* blocks that are multiples of it have no result; 0: all have one */
    size_t fails_at;
    atomic_size_t runs;
    atomic_size_t inside;
    atomic_size_t most_inside;
    atomic_size_t misaligned;
} plan;

static bool has_result(const plan *p, size_t block)
{
    return p->gap == 0 || block % p->gap != 0;
}

static uint64_t number_of(size_t block)
{
    uint64_t state = block;
    return random_next(&state);
}

static uint64_t merged(uint64_t left, uint64_t right)
{
    return left * 31 + right * 1000003 + 7;
}

/* The number stands at the beginning; the last byte follows from it. */
static unsigned char last_byte(uint64_t number)
{
    return (unsigned char)(number >> 56 ^ number);
}

static void write_result(char *to, size_t size, uint64_t number)
{
    memcpy(to, &number, sizeof number);
    if (size > sizeof number)
        to[size - 1] = (char)last_byte(number);
}

static uint64_t read_result(const char *from, size_t size)
{
    uint64_t number;
    memcpy(&number, from, sizeof number);
    const bool is_whole =
        size == sizeof number || (unsigned char)from[size - 1] == last_byte(number);
    return is_whole ? number : 0;
}

static void count_in(plan *p)
{
    const size_t inside = atomic_fetch_add(&p->inside, 1) + 1;
    size_t most = atomic_load(&p->most_inside);
    while (inside > most && !atomic_compare_exchange_weak(&p->most_inside, &most, inside))
        ;
}

static int run_block(void *result, bool *has, size_t block, void *arg)
{
    plan *p = arg;
    count_in(p);
    atomic_fetch_add(&p->runs, 1);
    atomic_fetch_add(&p->misaligned, p->size % 64 == 0 && (uintptr_t)result % 64 != 0);
    if (has_result(p, block))
        write_result(result, p->size, number_of(block));
    *has = has_result(p, block);
    yield_times(block % 16 == 0);
    atomic_fetch_sub(&p->inside, 1);
    return block == p->fails_at ? 77 : 0;
}

static void merge(void *left, const void *right, void *ctx)
{
    const plan *p = ctx;
    write_result(left, p->size, merged(read_result(left, p->size), read_result(right, p->size)));
}

/* The same by one loop: neighbours, pairs of them, and so on. False if there is no result. */
static bool product(const plan *p, size_t count, uint64_t *result)
{
    uint64_t numbers[WS_BLOCKS_MAX];
    bool has[WS_BLOCKS_MAX];
    for (size_t i = 0; i < count; i++) {
        numbers[i] = number_of(i);
        has[i] = has_result(p, i);
    }
    for (size_t distance = 1; distance < count; distance *= 2) {
        for (size_t left = 0; left + distance < count; left += 2 * distance) {
            const size_t right = left + distance;
            if (has[left] && has[right])
                numbers[left] = merged(numbers[left], numbers[right]);
            else if (has[right])
                numbers[left] = numbers[right];
            has[left] = has[left] || has[right];
        }
    }
    *result = numbers[0];
    return has[0];
}

static ws_ordered call_of(plan *p, size_t count)
{
    return (ws_ordered){
        .count = count, .size = p->size, .fn = run_block, .arg = p, .merge = merge, .ctx = p};
}

static const char *check_product(plan *p, const ws_ordered *call)
{
    static char result[LARGEST];
    uint64_t expected = 0;
    bool has = false;
    const bool has_expected = product(p, call->count, &expected);
    const int rc = ws_ordered_run(call, result, &has);
    if (rc != 0 || has != has_expected)
        return wrong("%zu results of %zu bytes: code %d", call->count, p->size, rc);
    if (has && read_result(result, p->size) != expected)
        return wrong("%zu results of %zu bytes: other brackets", call->count, p->size);
    if (atomic_load(&p->runs) != call->count || atomic_load(&p->misaligned) != 0)
        return wrong("%zu results of %zu bytes: %zu runs, %zu misaligned", call->count, p->size,
                     atomic_load(&p->runs), atomic_load(&p->misaligned));
    return NULL;
}

static const char *check_products(void *arg)
{
    const size_t *gap = arg;
    const char *problem = NULL;
    for (size_t i = 0; i < SIZES * COUNTS && problem == NULL; i++) {
        plan p = {.size = sizes[i % SIZES], .gap = *gap, .fails_at = SIZE_MAX};
        const ws_ordered call = call_of(&p, counts[i / SIZES]);
        problem = check_product(&p, &call);
    }
    return problem;
}

const char *ordered_sets_brackets_by_the_number_of_blocks(void)
{
    return in_every_pool(check_products, &(size_t){0});
}

const char *ordered_leaves_out_blocks_without_a_result(void)
{
    const char *problem = in_every_pool(check_products, &(size_t){1});
    if (problem == NULL)
        problem = in_every_pool(check_products, &(size_t){2});
    return problem == NULL ? in_every_pool(check_products, &(size_t){3}) : problem;
}

/* ---- codes ---- */

static const char *check_codes(void *arg)
{
    static char result[LARGEST];
    (void)arg;
    for (size_t i = 0; i < SIZES * COUNTS; i++) {
        const size_t count = counts[i / SIZES];
        plan p = {.size = sizes[i % SIZES], .fails_at = count / 3};
        const ws_ordered call = call_of(&p, count);
        bool has = false;
        memset(result, 'x', sizeof result);
        const int rc = ws_ordered_run(&call, result, &has);
        if (rc != 77 || has || result[0] != 'x' || result[p.size - 1] != 'x')
            return wrong("%zu results of %zu bytes: code %d, or a result", count, p.size, rc);
        if (par_num_threads() == 1 && atomic_load(&p.runs) > count / 3 + 1)
            return wrong("%zu results of %zu bytes: %zu runs, %zu were enough", count, p.size,
                         atomic_load(&p.runs), count / 3 + 1);
    }
    return NULL;
}

const char *ordered_stops_at_a_code_and_leaves_the_result(void)
{
    return in_every_pool(check_codes, NULL);
}

/* ---- threads ---- */

static const char *check_bounds(void *arg)
{
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < SIZES * 4 && problem == NULL; i++) {
        plan p = {.size = sizes[i % SIZES], .fails_at = SIZE_MAX};
        ws_ordered call = call_of(&p, 500);
        call.max_threads = 1 + i / SIZES;
        call.unit = 1 + i % 5;
        problem = check_product(&p, &call);
        if (problem == NULL && atomic_load(&p.most_inside) > call.max_threads)
            problem =
                wrong("%zu threads worked, not %zu", atomic_load(&p.most_inside), call.max_threads);
    }
    return problem;
}

const char *ordered_bounds_its_threads(void)
{
    return in_every_pool(check_bounds, NULL);
}
