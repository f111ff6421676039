/* SPDX-License-Identifier: MIT */
/* iter_compare_checks.c - iterators against each other, and a loop that compares their lists. */
#include "par_iter/lazy/iter_compare_checks.h"
#include "par_iter/lazy/iter_kit.h"

#include <par/iter_compare.h>

enum { MANY = 30000 };

static int by_number(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

PAR_DEFINE_COMPARE(numbers, uint64_t, by_number)

static int order_of(const uint64_t *a, size_t a_n, const uint64_t *b, size_t b_n)
{
    for (size_t i = 0; i < a_n && i < b_n; i++) {
        if (a[i] != b[i])
            return by_number(a[i], b[i]);
    }
    return (a_n > b_n) - (a_n < b_n);
}

/* Both ways, by both calls. */
static const char *check_both(const uint64_t *a, size_t a_n, const uint64_t *b, size_t b_n)
{
    const int expected = order_of(a, a_n, b, b_n);
    const par_iter left = par_iter_over(a, KIT_WORD, a_n);
    const par_iter right = par_iter_over(b, KIT_WORD, b_n);
    int order = 7;
    int back = 7;
    bool equal = expected != 0;
    const int rc = par_iter_compare(&order, &left, &right, numbers_pairs, NULL);
    const int back_rc = par_iter_compare(&back, &right, &left, numbers_pairs, NULL);
    const int equal_rc = par_iter_equal(&equal, &left, &right, numbers_pairs, NULL);
    if (rc != 0 || back_rc != 0 || equal_rc != 0)
        return wrong("%zu and %zu: codes %d, %d, %d", a_n, b_n, rc, back_rc, equal_rc);
    if (order != expected || back != -expected || equal != (expected == 0))
        return wrong("%zu and %zu: order %d, back %d, not %d", a_n, b_n, order, back, expected);
    return NULL;
}

static const size_t lengths[] = {0, 1, 2, 3, 127, 128, 129, 1000, 2048, 2049, MANY};
enum { LENGTHS = sizeof lengths / sizeof lengths[0] };

/* One or two pairs differ, at any place, in any direction. */
static const char *check_places(void *arg)
{
    uint64_t *const a = kit_numbers(MANY, 1);
    uint64_t *const b = kit_numbers(MANY, 1);
    uint64_t state = 5;
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < 40 * LENGTHS && problem == NULL; i++) {
        const size_t n = lengths[i % LENGTHS];
        if (n == 0)
            continue;
        const size_t first = random_below(&state, n);
        const size_t second = random_below(&state, n);
        b[first] = a[first] + (i / LENGTHS) % 3 - 1;
        b[second] = a[second] + 1;
        problem = check_both(a, n, b, n);
        b[first] = a[first];
        b[second] = a[second];
    }
    free(a);
    free(b);
    return problem;
}

const char *iter_compare_decides_by_the_first_pair_that_differs(void)
{
    return in_every_pool(check_places, NULL);
}

static const char *check_lengths(void *arg)
{
    uint64_t *const a = kit_numbers(MANY, 1);
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < LENGTHS * LENGTHS && problem == NULL; i++)
        problem = check_both(a, lengths[i / LENGTHS], a, lengths[i % LENGTHS]);
    free(a);
    return problem;
}

const char *iter_compare_decides_by_lengths_at_last(void)
{
    return in_every_pool(check_lengths, NULL);
}

/* 0 of anything has no order. */
static ptrdiff_t compare_partly(int *order, const void *a, const void *b, size_t n, void *ctx)
{
    const uint64_t *left = a;
    const uint64_t *right = b;
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        *order = left[i] == 0 || right[i] == 0 ? PAR_UNORDERED : by_number(left[i], right[i]);
        if (*order != PAR_EQUAL)
            return (ptrdiff_t)i;
    }
    return (ptrdiff_t)n;
}

