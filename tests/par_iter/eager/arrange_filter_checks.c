/* SPDX-License-Identifier: MIT */
/* arrange_filter_checks.c - par_filter, par_partition and par_unique give what serial loops give.
 */
#include "par_iter/base/lengths.h"
#include "par_iter/eager/arrange_checks.h"

#include <par/arrange.h>

enum { MANY = 16 * LENGTH_MAX };

static inline bool is_below(uint64_t number, const uint64_t *limit)
{
    return number < *limit;
}

/* Of one `width`. */
static inline bool is_near(uint64_t left, uint64_t right, const uint64_t *width)
{
    return left / *width == right / *width;
}

static inline bool is_equal(uint64_t left, uint64_t right)
{
    return left == right;
}

PAR_DEFINE_FILTER_CTX(below, uint64_t, uint64_t, is_below)
PAR_DEFINE_PARTITION_CTX(below_first, uint64_t, uint64_t, is_below)
PAR_DEFINE_UNIQUE_CTX(steps, uint64_t, uint64_t, is_near)
PAR_DEFINE_UNIQUE(runs, uint64_t, is_equal)

typedef struct arrays {
    uint64_t *in;
    uint64_t *out;
    uint64_t *expected;
} arrays;

typedef const char *length_fn(const arrays *all, size_t n);

typedef struct length_call {
    length_fn *fn;
    arrays all;
} length_call;

static const char *each_length(void *arg)
{
    const length_call *call = arg;
    const char *problem = call->fn(&call->all, scaled(MANY));
    for (size_t i = 0; i < LENGTHS && problem == NULL; i++)
        problem = call->fn(&call->all, lengths[i]);
    return problem;
}

static const char *in_all_lengths(length_fn *fn)
{
    length_call call = {fn,
                        {malloc(MANY * sizeof(uint64_t)), malloc((MANY + 1) * sizeof(uint64_t)),
                         malloc(MANY * sizeof(uint64_t))}};
    const arrays *all = &call.all;
    const char *problem = NULL;
    if (all->in == NULL || all->out == NULL || all->expected == NULL)
        problem = "no memory";
    uint64_t seed = 4;
    for (size_t i = 0; i < MANY && problem == NULL; i++)
        all->in[i] = random_next(&seed) >> 1;
    if (problem == NULL)
        problem = in_every_pool(each_length, &call);
    free(all->in);
    free(all->out);
    free(all->expected);
    return problem;
}

static const char *judge(const arrays *all, size_t n, int rc, size_t got, size_t count)
{
    if (rc != 0)
        return wrong("n %zu: returned %d", n, rc);
    if (got != count)
        return wrong("n %zu: %zu elements, not %zu", n, got, count);
    if (memcmp(all->out, all->expected, count * sizeof *all->out) != 0)
        return wrong("n %zu: differs", n);
    return NULL;
}

/* Limits of which none, few, half, nearly all and all numbers are below. */
static const uint64_t limits[] = {0, UINT64_MAX / 200, UINT64_MAX / 4, UINT64_MAX / 200 * 99,
                                  UINT64_MAX};
enum { LIMITS = sizeof limits / sizeof limits[0] };

/* ---- filter ---- */

static const char *filter_length(const arrays *all, size_t n)
{
    for (size_t k = 0; k < LIMITS; k++) {
        size_t count = 0;
        for (size_t i = 0; i < n; i++) {
            if (all->in[i] < limits[k])
                all->expected[count++] = all->in[i];
        }
        size_t got = 0;
        all->out[n] = 5;
        const int rc = below(all->out, &got, all->in, n, &limits[k]);
        const char *problem = judge(all, n, rc, got, count);
        if (problem != NULL || all->out[n] != 5)
            return problem != NULL ? problem : "written behind the array";
    }
    return NULL;
}

const char *filter_keeps_what_a_serial_loop_keeps(void)
{
    return in_all_lengths(filter_length);
}

/* Keeps each element whose first byte is even; counts elements. */
typedef struct odd_sized {
    size_t size;
    atomic_size_t seen;
} odd_sized;

static ptrdiff_t keep_even(void *out, const void *in, size_t n, void *ctx)
{
    odd_sized *how = ctx;
    const unsigned char *from = in;
    unsigned char *to = out;
    atomic_fetch_add(&how->seen, n);
    for (size_t i = 0; i < n; i++, from += how->size) {
        if (*from % 2 != 0)
            continue;
        memcpy(to, from, how->size);
        to += how->size;
    }
    return (to - (unsigned char *)out) / (ptrdiff_t)how->size;
}

static ptrdiff_t split_even(void *out, const void *in, size_t n, void *ctx)
{
    odd_sized *how = ctx;
    const unsigned char *from = in;
    unsigned char *to = out;
    unsigned char *end = to + n * how->size;
    atomic_fetch_add(&how->seen, n);
    for (size_t i = 0; i < n; i++, from += how->size) {
        if (*from % 2 == 0) {
            memcpy(to, from, how->size);
            to += how->size;
        } else {
            end -= how->size;
            memcpy(end, from, how->size);
        }
    }
    return (to - (unsigned char *)out) / (ptrdiff_t)how->size;
}

enum { SIZED_BYTES = 1200 * 1024 };
static unsigned char sized_in[SIZED_BYTES];
static unsigned char sized_out[SIZED_BYTES];
static unsigned char sized_expected[SIZED_BYTES];

