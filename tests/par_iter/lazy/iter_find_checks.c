/* SPDX-License-Identifier: MIT */
/* iter_find_checks.c - which element is found, and how soon. */
#include "par_iter/lazy/iter_find_checks.h"
#include "par_iter/lazy/iter_kit.h"

typedef int find_call(const par_iter *it, void *result, size_t *position, par_find_fn *find,
                      void *ctx);

enum which { FIRST, LAST, ANY, CALLS };

static find_call *const calls[CALLS] = {par_iter_find_first, par_iter_find_last, par_iter_find_any};

/* ---- which element ---- */

enum { MANY = 20000 };

/* Numbers of which some are wanted. */
typedef struct wanted {
    uint64_t low;
    uint64_t high;
    uint64_t divisor;
    atomic_size_t looked_at;
    atomic_size_t misused;
    bool must_ask_for_last;
} wanted;

static bool is_wanted(const wanted *w, uint64_t number)
{
    return number >= w->low && number <= w->high && number % w->divisor == 0;
}

static ptrdiff_t look_for(const void *in, size_t n, bool last, void *ctx)
{
    wanted *w = ctx;
    const uint64_t *from = in;
    atomic_fetch_add(&w->looked_at, n);
    atomic_fetch_add(&w->misused, n == 0 || last != w->must_ask_for_last);
    for (size_t i = 0; i < n; i++) {
        const size_t at = last ? n - 1 - i : i;
        if (is_wanted(w, from[at]))
            return (ptrdiff_t)at;
    }
    return (ptrdiff_t)n;
}

static const char *judge_found(enum which which, wanted *w, int rc, uint64_t number,
                               uint64_t expected)
{
    if (atomic_load(&w->misused) != 0)
        return wrong("%d: was asked for the wrong end, or for nothing", (int)which);
    if (rc != 0)
        return wrong("%d: returned %d", (int)which, rc);
    if (which == ANY ? !is_wanted(w, number) : number != expected)
        return wrong("%d: found %llu, not %llu", (int)which, (unsigned long long)number,
                     (unsigned long long)expected);
    return NULL;
}

/* The numbers are their positions. */
static const char *check_range(enum which which, const par_iter *it, uint64_t low, uint64_t high,
                               uint64_t divisor)
{
    wanted w = {.low = low, .high = high, .divisor = divisor, .must_ask_for_last = which == LAST};
    const uint64_t first = (low + divisor - 1) / divisor * divisor;
    uint64_t number = 7;
    size_t position = 7;
    const int rc = calls[which](it, &number, &position, look_for, &w);
    if (first > high)
        return rc == ENODATA && number == 7 && position == 7 ? NULL : "found what is not there";
    const char *problem =
        judge_found(which, &w, rc, number, which == FIRST ? first : high / divisor * divisor);
    return problem == NULL && position != number ? wrong("position %zu", position) : problem;
}

/* One, few or many of them, at both ends and between. */
static const char *check_places(enum which which)
{
    static const uint64_t places[] = {0,   1,    2,    63,   64,       155,      156,
                                      157, 2047, 2048, 9999, MANY / 2, MANY - 2, MANY - 1};
    enum { PLACES = sizeof places / sizeof places[0] };
    const par_iter it = par_iter_range(0, MANY);
    const char *problem = NULL;
    for (size_t i = 0; i < PLACES * PLACES && problem == NULL; i++) {
        const uint64_t low = places[i / PLACES];
        const uint64_t high = places[i % PLACES];
        if (low > high)
            continue;
        problem = check_range(which, &it, low, high, 1);
        if (problem == NULL)
            problem = check_range(which, &it, low, high, 97);
        if (problem != NULL)
            problem = wrong("of %llu to %llu, %s", (unsigned long long)low,
                            (unsigned long long)high, problem);
    }
    return problem;
}

static const char *check_ends(void *arg)
{
    (void)arg;
    const char *problem = check_places(FIRST);
    return problem == NULL ? check_places(LAST) : problem;
}

const char *iter_find_finds_the_leftmost_and_the_rightmost(void)
{
    return in_every_pool(check_ends, NULL);
}

static const char *check_any(void *arg)
{
    (void)arg;
    return check_places(ANY);
}

const char *iter_find_finds_any_that_matches(void)
{
    return in_every_pool(check_any, NULL);
}

