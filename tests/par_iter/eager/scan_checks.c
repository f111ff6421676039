/* SPDX-License-Identifier: MIT */
/* scan_checks.c - par_scan gives what serial loops give, in order, with the same bits in every
 * pool, and the codes that it promises. */
#include "par_iter/eager/scan_checks.h"
#include "par_iter/base/lengths.h"

#include <par/scan.h>

static inline uint64_t add(uint64_t left, uint64_t right)
{
    return left + right;
}

static inline double add_numbers(double left, double right)
{
    return left + right;
}

/* x -> a * x + b modulo 2^32. Composition is associative and does not commute. */
typedef struct affine {
    uint32_t a;
    uint32_t b;
} affine;

/* First f, then g. */
static inline affine then(affine f, affine g)
{
    return (affine){g.a * f.a, g.a * f.b + g.b};
}

static const affine same = {1, 0};

PAR_DEFINE_SCAN(sums, uint64_t, add, 0)
PAR_DEFINE_SCAN(number_sums, double, add_numbers, 0)
PAR_DEFINE_SCAN(products, affine, then, same)

/* Made and never called: must give no warning. */
PAR_DEFINE_SCAN(unused_scan, uint64_t, add, 0)

/* Enough for several rounds of a few threads. */
enum { MANY = 16 * LENGTH_MAX };

static uint64_t *random_words(size_t n)
{
    uint64_t *words = malloc(n * sizeof *words);
    uint64_t seed = 7;
    for (size_t i = 0; words != NULL && i < n; i++)
        words[i] = random_next(&seed);
    return words;
}

/* ---- results ---- */

typedef struct arrays {
    const uint64_t *in;
    uint64_t *out; /* one more on each side: they must stay as they are */
} arrays;

static const char *judge_sums(const arrays *both, size_t n, bool is_inclusive)
{
    const uint64_t *out = both->out + 1;
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t before = sum;
        sum += both->in[i];
        if (out[i] != (is_inclusive ? sum : before))
            return wrong("n %zu: element %zu differs", n, i);
    }
    if (both->out[0] != 5 || out[n] != 5)
        return wrong("n %zu: written beside the array", n);
    return NULL;
}

static const char *compare_length(const arrays *both, size_t n)
{
    both->out[0] = both->out[n + 1] = 5;
    if (sums(both->out + 1, both->in, n) != 0)
        return "returned a code";
    const char *problem = judge_sums(both, n, true);
    if (problem != NULL)
        return problem;
    if (sums_exclusive(both->out + 1, both->in, n) != 0)
        return "returned a code";
    return judge_sums(both, n, false);
}

static const char *compare_lengths(void *arg)
{
    const char *problem = compare_length(arg, scaled(MANY));
    for (size_t i = 0; i < LENGTHS && problem == NULL; i++)
        problem = compare_length(arg, lengths[i]);
    return problem;
}

const char *scan_writes_what_a_serial_loop_writes(void)
{
    uint64_t *in = random_words(MANY);
    uint64_t *out = malloc((MANY + 2) * sizeof *out);
    arrays both = {in, out};
    const char *problem =
        in == NULL || out == NULL ? "no memory" : in_every_pool(compare_lengths, &both);
    free(in);
    free(out);
    return problem;
}

static const char *compose_lengths(void *arg)
{
    static affine maps[LENGTH_MAX];
    static affine out[LENGTH_MAX];
    (void)arg;
    uint64_t seed = 2;
    for (size_t i = 0; i < LENGTH_MAX; i++)
        maps[i] = (affine){(uint32_t)random_next(&seed) | 1, (uint32_t)random_next(&seed)};
    for (size_t k = 0; k < LENGTHS; k++) {
        affine all = same;
        affine total = same;
        if (par_scan(out, maps, sizeof *maps, lengths[k], &total, sizeof total, products_scan,
                     products_merge, NULL) != 0)
            return "returned a code";
        for (size_t i = 0; i < lengths[k]; i++) {
            all = then(all, maps[i]);
            if (out[i].a != all.a || out[i].b != all.b)
                return wrong("n %zu: element %zu differs", lengths[k], i);
        }
        if (total.a != all.a || total.b != all.b)
            return wrong("n %zu: the total differs", lengths[k]);
    }
    return NULL;
}

const char *scan_keeps_the_order_of_elements(void)
{
    return in_every_pool(compose_lengths, NULL);
}

/* ---- floating point ---- */

/* Of the first pool that ran. */
typedef struct bits {
    double *in;
    double *out;
    double *known;
    size_t n;
    bool is_known;
} bits;

static const char *compare_bits(void *arg)
{
    bits *all = arg;
    const size_t bytes = all->n * sizeof(double);
    if (number_sums(all->out, all->in, all->n) != 0)
        return "returned a code";
    if (all->is_known && memcmp(all->out, all->known, bytes) != 0)
        return wrong("n %zu: other bits than in another pool", all->n);
    memcpy(all->known, all->out, bytes);
    all->is_known = true;
    return NULL;
}

const char *scan_gives_the_same_bits_in_every_pool(void)
{
    bits all = {.in = malloc(MANY * sizeof(double)),
                .out = malloc(MANY * sizeof(double)),
                .known = malloc(MANY * sizeof(double))};
    const char *problem = NULL;
    if (all.in == NULL || all.out == NULL || all.known == NULL)
        problem = "no memory";
    uint64_t seed = 3;
    for (size_t i = 0; i < MANY && problem == NULL; i++)
        all.in[i] = (double)(int64_t)random_next(&seed) / (double)(random_next(&seed) >> 1);
    const size_t tried[] = {97, 7919, LENGTH_MAX, scaled(MANY)};
    for (size_t i = 0; i < 4 && problem == NULL; i++) {
        all.n = tried[i];
        all.is_known = false;
        problem = in_every_pool(compare_bits, &all);
    }
    free(all.in);
    free(all.out);
    free(all.known);
    return problem;
}

