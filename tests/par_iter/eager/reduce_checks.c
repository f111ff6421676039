/* SPDX-License-Identifier: MIT */
/* reduce_checks.c - results of par_reduce and par_reduce_with: the order of elements, the blocks,
 * and the bits of floating-point sums. */
#include "par_iter/eager/reduce_checks.h"
#include "par_iter/base/lengths.h"

/* ---- order ---- */

/* x -> a * x + b modulo 2^32. Composition is associative and does not commute. */
typedef struct affine {
    uint32_t a;
    uint32_t b;
} affine;

/* First f, then g. */
static affine then(affine f, affine g)
{
    return (affine){g.a * f.a, g.a * f.b + g.b};
}

static ptrdiff_t compose(void *out, const void *in, size_t n, void *ctx)
{
    affine *acc = out;
    const affine *maps = in;
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        *acc = then(*acc, maps[i]);
    return 0;
}

static void merge_affine(void *left, const void *right, void *ctx)
{
    (void)ctx;
    *(affine *)left = then(*(const affine *)left, *(const affine *)right);
}

static affine *random_maps(void)
{
    affine *maps = malloc(LENGTH_MAX * sizeof *maps);
    uint64_t seed = 2;
    for (size_t i = 0; maps != NULL && i < LENGTH_MAX; i++)
        maps[i] = (affine){(uint32_t)random_next(&seed) | 1, (uint32_t)random_next(&seed)};
    return maps;
}

static const char *judge_order(size_t n, int rc, affine result, affine expected)
{
    if (rc != 0)
        return wrong("n %zu: returned %d", n, rc);
    if (result.a != expected.a || result.b != expected.b)
        return wrong("n %zu: (%u, %u), not (%u, %u)", n, result.a, result.b, expected.a,
                     expected.b);
    return NULL;
}

static const char *compose_lengths(void *arg)
{
    const affine *maps = arg;
    const char *problem = NULL;
    for (size_t i = 0; i < LENGTHS && problem == NULL; i++) {
        affine expected = {1, 0};
        (void)compose(&expected, maps, lengths[i], NULL);
        affine acc = {1, 0};
        const int rc = par_reduce(&acc, sizeof acc, maps, sizeof *maps, lengths[i], compose,
                                  merge_affine, NULL);
        problem = judge_order(lengths[i], rc, acc, expected);
    }
    return problem;
}

const char *reduce_keeps_the_order_of_elements(void)
{
    affine *maps = random_maps();
    const char *problem = maps == NULL ? "no memory" : in_every_pool(compose_lengths, maps);
    free(maps);
    return problem;
}

static const char *compose_lengths_without_identity(void *arg)
{
    const affine *maps = arg;
    const char *problem = NULL;
    for (size_t i = 0; i < LENGTHS && problem == NULL; i++) {
        const size_t n = lengths[i];
        affine expected = {5, 6};
        if (n > 0) {
            expected = maps[0];
            (void)compose(&expected, maps + 1, n - 1, NULL);
        }
        affine result = {5, 6};
        const int rc = par_reduce_with(&result, maps, sizeof *maps, n, compose, merge_affine, NULL);
        problem = judge_order(n, n == 0 && rc == ENODATA ? 0 : rc, result, expected);
    }
    return problem;
}

const char *reduce_with_keeps_the_order_of_elements(void)
{
    affine *maps = random_maps();
    const char *problem =
        maps == NULL ? "no memory" : in_every_pool(compose_lengths_without_identity, maps);
    free(maps);
    return problem;
}

/* ---- blocks ---- */

typedef struct visit {
    size_t first;
    size_t n;
    size_t blocks;
} visit;

/* An element is its own index. */
static ptrdiff_t note_visit(void *out, const void *in, size_t n, void *ctx)
{
    visit *acc = out;
    (void)ctx;
    if (acc->blocks != 0 || n == 0)
        return -1;
    *acc = (visit){*(const uint64_t *)in, n, 1};
    return 0;
}

/* `right` must come directly after `left`; blocks 0 says that it did not. */
static void merge_visits(void *left, const void *right, void *ctx)
{
    visit *before = left;
    const visit *after = right;
    (void)ctx;
    if (before->first + before->n != after->first || before->blocks == 0) {
        before->blocks = 0;
        return;
    }
    before->n += after->n;
    before->blocks += after->blocks;
}

static const char *visit_lengths(void *arg)
{
    const uint64_t *indices = arg;
    for (size_t i = 1; i < LENGTHS; i++) {
        const size_t n = lengths[i];
        visit acc = {0, 0, 0};
        const int rc = par_reduce(&acc, sizeof acc, indices, sizeof *indices, n, note_visit,
                                  merge_visits, NULL);
        const size_t blocks = ws_blocks_cut(n, sizeof *indices).count;
        if (rc != 0 || acc.n != n || acc.blocks != blocks)
            return wrong("n %zu: code %d, %zu elements in %zu blocks, not %zu", n, rc, acc.n,
                         acc.blocks, blocks);
    }
    return NULL;
}

