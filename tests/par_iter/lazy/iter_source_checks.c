/* SPDX-License-Identifier: MIT */
/* iter_source_checks.c - what comes out of each source. */
#include "par_iter/lazy/iter_source_checks.h"
#include "par_iter/lazy/iter_kit.h"

/* ---- arrays ---- */

enum { SIZE_MOST = 100, ARRAY = 300 };

static const char *expect_reversed(par_iter it, size_t size, const uint64_t *numbers, size_t n)
{
    uint64_t reversed[ARRAY];
    for (size_t i = 0; i < n; i++)
        reversed[i] = numbers[n - 1 - i];
    par_iter_rev(&it);
    return kit_expect(&it, size, reversed, n);
}

/* Of any stride: both ways. */
static const char *check_array(size_t size, size_t stride, size_t n)
{
    uint64_t seed = size;
    uint64_t numbers[ARRAY];
    for (size_t i = 0; i < n; i++)
        numbers[i] = element_fit(random_next(&seed), size);
    char *const array = kit_array(numbers, n, size, stride);
    const par_iter it =
        stride == size ? par_iter_over(array, size, n) : par_iter_strided(array, size, stride, n);
    const char *problem = kit_expect(&it, size, numbers, n);
    if (problem == NULL)
        problem = expect_reversed(it, size, numbers, n);
    free(array);
    return problem == NULL ? NULL : wrong("size %zu, n %zu: %s", size, n, problem);
}

static const char *check_sizes(void *arg)
{
    static const size_t some[] = {0, 1, 2, 127, 128, 129, ARRAY};
    const size_t gap = *(const size_t *)arg;
    const char *problem = NULL;
    for (size_t size = 1; size <= SIZE_MOST && problem == NULL; size++) {
        for (size_t i = 0; i < sizeof some / sizeof some[0] && problem == NULL; i++)
            problem = check_array(size, size + gap, some[i]);
    }
    if (problem == NULL)
        problem = check_array(PAR_ITER_MAX_SIZE, PAR_ITER_MAX_SIZE + gap, 40);
    return problem;
}

static const char *check_sizes_in_pools(size_t gap)
{
    const char *problem = in_pool(1, check_sizes, &gap);
    return problem != NULL ? problem : in_pool(3, check_sizes, &gap);
}

const char *iter_source_takes_elements_of_every_size(void)
{
    return check_sizes_in_pools(0);
}

const char *iter_source_takes_elements_with_gaps(void)
{
    const char *problem = check_sizes_in_pools(1);
    return problem != NULL ? problem : check_sizes_in_pools(24);
}

/* ---- ranges and grids ---- */

static const char *check_ranges(void *arg)
{
    static const size_t ends[][2] = {
        {0, 0}, {5, 5}, {5, 4}, {SIZE_MAX, 0}, {0, 1}, {7, 1000}, {SIZE_MAX - 9, SIZE_MAX}};
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < sizeof ends / sizeof ends[0] && problem == NULL; i++) {
        const size_t begin = ends[i][0];
        const size_t n = begin < ends[i][1] ? ends[i][1] - begin : 0;
        uint64_t numbers[1000];
        for (size_t j = 0; j < n; j++)
            numbers[j] = begin + j;
        const par_iter it = par_iter_range(begin, ends[i][1]);
        problem = kit_expect(&it, sizeof(size_t), numbers, n);
    }
    return problem;
}

const char *iter_source_counts_ranges(void)
{
    const par_iter all = par_iter_range(0, SIZE_MAX);
    size_t n = 0;
    if (!par_iter_length(&all, &n) || n != SIZE_MAX)
        return "the largest range has another length";
    return in_every_pool(check_ranges, NULL);
}

static const char *check_grid(size_t rows, size_t columns)
{
    const par_iter it = par_iter_grid(rows, columns);
    par_cell cells[200];
    size_t n = 0;
    const int rc = par_iter_collect(&it, cells, 200, &n);
    if (rc != 0 || n != rows * columns)
        return wrong("grid %zu x %zu: code %d, %zu cells", rows, columns, rc, n);
    for (size_t i = 0; i < n; i++) {
        if (cells[i].row != i / columns || cells[i].column != i % columns)
            return wrong("grid %zu x %zu: cell %zu is (%zu, %zu)", rows, columns, i, cells[i].row,
                         cells[i].column);
    }
    return NULL;
}

static const char *check_grids(void *arg)
{
    const char *problem = NULL;
    (void)arg;
    for (size_t rows = 0; rows < 14 && problem == NULL; rows++) {
        for (size_t columns = 0; columns < 14 && problem == NULL; columns++)
            problem = check_grid(rows, columns);
    }
    if (problem == NULL)
        problem = check_grid(SIZE_MAX, 0);
    return problem == NULL ? check_grid(0, SIZE_MAX) : problem;
}

