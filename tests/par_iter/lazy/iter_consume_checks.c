/* SPDX-License-Identifier: MIT */
/* iter_consume_checks.c - for_each, and how all calls run: pieces, threads, cancellation, nests. */
#include "par_iter/lazy/iter_consume_checks.h"
#include "par_iter/lazy/iter_kit.h"

enum { MANY = 30000 };

/* ---- each element ---- */

typedef struct visits {
    atomic_size_t seen[MANY];
    atomic_size_t misused;
    atomic_size_t shortest; /* block */
    atomic_size_t longest;
} visits;

static void keep_extremes(visits *v, size_t n)
{
    size_t seen = atomic_load(&v->longest);
    while (n > seen && !atomic_compare_exchange_weak(&v->longest, &seen, n))
        continue;
    seen = atomic_load(&v->shortest);
    while (n < seen && !atomic_compare_exchange_weak(&v->shortest, &seen, n))
        continue;
}

static ptrdiff_t visit(void *out, const void *in, size_t n, void *ctx)
{
    visits *v = ctx;
    const uint64_t *from = in;
    atomic_fetch_add(&v->misused, out != NULL || n == 0);
    for (size_t i = 0; i < n; i++)
        atomic_fetch_add(&v->seen[from[i]], 1);
    if (n > 0 && from[n - 1] != MANY - 1) /* the last piece may be shorter */
        keep_extremes(v, n);
    return 0;
}

static visits *new_visits(void)
{
    static visits v;
    memset(&v, 0, sizeof v);
    atomic_store(&v.shortest, SIZE_MAX);
    return &v;
}

static const char *judge_visits(visits *v, int rc, size_t n)
{
    if (rc != 0 || atomic_load(&v->misused) != 0)
        return wrong("code %d, %zu times misused", rc, atomic_load(&v->misused));
    for (size_t i = 0; i < MANY; i++) {
        if (atomic_load(&v->seen[i]) != (i < n))
            return wrong("element %zu of %zu was visited %zu times", i, n,
                         atomic_load(&v->seen[i]));
    }
    return NULL;
}

static const char *check_visits(void *arg)
{
    static const size_t some[] = {0, 1, 2, 129, 2049, MANY};
    const char *problem = NULL;
    for (size_t i = 0; i < 6 && problem == NULL; i++) {
        visits *v = new_visits();
        const par_iter array = par_iter_over(arg, KIT_WORD, some[i]);
        problem = judge_visits(v, par_iter_for_each(&array, visit, v), some[i]);
        v = new_visits();
        const par_iter range = par_iter_range(0, some[i]);
        if (problem == NULL)
            problem = judge_visits(v, par_iter_for_each(&range, visit, v), some[i]);
    }
    const par_iter none = par_iter_range(0, 0);
    if (problem == NULL && (par_iter_for_each(&none, NULL, NULL) != EINVAL ||
                            par_iter_for_each(NULL, visit, NULL) != EINVAL))
        problem = "a NULL was not refused";
    return problem;
}

static const char *with_indices(inside_fn *fn)
{
    uint64_t *const indices = malloc(MANY * sizeof *indices);
    for (size_t i = 0; i < MANY && indices != NULL; i++)
        indices[i] = i;
    const char *problem = indices == NULL ? "no memory" : in_every_pool(fn, indices);
    free(indices);
    return problem;
}

const char *iter_for_each_visits_each_element_once(void)
{
    return with_indices(check_visits);
}

/* An array is handed on as it is, so a block is a piece. */
static const char *check_pieces(void *arg)
{
    static const size_t limits[][2] = {{0, 100},  {100, 0},   {7, 50},       {50, 7},
                                       {MANY, 0}, {MANY, 10}, {SIZE_MAX, 0}, {0, SIZE_MAX},
                                       {1, 1},    {999, 1000}};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        const size_t min = limits[i][0];
        const size_t max = limits[i][1] == 0 ? MANY : limits[i][1] > min ? limits[i][1] : min;
        visits *const v = new_visits();
        par_iter it = par_iter_over(arg, KIT_WORD, MANY);
        par_iter_pieces(&it, min, limits[i][1], 0);
        const char *problem = judge_visits(v, par_iter_for_each(&it, visit, v), MANY);
        if (problem != NULL)
            return problem;
        if (atomic_load(&v->longest) > max || atomic_load(&v->shortest) < min)
            return wrong("min %zu, max %zu: pieces of %zu to %zu", min, limits[i][1],
                         atomic_load(&v->shortest), atomic_load(&v->longest));
    }
    return NULL;
}

const char *iter_for_each_cuts_pieces_as_asked(void)
{
    return with_indices(check_pieces);
}