const char *reduce_begins_each_block_from_the_identity(void)
{
    uint64_t *indices = malloc(LENGTH_MAX * sizeof *indices);
    if (indices == NULL)
        return "no memory";
    for (size_t i = 0; i < LENGTH_MAX; i++)
        indices[i] = i;
    const char *problem = in_every_pool(visit_lengths, indices);
    free(indices);
    return problem;
}

static ptrdiff_t count_folded(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    atomic_fetch_add((atomic_size_t *)ctx, n);
    return 0;
}

static void merge_nothing(void *left, const void *right, void *ctx)
{
    (void)left;
    (void)right;
    (void)ctx;
}

static const char *count_lengths(void *arg)
{
    static uint64_t zeros[LENGTH_MAX];
    (void)arg;
    for (size_t i = 1; i < LENGTHS; i++) {
        const size_t n = lengths[i];
        atomic_size_t folded = 0;
        uint64_t result;
        const int rc =
            par_reduce_with(&result, zeros, sizeof *zeros, n, count_folded, merge_nothing, &folded);
        const size_t expected = n - ws_blocks_cut(n, sizeof *zeros).count;
        if (rc != 0 || atomic_load(&folded) != expected)
            return wrong("n %zu: code %d, %zu elements folded, not %zu", n, rc,
                         atomic_load(&folded), expected);
    }
    return NULL;
}

const char *reduce_with_folds_no_first_element(void)
{
    return in_every_pool(count_lengths, NULL);
}

/* ---- floating point ---- */

static ptrdiff_t add_all(void *out, const void *in, size_t n, void *ctx)
{
    double sum = *(double *)out;
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        sum += ((const double *)in)[i];
    *(double *)out = sum;
    return 0;
}

static void merge_sums(void *left, const void *right, void *ctx)
{
    (void)ctx;
    *(double *)left += *(const double *)right;
}

/* The sum as the header promises it: blocks by length alone, merged pair by pair. */
static double sum_in_blocks(const double *numbers, size_t n, bool has_identity)
{
    const ws_blocks blocks = ws_blocks_cut(n, sizeof *numbers);
    double sums[WS_BLOCKS_MAX];
    for (size_t i = 0; i < blocks.count; i++) {
        const double *from = numbers + ws_blocks_begin(&blocks, i);
        const double *const end = numbers + ws_blocks_begin(&blocks, i + 1);
        sums[i] = has_identity ? 0 : *from++;
        for (; from < end; from++)
            sums[i] += *from;
    }
    for (size_t distance = 1; distance < blocks.count; distance *= 2)
        for (size_t left = 0; left + distance < blocks.count; left += 2 * distance)
            sums[left] += sums[left + distance];
    return sums[0];
}

static const char *sum_lengths(const double *numbers, bool has_identity)
{
    for (size_t i = 1; i < LENGTHS; i++) {
        const size_t n = lengths[i];
        const double expected = sum_in_blocks(numbers, n, has_identity);
        double sum = 0;
        const int rc =
            has_identity
                ? par_reduce(&sum, sizeof sum, numbers, sizeof sum, n, add_all, merge_sums, NULL)
                : par_reduce_with(&sum, numbers, sizeof sum, n, add_all, merge_sums, NULL);
        if (rc != 0 || memcmp(&sum, &expected, sizeof sum) != 0)
            return wrong("n %zu: code %d, %.17g, not %.17g", n, rc, sum, expected);
    }
    return NULL;
}

static const char *sum_from_identity(void *arg)
{
    return sum_lengths(arg, true);
}

static const char *sum_from_first(void *arg)
{
    return sum_lengths(arg, false);
}

/* Numbers of very different size, whose sum in another order has other bits. */
static const char *sum_in_pools(inside_fn *sum)
{
    double *numbers = malloc(LENGTH_MAX * sizeof *numbers);
    if (numbers == NULL)
        return "no memory";
    uint64_t seed = 3;
    for (size_t i = 0; i < LENGTH_MAX; i++)
        numbers[i] = (double)(int64_t)random_next(&seed) / (double)(random_next(&seed) >> 1);
    double forward = 0;
    double backward = 0;
    for (size_t i = 0; i < LENGTH_MAX; i++) {
        forward += numbers[i];
        backward += numbers[LENGTH_MAX - 1 - i];
    }
    const char *problem = "the numbers show no order";
    if (memcmp(&forward, &backward, sizeof forward) != 0)
        problem = in_every_pool(sum, numbers);
    free(numbers);
    return problem;
}

const char *reduce_gives_the_same_bits_in_every_pool(void)
{
    return sum_in_pools(sum_from_identity);
}

const char *reduce_with_gives_the_same_bits_in_every_pool(void)
{
    return sum_in_pools(sum_from_first);
}
