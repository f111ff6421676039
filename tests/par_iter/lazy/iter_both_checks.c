/* SPDX-License-Identifier: MIT */
/* iter_both_checks.c - what comes out of chains, pairs, turns and chunks. */
#include "par_iter/lazy/iter_both_checks.h"
#include "par_iter/lazy/iter_kit.h"

/* Two iterators of scrambled numbers, for all of 0, 1, few and many elements. */
enum { LENGTHS = 6, MANY = 5000 };
static const size_t some[LENGTHS] = {0, 1, 2, 7, 300, MANY};

typedef const char *two_fn(const par_iter *a, size_t n_a, const par_iter *b, size_t n_b);

static par_iter scrambled(size_t begin, size_t n)
{
    par_iter it = par_iter_range(begin, begin + n);
    par_iter_map(&it, KIT_WORD, kit_scramble_all, NULL);
    return it;
}

static uint64_t left(size_t i)
{
    return kit_scramble(i);
}

static uint64_t right(size_t i)
{
    return kit_scramble(MANY + i);
}

typedef struct two_call {
    two_fn *fn;
} two_call;

static const char *check_lengths(void *arg)
{
    const two_call *call = arg;
    const char *problem = NULL;
    for (size_t i = 0; i < LENGTHS * LENGTHS && problem == NULL; i++) {
        const size_t n_a = some[i / LENGTHS];
        const size_t n_b = some[i % LENGTHS];
        const par_iter a = scrambled(0, n_a);
        const par_iter b = scrambled(MANY, n_b);
        problem = call->fn(&a, n_a, &b, n_b);
        if (problem != NULL)
            problem = wrong("%zu and %zu: %s", n_a, n_b, problem);
    }
    return problem;
}

static const char *check_two(two_fn *fn)
{
    two_call call = {fn};
    return in_every_pool(check_lengths, &call);
}

/* ---- chain ---- */

static const char *chain_two(const par_iter *a, size_t n_a, const par_iter *b, size_t n_b)
{
    static uint64_t expected[2 * MANY];
    for (size_t i = 0; i < n_a + n_b; i++)
        expected[i] = i < n_a ? left(i) : right(i - n_a);
    const par_iter it = par_iter_chain(a, b);
    return kit_expect(&it, KIT_WORD, expected, n_a + n_b);
}

const char *iter_both_chains(void)
{
    return check_two(chain_two);
}

enum { LARGE = 100 };

static ptrdiff_t make_large(void *out, const void *in, size_t n, void *ctx)
{
    const unsigned char *from = in;
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        element_write((char *)out + i * LARGE, LARGE, from[i]);
    return (ptrdiff_t)n;
}

static ptrdiff_t keep_large(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    memcpy(out, in, n * LARGE);
    return (ptrdiff_t)n;
}

/* An array is one block, of small elements, to the one that it is chained to. */
static const char *check_long_blocks(void *arg)
{
    enum { ELEMENTS = 40000 };
    static unsigned char small[ELEMENTS];
    static uint64_t expected[2 * ELEMENTS];
    (void)arg;
    for (size_t i = 0; i < ELEMENTS; i++)
        expected[i] = expected[ELEMENTS + i] = small[i] = (unsigned char)(i % 251);
    const par_iter bytes = par_iter_over(small, 1, ELEMENTS);
    par_iter it = par_iter_chain(&bytes, &bytes);
    par_iter_map(&it, LARGE, make_large, NULL);
    const char *problem = kit_expect(&it, LARGE, expected, 2 * ELEMENTS);
    par_iter_filter(&it, keep_large, NULL);
    return problem == NULL ? kit_expect(&it, LARGE, expected, 2 * ELEMENTS) : problem;
}

const char *iter_both_chains_long_blocks_to_large_elements(void)
{
    const char *problem = in_pool(1, check_long_blocks, NULL);
    return problem == NULL ? in_pool(3, check_long_blocks, NULL) : problem;
}

static const char *chain_filtered(const par_iter *a, size_t n_a, const par_iter *b, size_t n_b)
{
    static uint64_t expected[2 * MANY];
    static uint64_t divisor = 2;
    size_t n = 0;
    for (size_t i = 0; i < n_a + n_b; i++) {
        const uint64_t number = i < n_a ? left(i) : right(i - n_a);
        if (i >= n_a || number % 2 != 0)
            expected[n++] = kit_scramble(number);
    }
    par_iter odd = *a;
    par_iter_filter(&odd, kit_drop_multiples, &divisor);
    par_iter it = par_iter_chain(&odd, b);
    par_iter_map(&it, KIT_WORD, kit_scramble_all, NULL);
    return kit_expect(&it, KIT_WORD, expected, n);
}

const char *iter_both_chains_what_filters_leave(void)
{
    return check_two(chain_filtered);
}