/* All are wanted, in a short array and a long one, many times. */
static const char *check_equals(void *arg)
{
    static const size_t some[] = {1, 2, 3, 130, MANY};
    const char *problem = NULL;
    (void)arg;
    for (size_t i = 0; i < 200 && problem == NULL; i++) {
        const size_t n = some[i % 5];
        const par_iter it = par_iter_range(0, n);
        for (size_t which = 0; which < CALLS && problem == NULL; which++)
            problem = check_range((enum which)which, &it, 0, n - 1, 1);
    }
    return problem;
}

const char *iter_find_finds_one_among_equals(void)
{
    return in_every_pool(check_equals, NULL);
}

static const char *check_stages(void *arg)
{
    static uint64_t divisor = 2;
    const char *problem = NULL;
    (void)arg;
    for (size_t which = 0; which < CALLS && problem == NULL; which++) {
        wanted w = {.low = 5000, .high = 15000, .divisor = 3, .must_ask_for_last = which == LAST};
        uint64_t number = 0;
        size_t position = 7;
        par_iter it = par_iter_range(0, MANY);
        par_iter_filter(&it, kit_drop_multiples, &divisor);
        if (calls[which](&it, &number, &position, look_for, &w) != EINVAL)
            return "the position after a filter was not refused";
        const int rc = calls[which](&it, &number, NULL, look_for, &w);
        problem = judge_found((enum which)which, &w, rc, number, which == FIRST ? 5001 : 14997);
        par_iter spread = par_iter_range(0, MANY);
        par_iter_flat_map(&spread, KIT_WORD, kit_spread,
                          NULL); /* 1 of 4, 5 and 6 of 5, none of 6 */
        if (problem != NULL)
            break;
        const int flat_rc = calls[which](&spread, &number, NULL, look_for, &w);
        problem =
            judge_found((enum which)which, &w, flat_rc, number, which == FIRST ? 5001 : 15000);
        it = par_iter_range(0, MANY);
        par_iter_rev(&it);
        if (problem == NULL && (calls[which](&it, NULL, &position, look_for, &w) != 0 ||
                                position < MANY - 1 - 15000 || position > MANY - 1 - 5000))
            problem = wrong("found position %zu of the reverse", position);
    }
    return problem;
}

const char *iter_find_finds_behind_stages(void)
{
    return in_every_pool(check_stages, NULL);
}

static const char *check_none(void *arg)
{
    const par_iter its[] = {par_iter_range(0, 0), par_iter_range(0, 1), par_iter_range(0, MANY)};
    (void)arg;
    for (size_t i = 0; i < 3 * CALLS; i++) {
        wanted w = {.low = SIZE_MAX, .high = 0, .divisor = 1};
        uint64_t number = 7;
        size_t position = 7;
        const int rc = calls[i / 3](&its[i % 3], &number, &position, look_for, &w);
        if (rc != ENODATA || number != 7 || position != 7)
            return wrong("call %zu returned %d, or changed its result", i, rc);
        if (calls[i / 3](&its[i % 3], NULL, NULL, look_for, &w) != ENODATA)
            return "without a place for the result it returned something else";
    }
    return NULL;
}

const char *iter_find_leaves_the_result_if_there_is_none(void)
{
    return in_every_pool(check_none, NULL);
}

const char *iter_find_asks_for_the_end_that_is_meant(void)
{
    const par_iter it = par_iter_range(0, MANY);
    for (size_t which = 0; which < CALLS; which++) {
        wanted w = {.low = MANY, .high = 0, .divisor = 1, .must_ask_for_last = which == LAST};
        (void)calls[which](&it, NULL, NULL, look_for, &w);
        if (atomic_load(&w.misused) != 0 || atomic_load(&w.looked_at) != MANY)
            return wrong("%zu: %zu looked at, %zu times misused", which, atomic_load(&w.looked_at),
                         atomic_load(&w.misused));
    }
    return NULL;
}

/* ---- how soon ---- */

/* With one thread, nothing is looked at that lies more than two pieces behind what is found. */
static const char *check_skips(void *arg)
{
    enum { LONG = 1 << 22 };
    const par_iter it = par_iter_range(0, LONG);
    (void)arg;
    for (size_t which = 0; which < CALLS; which++) {
        const uint64_t at = which == LAST ? LONG - 10 : 10;
        wanted w = {.low = at, .high = at, .divisor = 1, .must_ask_for_last = which == LAST};
        uint64_t number = 0;
        const int rc = calls[which](&it, &number, NULL, look_for, &w);
        const char *problem = judge_found((enum which)which, &w, rc, number, at);
        if (problem != NULL)
            return problem;
        if (atomic_load(&w.looked_at) > LONG / 16)
            return wrong("%zu: %zu elements were looked at", which, atomic_load(&w.looked_at));
    }
    return NULL;
}

