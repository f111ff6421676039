/* SPDX-License-Identifier: MIT */
/* arrange_order_checks.c - copies, fills and what reorders arrays, against serial loops. */
#include "par_iter/base/lengths.h"
#include "par_iter/eager/arrange_checks.h"

#include <par/arrange.h>

static const size_t sizes[] = {1, 2, 3, 4, 8, 16, 65, 100};
enum { SIZES = sizeof sizes / sizeof sizes[0], LARGEST = 100, BYTES = 192 * 1024 };

static unsigned char in[BYTES];
static unsigned char out[BYTES];
static unsigned char expected[BYTES];

static void fill_in(void)
{
    uint64_t seed = 5;
    for (size_t i = 0; i < BYTES; i++)
        in[i] = (unsigned char)random_next(&seed);
}

/* What one call does for n elements of `size` bytes, and what it should; NULL if it was right. */
typedef const char *sized_fn(size_t size, size_t n);

static const char *each_size(void *arg)
{
    sized_fn *const fn = *(sized_fn **)arg;
    for (size_t i = 0; i < SIZES; i++) {
        const size_t lengths_of_size[] = {0, 1, 2, 3, 1000, 7919, BYTES / sizes[i]};
        for (size_t k = 0; k < sizeof lengths_of_size / sizeof lengths_of_size[0]; k++) {
            const size_t n = lengths_of_size[k];
            if (n * sizes[i] > BYTES)
                continue;
            const char *problem = fn(sizes[i], n);
            if (problem != NULL)
                return wrong("%s (%zu elements of %zu bytes)", problem, n, sizes[i]);
        }
    }
    return NULL;
}

static const char *in_all_sizes(sized_fn *fn)
{
    fill_in();
    return in_every_pool(each_size, &fn);
}

static const char *judge(int rc, size_t bytes)
{
    if (rc != 0)
        return "returned a code";
    return memcmp(out, expected, bytes) == 0 ? NULL : "differs";
}

/* ---- copy and fill ---- */

static const char *copy(size_t size, size_t n)
{
    memset(out, 0, n * size);
    memcpy(expected, in, n * size);
    return judge(par_copy(out, in, size, n), n * size);
}

const char *arrange_copies(void)
{
    return in_all_sizes(copy);
}

static const char *fill(size_t size, size_t n)
{
    for (size_t i = 0; i < n; i++)
        memcpy(expected + i * size, in, size);
    memset(out, 0, n * size);
    return judge(par_fill(out, in, size, n), n * size);
}

/* A value so large that its repetitions are no pattern. */
static const char *fill_large(void *arg)
{
    (void)arg;
    const char *problem = fill(5000, 7);
    return problem != NULL ? problem : fill(4096, 7);
}

const char *arrange_fills(void)
{
    const char *problem = in_all_sizes(fill);
    return problem != NULL ? problem : in_every_pool(fill_large, NULL);
}

/* ---- in place ---- */

static const char *rev(size_t size, size_t n)
{
    for (size_t i = 0; i < n; i++)
        memcpy(expected + i * size, in + (n - 1 - i) * size, size);
    memcpy(out, in, n * size);
    return judge(par_rev(out, size, n), n * size);
}

const char *arrange_reverses(void)
{
    return in_all_sizes(rev);
}

static const char *rotate(size_t size, size_t n)
{
    const size_t tried[] = {0, n > 0, n / 3, n};
    for (size_t i = 0; i < 4; i++) {
        const size_t by = tried[i];
        memcpy(expected, in + by * size, (n - by) * size);
        memcpy(expected + (n - by) * size, in, by * size);
        memcpy(out, in, n * size);
        const char *problem = judge(par_rotate(out, size, n, by), n * size);
        if (problem != NULL)
            return problem;
    }
    return NULL;
}

const char *arrange_rotates(void)
{
    return in_all_sizes(rotate);
}

/* ---- transpose ---- */

static const char *transpose_shape(size_t size, size_t rows, size_t columns)
{
    for (size_t row = 0; row < rows; row++) {
        for (size_t column = 0; column < columns; column++)
            memcpy(expected + (column * rows + row) * size, in + (row * columns + column) * size,
                   size);
    }
    memset(out, 0, rows * columns * size);
    return judge(par_transpose(out, in, size, rows, columns), rows * columns * size);
}

static const char *transpose(size_t size, size_t n)
{
    const size_t row_counts[] = {0, 1, 64, 129};
    for (size_t i = 0; i < sizeof row_counts / sizeof row_counts[0]; i++) {
        const size_t rows = row_counts[i];
        const char *problem = transpose_shape(size, rows, n / (rows + 1));
        if (problem == NULL)
            problem = transpose_shape(size, n / (rows + 1), rows);
        if (problem != NULL)
            return wrong("%s, %zu rows", problem, rows);
    }
    return NULL;
}

const char *arrange_transposes(void)
{
    return in_all_sizes(transpose);
}

/* ---- shuffle ---- */

enum { SHUFFLED = 300007 };

typedef struct shuffled {
    uint32_t items[SHUFFLED];
    uint32_t first[SHUFFLED]; /* what the first pool made of them */
    uint32_t seen[SHUFFLED];
    bool is_known;
} shuffled;

static const char *shuffle_all(void *arg)
{
    shuffled *all = arg;
    static uint32_t made[SHUFFLED];
    if (par_shuffle(made, all->items, sizeof *made, SHUFFLED, 11) != 0)
        return "returned a code";
    if (all->is_known)
        return memcmp(made, all->first, sizeof made) == 0 ? NULL : "another order";
    memcpy(all->first, made, sizeof made);
    all->is_known = true;
    size_t still = 0;
    for (size_t i = 0; i < SHUFFLED; i++) {
        still += made[i] == i;
        all->seen[made[i]]++;
    }
    for (size_t i = 0; i < SHUFFLED; i++) {
        if (all->seen[i] != 1)
            return wrong("%zu stands there %u times", i, all->seen[i]);
    }
    return still < 20 ? NULL : wrong("%zu elements stay where they are", still);
}

const char *arrange_shuffles_the_same_in_every_pool(void)
{
    static shuffled all;
    memset(&all, 0, sizeof all);
    for (size_t i = 0; i < SHUFFLED; i++)
        all.items[i] = (uint32_t)i;
    return in_every_pool(shuffle_all, &all);
}

/* Of each size, all orders of four elements come about equally often: within 6 standard
 * deviations. */
const char *arrange_shuffles_to_every_order(void)
{
    enum { ORDERS = 256, TIMES = 24000, MEAN = TIMES / 24, WITHIN = 190 };
    for (size_t i = 0; i < SIZES; i++) {
        size_t times[ORDERS] = {0};
        unsigned char four[4 * LARGEST];
        unsigned char made[4 * LARGEST];
        const size_t size = sizes[i];
        for (size_t k = 0; k < 4 * size; k++)
            four[k] = (unsigned char)(k / size);
        for (uint64_t seed = 0; seed < TIMES; seed++) {
            if (par_shuffle(made, four, size, 4, seed) != 0)
                return "returned a code";
            times[made[0] + made[size] * 4 + made[2 * size] * 16 + made[3 * size] * 64]++;
        }
        size_t orders = 0;
        for (size_t k = 0; k < ORDERS; k++) {
            orders += times[k] > 0;
            if (times[k] > 0 && (times[k] < MEAN - WITHIN || times[k] > MEAN + WITHIN))
                return wrong("an order came %zu times, not about %d", times[k], MEAN);
        }
        if (orders != 24)
            return wrong("%zu orders of four elements", orders);
    }
    return NULL;
}