/* ---- zip ---- */

/* The padding between them is nobody's. */
enum { PAIR = 24, PAIR_RIGHT = 13 };

static const char *judge_pairs(const char *pairs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (element_read(pairs + i * PAIR, KIT_WORD) != left(i) ||
            element_read(pairs + i * PAIR + PAIR_RIGHT, KIT_WORD) != right(i))
            return wrong("pair %zu has another element", i);
    }
    return NULL;
}

static const char *zip_two(const par_iter *a, size_t n_a, const par_iter *b, size_t n_b)
{
    static char pairs[MANY * PAIR];
    const par_iter it = par_iter_zip(a, b, PAIR, PAIR_RIGHT);
    size_t n = 0;
    const int rc = par_iter_collect(&it, pairs, MANY, &n);
    if (rc != 0 || n != (n_a < n_b ? n_a : n_b))
        return wrong("code %d, %zu pairs", rc, n);
    return judge_pairs(pairs, n);
}

const char *iter_both_zips_to_the_shorter(void)
{
    return check_two(zip_two);
}

static const char *zip_equal(const par_iter *a, size_t n_a, const par_iter *b, size_t n_b)
{
    static char pairs[MANY * PAIR];
    const par_iter it = par_iter_zip_eq(a, b, PAIR, PAIR_RIGHT);
    size_t n = 0;
    if (n_a != n_b)
        return kit_refused(&it, EINVAL);
    const int rc = par_iter_collect(&it, pairs, MANY, &n);
    return rc != 0 || n != n_a ? wrong("code %d, %zu pairs", rc, n) : judge_pairs(pairs, n);
}

const char *iter_both_zips_equal_lengths_only(void)
{
    return check_two(zip_equal);
}

/* ---- interleave ---- */

static const char *take_turns(const par_iter *a, size_t n_a, const par_iter *b, size_t n_b)
{
    static uint64_t expected[2 * MANY];
    size_t n = 0;
    for (size_t i = 0; i < n_a || i < n_b; i++) {
        if (i < n_a)
            expected[n++] = left(i);
        if (i < n_b)
            expected[n++] = right(i);
    }
    const par_iter it = par_iter_interleave(a, b);
    return kit_expect(&it, KIT_WORD, expected, n);
}

const char *iter_both_takes_turns_and_appends_the_rest(void)
{
    return check_two(take_turns);
}

/* ---- chunks ---- */

static ptrdiff_t add_slices(void *out, const void *in, size_t n, void *ctx)
{
    const par_slice *slices = in;
    uint64_t *to = out;
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        const uint64_t *numbers = slices[i].base;
        to[i] = element_begin_slice(slices[i].index, slices[i].n);
        for (size_t j = 0; j < slices[i].n; j++)
            to[i] = element_add_to_slice(to[i], numbers[j]);
    }
    return (ptrdiff_t)n;
}

static const char *check_chunks_of(size_t n, size_t chunk)
{
    static uint64_t expected[MANY];
    size_t count = 0;
    for (size_t i = 0; i < n; i += chunk) {
        const size_t length = n - i < chunk ? n - i : chunk;
        uint64_t number = element_begin_slice(i, length);
        for (size_t j = i; j < i + length; j++)
            number = element_add_to_slice(number, left(j));
        expected[count++] = number;
    }
    const par_iter inner = scrambled(0, n);
    par_iter it = par_iter_chunks_of(&inner, chunk);
    par_iter_map(&it, KIT_WORD, add_slices, NULL);
    const char *problem = kit_expect(&it, KIT_WORD, expected, count);
    return problem == NULL ? NULL : wrong("n %zu, chunk %zu: %s", n, chunk, problem);
}

static const char *check_all_chunks(void *arg)
{
    static const size_t large[] = {100, 1000, PAR_ITER_MAX_SIZE / KIT_WORD};
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < 13 * 14 && problem == NULL; i++)
        problem = check_chunks_of(i / 14, i % 14 + 1);
    for (size_t i = 0; i < 3 && problem == NULL; i++)
        problem = check_chunks_of(MANY, large[i]);
    return problem;
}

const char *iter_both_cuts_chunks_of_what_comes(void)
{
    return in_every_pool(check_all_chunks, NULL);
}

/* ---- nests ---- */

static const char *borrow_twice(const par_iter *a, size_t n_a, const par_iter *b, size_t n_b)
{
    static uint64_t expected[2 * MANY];
    (void)b;
    (void)n_b;
    for (size_t i = 0; i < 2 * n_a; i++)
        expected[i] = left(i / 2);
    const par_iter turns = par_iter_interleave(a, a);
    const char *problem = kit_expect(&turns, KIT_WORD, expected, 2 * n_a);
    for (size_t i = 0; i < 2 * n_a; i++)
        expected[i] = left(i % n_a);
    const par_iter both = par_iter_chain(a, a);
    return problem == NULL ? kit_expect(&both, KIT_WORD, expected, 2 * n_a) : problem;
}