static size_t expect_even(size_t size, size_t n)
{
    size_t kept = 0;
    size_t count = 0;
    for (size_t i = 0; i < n; i++)
        count += sized_in[i * size] % 2 == 0;
    size_t others = count;
    for (size_t i = 0; i < n; i++) {
        const size_t place = sized_in[i * size] % 2 == 0 ? kept++ : others++;
        memcpy(sized_expected + place * size, sized_in + i * size, size);
    }
    return count;
}

static const char *select_size(size_t size, size_t n, bool is_partition)
{
    odd_sized how = {.size = size};
    const size_t count = expect_even(size, n);
    size_t got = 0;
    const int rc = is_partition
                       ? par_partition(sized_out, &got, sized_in, size, n, split_even, &how)
                       : par_filter(sized_out, &got, sized_in, size, n, keep_even, &how);
    if (rc != 0 || got != count)
        return wrong("size %zu: code %d, %zu kept, not %zu", size, rc, got, count);
    if (atomic_load(&how.seen) != n)
        return wrong("size %zu: %zu elements seen, not %zu", size, atomic_load(&how.seen), n);
    return memcmp(sized_out, sized_expected, (is_partition ? n : count) * size) == 0
               ? NULL
               : wrong("size %zu: differs", size);
}

static const char *select_sizes(bool is_partition)
{
    static const size_t sizes[] = {1, 3, 8, 100, 70000, 300000};
    uint64_t seed = 9;
    for (size_t i = 0; i < SIZED_BYTES; i++)
        sized_in[i] = (unsigned char)random_next(&seed);
    const char *problem = NULL;
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0] && problem == NULL; i++) {
        const size_t n = SIZED_BYTES / sizes[i];
        problem = select_size(sizes[i], n, is_partition);
        if (problem == NULL)
            problem = select_size(sizes[i], n / 10, is_partition);
    }
    return problem;
}

static const char *filter_sizes(void *arg)
{
    (void)arg;
    return select_sizes(false);
}

const char *filter_takes_elements_of_any_size(void)
{
    return in_every_pool(filter_sizes, NULL);
}

static ptrdiff_t mark(void *out, const void *in, size_t n, void *ctx)
{
    const uint32_t *from = in;
    (void)out;
    for (size_t i = 0; i < n; i++)
        atomic_fetch_add((atomic_uchar *)ctx + from[i], 1);
    return 0;
}

static const char *mark_all(void *arg)
{
    static uint32_t out[2 * LENGTH_MAX];
    static uint32_t in[2 * LENGTH_MAX];
    static atomic_uchar marks[2 * LENGTH_MAX];
    (void)arg;
    for (size_t i = 0; i < (size_t)2 * LENGTH_MAX; i++) {
        in[i] = (uint32_t)i;
        atomic_store(&marks[i], 0);
    }
    size_t got = 1;
    if (par_filter(out, &got, in, sizeof *in, (size_t)2 * LENGTH_MAX, mark, marks) != 0 || got != 0)
        return "returned a code, or kept some";
    for (size_t i = 0; i < (size_t)2 * LENGTH_MAX; i++) {
        if (atomic_load(&marks[i]) != 1)
            return wrong("element %zu was seen %d times", i, atomic_load(&marks[i]));
    }
    return NULL;
}

const char *filter_sees_each_element_once(void)
{
    return in_every_pool(mark_all, NULL);
}

/* ---- partition ---- */

static const char *partition_length(const arrays *all, size_t n)
{
    for (size_t k = 0; k < LIMITS; k++) {
        size_t count = 0;
        for (size_t i = 0; i < n; i++)
            count += all->in[i] < limits[k];
        size_t kept = 0;
        size_t others = count;
        for (size_t i = 0; i < n; i++)
            all->expected[all->in[i] < limits[k] ? kept++ : others++] = all->in[i];
        size_t got = 0;
        all->out[n] = 5;
        const int rc = below_first(all->out, &got, all->in, n, &limits[k]);
        if (rc == 0 && got != count)
            return wrong("n %zu: %zu kept, not %zu", n, got, count);
        const char *problem = judge(all, n, rc, n, n);
        if (problem != NULL || all->out[n] != 5)
            return problem != NULL ? problem : "written behind the array";
    }
    return NULL;
}

const char *partition_puts_what_it_keeps_first(void)
{
    return in_all_lengths(partition_length);
}

static const char *partition_sizes(void *arg)
{
    (void)arg;
    return select_sizes(true);
}

const char *partition_takes_elements_of_any_size(void)
{
    return in_every_pool(partition_sizes, NULL);
}

/* ---- unique ---- */

static const char *unique_length(const arrays *all, size_t n)
{
    static const uint64_t widths[] = {1, UINT64_MAX / 8, UINT64_MAX};
    for (size_t k = 0; k < 3; k++) {
        size_t count = 0;
        for (size_t i = 0; i < n; i++) {
            if (i == 0 || all->in[i] / widths[k] != all->in[i - 1] / widths[k])
                all->expected[count++] = all->in[i];
        }
        size_t got = 0;
        const int rc = widths[k] == 1 ? runs(all->out, &got, all->in, n)
                                      : steps(all->out, &got, all->in, n, &widths[k]);
        const char *problem = judge(all, n, rc, got, count);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

const char *unique_drops_repeated_neighbours(void)
{
    return in_all_lengths(unique_length);
}