const char *iter_source_counts_cells(void)
{
    const par_iter many = par_iter_grid(SIZE_MAX / 2, 3);
    const par_iter most = par_iter_grid(SIZE_MAX / 3, 3);
    size_t n = 0;
    if (kit_refused(&many, EOVERFLOW) != NULL)
        return "too many cells were not refused";
    if (!par_iter_length(&most, &n) || n != SIZE_MAX)
        return "the largest grid has another length";
    return in_every_pool(check_grids, NULL);
}

/* ---- slices ---- */

enum { SLICED = 12, SLICED_SIZE = 3 };

typedef par_iter slices_fn(const void *base, size_t size, size_t n, size_t length);

/* Slice i must begin at i * distance and have `length` elements, or what is left. */
static const char *check_slices(slices_fn *make, size_t n, size_t length, size_t distance,
                                size_t count)
{
    static const char array[SLICED * SLICED_SIZE];
    const par_iter it = make(array, SLICED_SIZE, n, length);
    par_slice slices[SLICED];
    size_t found = 0;
    const int rc = par_iter_collect(&it, slices, SLICED, &found);
    if (rc != 0 || found != count)
        return wrong("n %zu, length %zu: code %d, %zu slices, not %zu", n, length, rc, found,
                     count);
    for (size_t i = 0; i < count; i++) {
        const size_t index = i * distance;
        const size_t left = n - index < length ? n - index : length;
        if (slices[i].index != index || slices[i].n != left ||
            slices[i].base != array + index * SLICED_SIZE)
            return wrong("n %zu, length %zu: slice %zu has %zu elements from %zu on", n, length, i,
                         slices[i].n, slices[i].index);
    }
    return NULL;
}

static const char *check_chunks(void *arg)
{
    const char *problem = NULL;
    (void)arg;
    for (size_t n = 0; n <= SLICED; n++) {
        for (size_t chunk = 1; chunk <= SLICED + 2 && problem == NULL; chunk++) {
            problem = check_slices(par_iter_chunks, n, chunk, chunk, (n + chunk - 1) / chunk);
            if (problem == NULL)
                problem = check_slices(par_iter_chunks_exact, n, chunk, chunk, n / chunk);
        }
    }
    if (problem == NULL)
        problem = check_slices(par_iter_chunks, SLICED, SIZE_MAX, 1, 1);
    return problem == NULL ? check_slices(par_iter_chunks_exact, SLICED, SIZE_MAX, 1, 0) : problem;
}

const char *iter_source_cuts_chunks_with_every_rest(void)
{
    return in_every_pool(check_chunks, NULL);
}

static const char *check_windows(void *arg)
{
    const char *problem = NULL;
    (void)arg;
    for (size_t n = 0; n <= SLICED; n++) {
        for (size_t window = 1; window <= SLICED + 2 && problem == NULL; window++)
            problem = check_slices(par_iter_windows, n, window, 1, n < window ? 0 : n - window + 1);
    }
    return problem == NULL ? check_slices(par_iter_windows, SLICED, SIZE_MAX, 1, 0) : problem;
}

const char *iter_source_moves_windows(void)
{
    return in_every_pool(check_windows, NULL);
}

/* ---- values from nowhere ---- */

static const char *check_repeat(void *arg)
{
    static const size_t some[] = {0, 1, 5000};
    uint64_t numbers[5000];
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < 5000; i++)
        numbers[i] = 0x123456;
    for (size_t size = 3; size < 40 && problem == NULL; size += 4) {
        char value[40];
        element_write(value, size, numbers[0]);
        for (size_t i = 0; i < 3 && problem == NULL; i++) {
            const par_iter it = par_iter_repeat(value, size, some[i]);
            problem = kit_expect(&it, size, numbers, some[i]);
        }
    }
    return problem;
}

const char *iter_source_repeats_a_value(void)
{
    return in_every_pool(check_repeat, NULL);
}

enum { GENERATED = 5000 };

typedef struct generator {
    size_t fails_at;
    atomic_size_t filled[GENERATED];
} generator;

static int generate(void *out, size_t first, size_t n, void *ctx)
{
    generator *g = ctx;
    uint64_t *to = out;
    for (size_t i = 0; i < n; i++) {
        if (first + i == g->fails_at)
            return -1 - (int)g->fails_at;
        atomic_fetch_add(&g->filled[first + i], 1);
        to[i] = kit_scramble(first + i);
    }
    return 0;
}

static const char *check_generated(void *arg)
{
    static generator g;
    uint64_t numbers[GENERATED];
    (void)arg;
    g.fails_at = SIZE_MAX;
    for (size_t i = 0; i < GENERATED; i++) {
        atomic_store(&g.filled[i], 0);
        numbers[i] = kit_scramble(i);
    }
    const par_iter it = par_iter_generate(KIT_WORD, GENERATED, generate, &g);
    void *out = NULL;
    size_t n = 0;
    const int rc = par_iter_collect_new(&it, &out, &n);
    const char *problem = rc == 0 ? kit_compare(out, n, KIT_WORD, numbers, GENERATED)
                                  : wrong("collect_new returned %d", rc);
    free(out);
    for (size_t i = 0; i < GENERATED && problem == NULL; i++) {
        if (atomic_load(&g.filled[i]) != 1)
            problem = wrong("position %zu was filled %zu times", i, atomic_load(&g.filled[i]));
    }
    return problem;
}