/* ---- stopping ---- */

static ptrdiff_t fail_once(void *out, const void *in, size_t n, void *ctx)
{
    atomic_size_t *blocks = ctx;
    (void)out;
    (void)in;
    (void)n;
    return atomic_fetch_add(blocks, 1) == 50 ? -4 : 0;
}

/* No thread could come to the end of its part of this range. */
static const char *check_huge_for_each(void *arg)
{
    atomic_size_t blocks = 0;
    (void)arg;
    const par_iter all = par_iter_range(0, SIZE_MAX);
    const int rc = par_iter_for_each(&all, fail_once, &blocks);
    if (rc != -4)
        return wrong("for_each returned %d", rc);
    par_iter none = all;
    atomic_store(&blocks, 0);
    par_iter_inspect(&none, fail_once, &blocks);
    par_iter_filter(&none, kit_drop_all, NULL);
    const int none_rc = par_iter_for_each(&none, kit_see_nothing, NULL);
    return none_rc == -4 ? NULL : wrong("for_each with a filter returned %d", none_rc);
}

const char *iter_for_each_skips_blocks_after_a_failure(void)
{
    return in_every_pool(check_huge_for_each, NULL);
}

static ptrdiff_t cancel_group(void *out, const void *in, size_t n, void *ctx)
{
    (void)out;
    (void)in;
    (void)n;
    par_cancel(ctx);
    return 0;
}

static ptrdiff_t find_none(const void *in, size_t n, bool last, void *ctx)
{
    (void)in;
    (void)last;
    (void)ctx;
    return (ptrdiff_t)n;
}

enum { CALLS = 7 };

static int run_call(const par_iter *it, const par_iter *few, size_t which, uint64_t *acc, size_t *n)
{
    void *out = NULL;
    int rc;
    switch (which) {
    case 0:
        return par_iter_for_each(it, kit_see_nothing, NULL);
    case 1:
        return par_iter_reduce(it, acc, sizeof *acc, kit_add, kit_add_up, NULL);
    case 2:
        return par_iter_count(it, n);
    case 3:
        return par_iter_find_first(it, acc, NULL, find_none, NULL);
    case 4:
        return par_iter_find_last(it, acc, NULL, find_none, NULL);
    case 5:
        return par_iter_find_any(it, acc, NULL, find_none, NULL);
    default:
        rc = par_iter_collect_new(few, &out, n);
        return out == NULL ? rc : -1;
    }
}

/* Call `begin` over a range that nobody could come to the end of; the second time with a filter
 * that leaves nothing. */
static int run_canceled(size_t begin, size_t end, void *arg)
{
    uint64_t acc = 5;
    size_t n = 5;
    (void)end;
    par_iter it = par_iter_range(0, SIZE_MAX);
    par_iter few = par_iter_range(0, MANY);
    par_iter_inspect(&it, cancel_group, arg);
    par_iter_inspect(&few, cancel_group, arg);
    if (begin >= CALLS)
        par_iter_filter(&it, kit_drop_all, NULL);
    const int rc = run_call(&it, &few, begin % CALLS, &acc, &n);
    return rc == ECANCELED && acc == 5 && n == 5 ? 0 : -1;
}

static const char *check_cancellation(void *arg)
{
    (void)arg;
    for (size_t i = 0; i < 2 * CALLS; i++) {
        par_group group = PAR_GROUP_INIT;
        par_loop_options options = PAR_LOOP_OPTIONS_INIT;
        options.group = &group;
        const int rc = par_try_for(i, i + 1, run_canceled, &group, &options);
        if (rc != ECANCELED)
            return wrong("call %zu was not canceled, or changed its result", i);
    }
    return NULL;
}

const char *iter_run_ends_inside_a_canceled_loop(void)
{
    return in_every_pool(check_cancellation, NULL);
}

/* ---- pieces and threads ---- */

static const char *check_results(par_iter it, const uint64_t *expected, size_t n)
{
    static const size_t limits[][3] = {{0, 0, 0},        {0, 1, 0}, {1, 1, 1}, {5000, 1, 2},
                                       {SIZE_MAX, 0, 0}, {0, 0, 1}, {3, 7, 3}, {0, SIZE_MAX, 0}};
    const char *problem = NULL;
    for (size_t i = 0; i < sizeof limits / sizeof limits[0] && problem == NULL; i++) {
        par_iter_pieces(&it, limits[i][0], limits[i][1], limits[i][2]);
        problem = kit_expect(&it, KIT_WORD, expected, n);
    }
    return problem;
}