static const char *check_unordered(void *arg)
{
    static uint64_t a[MANY];
    static uint64_t b[MANY];
    (void)arg;
    for (size_t i = 0; i < MANY; i++)
        a[i] = b[i] = i + 1;
    const par_iter left = par_iter_over(a, KIT_WORD, MANY);
    const par_iter right = par_iter_over(b, KIT_WORD, MANY);
    for (size_t i = 0; i < 40; i++) {
        const size_t at = i * MANY / 40;
        int order = 7;
        bool equal = true;
        a[at] = 0;
        b[at] = i % 2;
        b[MANY - 1] = MANY - 1;
        const int rc = par_iter_compare(&order, &left, &right, compare_partly, NULL);
        const int equal_rc = par_iter_equal(&equal, &left, &right, compare_partly, NULL);
        a[at] = b[at] = at + 1;
        if (rc != 0 || order != PAR_UNORDERED || equal_rc != 0 || equal)
            return wrong("at %zu: code %d, order %d", at, rc, order);
        b[at / 2] = 0;
        b[at] = at == at / 2 ? 0 : at + 2;
        (void)par_iter_compare(&order, &left, &right, compare_partly, NULL);
        b[at] = at + 1;
        b[at / 2] = at / 2 + 1;
        if (order != PAR_UNORDERED)
            return wrong("before %zu: order %d", at, order);
    }
    return NULL;
}

const char *iter_compare_knows_what_has_no_order(void)
{
    return in_every_pool(check_unordered, NULL);
}

static const char *check_stages(void *arg)
{
    int order = 7;
    bool equal = false;
    uint64_t *const numbers = kit_numbers(MANY, 3);
    (void)arg;
    par_iter a = par_iter_over(numbers, KIT_WORD, MANY);
    par_iter_rev(&a);
    par_iter_map(&a, KIT_WORD, kit_scramble_all, NULL);
    for (size_t i = 0; i < MANY; i++)
        numbers[i] = kit_scramble(numbers[i]);
    uint64_t *const back = malloc(MANY * sizeof *back);
    for (size_t i = 0; i < MANY && back != NULL; i++)
        back[i] = numbers[MANY - 1 - i];
    const par_iter b = par_iter_over(back, KIT_WORD, MANY);
    for (size_t i = 0; i < MANY; i++)
        numbers[i] = (numbers[i] - 7) * UINT64_C(0xf1de83e19937733d);
    const int rc = par_iter_equal(&equal, &a, &b, numbers_pairs, NULL);
    par_iter_take(&a, MANY - 1);
    const int take_rc = par_iter_compare(&order, &a, &b, numbers_pairs, NULL);
    free(numbers);
    free(back);
    if (rc != 0 || !equal || take_rc != 0 || order != PAR_LESS)
        return wrong("codes %d and %d, equal %d, order %d", rc, take_rc, (int)equal, order);
    return NULL;
}

const char *iter_compare_compares_what_comes_out_of_stages(void)
{
    return in_every_pool(check_stages, NULL);
}

static int by_distance(uint64_t a, uint64_t b, const uint64_t *from)
{
    return by_number(a ^ *from, b ^ *from);
}

PAR_DEFINE_COMPARE_CTX(distances, uint64_t, uint64_t, by_distance)

const char *iter_compare_compares_arrays_in_one_line(void)
{
    const uint64_t a[] = {1, 2, 3};
    const uint64_t b[] = {1, 2, 4};
    const uint64_t from = 3;
    int order = 7;
    bool equal = true;
    if (numbers(&order, a, 3, b, 3) != 0 || order != PAR_LESS)
        return wrong("order %d", order);
    if (numbers_equal(&equal, a, 3, b, 3) != 0 || equal)
        return "they are not equal";
    if (numbers_equal(&equal, a, 2, b, 2) != 0 || !equal)
        return "two are equal";
    if (distances(&order, a, 3, b, 3, &from) != 0 || order != PAR_LESS)
        return wrong("3 ^ 3 and 4 ^ 3: order %d", order);
    if (numbers(&order, NULL, 0, NULL, 0) != 0 || order != PAR_EQUAL)
        return "nothing is equal to nothing";
    return numbers(&order, NULL, 1, b, 1) == EINVAL ? NULL : "took NULL";
}