/* ---- how often ---- */

typedef struct taken {
    atomic_size_t looks;
    atomic_size_t results;
    atomic_size_t odd; /* calls without elements, or with `before` and no `out` */
} taken;

static ptrdiff_t count_taken(void *out, const void *in, size_t n, void *acc, const void *before,
                             void *ctx)
{
    taken *seen = ctx;
    atomic_fetch_add(out == NULL ? &seen->looks : &seen->results, n);
    atomic_fetch_add(&seen->odd, n == 0 || (out == NULL) != (before == NULL));
    return sums_scan(out, in, n, acc, before, NULL);
}

static const char *count_lengths(void *arg)
{
    static uint64_t in[LENGTH_MAX];
    static uint64_t out[LENGTH_MAX];
    (void)arg;
    for (size_t i = 0; i < LENGTHS; i++) {
        const size_t n = lengths[i];
        taken seen = {.looks = 0};
        uint64_t acc = 0;
        const int rc =
            par_scan(out, in, sizeof *in, n, &acc, sizeof acc, count_taken, sums_merge, &seen);
        const size_t most = par_num_threads() == 1 ? 0 : n;
        if (rc != 0 || atomic_load(&seen.results) != n || atomic_load(&seen.looks) > most ||
            atomic_load(&seen.odd) != 0)
            return wrong("n %zu: code %d, %zu looks, %zu results", n, rc, atomic_load(&seen.looks),
                         atomic_load(&seen.results));
    }
    return NULL;
}

const char *scan_takes_each_element_at_most_twice(void)
{
    return in_every_pool(count_lengths, NULL);
}

/* ---- in place ---- */

static const char *scan_in_place(void *arg)
{
    static uint64_t words[LENGTH_MAX];
    const uint64_t *in = arg;
    for (size_t k = 0; k < 2 * LENGTHS; k++) {
        const size_t n = lengths[k / 2];
        const bool is_inclusive = k % 2 == 0;
        memcpy(words, in, n * sizeof *words);
        if ((is_inclusive ? sums(words, words, n) : sums_exclusive(words, words, n)) != 0)
            return "returned a code";
        uint64_t sum = 0;
        for (size_t i = 0; i < n; i++) {
            const uint64_t before = sum;
            sum += in[i];
            if (words[i] != (is_inclusive ? sum : before))
                return wrong("n %zu: element %zu differs", n, i);
        }
    }
    return NULL;
}

const char *scan_works_in_place(void)
{
    uint64_t *in = random_words(LENGTH_MAX);
    const char *problem = in == NULL ? "no memory" : in_every_pool(scan_in_place, in);
    free(in);
    return problem;
}

/* ---- accumulators of another size than the elements ---- */

enum { WIDE = 100 };

typedef struct wide {
    uint32_t of[WIDE];
} wide;

/* How many bytes of each value there were. */
static ptrdiff_t count_values(void *out, const void *in, size_t n, void *acc, const void *before,
                              void *ctx)
{
    const unsigned char *from = in;
    wide *counts = acc;
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        counts->of[from[i] % WIDE]++;
        for (size_t k = 0; k < WIDE && out != NULL; k++)
            ((wide *)out)[i].of[k] = ((const wide *)before)->of[k] + counts->of[k];
    }
    return 0;
}

static void add_counts(void *left, const void *right, void *ctx)
{
    (void)ctx;
    for (size_t k = 0; k < WIDE; k++)
        ((wide *)left)->of[k] += ((const wide *)right)->of[k];
}

static const char *count_wide(void *arg)
{
    enum { N = 3000 };
    static unsigned char in[N];
    static wide out[N];
    (void)arg;
    for (size_t i = 0; i < N; i++)
        in[i] = (unsigned char)(i * 7 % 101);
    wide acc = {{0}};
    if (par_scan(out, in, 1, N, &acc, sizeof acc, count_values, add_counts, NULL) != 0)
        return "returned a code";
    wide expected = {{0}};
    for (size_t i = 0; i < N; i++) {
        expected.of[in[i] % WIDE]++;
        if (memcmp(&out[i], &expected, sizeof expected) != 0)
            return wrong("element %zu differs", i);
    }
    return memcmp(&acc, &expected, sizeof acc) == 0 ? NULL : "the total differs";
}

const char *scan_takes_large_accumulators(void)
{
    return in_every_pool(count_wide, NULL);
}

/* ---- inside each other ---- */

enum { OUTER = 40, INNER = 3000 };

static ptrdiff_t scan_rows(void *out, const void *in, size_t n, void *ctx)
{
    (void)in;
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        uint64_t *row = (uint64_t *)out + i * INNER;
        if (sums(row, row, INNER) != 0)
            return -1;
    }
    return 0;
}

static const char *scan_nested(void *arg)
{
    static uint64_t rows[OUTER][INNER];
    (void)arg;
    for (size_t i = 0; i < OUTER; i++) {
        for (size_t k = 0; k < INNER; k++)
            rows[i][k] = i + 1;
    }
    if (par_for_each(rows, sizeof rows[0], OUTER, scan_rows, NULL) != 0)
        return "returned a code";
    for (size_t i = 0; i < OUTER; i++) {
        for (size_t k = 0; k < INNER; k++) {
            if (rows[i][k] != (i + 1) * (k + 1))
                return wrong("element %zu of row %zu differs", k, i);
        }
    }
    return NULL;
}

const char *scan_nests(void)
{
    return in_every_pool(scan_nested, NULL);
}