const char *iter_both_borrows_one_twice(void)
{
    return check_two(borrow_twice);
}

/* Sums of pairs, and of what is behind and before them. */
static ptrdiff_t add_pairs(void *out, const void *in, size_t n, void *ctx)
{
    const uint64_t *from = in;
    uint64_t *to = out;
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        to[i] = from[2 * i] + 3 * from[2 * i + 1];
    return (ptrdiff_t)n;
}

/* (a zip (b rev)) interleaved with (a chain b), from the third on, each second, backwards. */
static const char *nest_two(const par_iter *a, size_t n_a, const par_iter *b, size_t n_b)
{
    static uint64_t turns[4 * MANY];
    static uint64_t expected[4 * MANY];
    const size_t n_pairs = n_a < n_b ? n_a : n_b;
    size_t n = 0;
    for (size_t i = 0; i < n_a + n_b; i++) {
        if (i < n_pairs)
            turns[n++] = left(i) + 3 * right(n_b - 1 - i);
        turns[n++] = i < n_a ? left(i) : right(i - n_a);
    }
    size_t kept = 0;
    for (size_t i = n; i-- > 2;) {
        if (i % 2 == 0)
            expected[kept++] = turns[i];
    }
    par_iter backwards = *b;
    par_iter_rev(&backwards);
    par_iter pairs = par_iter_zip(a, &backwards, 16, 8);
    par_iter_map(&pairs, KIT_WORD, add_pairs, NULL);
    const par_iter both = par_iter_chain(a, b);
    par_iter it = par_iter_interleave(&pairs, &both);
    par_iter_skip(&it, 2);
    par_iter_step_by(&it, 2);
    par_iter_rev(&it);
    return kit_expect(&it, KIT_WORD, expected, kept);
}

const char *iter_both_nests(void)
{
    return check_two(nest_two);
}

/* ---- arguments ---- */

const char *iter_both_refuses_bad_arguments(void)
{
    const par_iter a = par_iter_range(0, 5);
    const par_iter cells = par_iter_grid(2, 2);
    const par_iter most = par_iter_range(0, SIZE_MAX);
    const par_iter chunks = par_iter_chunks_of(&a, 2);
    const struct {
        par_iter it;
        int code;
    } rows[] = {
        {par_iter_chain(NULL, &a), EINVAL},
        {par_iter_chain(&a, NULL), EINVAL},
        {par_iter_chain(&a, &cells), EINVAL},
        {par_iter_chain(&most, &a), EOVERFLOW},
        {par_iter_interleave(NULL, &a), EINVAL},
        {par_iter_interleave(&a, NULL), EINVAL},
        {par_iter_interleave(&cells, &a), EINVAL},
        {par_iter_interleave(&a, &most), EOVERFLOW},
        {par_iter_zip(NULL, &a, 16, 8), EINVAL},
        {par_iter_zip(&a, NULL, 16, 8), EINVAL},
        {par_iter_zip(&a, &a, 16, 7), EINVAL},
        {par_iter_zip(&a, &a, 16, 9), EINVAL},
        {par_iter_zip(&a, &a, 15, 8), EINVAL},
        {par_iter_zip(&a, &a, 16, SIZE_MAX), EINVAL},
        {par_iter_zip(&a, &a, PAR_ITER_MAX_SIZE + 1, 8), EINVAL},
        {par_iter_zip_eq(&a, NULL, 16, 8), EINVAL},
        {par_iter_zip_eq(&a, &most, 16, 8), EINVAL},
        {par_iter_chunks_of(NULL, 1), EINVAL},
        {par_iter_chunks_of(&a, 0), EINVAL},
        {par_iter_chunks_of(&a, PAR_ITER_MAX_SIZE / KIT_WORD + 1), EINVAL},
        {par_iter_chunks_of(&chunks, 2), EINVAL}, /* chunks do not last so long */
        {par_iter_zip(&chunks, &chunks, 48, 24), EINVAL},
        {par_iter_interleave(&chunks, &chunks), EINVAL},
        {par_iter_intersperse(&chunks, &chunks), EINVAL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *problem = kit_refused(&rows[i].it, rows[i].code);
        if (problem != NULL)
            return wrong("row %zu: %s", i, problem);
    }
    size_t n = 0;
    const par_iter pairs = par_iter_zip(&a, &a, PAR_ITER_MAX_SIZE, PAR_ITER_MAX_SIZE - KIT_WORD);
    return par_iter_count(&pairs, &n) == 0 && n == 5 ? NULL : "the largest pairs are refused";
}