const char *iter_source_generates_each_element_once(void)
{
    return in_every_pool(check_generated, NULL);
}

enum { LARGE = 100 };

static ptrdiff_t make_large(void *out, const void *in, size_t n, void *ctx)
{
    (void)ctx;
    for (size_t i = 0; i < n; i++)
        element_write((char *)out + i * LARGE, LARGE, ((const uint64_t *)in)[i]);
    return (ptrdiff_t)n;
}

/* Each second one from the end, for a stage that makes larger elements of them. */
static const char *check_generated_backwards(void *arg)
{
    static generator g;
    static uint64_t numbers[GENERATED];
    const size_t n = (GENERATED + 1) / 2;
    (void)arg;
    g.fails_at = SIZE_MAX;
    for (size_t i = 0; i < n; i++)
        numbers[i] = kit_scramble(2 * (n - 1 - i));
    par_iter it = par_iter_generate(KIT_WORD, GENERATED, generate, &g);
    par_iter_step_by(&it, 2);
    par_iter_rev(&it);
    par_iter_map(&it, LARGE, make_large, NULL);
    return kit_expect(&it, LARGE, numbers, n);
}

const char *iter_source_generates_backwards_for_larger_elements(void)
{
    return in_every_pool(check_generated_backwards, NULL);
}

static const char *check_failing_fill(void *arg)
{
    static generator g;
    (void)arg;
    for (size_t at = 0; at < GENERATED; at += 97) {
        size_t n = 12345;
        g.fails_at = at;
        par_iter it = par_iter_generate(KIT_WORD, GENERATED, generate, &g);
        if (at % 2 == 1)
            par_iter_rev(&it);
        const int rc = par_iter_count(&it, &n);
        if (rc != -1 - (int)at || n != 12345)
            return wrong("the fill failed at %zu, and count returned %d", at, rc);
    }
    return NULL;
}

const char *iter_source_returns_the_code_of_a_fill(void)
{
    return in_every_pool(check_failing_fill, NULL);
}

/* ---- arguments ---- */

const char *iter_source_refuses_bad_arguments(void)
{
    static const char a[PAR_ITER_MAX_SIZE + 1];
    static generator g;
    const size_t large = PAR_ITER_MAX_SIZE + 1;
    const struct {
        par_iter it;
        int code;
    } rows[] = {
        {par_iter_over(NULL, 1, 1), EINVAL},
        {par_iter_over(a, 0, 1), EINVAL},
        {par_iter_over(a, large, 1), EINVAL},
        {par_iter_over(a, 1, SIZE_MAX), EOVERFLOW},
        {par_iter_over(a, 8, SIZE_MAX / 8 + 1), EOVERFLOW},
        {par_iter_strided(NULL, 1, 2, 1), EINVAL},
        {par_iter_strided(a, 0, 2, 1), EINVAL},
        {par_iter_strided(a, 3, 2, 1), EINVAL},
        {par_iter_strided(a, 3, 0, 1), EINVAL},
        {par_iter_strided(a, 1, 8, SIZE_MAX / 8 + 1), EOVERFLOW},
        {par_iter_chunks(a, 1, 5, 0), EINVAL},
        {par_iter_chunks(NULL, 1, 5, 2), EINVAL},
        {par_iter_chunks(a, 0, 5, 2), EINVAL},
        {par_iter_chunks(a, 8, SIZE_MAX / 8 + 1, 2), EOVERFLOW},
        {par_iter_chunks_exact(a, 1, 5, 0), EINVAL},
        {par_iter_windows(a, 1, 5, 0), EINVAL},
        {par_iter_windows(NULL, 1, 5, 2), EINVAL},
        {par_iter_repeat(NULL, 1, 1), EINVAL},
        {par_iter_repeat(a, 0, 1), EINVAL},
        {par_iter_repeat(a, large, 1), EINVAL},
        {par_iter_generate(0, 1, generate, &g), EINVAL},
        {par_iter_generate(large, 1, generate, &g), EINVAL},
        {par_iter_generate(8, 1, NULL, &g), EINVAL},
        {par_iter_over(NULL, 1, 0), 0},
        {par_iter_strided(NULL, 1, 2, 0), 0},
        {par_iter_chunks(NULL, 1, 0, 3), 0},
        {par_iter_over(a, PAR_ITER_MAX_SIZE, 1), 0},
        {par_iter_chunks(a, large, 1, 1), 0}, /* the element is a slice */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        size_t n = 0;
        const int rc = par_iter_count(&rows[i].it, &n);
        if (rc != rows[i].code)
            return wrong("row %zu: %d, not %d", i, rc, rows[i].code);
        if (rc != 0 && kit_refused(&rows[i].it, rc) != NULL)
            return wrong("row %zu: was refused, and something was changed", i);
    }
    return NULL;
}