static ptrdiff_t count_pairs(int *order, const void *a, const void *b, size_t n, void *ctx)
{
    atomic_fetch_add((atomic_size_t *)ctx, n);
    return numbers_pairs(order, a, b, n, NULL);
}

/* With one thread, nothing behind the pair that decides but what was looked at with it. */
static const char *check_skips(void *arg)
{
    enum { LONG = 1 << 22 };
    const par_iter a = par_iter_range(0, LONG);
    const par_iter b = par_iter_range(1, LONG + 1);
    const par_iter c = par_iter_range(1, LONG);
    atomic_size_t seen = 0;
    int order = 7;
    bool equal = true;
    (void)arg;
    if (par_iter_compare(&order, &a, &b, count_pairs, &seen) != 0 || order != PAR_LESS)
        return wrong("order %d", order);
    if (atomic_load(&seen) > LONG / 16)
        return wrong("%zu pairs were compared", atomic_load(&seen));
    atomic_store(&seen, 0);
    if (par_iter_equal(&equal, &a, &c, count_pairs, &seen) != 0 || equal || atomic_load(&seen) > 0)
        return wrong("other lengths: %zu pairs were compared", atomic_load(&seen));
    return NULL;
}

const char *iter_compare_skips_what_cannot_matter(void)
{
    return in_pool(1, check_skips, NULL);
}

static ptrdiff_t fail_pairs(int *order, const void *a, const void *b, size_t n, void *ctx)
{
    (void)order;
    (void)a;
    (void)b;
    (void)n;
    (void)ctx;
    return -77;
}

static int fail_fill(void *out, size_t first, size_t n, void *ctx)
{
    (void)out;
    (void)first;
    (void)n;
    (void)ctx;
    return -78;
}

static const char *check_codes(void *arg)
{
    const par_iter a = par_iter_range(0, MANY);
    const par_iter bad = par_iter_generate(KIT_WORD, MANY, fail_fill, NULL);
    int order = 7;
    bool equal = true;
    (void)arg;
    if (par_iter_compare(&order, &a, &a, fail_pairs, NULL) != -77 || order != 7)
        return "the code of its function was lost";
    if (par_iter_equal(&equal, &a, &bad, numbers_pairs, NULL) != -78 || !equal)
        return "the code of a source was lost";
    return NULL;
}

const char *iter_compare_returns_the_code_of_a_function(void)
{
    return in_every_pool(check_codes, NULL);
}

const char *iter_compare_refuses_bad_arguments(void)
{
    static uint64_t divisor = 3;
    const par_iter a = par_iter_range(0, 10);
    const par_iter wrong_one = par_iter_chunks(NULL, 0, 0, 0);
    par_iter filtered = a;
    par_iter_filter(&filtered, kit_drop_multiples, &divisor);
    int order = 7;
    bool equal = true;
    const int codes[] = {par_iter_compare(NULL, &a, &a, numbers_pairs, NULL),
                         par_iter_compare(&order, NULL, &a, numbers_pairs, NULL),
                         par_iter_compare(&order, &a, NULL, numbers_pairs, NULL),
                         par_iter_compare(&order, &a, &a, NULL, NULL),
                         par_iter_compare(&order, &a, &wrong_one, numbers_pairs, NULL),
                         par_iter_compare(&order, &filtered, &a, numbers_pairs, NULL),
                         par_iter_compare(&order, &a, &filtered, numbers_pairs, NULL),
                         par_iter_equal(NULL, &a, &a, numbers_pairs, NULL),
                         par_iter_equal(&equal, &filtered, &a, numbers_pairs, NULL)};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        if (codes[i] != EINVAL)
            return wrong("call %zu returned %d", i, codes[i]);
    }
    return order == 7 && equal ? NULL : "changed a result";
}