static const char *check_limits(void *arg)
{
    static uint64_t expected[MANY];
    static uint64_t divisor = 3;
    const uint64_t *indices = arg;
    size_t n = 0;
    for (size_t i = 0; i < MANY; i++)
        expected[i] = kit_scramble(indices[i]);
    par_iter it = par_iter_over(indices, KIT_WORD, MANY);
    par_iter_map(&it, KIT_WORD, kit_scramble_all, NULL);
    const char *problem = check_results(it, expected, MANY);
    for (size_t i = 0; i < MANY; i++) {
        if (expected[i] % divisor != 0)
            expected[n++] = expected[i];
    }
    par_iter_filter(&it, kit_drop_multiples, &divisor);
    return problem == NULL ? check_results(it, expected, n) : problem;
}

const char *iter_run_does_not_depend_on_pieces(void)
{
    return with_indices(check_limits);
}

enum { CROWDED = 500000 };

typedef struct crowding {
    atomic_size_t now;
    atomic_size_t most;
} crowding;

/* Gives others the time to come. */
static ptrdiff_t stay(void *out, const void *in, size_t n, void *ctx)
{
    crowding *c = ctx;
    (void)out;
    (void)in;
    (void)n;
    const size_t now = atomic_fetch_add(&c->now, 1) + 1;
    size_t most = atomic_load(&c->most);
    while (now > most && !atomic_compare_exchange_weak(&c->most, &most, now))
        continue;
    yield_times(20);
    atomic_fetch_sub(&c->now, 1);
    return 0;
}

/* All calls, with pieces of `min` positions and so many threads; 0 of either: par chooses. */
static const char *check_crowding(size_t min, size_t max_threads, size_t most)
{
    crowding c = {0, 0};
    size_t n = 0;
    void *out = NULL;
    par_iter it = par_iter_range(0, CROWDED);
    par_iter_inspect(&it, stay, &c);
    par_iter_pieces(&it, min, 4096, max_threads);
    int rc = par_iter_for_each(&it, kit_see_nothing, NULL);
    rc = rc != 0 ? rc : par_iter_count(&it, &n);
    rc = rc != 0 ? rc : par_iter_collect_new(&it, &out, &n);
    free(out);
    const int find_rc = par_iter_find_last(&it, NULL, NULL, find_none, NULL);
    if (rc != 0 || find_rc != ENODATA)
        return wrong("codes %d and %d", rc, find_rc);
    if (atomic_load(&c.most) > most)
        return wrong("%zu blocks at once, not %zu", atomic_load(&c.most), most);
    return NULL;
}

static const char *check_max_threads(void *arg)
{
    const char *problem = NULL;
    (void)arg;
    for (size_t max = 1; max <= 3 && problem == NULL; max++)
        problem = check_crowding(0, max, max);
    return problem;
}

const char *iter_run_respects_max_threads(void)
{
    return in_every_pool(check_max_threads, NULL);
}

/* There are no more pieces than fit into the length. */
static const char *check_least_pieces(void *arg)
{
    (void)arg;
    const char *problem = check_crowding(CROWDED, 0, 1);
    if (problem == NULL)
        problem = check_crowding(SIZE_MAX, 0, 1);
    return problem == NULL ? check_crowding(CROWDED / 2, 0, 2) : problem;
}

const char *iter_run_respects_the_least_piece(void)
{
    return in_every_pool(check_least_pieces, NULL);
}

/* ---- nests ---- */

/* Each number x becomes the sum of the scrambled numbers below x, by an iterator of its own. */
static ptrdiff_t sum_below(void *out, const void *in, size_t n, void *ctx)
{
    const uint64_t *from = in;
    uint64_t *to = out;
    (void)ctx;
    for (size_t i = 0; i < n; i++) {
        par_iter it = par_iter_range(0, from[i]);
        par_iter_map(&it, KIT_WORD, kit_scramble_all, NULL);
        to[i] = 0;
        if (par_iter_reduce(&it, &to[i], KIT_WORD, kit_add, kit_add_up, NULL) != 0)
            return -1;
    }
    return (ptrdiff_t)n;
}

static const char *check_nests(void *arg)
{
    enum { ELEMENTS = 300 };
    uint64_t expected[ELEMENTS] = {0};
    (void)arg;
    for (size_t i = 1; i < ELEMENTS; i++)
        expected[i] = expected[i - 1] + kit_scramble(i - 1);
    par_iter it = par_iter_range(0, ELEMENTS);
    par_iter_map(&it, KIT_WORD, sum_below, NULL);
    return kit_expect(&it, KIT_WORD, expected, ELEMENTS);
}

const char *iter_run_nests_in_block_functions(void)
{
    return in_every_pool(check_nests, NULL);
}