const char *iter_find_skips_what_cannot_matter(void)
{
    return in_pool(1, check_skips, NULL);
}

/* No thread could come to the end of its part of these. */
static const char *check_huge(void *arg)
{
    const par_iter all = par_iter_range(0, SIZE_MAX);
    const char *problem = NULL;
    (void)arg;
    problem = check_range(ANY, &all, 0, 100, 1);
    if (problem == NULL)
        problem = check_range(FIRST, &all, 5, SIZE_MAX - 1, 7);
    if (problem == NULL)
        problem = check_range(FIRST, &all, 100000, 200000, 1);
    if (problem == NULL)
        problem = check_range(LAST, &all, 5, SIZE_MAX - 1, 7);
    if (problem == NULL)
        problem = check_range(LAST, &all, 0, SIZE_MAX - 100000, 1);
    par_iter few = all;
    par_iter_take(&few, 1000);
    return problem == NULL ? check_range(ANY, &few, 999, SIZE_MAX, 1) : problem;
}

const char *iter_find_ends_soon_in_huge_ranges(void)
{
    return in_every_pool(check_huge, NULL);
}

/* Keeps the numbers that are less than *ctx, or far above. */
static ptrdiff_t keep_ends(void *out, const void *in, size_t n, void *ctx)
{
    const uint64_t few = *(const uint64_t *)ctx;
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        const uint64_t number = ((const uint64_t *)in)[i];
        if (number < few || number >= SIZE_MAX - few)
            ((uint64_t *)out)[kept++] = number;
    }
    return (ptrdiff_t)kept;
}

static const char *check_huge_filters(void *arg)
{
    static uint64_t few = 10;
    const char *problem = NULL;
    (void)arg;
    par_iter it = par_iter_range(0, SIZE_MAX);
    par_iter_filter(&it, keep_ends, &few);
    for (size_t which = 0; which < CALLS && problem == NULL; which++) {
        wanted w = {.low = 0, .high = SIZE_MAX, .divisor = 2, .must_ask_for_last = which == LAST};
        uint64_t number = 7;
        const int rc = calls[which](&it, &number, NULL, look_for, &w);
        problem = judge_found((enum which)which, &w, rc, number, which == FIRST ? 0 : SIZE_MAX - 1);
    }
    return problem;
}

const char *iter_find_ends_soon_where_filters_leave_nothing(void)
{
    return in_every_pool(check_huge_filters, NULL);
}

/* ---- failures and arguments ---- */

static ptrdiff_t fail_at(const void *in, size_t n, bool last, void *ctx)
{
    const uint64_t at = *(const uint64_t *)ctx;
    (void)last;
    for (size_t i = 0; i < n; i++) {
        if (((const uint64_t *)in)[i] == at)
            return -1 - (ptrdiff_t)at;
    }
    return (ptrdiff_t)n;
}

static ptrdiff_t fail_most(const void *in, size_t n, bool last, void *ctx)
{
    (void)in;
    (void)n;
    (void)last;
    (void)ctx;
    return PTRDIFF_MIN;
}

static const char *check_failures(void *arg)
{
    enum { ELEMENTS = 300 };
    const par_iter it = par_iter_range(0, ELEMENTS);
    (void)arg;
    for (uint64_t at = 0; at < ELEMENTS; at++) {
        for (size_t which = 0; which < CALLS; which++) {
            uint64_t number = 7;
            size_t position = 7;
            const int rc = calls[which](&it, &number, &position, fail_at, &at);
            if (rc != -1 - (int)at || number != 7 || position != 7)
                return wrong("%zu at %llu: returned %d", which, (unsigned long long)at, rc);
        }
    }
    return par_iter_find_any(&it, NULL, NULL, fail_most, NULL) < 0 ? NULL : "a code became another";
}

const char *iter_find_returns_the_code_of_a_function(void)
{
    return in_every_pool(check_failures, NULL);
}

const char *iter_find_refuses_bad_arguments(void)
{
    const par_iter it = par_iter_range(0, 5);
    const par_iter bad = par_iter_grid(SIZE_MAX, 2);
    wanted w = {.low = 0, .high = 5, .divisor = 1};
    for (size_t which = 0; which < CALLS; which++) {
        uint64_t number = 7;
        if (calls[which](NULL, &number, NULL, look_for, &w) != EINVAL ||
            calls[which](&it, &number, NULL, NULL, &w) != EINVAL ||
            calls[which](&bad, &number, NULL, look_for, &w) != EOVERFLOW || number != 7)
            return wrong("%zu: was not refused", which);
    }
    return NULL;
}
